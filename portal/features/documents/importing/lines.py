"""Lines of a pasted text: what stands before them, and which belong to one paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from portal.core.text import clean
from portal.features.documents.body import Level
from portal.features.documents.text.outline import roman

ROMANS: Final = {roman(number): number for number in range(1, 40)}
_PART: Final = re.compile(
    r"(?:(?:PHẦN|MỤC|CHƯƠNG|Phần|Mục|Chương)\s+)?([IVX1l]{1,6})\s*(?:[.:)–-]\s*|/\s*(?=[A-ZĐ\s]))(.*)"
)
_COMPOUND: Final = re.compile(r"[IVX]{1,5}\.(\d{1,2})(?!\d)\s*[.):–-]?\s*(.*)")
_ARTICLE: Final = re.compile(r"Điều\s+(\d{1,3})\s*[.:]\s*(.*)")
_DEEPER: Final = re.compile(r"\d{1,2}(?:\.\d{1,2}){2,3}(?!\d)\s*[.):–-]?\s*(?=[^\W\d])(.*)")
_SUBPOINT: Final = re.compile(r"(\d{1,2}\.\d{1,2})(?![\d.]\d)\s*[.):–-]?\s*(?=[^\W\d]|$)(.*)")
_POINT: Final = re.compile(
    r"(\d{1,2})\s*(?:[.)]|[/–-](?=\s*[^\W\d]))\s*(?=[^\W\d]|[“\"'(\[]|$)(.*)"
)
_LETTER: Final = re.compile(r"(?:\(?([a-zđ])\)|([a-zđ])[./–-](?=\s+[^\W\d_a-zà-ỹ]))\s*(.*)")
_DASH: Final = re.compile(r"_?\s*[-–—−•●○▪■◦‣➢❖✓·\uf0b7\uf0a7\uf02d]\s*(?=[^\s-])(.*)")
_PLUS: Final = re.compile(r"\+\s*(\S.*)")
_STAR: Final = re.compile(r"(\*+\s*\S.*)")
_END: Final = re.compile(r"[.:;!?…]['\"”’)»]*$")
_SMALL: Final = re.compile(r"[a-zà-öø-ÿăđĩũơư\d,;.)%]|[ạ-ỹ]")
_CITING: Final = re.compile(r"(?:Căn cứ|Thực hiện|Xét)\b")
_PAGE: Final = re.compile(r"[-–]?\s*\d{1,3}\s*[-–]?")


@dataclass(frozen=True)
class Rows:
    """A table that stood between the paragraphs."""

    rows: tuple[tuple[str, ...], ...]
    title: str = ""

    def lines(self) -> list[str]:
        """Give its cells as lines, column by column within a row: a table that only sets."""
        return [part for row in self.rows for cell in row for part in cell.split("\n") if part]


Item = str | Rows


@dataclass(frozen=True)
class Marked:
    """A line without the sign before it."""

    level: Level
    count: int
    """0 where nothing is counted."""
    text: str


def marked(line: str) -> Marked | None:
    """Take the number or sign off a line; None if it begins with none."""
    if (match := _PART.fullmatch(line)) and not _COMPOUND.fullmatch(line):
        figure = match[1].replace("1", "I").replace("l", "I")  # as some scanners read it
        if figure in ROMANS and not match[1].isdigit() and match[1] != "l":
            return Marked(Level.PART, ROMANS[figure], match[2])
    if match := _ARTICLE.fullmatch(line):
        return Marked(Level.PART, int(match[1]), match[2])
    return _counted(line) or _signed(line)


def _counted(line: str) -> Marked | None:
    if match := _COMPOUND.fullmatch(line):
        return Marked(Level.POINT, int(match[1]), match[2])
    if match := _DEEPER.fullmatch(line):
        return Marked(Level.LETTER, 0, match[1])
    if match := _SUBPOINT.fullmatch(line):
        return Marked(Level.SUBPOINT, int(match[1].partition(".")[2]), match[2])
    if match := _POINT.fullmatch(line):
        return Marked(Level.POINT, int(match[1]), match[2])
    if match := _LETTER.fullmatch(line):
        return Marked(Level.LETTER, 0, match[3])
    return None


def _signed(line: str) -> Marked | None:
    for expression, level in ((_DASH, Level.DASH), (_PLUS, Level.PLUS), (_STAR, Level.PLAIN)):
        if match := expression.fullmatch(line):
            return Marked(level, 0, match[1])
    return None


def read(text: str) -> list[Item]:
    """Give the lines of a text, cleaned, with its tables; "" is a blank line.

    Args:
        text: as pasted: columns between tabs or wide gaps, marks of bold type like “**” in it.
    """
    items: list[Item] = []
    table: list[tuple[str, ...]] = []
    for raw in re.sub(r"\r\n?|[\v\f\x85\u2028\u2029]", "\n", text).split("\n"):
        cells = tuple(clean(cell) for cell in raw.rstrip("\t ").split("\t"))
        if len(cells) > 2 and sum(map(bool, cells)) > 1:
            table.append(cells)
            continue
        items += _table(table)
        table = []
        items += split_line(raw)
    return items + _table(table)


def split_line(raw: str) -> list[Item]:
    """Clean a line; two columns of a head or a foot in it become two lines."""
    return [_plain(line) for line in _columns(raw)]


def _table(rows: list[tuple[str, ...]]) -> list[Item]:
    if len(rows) > 1:
        return [Rows(tuple(rows))]
    return [" ".join(filter(None, row)) for row in rows]


_RIGHT: Final = re.compile(r"(?:CỘNG H|ĐẢNG CỘNG SẢN|Độc lập|[^\W\d][^,]{1,40},\s*ngày).*")


def _columns(raw: str) -> list[str]:
    """Take two columns apart, as a head and a foot have them; a number before a tab stays."""
    parts = re.split(r"(\t|\s{3,})", raw.strip())
    if len(parts) != 3 or (len(parts[0]) < 5 and not parts[0].isalpha()):
        return [raw]
    left, gap, right = parts
    far = (gap == "\t" or len(gap) > 4) and right[0].isupper() and 4 < len(right) < 60
    return [left, right] if _RIGHT.fullmatch(right) or far else [raw]


def _plain(line: str) -> str:
    line = clean(line.replace("**", "").replace("__", ""))
    line = re.sub(r"(?<!\w)\*(?=\S)([^*]+)(?<=\S)\*(?!\w)", r"\1", line)
    return re.sub(r"<(https?://[^\s<>]+)>", r"\1", line)


def is_rule(line: str) -> bool:
    """Tell whether a line is only drawn: dashes, a star."""
    return bool(line) and not any(sign.isalnum() for sign in line)


def unwrapped(items: Sequence[Item]) -> list[Item]:
    """Join the lines that a page had broken; page numbers and rules are left out."""
    lines = [item for item in items if isinstance(item, str) and item]
    wide = _width(lines)
    gaps = sum(item == "" for item in items) < len(lines) / 2  # else every line has one
    found: list[list[str] | Rows] = []
    blank = False
    for item in items:
        last = found[-1] if found else None
        if isinstance(item, Rows):
            found.append(item)
        elif not item or is_rule(item) or _PAGE.fullmatch(item):
            blank = blank or (gaps and not item)
        elif isinstance(last, list) and _continues(last, item, wide, blank):
            last.append(item)
        else:
            found.append([item])
            blank = False
    return [one if isinstance(one, Rows) else _joined(one) for one in found]


def is_broken(items: Sequence[Item]) -> bool:
    """Tell whether lines end where a page did, and not where a paragraph does."""
    return _width([item for item in items if isinstance(item, str) and item]) > 0


def _width(lines: list[str]) -> int:
    """Give the width at which a text was broken, 0 if it was not."""
    lengths = sorted(map(len, lines))
    if len(lengths) < 8:
        return 0
    wide = lengths[int(len(lengths) * 0.95)]
    full = sum(length > wide * 0.75 for length in lengths)
    return wide if wide < 125 and full > len(lengths) * 0.35 else 0


def _continues(paragraph: Sequence[str], line: str, wide: int, blank: bool) -> bool:
    """Tell whether a line goes on with the paragraph, whose lines so far are given."""
    last = paragraph[-1]
    ended, full = _END.search(last) is not None, len(last) > wide * 0.75
    if _CITING.match(line) and last[-1] in ",;.":
        return False
    if sign := marked(line):
        return bool(wide) and not ended and full and _no_sign(sign, line)
    if _SMALL.match(line):
        return not ended or full if wide else not (ended or line[0].isdigit())
    if ended or blank or not wide:
        return not blank and bool(wide) and len(last) > wide * 0.93 and last.endswith(".")
    return full or _is_item(paragraph[0])


def _is_item(line: str) -> bool:
    """Tell whether a line begins with a dash or a plus: such a paragraph ends with a stop."""
    sign = marked(line)
    return sign is not None and sign.level in {Level.DASH, Level.PLUS}


def _no_sign(sign: Marked, line: str) -> bool:
    """Tell whether what looks like a sign is a part of a broken line: “- 08/5/2024”."""
    return sign.text[:1].isdigit() if sign.level is Level.DASH else line[:1] == "*"


def _joined(lines: Sequence[str]) -> str:
    """Join broken lines; “110-” and “NQ/TU” without a space."""
    return lines[0] + "".join(
        following if re.search(r"\w-$", line[-2:]) and following[0].isalnum() else f" {following}"
        for line, following in pairwise(lines)
    )


def capitals(line: str) -> bool:
    """Tell whether a line is set in capitals."""
    letters = [sign for sign in line if sign.isalpha()]
    return len(letters) > 1 and sum(map(str.isupper, letters)) >= len(letters) * 0.85


def paragraphs_of(items: Sequence[Item]) -> Iterator[str]:
    """Give only the lines, cells of tables among them."""
    for item in items:
        yield from [item] if isinstance(item, str) else item.lines()
