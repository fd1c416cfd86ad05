"""Lines put together to provisions: which of those that look like one really are.

A line counts where its number can follow: “Điều 27 của Luật …” at the start of a line, a list of
days, the wording another act will have, are text of the provision they stand in. Tables and
appendices stay text, so that nothing of a draft is lost.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from portal.features.documents.importing.lines import Item, Rows, capitals
from portal.features.regulations import tables
from portal.features.regulations.models import Level
from portal.features.regulations.parsing import signs
from portal.features.regulations.parsing.numbers import LEAP, goes_on, leap, value
from portal.features.regulations.parsing.signs import Sign

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
    ahead: Counter[str] = field(default_factory=Counter)
    """The numbers of all lines still to come that look like articles."""
    foot: list[str] = field(default_factory=list)
    """What stands below the last article: who gets it, who signs, unless the numbering goes on."""
    dropped: list[str] = field(default_factory=list)
    """Feet after which something else began."""
    passed: list[str] = field(default_factory=list)
    """Lines that look like an article and are text of another."""
    counts: dict[str, str] = field(default_factory=dict)
    """The last number of each level."""
    cited: frozenset[str] | None = None
    """What the line before announced to amend; None outside such a passage."""
    ended: bool = False
    in_appendix: bool = False
    tables: int = 0
    """How many were read as lines."""

    def take(self, item: Item, *, is_quoted: bool) -> None:
        """Read the next line or table."""
        if isinstance(item, Rows):
            self.tables += 1
            for line in filter(None, (item.title, *tables.written(item.rows))):
                self._place().append(line)
            return
        sign = self._sign(item)
        if sign is not None and is_article(sign) and not is_quoted:
            self.ahead[sign.number] -= 1
        if sign is not None and not is_quoted and self._counts(sign, item):
            self._begin(sign)
            self.cited = signs.amended(item)
            return
        if sign is not None and is_article(sign):
            self.passed.append(item)
        if is_quoted:
            self._text(item)
            self.cited = None  # the wording that was announced has come
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
        if self.ended and sign.kind != Level.ARTICLE and not self._runs_on(sign):
            return False
        return self._follows(sign) and not self._is_amended(sign)

    def _divides(self, sign: Sign, line: str) -> bool:
        if self.cited is not None and sign.number in self.cited:
            return False
        if sign.kind == Level.CHAPTER and sign.number:
            last = self.counts.get(Level.CHAPTER)
            far = value(sign.number) - (value(last) if last else 0)
            return 0 <= far <= LEAP if sign.firm else far == 1
        return sign.firm or capitals(line)

    def _follows(self, sign: Sign) -> bool:
        last = self.counts.get(sign.kind)
        if sign.kind == Level.ARTICLE:
            far = leap(last, sign.number)
            if not sign.firm:
                return far == 1
            # A number that comes again is told of; it must not hide in the article before it.
            near = abs(far) <= LEAP and (far >= 0 or self.cited is None)
            return near or (self.cited is None and goes_on(last, sign.number, +self.ahead))
        if Level.ARTICLE not in self.counts:
            return False
        if sign.kind == Level.POINT and "." in sign.number:  # “2.1.” below “2.”
            clause, _dot, count = sign.number.partition(".")
            before = last.partition(".")[2] if last and "." in last else None
            return clause == self.counts.get(Level.CLAUSE) and 0 <= leap(before, count) <= LEAP
        if sign.kind == Level.POINT and last and "." in last:
            return False  # letters below “2.1.” are its text: there is no level for them
        return 0 <= leap(last, sign.number) <= LEAP

    def _runs_on(self, sign: Sign) -> bool:
        """Tell the running numbering below what looked like a foot from a list of the foot's own.

        A khoản 1 is the draft's where it follows at once, as under a line “CHỦ TỊCH”.
        """
        last = self.counts.get(sign.kind)
        if sign.kind not in {Level.CLAUSE, Level.POINT}:
            return last is not None and (sign.kind != Level.ARTICLE or leap(last, sign.number) > 0)
        if any((found := signs.read(line)) and found.kind == sign.kind for line in self.foot):
            return False
        if last is None:
            return len(self.foot) == 1 and not self.foot[0].endswith(":")
        return sign.number != last

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
        if self.ended:
            self._leave_foot(runs_on=self._runs_on(sign))
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

    def _leave_foot(self, *, runs_on: bool) -> None:
        """Give what looked like a foot back to the text, if the numbering goes on below it."""
        self.ended = False
        (self.found[-1].lines if runs_on else self.dropped).extend(self.foot)
        self.foot.clear()

    def _forget_below(self, level: Level, sign: Sign) -> None:
        order = list(Level)
        for deeper in order[order.index(level) + 1 :]:
            if deeper is not Level.ARTICLE:  # articles are counted through all chapters
                self.counts.pop(deeper, None)
        if sign.kind == "part":
            self.counts.pop(Level.CHAPTER, None)
        elif sign.number:
            self.counts[level] = sign.number


def is_article(sign: Sign) -> bool:
    """Tell a line that looks like a heading “Điều 5.”, not a sentence that begins with the word."""
    return sign.kind == Level.ARTICLE and sign.firm
