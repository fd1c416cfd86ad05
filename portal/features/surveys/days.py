"""Participation by day and by round, as a page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.features.campaigns.phase import Phase
from portal.features.documents.deadlines import Span
from portal.features.surveys.asking import Asking

MOST_DAYS = 5
"""Columns that fit on a phone."""


@dataclass(frozen=True)
class Day:
    """A day on which people are asked: its answers, and whether it is today."""

    day: date
    count: int | None
    """None for a day to come."""
    current: bool

    @property
    def label(self) -> str:
        """Give it as 06/5."""
        return f"{self.day:%d}/{self.day.month}"


@dataclass(frozen=True)
class Round:
    """A round and its answers."""

    span: Span
    count: int | None
    """None for one to come."""


def near(asking: Asking, counts: Mapping[date, int]) -> tuple[Day, ...]:
    """Give the days around today, those besides on which answers came all the same included.

    Args:
        asking: when people are asked here.
        counts: the answers by day.
    """
    today = clock.today()
    is_open = asking.phase == Phase.OPEN
    window = sorted({*asking.days, *counts})
    return tuple(
        Day(day, counts.get(day, 0) if day <= today else None, current=is_open and day == today)
        for day in _near(window, today)
    )


def by_round(asking: Asking, counts: Mapping[date, int]) -> tuple[Round, ...]:
    """Add the days up by round; what came in a gap counts with the round before it.

    Returns:
        Nothing where there is only one round.
    """
    spans, today = asking.rounds, clock.today()
    if len(spans) == 1:
        return ()
    starts = [date.min, *(span.first for span in spans[1:]), date.max]
    found = []
    for span, begins, end in zip(spans, starts, starts[1:], strict=False):
        n = sum(n for day, n in counts.items() if begins <= day < end)
        found.append(Round(span, n if span.first <= today else None))
    return tuple(found)


def _near(window: list[date], today: date) -> list[date]:
    if len(window) <= MOST_DAYS:
        return window
    last = min(max(sum(day <= today for day in window), MOST_DAYS), len(window))
    return window[last - MOST_DAYS : last]
