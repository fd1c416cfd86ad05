"""Reading a draft regulation: a .docx file or a pasted text becomes a row of provisions.

What comes out is a guess that a person looks at before anybody else sees it.
"""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from textwrap import shorten
from typing import Final

from portal.core import legacy
from portal.core.errors import Invalid
from portal.core.text import N_
from portal.features.documents.importing import Notice, lines, opening, word
from portal.features.documents.importing.lines import Item, Rows, is_rule
from portal.features.regulations.models import Level
from portal.features.regulations.parsing import heading, signs
from portal.features.regulations.parsing.tree import Found, Tree
from portal.features.regulations.parsing.whole import built

MOST: Final = 6000
"""Provisions of one draft: more than the Civil Code has."""
LONGEST: Final = {"number": 12, "heading": 500, "text": 200_000}
_LONG_HEADING: Final = 200
_FEW_WORDS: Final = 14
_TOLD: Final = 12
_TOLD_SIGNS: Final = 40
_PAGE: Final = re.compile(r"[-–]?\s*\d{1,3}\s*[-–]?")
_NOTE: Final = re.compile(r"\s*\[\[(.*?)\]\]")

NO_ARTICLE: Final = N_(
    "Chưa thấy Điều nào. Dự thảo cần có các dòng như “Điều 1. Phạm vi điều chỉnh”."
)
TOO_MANY: Final = N_("Dự thảo có hơn 6.000 điều khoản. Mời chia thành nhiều văn bản.")
NOTHING: Final = N_("Mời chọn tệp .docx, hoặc dán văn bản vào ô.")
NO_SHEET: Final = N_("Đây là tệp Excel. Mời tải tệp Word (.docx) của dự thảo.")
OLD_FONT: Final = N_("Chữ gõ bằng phông cũ đã được chuyển sang Unicode. Mời đọc lại.")
HEAD: Final = N_(
    "Bỏ ra ngoài %(n)s dòng đầu trang (cơ quan, quốc hiệu, số, ngày), không lưu: %(lines)s."
)
TABLES: Final = N_("Có %(n)s bảng được đọc thành từng dòng, các ô cách nhau bằng dấu |.")
FOOT: Final = N_("Bỏ ra ngoài %(n)s dòng (nơi nhận, chữ ký), không lưu: %(lines)s.")
PASSED: Final = N_(
    "%(n)s dòng giống “Điều …” không thành điều, vẫn là chữ của phần đứng trước: %(lines)s. "
    "Nếu là điều của dự thảo, mời tách ra."
)
DECISION: Final = N_("Phần quyết định ban hành ở đầu được giữ ở lời mở đầu, không tách thành điều.")


@dataclass(frozen=True)
class Part:
    """A provision that was read or typed, not stored yet."""

    key: str
    level: Level
    number: str = ""
    heading: str = ""
    text: str = ""


@dataclass(frozen=True)
class Reading:
    """What was recognised of a draft."""

    parts: tuple[Part, ...]
    preamble: str = ""
    notices: tuple[Notice, ...] = field(default=())

    def counts(self) -> Mapping[str, int]:
        """Count the provisions of each level."""
        return {level: sum(part.level is level for part in self.parts) for level in Level}


def new_key() -> str:
    """Give a key for a provision that no version had before."""
    return secrets.token_hex(4)


def new_keys(most: int) -> list[str]:
    """Give so many keys, all different."""
    found: dict[str, None] = {}
    while len(found) < most:
        found[new_key()] = None
    return list(found)


def read_file(data: bytes) -> Reading:
    """Read a .docx file: automatic numbers worked out, followed changes accepted.

    Raises:
        Invalid: under "file", why it cannot be taken.
    """
    try:
        items, notices = word.lines_of(data)
        return _reading(items, notices, wide=0)
    except Invalid as invalid:
        said = next(iter(invalid.errors.values()))
        said = NO_SHEET if said == opening.EXCEL else said
        raise Invalid({"file": said}, **invalid.values) from invalid


def read_text(text: str) -> Reading:
    """Read what was pasted; lines that a page had broken are joined.

    Raises:
        Invalid: under "text", there is nothing, or no article.
    """
    if not text.strip():
        raise Invalid({"text": NOTHING})
    old = legacy.detect(text)
    text = legacy.convert(text, old) if old else text
    items = [item for item in lines.read(text) if item and not _is_ballast(item)]
    broken = lines.is_broken(items)
    wide = max((len(item) for item in items if isinstance(item, str)), default=0) if broken else 0
    try:
        return _reading(items, [Notice(OLD_FONT)] if old else [], wide=wide)
    except Invalid as invalid:
        errors = {"text": next(iter(invalid.errors.values()))}
        raise Invalid(errors, **invalid.values) from invalid


