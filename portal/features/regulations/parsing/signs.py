"""Lines of a legal text by how they begin: a chương, mục, điều, khoản, điểm, phụ lục, or none.

What a line looks like is said here; whether it counts as one where it stands, `tree` decides.
"""

import re
from dataclasses import dataclass
from typing import Final

from portal.core.text import fold
from portal.features.regulations.models import Level

LETTERS: Final = "abcdđefghijklmnopqrstuvwxyz"
"""Points go by the Vietnamese alphabet; automatic lists of Word count f, j, w and z too."""
_LOOK_ALIKES: Final = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ"})
_MOST_HEADING: Final = 200

_UPPER: Final = r"(?=[“\"'(\[]?[A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠ-Ỹ])"
_CHAPTER: Final = re.compile(
    r"(?:CHƯƠNG|Chương|chương)\s+([IVXLC]{1,7}|\d{1,3})([a-zđ]?)(?!\w)\s*([.:–-]?)\s*(.*)"
)
_PART: Final = re.compile(
    r"(?:PHẦN|Phần)\s+(?:thứ\s+|THỨ\s+)?"
    r"([IVX]{1,5}|\d{1,2}|[^\W\d_]{2,5})(?!\w)\s*([.:–-]?)\s*(.*)"
)
_ORDINALS: Final = frozenset(
    ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "mot")
)
_SECTION: Final = re.compile(
    r"((?:TIỂU|Tiểu)\s+)?(?:MỤC|Mục|mục)\s+([IVXLC]{1,7}|\d{1,3})(?!\w)\s*([.:–-]?)\s*(.*)"
)
_ARTICLE: Final = re.compile(r"(?:ĐIỀU|Điều|điều)\s*(\d{1,3}\s?[a-zđ]?)(?!\w)\s*([.:)–-]?)\s*(.*)")
_CLAUSE: Final = re.compile(
    rf"(?:(?:KHOẢN|Khoản)\s+)?(\d{{1,3}}[a-zđ]?)\s*(?:[.)/](?!\d)|[–-]\s+{_UPPER})\s*(.*)"
)
_BELOW: Final = re.compile(r"(\d{1,2}\.\d{1,2})(?:[.)](?!\d)|(?=\s))\s*(\S.*)")
_POINT: Final = re.compile(
    r"(?:(?:ĐIỂM|Điểm)\s+)?\(?([a-zđ]\d?|[a-zđ]{2})(?:\s?\)|[./](?=\s))[.:]?\s*(.*)"
)
_APPENDIX: Final = re.compile(
    r"(?:(?:PHỤ\s+LỤC|Phụ\s+lục)(?:\s+(?:SỐ|số))?(?:\s+([IVX]{1,5}|\d{1,2}|[A-Z])(?!\w))?"
    r"|(?:MẪU|Mẫu)\s+(?:SỐ|số)\s*:?\s*(\d{1,2}[a-z]?)(?!\w))\s*([.:–-]?)\s*(.*)"
)
_ROMAN_PART: Final = re.compile(r"([IVX]{1,5})\s*[.)–-]\s+(\S.*)")
_FOOT: Final = re.compile(
    r"(?:Nơi nhận|NƠI NHẬN)\s*:.*|(?:TM|T/M|KT|TUQ|TL|Q)[./]\s*[A-ZĐỦ].*|(?:PHÓ\s+)?CHỦ TỊCH"
)
_TITLE: Final = re.compile(
    r"(?:DỰ THẢO\s+)?(QUY CHẾ|QUY ĐỊNH|NỘI QUY|QUY ƯỚC|HƯƠNG ƯỚC|ĐIỀU LỆ|QUY TRÌNH|CHƯƠNG TRÌNH)"
    r"(?!\s+(?:CHUNG|CỤ THỂ|KHÁC)$)(?:\s+[^a-zà-ỹ]*)?"
)
_AMENDS: Final = re.compile(
    r"\b(?:sửa đổi|bổ sung|thay thế|bãi bỏ)\b.*(?:như sau|sau đây)\s*:?\s*$", re.IGNORECASE
)
_CITED: Final = re.compile(r"\b(điểm|khoản|Điều|điều)\s+(\d{1,3}[a-zđ]?|[a-zđ])(?!\w)")

_ACT: Final = re.compile(
    r"(?:Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư|Hiến pháp|Pháp lệnh|Quyết định|Quy chế|Chương"
    r"|Mục|Điều lệ|Kế hoạch|Phụ lục)\b"
)
"""“Điều 27 Luật …” speaks of another act."""


