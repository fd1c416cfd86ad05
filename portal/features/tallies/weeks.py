"""The weeks of a box: Monday to Sunday, from its first round on (DOMAIN R11)."""

from collections.abc import Iterator
from datetime import date, timedelta

from portal.core import clock
from portal.features.mailbox.models import Mailbox

WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    """Give the Monday of the week in which a day lies."""
    return day - timedelta(days=day.weekday())


def last_of(week: date) -> date:
    """Give the Sunday of a week that is named by its Monday."""
    return week + timedelta(days=6)


def year_of(week: date) -> int:
    """Give the year to which a week belongs: that of its Thursday (ISO 8601)."""
    return (week + timedelta(days=3)).year


def number_of(week: date) -> int:
    """Give the number of a week in its year (ISO 8601)."""
    return week.isocalendar().week


def is_over(week: date, today: date | None = None) -> bool:
    """Say whether the Sunday of a week has passed."""
    return last_of(week) < (today or clock.today())


def asked(box: Mailbox, week: date) -> bool:
    """Say whether letters could be sent in a week: its tally is due then, a nil one too."""
    if not box.rounds:
        return False
    spans = box.rounds if not box.takes_between else _whole(box)
    return any(one[0] <= last_of(week) and week <= one[1] for one in spans)


def of_box(box: Mailbox, today: date | None = None) -> list[date]:
    """List the weeks that have begun in which letters could be sent, the first one first."""
    if not box.rounds:
        return []
    last = min(box.rounds[-1].last, today or clock.today())
    return [week for week in _each(box.rounds[0].first, last) if asked(box, week)]


def years(box: Mailbox, today: date | None = None) -> list[int]:
    """List the years of a box that have begun, the latest first."""
    return sorted({year_of(week) for week in of_box(box, today)}, reverse=True)


def _whole(box: Mailbox) -> tuple[tuple[date, date], ...]:
    return ((box.rounds[0].first, box.rounds[-1].last),)


def _each(first: date, last: date) -> Iterator[date]:
    week = monday_of(first)
    while week <= last:
        yield week
        week += WEEK
