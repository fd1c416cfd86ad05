"""Whether documents are cited as NĐ 30/2020 (Annex I) and the Party's guides ask.

In full at first mention: type, number, date, issuer and summary; a law by type and name. After
that type and number will do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from portal.core.text import N_, fold
from portal.features.documents.body import Body
from portal.features.documents.deadlines.day_words import NUMERIC

_TYPES: Final = (
    "Kết luận|Chỉ thị|Nghị quyết|Nghị định|Quyết định|Công văn|Kế hoạch|Thông tư|Thông báo|"
    "Hướng dẫn|Quy định|Tờ trình|Báo cáo|Chương trình"
)
_MENTION: Final = re.compile(
    rf"(?P<type>{_TYPES})\s+(?:số:?\s+)?(?P<symbol>\d+[\d/]*(?:[/-][\w/-]*[^\W\d_][\w/-]*))"
    rf"(?P<date>,?\s+ngày\s+(?:{NUMERIC}|\d{{1,2}}\s+tháng\s+\d{{1,2}}\s+năm\s+\d{{4}}))?"
    rf"(?P<issuer>,?\s+của\s+[^\W\d_])?",
    re.IGNORECASE,
)
_SUMMARY: Final = re.compile(
    r"\b(?:về|quy định|ban hành|hướng dẫn|phê duyệt|sửa đổi|quyết định|triển khai)\b", re.IGNORECASE
)
_REACH: Final = 160
"""Letters after a mention in which its summary has to begin: issuers' names are long."""


@dataclass(frozen=True)
class Mention:
    """A document named in a text."""

    text: str
    symbol: str
    section_id: str
    has_date: bool
    has_issuer: bool
    has_summary: bool

    @property
    def is_full(self) -> bool:
        """Say whether it is cited in full."""
        return self.has_date and self.has_issuer and self.has_summary


@dataclass(frozen=True)
class Mistake:
    """A mention that should be longer or shorter: a sentence (msgid) with “%(words)s”."""

    message: str
    text: str
    section_id: str


def mentions(body: Body) -> Iterator[Mention]:
    """Find the documents a text names by their symbols, in its order."""
    for section_id, text in _texts(body):
        found = [match for match in _MENTION.finditer(text) if not _within_summary(match)]
        ends = [match.start() for match in found[1:]] + [len(text)]
        for match, end in zip(found, ends, strict=False):
            rest = text[match.end() : min(end, match.end() + _REACH)].partition(";")[0]
            yield Mention(
                f"{match['type']} số {match['symbol']}", match["symbol"], section_id,
                bool(match["date"]), bool(match["issuer"]), bool(_SUMMARY.search(rest)),
            )  # fmt: skip


def mistakes(body: Body) -> Iterator[Mistake]:
    """Find mentions that are too short at first, or in full again later."""
    seen: set[str] = set()
    for one in mentions(body):
        known = fold(one.symbol)
        if known not in seen and not one.is_full:
            yield Mistake(TOO_SHORT, one.text, one.section_id)
        elif known in seen and one.is_full:
            yield Mistake(TOO_LONG, one.text, one.section_id)
        seen.add(known)


def _within_summary(match: re.Match[str]) -> bool:
    """Say whether it is named by another's summary: “… về thực hiện Nghị quyết 110-NQ/TU”."""
    clause = re.split(r"[;,\n]", match.string[: match.start()])[-1]
    return bool(re.search(r"\bvề\b", clause, re.IGNORECASE))


def _texts(body: Body) -> Iterator[tuple[str, str]]:
    yield from (("", basis) for basis in body.bases)
    yield "", body.opening
    yield from ((one.id, f"{one.heading}\n{one.text}") for one in body.sections)
    yield from ((one.id, one.what) for one in body.duties)
    yield "", body.closing


TOO_SHORT = N_("%(words)s: lần đầu viện dẫn cần đủ ngày, nơi ban hành và trích yếu.")
TOO_LONG = N_("%(words)s: đã viện dẫn đầy đủ ở trên, ở đây ghi loại và số là đủ.")
