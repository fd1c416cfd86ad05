"""What a deadline is: its kind, the days its words name, and the days that follow from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from portal.features.documents.deadlines.day_words import Span


class Kind(StrEnum):
    """How a deadline is put."""

    DAY = "day"
    WINDOW = "window"
    ROUNDS = "rounds"
    CHOICE = "choice"
    """One day or the other."""
    NO_LATER = "no_later"
    BEFORE = "before"
    """Exclusive: the last day is the one before."""
    WITHIN = "within"
    """In a month, a quarter or a year."""
    WEEKLY = "weekly"
    DAILY = "daily"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    FIRST_DAY = "first_day"
    REGULAR = "regular"
    """“thường xuyên”: no day of its own, over when the window is."""


OPEN_KINDS: Final = frozenset({
    Kind.WEEKLY, Kind.DAILY, Kind.MONTHLY, Kind.QUARTERLY, Kind.FIRST_DAY, Kind.REGULAR,
})  # fmt: skip
"""Those that name no day: their days follow from the window of what they belong to."""


@dataclass(frozen=True)
class Deadline:
    """When something is due."""

    kind: Kind
    text: str
    """The words that say so."""
    spans: tuple[Span, ...] = ()
    """The days they name, in order; none for “hằng tuần”."""
    count: int | None = None
    """How many days the words say that it lasts: “03 ngày, từ ngày …”."""
    weekdays: frozenset[int] = frozenset()
    """“thứ Sáu hằng tuần” is {4}; without any it is due when the week ends."""
    monthday: int = 31
    """“ngày 15 hằng tháng” is 15; a shorter month takes its last day."""

    @property
    def first(self) -> date | None:
        """Give the first day that is named."""
        return min((span.first for span in self.spans), default=None)

    @property
    def last(self) -> date | None:
        """Give the last day on which it may still be done."""
        return max((span.last for span in self.spans), default=None)

    def days(self, window: tuple[date, date] | None = None) -> tuple[date, ...]:
        """Give the days by which it has to be done, one for every time.

        Args:
            window: the first and last day of what it belongs to, for “hằng tuần”, “ngày đầu
                tiên” and the like; days of its own come first.
        """
        if self.kind not in OPEN_KINDS:
            ends = (span.last for span in self.spans)
            return tuple(sorted(set(ends))) if self.kind is Kind.ROUNDS else _only(self.last)
        spans = self.spans or ((Span(*window),) if window else ())
        return tuple(sorted({day for span in spans for day in self._within(span)}))

    def _within(self, span: Span) -> Iterator[date]:
        if self.kind is Kind.FIRST_DAY:
            yield span.first
        elif self.kind is Kind.REGULAR:
            yield span.last
        else:
            yield from (day for day in _each(span) if self._falls(day))
            if self.kind is not Kind.DAILY and not self.weekdays and self.monthday == _END:
                yield span.last

    def _falls(self, day: date) -> bool:
        month_ends = (day + timedelta(days=1)).day == 1
        if self.kind is Kind.MONTHLY:
            return day.day == self.monthday or (month_ends and day.day < self.monthday)
        if self.kind is Kind.QUARTERLY:
            return month_ends and day.month % 3 == 0
        return self.kind is Kind.DAILY or day.weekday() in (self.weekdays or {_SUNDAY})


_SUNDAY: Final = 6
_END: Final = 31


def _each(span: Span) -> Iterator[date]:
    for offset in range((span.last - span.first).days + 1):
        yield span.first + timedelta(days=offset)


def _only(day: date | None) -> tuple[date, ...]:
    return () if day is None else (day,)