@dataclass(frozen=True)
class Sign:
    """How a line begins."""

    kind: str
    """A `Level`, or "part", "appendix"."""
    number: str
    rest: str
    firm: bool
    """Whether it ends its number with a stop, or is nothing but that number: a heading, and not
    a sentence that begins with “Điều 27 Luật …”."""


def read(line: str) -> Sign | None:
    """Say what a line begins with; None if it is plain text."""
    line = line.translate(_LOOK_ALIKES) if line[:1] in "ÐðƉ" else line
    for reader in (_appendix, _part, _chapter, _section, _article, _below, _clause, _point):
        if found := reader(line):
            return found
    return None


def roman_part(line: str) -> Sign | None:
    """Read “II. TỔ CHỨC THỰC HIỆN”, a chapter where a text has no word for chapters."""
    match = _ROMAN_PART.fullmatch(line)
    if match and _is_capital(match[2]):
        return Sign(Level.CHAPTER, match[1], match[2], firm=True)
    return None


def is_title(line: str) -> bool:
    """Tell whether a line names what is issued together with a decision: “QUY CHẾ …”."""
    return _TITLE.fullmatch(line) is not None


def is_foot(line: str) -> bool:
    """Tell whether a line begins the foot of a paper: who gets it, who signs."""
    return _FOOT.fullmatch(line) is not None


def amended(line: str) -> frozenset[str] | None:
    """Give the numbers that a line announces to amend (“khoản 2 Điều 5 … như sau:”).

    Returns:
        None if it announces nothing.
    """
    if not _AMENDS.search(line):
        return None
    return frozenset(number for _word, number in _CITED.findall(line))


def _chapter(line: str) -> Sign | None:
    match = _CHAPTER.fullmatch(line)
    if not match:
        return None
    return _headed(Level.CHAPTER, match[1] + match[2], match[3], match[4])


def _part(line: str) -> Sign | None:
    """Read “Phần thứ nhất”; the levels have no place for parts, so it keeps its own words."""
    match = _PART.fullmatch(line)
    if not match or (len(match[1]) > 1 and match[1].islower() and fold(match[1]) not in _ORDINALS):
        return None
    if match[1].isalpha() and fold(match[1]) not in _ORDINALS and not _is_roman(match[1]):
        return None
    found = _headed("part", "", match[2], match[3])
    return Sign("part", "", line, firm=True) if found else None


def _section(line: str) -> Sign | None:
    match = _SECTION.fullmatch(line)
    if not match:
        return None
    found = _headed(Level.SECTION, match[2], match[3], match[4])
    if found and match[1]:  # a tiểu mục keeps its own words: its number is not the mục's
        return Sign(Level.SECTION, "", line, firm=True)
    return found


def _article(line: str) -> Sign | None:
    match = _ARTICLE.fullmatch(line)
    if not match:
        return None
    return _headed(Level.ARTICLE, match[1].replace(" ", ""), match[2], match[3])


def _clause(line: str) -> Sign | None:
    match = _CLAUSE.fullmatch(line)
    return Sign(Level.CLAUSE, match[1], match[2], firm=True) if match else None


def _below(line: str) -> Sign | None:
    match = _BELOW.fullmatch(line)
    return Sign(Level.POINT, match[1], match[2], firm=True) if match else None


def _point(line: str) -> Sign | None:
    match = _POINT.fullmatch(line)
    return Sign(Level.POINT, match[1], match[2], firm=True) if match else None


def _appendix(line: str) -> Sign | None:
    match = _APPENDIX.fullmatch(line)
    if not match:
        return None
    number, stop, rest = match[1] or match[2] or "", match[3], match[4]
    alone = not rest or rest.startswith("(")
    if alone or stop or (_is_capital(rest) and _is_capital(line.split(maxsplit=1)[0])):
        return Sign("appendix", number, line, firm=True)
    return None


def _headed(kind: str, number: str, stop: str, rest: str) -> Sign | None:
    """Tell a heading from a sentence: after a bare number there is nothing, or a capital."""
    if stop or not rest:
        return Sign(kind, number, rest, firm=True)
    if re.match(_UPPER, rest) and len(rest) <= _MOST_HEADING and not _ACT.match(rest):
        return Sign(kind, number, rest, firm=False)
    return None


def _is_roman(text: str) -> bool:
    return not set(text) - set("IVXLC")


def _is_capital(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) >= len(letters) * 0.8
