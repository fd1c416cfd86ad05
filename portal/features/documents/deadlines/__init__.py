"""When something is due, read from the words of a plan (DOMAIN 1.4).

“03 ngày, từ ngày 06/5 - 08/5/2024”, “chậm nhất ngày 04/5/2024”, “trước ngày 10/6/2026” (the last
day is the 9th), “ngày 06/6/2026 hoặc ngày 07/6/2026”, “trong tháng 5/2024”, “hằng tuần”.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from portal.core.text import clean
from portal.features.documents.deadlines.day_words import (
    BACKWARDS,
    DAY,
    HALF,
    MONTH,
    MONTHS,
    NUMERIC,
    POINT,
    QUARTER,
    SURE,
    Fault,
    NoDayError,
    Span,
    span_of,
    without_citations,
    year_near,
)
from portal.features.documents.deadlines.due_days import OPEN_KINDS, Deadline, Kind

__all__ = ["Deadline", "Fault", "Kind", "Span", "faults", "find_all", "read"]


def read(text: str, year: int | None = None) -> Deadline | None:
    """Read one deadline, such as a cell of the table of duties.

    Args:
        text: the words; several spans of days become rounds.
        year: the year of days that name none, if no other day does.

    Returns:
        None if there is none, or none that can be read; `faults` says why.
    """
    found = find_all(text, year)
    dated = [one for one in found if one.spans]
    recurring = [one for one in found if one.kind in OPEN_KINDS]
    firm = [one for one in recurring if one.kind is not Kind.REGULAR] or (
        [] if dated else recurring
    )
    if firm:
        windows = (span for one in dated if one.kind is Kind.WINDOW for span in one.spans)
        return replace(firm[0], spans=tuple(windows))
    if len(dated) < 2:
        return dated[0] if dated else None
    spans = sorted({span for one in dated for span in one.spans})
    return Deadline(Kind.ROUNDS, clean(text), tuple(spans))


def find_all(text: str, year: int | None = None) -> list[Deadline]:
    """Find every deadline in running text; days of cited documents are none.

    Args:
        text: any text.
        year: the year of days that name none, if no other day does.
    """
    return [one for one in _scan(text, year) if isinstance(one, Deadline)]


def faults(text: str, year: int | None = None) -> list[Fault]:
    """Find what looks like a day and cannot be one: “31/02”, “9/11/26”, a day without a year.

    Args:
        text: any text.
        year: the year of days that name none, if no other day does.
    """
    if not any(map(str.isdigit, text)):  # as in most paragraphs of a long text
        return []
    return [one for one in _scan(text, year) if isinstance(one, Fault)]


def _scan(text: str, year: int | None) -> Iterator[Deadline | Fault]:
    whole, at = without_citations(clean(text)), 0
    while found := _next(whole, at):
        kind, match = found
        near = year_near(whole, match.start(), year)
        try:
            yield _deadline(kind, match, near)
        except NoDayError as error:
            yield Fault(match[0].strip(), str(error))
        at = match.end()


def _next(text: str, at: int) -> tuple[Kind, re.Match[str]] | None:
    """Give the leftmost match; of those at one place, the first pattern's."""
    found = [(kind, match) for kind, one in _PATTERNS if (match := one.search(text, at))]
    return min(found, key=lambda one: one[1].start(), default=None)


def _deadline(kind: Kind, match: re.Match[str], year: int | None) -> Deadline:
    words, parts = match[0].strip(), match.groupdict()
    if kind in OPEN_KINDS:
        return Deadline(
            kind, words, weekdays=_weekdays(parts.get("weekdays") or ""), monthday=_monthday(parts)
        )
    if kind in {Kind.WINDOW, Kind.CHOICE}:
        span = _between(parts["from"], parts["to"], year)
        return Deadline(kind, words, (span,), _count(match) if kind is Kind.WINDOW else None)
    if kind is Kind.ROUNDS:
        return _listed(words, parts["days"], parts["to"], year)
    span = span_of(parts["to"], year)
    if kind is Kind.BEFORE and not parts["hour"]:
        eve = span.first - timedelta(days=1)
        return Deadline(kind, words, (Span(eve, eve),))
    if kind in {Kind.BEFORE, Kind.NO_LATER}:  # “trước 17 giờ ngày 10/6” still lies on the 10th
        return Deadline(Kind.NO_LATER, words, (Span(span.last, span.last),))
    return Deadline(kind, words, (span,))