def _is_ballast(item: Item) -> bool:
    return isinstance(item, str) and (is_rule(item) or _PAGE.fullmatch(item) is not None)


def _reading(items: Sequence[Item], notices: Sequence[Notice], *, wide: int) -> Reading:
    kept = [_noted(item) for item in items if item and not _is_rule(item)]
    tree = built(_unwrapped(kept, wide) if wide else kept)
    if not any(one.level is Level.ARTICLE for one in tree.found):
        raise Invalid({"text": NO_ARTICLE})
    if len(tree.found) > MOST:
        raise Invalid({"text": TOO_MANY})
    keys = new_keys(len(tree.found))
    following = [*tree.found[1:], None]
    parts = (
        _part(key, one, after) for key, one, after in zip(keys, tree.found, following, strict=True)
    )
    head, preamble = heading.taken(tree.preamble)
    return Reading(tuple(parts), "\n".join(preamble), (*notices, *_told(tree, head)))


def _is_rule(item: Item) -> bool:
    return isinstance(item, str) and is_rule(item)


def _told(tree: Tree, head: Sequence[str]) -> Iterable[Notice]:
    if head:
        yield Notice(HEAD, {"n": len(head), "lines": _begun(head)})
    if tree.tables:
        yield Notice(TABLES, {"n": tree.tables})
    if foot := [*tree.dropped, *tree.foot]:
        yield Notice(FOOT, {"n": len(foot), "lines": _begun(foot)})
    if tree.passed:
        yield Notice(PASSED, {"n": len(tree.passed), "lines": _begun(tree.passed)})
    if any(sign.kind == Level.ARTICLE for line in tree.preamble if (sign := signs.read(line))):
        yield Notice(DECISION)


def _begun(found: Sequence[str]) -> str:
    """Say which lines they are by how they begin: they are told in a cookie, which holds little."""
    shown = (f"“{shorten(line, _TOLD_SIGNS, placeholder=' …')}”" for line in found[:_TOLD])
    return "; ".join(shown) + ("; …" if len(found) > _TOLD else "")


def _noted(item: Item) -> Item:
    """Write footnotes as words in brackets: a draft on a phone has no foot of the page."""
    if isinstance(item, Rows) or "[[" not in item:
        return item
    return _NOTE.sub(r" (\1)", item)


def _part(key: str, one: Found, after: Found | None) -> Part:
    heading, text = one.heading, list(one.lines)
    is_text = one.level is Level.ARTICLE and heading and not _is_heading(one, after)
    if is_text or len(heading) > LONGEST["heading"]:
        heading, text = "", [heading, *text]
    if heading.endswith((".", ":")) and one.level is Level.ARTICLE:
        heading = heading.rstrip(".:/ ")
    return Part(key, one.level, one.number, heading, "\n".join(text))


def _is_heading(one: Found, after: Found | None) -> bool:
    """Tell an article's heading from its whole text: “Điều 3. Quyết định này có hiệu lực …”."""
    if len(one.heading) > _LONG_HEADING or one.heading.endswith((";", "./.", ",")):
        return False
    if not one.heading.endswith((".", ":")):
        return True
    has_more = bool(one.lines) or (after is not None and after.level in {Level.CLAUSE, Level.POINT})
    return has_more and len(one.heading.split()) <= _FEW_WORDS


def _unwrapped(items: Sequence[Item], wide: int) -> list[Item]:
    """Join lines that a page had broken, but never one that begins a provision to another."""
    if not items:
        return []
    found: list[Item] = [items[0]]
    for before, item in pairwise(items):
        last = found[-1]
        if (
            isinstance(last, str)
            and isinstance(before, str)
            and isinstance(item, str)
            and (_goes_on(before, item, wide))
        ):
            found[-1] = f"{last} {item}"
        else:
            found.append(item)
    return found


def _goes_on(before: str, item: str, wide: int) -> bool:
    sign = signs.read(item)
    if sign is not None and not (item[:1].islower() and not sign.firm):
        return False
    ended = before.endswith((".", ";", ":", "!", "?", "”", "/."))
    full = len(before) > wide * 0.7
    if item[:1].islower():
        return full or not ended
    return full and not ended and not lines.capitals(item) and not lines.capitals(before)
