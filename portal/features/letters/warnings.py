"""What in a letter may tell who wrote it, or whom it is about: said gently before it is sent.

Nothing is refused and nothing is stored of it. The same spans are covered when an answer is made
public.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

COVER: Final = "▪▪▪"
CAPITALS: Final = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
"""As in a set of signs: in a span from one to another there are small letters too."""


class Kind(StrEnum):
    """What was found."""

    PHONE = "phone"
    ID_NUMBER = "id_number"
    ADDRESS = "address"
    POST = "post"
    PERSON = "person"


TELLING = frozenset({Kind.PHONE, Kind.ID_NUMBER, Kind.ADDRESS})
"""By which a reader could know who writes."""


@dataclass(frozen=True)
class Found:
    """A span of a text."""

    kind: Kind
    start: int
    end: int
    words: str


_GAP = r"[ .\-–]?"
_PLACE = (
    r"(?:ngõ|ngách|hẻm|đường|phố|thôn|xóm|bản|làng|khu phố|khu|tổ dân phố|tổ|ấp)\s+"
    r"[\w/.\-]+(?:\s+[A-ZĐÀ-Ỹ0-9][\w/.\-]*){0,3}"
)
_PATTERNS: Final = {
    # Ten digits from 0 (eleven of a fixed line), or +84 and the rest: with spaces, dots or dashes
    # wherever people put them.
    Kind.PHONE: re.compile(rf"(?<![\d/])(?:\+?84{_GAP}|0)(?:\d{_GAP}){{8,9}}\d(?![\d/])"),
    # CCCD twelve digits, the old CMND nine.
    Kind.ID_NUMBER: re.compile(
        rf"(?<![\d/])(?:(?:\d{_GAP}){{11}}\d|(?:\d{_GAP}){{8}}\d)(?![\d/])"
    ),
    Kind.ADDRESS: re.compile(
        rf"(?:số nhà|nhà số|nhà tôi ở|(?:tôi|gia đình tôi|nhà mình) ở(?: tại)?(?: số)?)\s+"
        rf"(?:\d+[\w/]*\b(?:,?\s*{_PLACE})*|{_PLACE})"
        rf"|\bsố\s+\d+[\w/]*,?\s+{_PLACE}"
        rf"|\bngõ\s+\d+[\w/]*,?\s+{_PLACE}",
        re.IGNORECASE,
    ),
    # Posts of a commune's party body, committee, council, police, and of what is below them.
    Kind.POST: re.compile(
        r"\b(?:phó\s+)?(?:"
        r"bí thư(?:\s+(?:đảng ủy|đảng uỷ|chi bộ|đoàn))?"
        r"|chủ tịch(?:\s+(?:ủy ban|uỷ ban|ubnd|hđnd|hội đồng|phường|xã|mặt trận|hội))?"
        r"|trưởng\s+(?:công an|thôn|bản|phòng|ban|khu phố|tổ dân phố|trạm|khối|ấp|xóm)"
        r"|tổ trưởng(?:\s+(?:tổ dân phố|dân phố))?"
        r"|chỉ huy trưởng"
        r"|công an (?:viên|phường|xã|khu vực)"
        r"|cảnh sát khu vực"
        r"|cán bộ\s+(?:địa chính|tư pháp|hộ tịch|xây dựng|văn hóa|tài chính|một cửa|phường|xã"
        r"|lao động|thuế|tiếp dân)"
        r"|công chức\s+\w+(?:\s+\w+)?"
        r")\b",
        re.IGNORECASE,
    ),
    # “ông Bình”, “đồng chí Nguyễn Văn An”: not “ông bà”, nor a title alone.
    Kind.PERSON: re.compile(
        r"\b(?i:đồng chí|ông|bà|anh|chị|cô|chú)\s+"
        rf"[{CAPITALS}]\w+(?:\s+[{CAPITALS}]\w+){{0,3}}"
    ),
}  # fmt: skip


def find(text: str) -> list[Found]:
    """List what may tell who wrote or whom it is about, in the order of the text.

    Where two kinds overlap, the one that is named first in `Kind` stands.
    """
    found: list[Found] = []
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            span = Found(kind, match.start(), match.end(), match.group())
            if not any(span.start < other.end and other.start < span.end for other in found):
                found.append(span)
    return sorted(found, key=lambda each: each.start)


def cover(text: str, kinds: Iterable[str] = TELLING) -> str:
    """Give the text with what was found of these kinds covered."""
    chosen = frozenset(kinds)
    spans = [each for each in find(text) if each.kind in chosen]
    for each in reversed(spans):
        text = text[: each.start] + COVER + text[each.end :]
    return text


def pieces(text: str) -> list[tuple[str, Kind | None]]:
    """Cut a text into plain pieces and such as were found, for a page that marks these."""
    found = find(text)
    edges = sorted({0, len(text), *(edge for each in found for edge in (each.start, each.end))})
    kinds = {each.start: each.kind for each in found}
    return [(text[start:end], kinds.get(start)) for start, end in pairwise(edges)]