def _weekdays(words: str) -> frozenset[int]:
    """Read “thứ Hai, thứ Năm”."""
    said = re.findall(r"thứ\s+\w+|chủ\s+nhật", words.casefold())
    return frozenset(_WEEKDAYS[" ".join(one.split())] for one in said)


def _monthday(parts: Mapping[str, str | None]) -> int:
    """Read “trước ngày 25 hằng tháng”: the 24th; the day before the first is a month's last."""
    return (int(parts.get("monthday") or 31) - bool(parts.get("before"))) or 31


def _between(start: str, end: str, year: int | None) -> Span:
    """Read a window; a bare day takes the month of its end, and a missing year may turn."""
    last = span_of(end, _own_year(start) or year)
    numbers = re.findall(r"\d+", start)
    if len(numbers) == 1 and "tháng" not in start.casefold():
        start = f"{numbers[0]}/{last.last.month}/{last.last.year}"
    first = span_of(start, last.last.year)
    if first.first <= last.last:
        return Span(first.first, last.last)
    if not _own_year(start):
        first = span_of(start, last.last.year - 1)
    elif not _own_year(end):
        last = span_of(end, first.first.year + 1)
    if not 0 <= (last.last - first.first).days <= _OVER_NEW_YEAR:
        raise NoDayError(BACKWARDS)
    return Span(first.first, last.last)


def _own_year(words: str) -> int | None:
    found = re.search(r"\d{4}", words)
    return int(found[0]) if found else None


def _listed(words: str, days: str, end: str, year: int | None) -> Deadline:
    """Read “các ngày 06, 07 và 08/5/2024”: days in a row make a window."""
    last = span_of(end, year).last
    own = {span_of(f"{day}/{last.month}/{last.year}", year) for day in re.findall(r"\d+", days)}
    spans = tuple(sorted(own | {Span(last, last)}))
    if (last - spans[0].first).days == len(spans) - 1:
        return Deadline(Kind.WINDOW, words, (Span(spans[0].first, last),))
    return Deadline(Kind.ROUNDS, words, spans)


def _count(match: re.Match[str]) -> int | None:
    before, after = match.string[: match.start()], match.string[match.end() :]
    found = _COUNT_BEFORE.search(before[-40:]) or _COUNT_AFTER.match(after)
    return int(found[1]) if found else None


