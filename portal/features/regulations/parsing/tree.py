"""Lines put together to provisions: which of those that look like one really are.

A line counts where its number can follow: “Điều 27 của Luật …” at the start of a line, a list of
days, the wording another act will have, are text of the provision they stand in. Tables and
appendices stay text, so that nothing of a draft is lost.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from portal.features.documents.importing.lines import Item, Rows, capitals
from portal.features.regulations.models import Level
from portal.features.regulations.parsing import signs
from portal.features.regulations.parsing.quotes import quoted
from portal.features.regulations.parsing.signs import Sign

_LEAP: Final = 3
"""A number that somebody forgot is told of; one that leaps further belongs to something else."""
_SHORT: Final = 120
_ENDED: Final = re.compile(r"[.;:!?…]['\"”’)»]*$")


@dataclass
class Found:
    """A provision as it is being read."""

    level: Level
    number: str = ""
    heading: str = ""
    lines: list[str] = field(default_factory=list)
    expects: bool = False
    """Whether its heading is to follow on the next line."""


@dataclass
class Tree:
    """Reads line by line."""

    romans: bool = False
    """Whether chapters are written “I. QUY ĐỊNH CHUNG”, without their word."""
    found: list[Found] = field(default_factory=list)
    preamble: list[str] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    """What stands below the last article: who gets it, who signs."""
    counts: dict[str, str] = field(default_factory=dict)
    """The last number of each level."""
    cited: frozenset[str] | None = None
    """What the line before announced to amend; None outside such a passage."""
    ended: bool = False
    in_appendix: bool = False

    def take(self, item: Item, *, is_quoted: bool) -> None:
        """Read the next line or table."""
        if isinstance(item, Rows):
            lines = [" | ".join(cell.replace("\n", " ") for cell in row) for row in item.rows]
            for line in filter(None, (item.title, *lines)):
                self._place().append(line)
            return
        if is_quoted:
            self._text(item)
            self.cited = None  # the wording that was announced has come
            return
        sign = self._sign(item)
        if sign is not None and self._counts(sign, item):
            self._begin(sign)
            self.cited = signs.amended(item)
            return
        self.ended = self.ended or self._is_foot(item)
        self._text(item)

    def _sign(self, line: str) -> Sign | None:
        if self.romans and (sign := signs.roman_part(line)):
            return sign
        return signs.read(line)

    def _is_foot(self, line: str) -> bool:
        return Level.ARTICLE in self.counts and not self.in_appendix and signs.is_foot(line)

    def _text(self, line: str) -> None:
        """Take a line that is no provision of its own."""
        if not line:
            return
        outside = not self.found or (self.ended and not self.in_appendix)
        if outside or not self._is_heading_of(self.found[-1], line):
            self._place().append(line)
            self.cited = self.cited or signs.amended(line)

    def _place(self) -> list[str]:
        """Give what takes in the next line that is no provision of its own."""
        if self.ended and not self.in_appendix:
            return self.foot
        if not self.found:
            return self.preamble
        self.found[-1].expects = False
        return self.found[-1].lines

    def _is_heading_of(self, last: Found, line: str) -> bool:
        """Take a line as heading of what was begun without one, or as the rest of a heading."""
        if last.lines:
            return False
        fits = len(line) <= 2 * _SHORT and not line.endswith((";", ":"))
        if last.expects and fits and (not last.heading or capitals(line)):
            goes_on = last.level is not Level.ARTICLE and capitals(line)
            last.heading, last.expects = f"{last.heading} {line}".strip(), goes_on
            return True
        broken = last.heading and line[:1].islower() and not _ENDED.search(last.heading)
        if broken and last.level is not Level.CLAUSE and not self.in_appendix:
            last.heading = f"{last.heading} {line}"
            return True
        return False

    def _counts(self, sign: Sign, line: str) -> bool:
        """Say whether a line that looks like a provision is one where it stands."""
        if sign.kind == "appendix":
            return bool(self.found) and (self.ended or "article" in self.counts)
        if self.in_appendix:
            return False
        if sign.kind in {"part", Level.CHAPTER, Level.SECTION}:
            return self._divides(sign, line)
        if self.ended and sign.kind != Level.ARTICLE:
            return False
        return self._follows(sign) and not self._is_amended(sign)

    def _divides(self, sign: Sign, line: str) -> bool:
        if self.cited is not None and sign.number in self.cited:
            return False
        if sign.kind == Level.CHAPTER and sign.number:
            last = self.counts.get(Level.CHAPTER)
            far = _value(sign.number) - (_value(last) if last else 0)
            return 0 <= far <= _LEAP if sign.firm else far == 1
        return sign.firm or capitals(line)

    def _follows(self, sign: Sign) -> bool:
        last = self.counts.get(sign.kind)
        if sign.kind == Level.ARTICLE:
            far = leap(last, sign.number)
            if not sign.firm:
                return far == 1
            # A number that comes again is told of; it must not hide in the article before it.
            return abs(far) <= _LEAP and (far >= 0 or self.cited is None)
        if Level.ARTICLE not in self.counts:
            return False
        if sign.kind == Level.POINT and "." in sign.number:  # “2.1.” below “2.”
            clause, _dot, count = sign.number.partition(".")
            before = last.partition(".")[2] if last and "." in last else None
            return clause == self.counts.get(Level.CLAUSE) and 0 <= leap(before, count) <= _LEAP
        if sign.kind == Level.POINT and last and "." in last:
            return False  # letters below “2.1.” are its text: there is no level for them
        return 0 <= leap(last, sign.number) <= _LEAP

    def _is_amended(self, sign: Sign) -> bool:
        """Tell the wording that another act is to have, where nobody put it in quotation marks."""
        if self.cited is None:
            return False
        if sign.kind == Level.POINT and self._last_clause_amends():
            return True
        if sign.number in self.cited:
            self.cited = self.cited - {sign.number}  # once; then its number may come round itself
            return True
        return False

    def _last_clause_amends(self) -> bool:
        last = self.found[-1]
        return last.level is Level.CLAUSE and bool(last.lines) and len(last.lines) > 1

    def _begin(self, sign: Sign) -> None:
        if sign.kind == "appendix":
            self.in_appendix = True
            self.found.append(Found(Level.CHAPTER, "", sign.rest, expects=len(sign.rest) < 40))
            return
        self.ended = False
        level = Level.CHAPTER if sign.kind == "part" else Level(sign.kind)
        self._forget_below(level, sign)
        one = Found(level, sign.number)
        if level in {Level.CLAUSE, Level.POINT}:
            one.lines += [sign.rest] if sign.rest else []
        else:
            one.heading, one.expects = sign.rest, not sign.rest or capitals(sign.rest)
        if level is Level.ARTICLE:
            one.expects = not sign.rest
        self.found.append(one)

    def _forget_below(self, level: Level, sign: Sign) -> None:
        order = list(Level)
        for deeper in order[order.index(level) + 1 :]:
            if deeper is not Level.ARTICLE:  # articles are counted through all chapters
                self.counts.pop(deeper, None)
        if sign.kind == "part":
            self.counts.pop(Level.CHAPTER, None)
        elif sign.number:
            self.counts[level] = sign.number


def built(items: Sequence[Item]) -> Tree:
    """Read a whole text.

    Args:
        items: its paragraphs and tables in reading order.
    """
    lines = [item if isinstance(item, str) else "" for item in items]
    inside = quoted(lines)
    start = _start(lines, inside)
    tree = Tree(romans=_has_romans(lines, inside))
    tree.preamble += [line for line in lines[:start] if line]
    for item, is_quoted in zip(items[start:], inside[start:], strict=True):
        tree.take(item, is_quoted=is_quoted)
    return tree


def _start(lines: Sequence[str], inside: Sequence[bool]) -> int:
    """Find where the regulation begins behind the decision that issues it; 0 without one.

    Both count their articles from 1, and the regulation has its title between them.
    """
    firsts = [at for at, line in enumerate(lines) if not inside[at] and _is_first(line)]
    for before, first in zip(reversed(firsts[:-1]), reversed(firsts[1:]), strict=True):
        titles = [at for at in range(before, first) if signs.is_title(lines[at])]
        if titles:
            return titles[0]
    return 0


def _is_first(line: str) -> bool:
    sign = signs.read(line)
    return sign is not None and sign.kind == Level.ARTICLE and sign.number == "1" and sign.firm


def _has_romans(lines: Sequence[str], inside: Sequence[bool]) -> bool:
    """Tell a text that has articles, and roman parts in the place of chapters."""
    found = [signs.read(line) for at, line in enumerate(lines) if not inside[at]]
    kinds = {sign.kind for sign in found if sign}
    return Level.ARTICLE in kinds and Level.CHAPTER not in kinds


def leap(last: str | None, number: str) -> int:
    """Say how far a number lies from the one before: 1 if it is the next, 0 if it is the same.

    “2a” follows “2” and precedes “3”; after “d” comes “đ”, or “e” where Word counted.
    """
    before, now = _place(last) if last else (0, 0), _place(number)
    if now[0] == before[0]:
        return 0 if now[1] == before[1] else 1 if now[1] > before[1] else -1
    return now[0] - before[0]


def _place(number: str) -> tuple[int, int]:
    digits = re.match(r"\d+", number)
    if digits:
        return int(digits[0]), _rank(number[digits.end() :])
    if len(number) == 2 and number[1].isalpha():  # “aa” after “z”
        return len(signs.LETTERS) + _rank(number[1]), 0
    return _rank(number[:1]), int(number[1:] or 0)


def _rank(letter: str) -> int:
    return signs.LETTERS.find(letter) + 1 if letter else 0


def _value(number: str) -> int:
    """Read a roman or arabic number; a letter behind it does not matter."""
    if number[:1].isdigit():
        return int(re.match(r"\d+", number)[0])  # type: ignore[index]
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    values = [worth[sign] for sign in number if sign in worth]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0],
                                                                 strict=True))  # fmt: skip
