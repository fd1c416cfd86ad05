"""Days as plans write them: “06/5”, “ngày 05 tháng 02 năm 2026”, “tháng 5/2024”, “quý II/2026”.

The patterns here are pieces from which `deadlines.py` builds its sentences.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from portal.core.text import N_

_BEFORE: Final = r"(?<![\d/.])(?<![^\W\d]-)"
_AFTER: Final = r"(?!\d)(?!/\w|-[^\W\d])"
_WITH_YEAR: Final = (
    r"(?:\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{2,4}|\d{1,2}\.\d{1,2}\.\d{2,4}|\d{1,2}-\d{1,2}-\d{2,4})"
)
NUMERIC: Final = rf"{_BEFORE}(?:{_WITH_YEAR}|\d{{1,2}}\s*/\s*\d{{1,2}}(?!\s*/\s*\w)){_AFTER}"
_YEAR_AFTER: Final = r"(?:\s*/\s*\d{2,4}|\s+năm\s+\d{2,4})?(?!\d)"
SPELLED: Final = rf"ngày\s+\d{{1,2}}\s+tháng\s+\d{{1,2}}{_YEAR_AFTER}"
DAY: Final = rf"(?:{SPELLED}|(?:ngày\s+)?{NUMERIC})"
SURE: Final = rf"(?:{SPELLED}|ngày\s+{NUMERIC}|{_BEFORE}{_WITH_YEAR}{_AFTER})"
"""A day beyond doubt: “3/4” alone may be three quarters, “24/7” every hour."""
MONTH: Final = rf"tháng\s+\d{{1,2}}{_YEAR_AFTER}"
_NUMBER: Final = r"(?:IV|I{1,3}|[1-4])\b"
_AND: Final = r"(?:\s*[,–-]\s*|\s+(?:và|đến)\s+)"
QUARTER: Final = rf"quý\s+{_NUMBER}(?:{_AND}(?:quý\s+)?{_NUMBER})*{_YEAR_AFTER}"
"""Also “quý I và quý II”: from the first to the last."""
MONTHS: Final = rf"tháng\s+\d{{1,2}}(?:{_AND}\d{{1,2}})+(?:\s*/\s*|\s+năm\s+)\d{{4}}(?!\d)"
HALF: Final = r"0?6\s+tháng\s+(?:đầu|cuối)\s+năm(?:\s+\d{4})?"
POINT: Final = rf"(?:{DAY}|{MONTH})"

_CITED: Final = re.compile(
    rf"số:?\s+[^\s,;]*[/\-][^\s,;]*,?\s+ngày\s+(?:\d{{1,2}}\s+tháng\s+\d{{1,2}}{_YEAR_AFTER}"
    rf"|{NUMERIC})",
    re.IGNORECASE,
)
_FULL_YEAR: Final = re.compile(r"(?:[/.\-]\s*|năm\s+)(\d{4})(?!\d)", re.IGNORECASE)
_YEAR_SAID: Final = re.compile(r"(?:/\s*|năm\s+)(\d{2,4})\Z")
_QUARTERS: Final = re.compile(r"\b(iv|i{1,3}|[1-4])\b")
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


class Span(NamedTuple):
    """Days from one to another, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Fault:
    """Words that look like a day and are none: a sentence (msgid) and its values."""

    text: str
    message: str

    @property
    def values(self) -> Mapping[str, str]:
        """Give what the sentence names."""
        return {"words": self.text}


class NoDayError(ValueError):
    """A day that cannot be; the message is a msgid with “%(words)s”."""


NO_SUCH_DAY: Final = N_("Không có ngày “%(words)s”.")
SHORT_YEAR: Final = N_("“%(words)s”: năm cần viết đủ bốn chữ số.")
NO_YEAR: Final = N_("“%(words)s” thiếu năm.")
BACKWARDS: Final = N_("“%(words)s”: ngày cuối đứng trước ngày đầu.")


def without_citations(text: str) -> str:
    """Blank the days of cited documents, “Kết luận số 54-KL/TU ngày 03/3/2021”."""
    return _CITED.sub(lambda match: " " * len(match[0]), text)


def year_near(text: str, at: int, given: int | None) -> int | None:
    """Give the year of a day written without one: the next that is named, else the last before.

    Args:
        text: the whole text, citations blanked.
        at: where the day stands.
        given: the year if the text names none.
    """
    years = [(match.start(), int(match[1])) for match in _FULL_YEAR.finditer(text)]
    after = (year for place, year in years if place >= at)
    return next(after, years[-1][1] if years else given)


def span_of(words: str, year: int | None) -> Span:
    """Read a day, a month, a quarter or a year.

    Args:
        words: what one of the patterns above has found.
        year: where the words name none.

    Raises:
        NoDayError: there is no such day, or its year cannot be told.
    """
    words = words.casefold()
    if "ngày" in words or not re.search("tháng|quý|năm", words):
        return _day([int(number) for number in re.findall(r"\d+", words)], year)
    said = _YEAR_SAID.search(words)
    before = words[: said.start()] if said else words
    numbers = re.findall(r"\d+", before)
    own = _year([int(said[1])] if said else [], year)
    if "quý" in words:
        quarters = [_ROMAN.get(one) or int(one) for one in _QUARTERS.findall(before)]
        return _months(3 * quarters[0] - 2, 3 * quarters[-1], own)
    if "đầu" in words or "cuối" in words:
        return _months(1, 6, own) if "đầu" in words else _months(7, 12, own)
    return _months(int(numbers[0]), int(numbers[-1]), own) if numbers else _months(1, 12, own)


def _day(numbers: list[int], year: int | None) -> Span:
    if len(numbers) < 3 and year is None:
        _valid(2024, *numbers[1::-1])
    day = _valid(_year(numbers[2:], year), *numbers[1::-1])
    return Span(day, day)


def _valid(year: int, month: int, day: int) -> date:
    if not 1900 <= year <= 2200:  # a slip of the finger, not a plan
        raise NoDayError(NO_SUCH_DAY)
    try:
        return date(year, month, day)
    except ValueError:
        raise NoDayError(NO_SUCH_DAY) from None


def _year(stated: list[int], given: int | None) -> int:
    if stated and stated[0] < 1000:
        raise NoDayError(SHORT_YEAR)
    year = stated[0] if stated else given
    if year is None:
        raise NoDayError(NO_YEAR)
    return year


def _months(first: int, last: int, year: int) -> Span:
    _valid(year, first, 1)
    _valid(year, last, 1)
    if last < first:
        raise NoDayError(BACKWARDS)
    return Span(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))
