"""A year of a box, by week and by round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from portal.core import clock
from portal.features.campaigns.models import Campaign
from portal.features.documents.deadlines import Span
from portal.features.letters.kinds import STATE_LABELS
from portal.features.mailbox.models import Mailbox
from portal.features.tallies import counting, figures, lines, pages, queries, weeks
from portal.features.tallies.counting import Evening
from portal.features.tallies.models import State
from portal.features.tallies.pages import Line
from portal.features.tallies.pools import together

Answered = Mapping[date, tuple[int, int]]
"""By day how many were answered in time, and late."""


@dataclass(frozen=True)
class Week:
    """A week as a column and a row; the one that runs has no numbers."""

    week: date
    round: int | None
    arrived: int | None
    in_time: int | None
    late: int | None
    state: str

    @property
    def number(self) -> int:
        """Give its number in the year."""
        return weeks.number_of(self.week)

    @property
    def last(self) -> date:
        """Give its Sunday."""
        return weeks.last_of(self.week)

    @property
    def answered(self) -> int:
        """Give how many were answered in it."""
        return (self.in_time or 0) + (self.late or 0)

    @property
    def word(self) -> str:
        """Say where its tally stands (msgid)."""
        return pages.STATE_WORDS[self.state]


@dataclass(frozen=True)
class Round:
    """A round, as far as it lies in weeks that are over."""

    number: int
    first: date
    last: date
    arrived: int
    in_time: int
    late: int
    ratings: int | None
    """None without ratings, or with too few."""

    @property
    def has_begun(self) -> bool:
        """Say whether there is anything to count."""
        return self.first <= clock.today()


@dataclass(frozen=True)
class Told:
    """What letters of the year are about, as far as it can be told."""

    head: str
    rows: tuple[Line, ...]
    waiting: int
    """How many letters wait until enough are alike."""


@dataclass(frozen=True)
class Year:
    """The page of a year."""

    box: Mailbox
    year: int
    years: tuple[int, ...]
    weeks: tuple[Week, ...]
    rounds: tuple[Round, ...]
    about: tuple[Told, ...]
    states: tuple[Line, ...]
    """Where all letters stand at the end of the last week that is over (labels are msgids)."""
    overdue: int
    """How many wait past their time at the end of that week."""
    k: int

    @property
    def in_time_share(self) -> float | None:
        """Give the share of answers in time; whoever waits past his time counts as not."""
        whole = self.answered + self.overdue
        return self.in_time / whole if whole else None

    @property
    def arrived(self) -> int:
        """Count the letters of the year."""
        return sum(one.arrived or 0 for one in self.weeks)

    @property
    def in_time(self) -> int:
        """Count the answers in time."""
        return sum(one.in_time or 0 for one in self.weeks)

    @property
    def answered(self) -> int:
        """Count the answers."""
        return sum(one.answered for one in self.weeks)

    @property
    def most(self) -> int:
        """Give the tallest column."""
        return max((max(one.arrived or 0, one.answered) for one in self.weeks), default=0)

    @property
    def locked(self) -> int:
        """Count the weeks that two people have signed."""
        return sum(one.state == State.LOCKED for one in self.weeks)


def of(box: Mailbox, year: int) -> Year | None:
    """Give a year of a box, None if the box was not there yet."""
    years = weeks.years(box)
    if year not in years:
        return None
    spans = [week for week in weeks.of_box(box) if weeks.year_of(week) == year]
    rounds = [(n, one) for n, one in enumerate(box.rounds, 1) if year in _years(one)]
    over = [week for week in spans if weeks.is_over(week)]
    evening = counting.evening(box.id, weeks.last_of(over[-1])) if over else None
    k, answered = figures.threshold(), counting.answered_by_day(box.id)
    return Year(
        box, year, tuple(years), tuple(_weeks(box, spans, answered)),
        tuple(_round(box, n, Span(*one), k, answered) for n, one in rounds),
        tuple(_about(box, over, k)) if over else (), _states(evening),
        evening.overdue if evening else 0, k,
    )  # fmt: skip


def _weeks(box: Mailbox, spans: list[date], answered: Answered) -> list[Week]:
    came, made = counting.by_week(box.id), queries.of_box(box.id)
    found = []
    for week in spans:
        last, over = weeks.last_of(week), weeks.is_over(week)
        state = made[week].state if week in made else State.DRAFT
        in_time, late = counting.between(answered, week, last) if over else (None, None)
        arrived = came.get(week, 0) if over else None
        found.append(Week(week, _round_of(box, week), arrived, in_time, late, state))
    return found


def _round_of(box: Mailbox, week: date) -> int | None:
    last = weeks.last_of(week)
    held = (n for n, one in enumerate(box.rounds, 1) if one[0] <= last and week <= one[1])
    return next(held, None)


def _round(box: Mailbox, number: int, span: Span, k: int, answered: Answered) -> Round:
    # Like the weeks, a round is told of up to the last Sunday.
    until = min(span.last, weeks.monday_of(clock.today()) - timedelta(days=1))
    in_time, late = counting.between(answered, span.first, until)
    ratings = _ratings(box.campaign, span.first, until, k)
    came = counting.arrived(box.id, span.first, until)
    return Round(number, span.first, span.last, came, in_time, late, ratings)


def _ratings(campaign: Campaign | None, first: date, last: date, k: int) -> int | None:
    if campaign is None:
        return None
    by_day = counting.ratings(campaign.id)
    enough = sum(n for day, n in by_day.items() if day <= last) >= k
    return sum(n for day, n in by_day.items() if first <= day <= last) if enough else None


def _about(box: Mailbox, over: list[date], k: int) -> list[Told]:
    found = []
    for about in figures.ABOUT:
        known = figures.told(box, about, over[-1], k)
        mine = [pool for pool in known.told if weeks.year_of(pool.last) == weeks.year_of(over[-1])]
        rows = pages.drawn(lines.named(about, together(mine)))
        found.append(Told(lines.HEADS[about], rows, known.waiting))
    return found


def _states(evening: Evening | None) -> tuple[Line, ...]:
    found = evening.states if evening else {}
    shown = {label: found[one] for one, label in STATE_LABELS.items() if found.get(one)}
    return pages.drawn(shown)


def _years(span: tuple[date, date]) -> range:
    return range(span[0].year, span[1].year + 1)