_OVER_NEW_YEAR: Final = 300  # days; “từ 08/5 - 06/5/2024” is a slip, not most of a year
_COUNT_BEFORE: Final = re.compile(
    r"(\d{1,3})\s*(?:\([^)]{1,20}\)\s*)?ngày\s*[,:;(]?\s*(?:kể\s+)?$", re.IGNORECASE
)
_COUNT_AFTER: Final = re.compile(r"\s*\(?\s*(?:trong\s+)?(\d{1,3})\s*ngày\b", re.IGNORECASE)
_WEEKDAYS: Final = {
    "thứ hai": 0, "thứ ba": 1, "thứ tư": 2, "thứ năm": 3, "thứ sáu": 4, "thứ bảy": 5,
    "chủ nhật": 6, "thứ 2": 0, "thứ 3": 1, "thứ 4": 2, "thứ 5": 3, "thứ 6": 4, "thứ 7": 5,
}  # fmt: skip
_WEEKDAY: Final = "(?:" + "|".join(_WEEKDAYS).replace(" ", r"\s+") + ")"
_CLOCK: Final = r"\d{1,2}\s*(?:giờ|h|g|:)\s*(?:\d{1,2}\s*(?:phút)?)?"
_HOUR: Final = rf"(?P<hour>{_CLOCK}[\s,]*)?"
_EVERY: Final = r"(?:hằng|hàng|mỗi)\s+"
_TO: Final = (
    r"\s*(?:[-–—]|(?:cho\s+)?(?:đến|tới))\s*(?:hết\s+)?(?:\d{1,2}\s*(?:giờ|h)\s*(?:\d{2})?\s*)?"
)
_PATTERNS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(rf"(?<!\w){pattern}", re.IGNORECASE))
    for kind, pattern in (
        (Kind.WINDOW, rf"(?:từ\s+)?(?:\d{{1,2}}\s*(?:giờ|h)\s*(?:\d{{2}})?\s*)?"
                      rf"(?P<from>{POINT}|(?:từ|ngày)\s+(?:ngày\s+)?\d{{1,2}}"
                      rf"|(?<=từ )(?:ngày\s+)?\d{{1,2}}|(?<![\d/.\-])\d{{1,2}}(?=[-–]\d))"
                      rf"{_TO}(?P<to>{POINT})"),
        (Kind.CHOICE, rf"(?:trong\s+|vào\s+)?(?P<from>{DAY}|ngày\s+\d{{1,2}}),?\s+hoặc\s+"
                      rf"(?:trong\s+|vào\s+)?(?P<to>{DAY})"),
        (Kind.ROUNDS, rf"(?:(?:các\s+)?ngày\s+|\A)(?P<days>\d{{1,2}}(?:\s*(?:,|và)\s*(?:ngày\s+)?"
                      rf"\d{{1,2}})*)\s*(?:,|và)\s*(?P<to>(?:ngày\s+)?{NUMERIC})"),
        (Kind.BEFORE, rf"trước\s+(?:hết\s+)?{_HOUR}(?P<to>{POINT})"),
        (Kind.NO_LATER, rf"(?:(?:chậm|muộn)\s+nhất|hạn\s+(?:cuối|chót)|không\s+(?:quá|muộn\s+hơn))"
                        rf":?(?:\s+(?:là|vào|đến|trong|hết|cùng))*\s*{_HOUR}(?P<to>{POINT})"),
        (Kind.NO_LATER, rf"(?:đến\s+hết|đến|hết|xong)\s+{_HOUR}(?P<to>{SURE}|{MONTH})"),
        (Kind.DAY, rf"(?:từ\s+)?{_CLOCK}\s*(?:đến|tới|[-–])\s*{_CLOCK}[\s,]*(?P<to>{SURE})"),
        (Kind.WEEKLY, rf"(?:(?P<weekdays>{_WEEKDAY}(?:(?:\s*,|\s+và)\s+{_WEEKDAY})*)\s+)?"
                      rf"{_EVERY}tuần(?!\w)"),
        (Kind.DAILY, rf"{_EVERY}ngày(?!\w)"),
        (Kind.MONTHLY, rf"(?:(?P<before>trước\s+)?ngày\s+(?P<monthday>0?[1-9]|[12]\d|3[01])\s+)?"
                       rf"(?:của\s+)?{_EVERY}tháng(?!\w)"),
        (Kind.QUARTERLY, rf"{_EVERY}quý(?!\w)"),
        (Kind.FIRST_DAY, r"ngày\s+đầu(?:\s+tiên)?(?!\w)"),
        (Kind.REGULAR, r"(?:thường\s+xuyên|(?:trong\s+)?suốt\s+(?:thời\s+gian|quá\s+trình)"
                       r"|khi\s+phát\s+sinh)(?!\w)"),
        (Kind.WITHIN, rf"(?:trong\s+|vào\s+)?(?P<to>{MONTHS}|{MONTH}|{QUARTER}|{HALF}"
                      rf"|(?:(?<=trong )|(?<=cả )|\A)năm\s+\d{{4}})"),
        (Kind.DAY, rf"(?:trong\s+|vào\s+)?(?P<to>{SURE}|\A\s*{NUMERIC}\s*\Z)"),
    )
)  # fmt: skip
