"""What the pages of weekly tallies show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portal.core import clock
from portal.core.text import N_
from portal.features.documents import schedule
from portal.features.documents.models import Document
from portal.features.documents.models import State as Paper
from portal.features.letters.kinds import STATE_LABELS
from portal.features.mailbox import standing
from portal.features.mailbox.models import Mailbox
from portal.features.org_units.models import Organisation
from portal.features.tallies import counting, figures, lines, papers, queries, weeks
from portal.features.tallies.figures import Figures
from portal.features.tallies.models import State, Tally
from portal.features.tallies.papers import Papers
from portal.features.tallies.pools import Pool
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows

STATE_WORDS: dict[str, str] = {
    State.DRAFT: N_("Chưa lập"),
    State.SIGNED: N_("Chờ người thứ hai"),
    State.LOCKED: N_("Đã khóa"),
}


@dataclass(frozen=True)
class Row:
    """A week in the list."""

    week: date
    arrived: int | None
    """None while it runs."""
    tally: Tally | None
    papers: Papers
    """Those that the reader may open."""

    @property
    def last(self) -> date:
        """Give its Sunday."""
        return weeks.last_of(self.week)

    @property
    def number(self) -> int:
        """Give its number in the year."""
        return weeks.number_of(self.week)

    @property
    def year(self) -> int:
        """Give its year."""
        return weeks.year_of(self.week)

    @property
    def is_over(self) -> bool:
        """Say whether it can be counted."""
        return weeks.is_over(self.week)

    @property
    def state(self) -> str:
        """Give where its tally stands; a draft where nobody has begun."""
        return self.tally.state if self.tally else State.DRAFT

    @property
    def due_on(self) -> date:
        """Give by when it is to be tallied."""
        return schedule.week_due(self.week)

    @property
    def waits(self) -> bool:
        """Say whether somebody still has to do something."""
        return self.is_over and self.state != State.LOCKED

    @property
    def is_late(self) -> bool:
        """Say whether it should have been locked already."""
        return self.waits and self.due_on < clock.today()

    @property
    def report(self) -> Document | None:
        """Give the report, unless it was given up."""
        return self.papers.report

    @property
    def is_reported(self) -> bool:
        """Say whether the board has its report."""
        return self.report is not None and self.report.state == Paper.ISSUED


@dataclass(frozen=True)
class Listing:
    """The weeks of a box in one year, the latest first."""

    box: Mailbox
    year: int
    years: Sequence[int]
    rows: tuple[Row, ...]

    @property
    def waiting(self) -> list[Row]:
        """List the weeks that wait, the first one first."""
        return [row for row in reversed(self.rows) if row.waits]

    @property
    def locked(self) -> list[Row]:
        """List the weeks that are locked."""
        return [row for row in self.rows if row.state == State.LOCKED]

    @property
    def arrived(self) -> int:
        """Count the letters of the weeks that are over."""
        return sum(row.arrived or 0 for row in self.rows)


def listing(actor: Actor, box: Mailbox, year: int | None = None) -> Listing:
    """Give the weeks of a box in a year, this one's or its latest if none is given."""
    years = weeks.years(box) if box.state != standing.State.DRAFT else []
    year = year if year in years else next(iter(years), clock.today().year)
    came, made = counting.by_week(box.id), queries.of_box(box.id)
    rows = [
        _row(actor, box, week, came.get(week, 0) if weeks.is_over(week) else None, made.get(week))
        for week in weeks.of_box(box)
        if years and weeks.year_of(week) == year
    ]
    return Listing(box, year, years, tuple(reversed(rows)))


def _row(
    actor: Actor, box: Mailbox, week: date, arrived: int | None, tally: Tally | None
) -> Row:  # fmt: skip
    own = actor.organisation_id == box.organisation_id
    found = papers.of(tally) if tally else Papers(None, None)
    minutes, report = (
        one if one and (own or one.state == Paper.ISSUED) else None
        for one in (found.minutes, found.report)
    )
    return Row(week, arrived, tally, Papers(minutes, report))


@dataclass(frozen=True)
class Line:
    """A number with its word; `share` of the largest one, for its bar."""

    label: str
    count: int
    share: float


@dataclass(frozen=True)
class About:
    """What is told with this week of what letters are about."""

    head: str
    span: str
    rows: tuple[Line, ...]


@dataclass(frozen=True)
class WeekPage:
    """One week."""

    box: Mailbox
    row: Row
    figures: Figures | None
    """None while it runs, or while its last letters are on their way."""
    board: Sequence[Organisation]
    may_sign: bool
    may_confirm: bool
    may_report: bool
    position: str
    """What the reader signed as before."""
    earlier: date | None
    later: date | None

    @property
    def tally(self) -> Tally | None:
        """Give the tally, if somebody has begun it."""
        return self.row.tally

    @cached_property
    def points(self) -> tuple[Line, ...]:
        """Give how many came where."""
        assert self.figures is not None
        names = lines.point_names(self.box)
        found = {names.get(one, one): n for one, n in self.figures.by_point.items()}
        return drawn(found)

    @cached_property
    def states(self) -> tuple[Line, ...]:
        """Give where all letters stood on Sunday evening (labels are msgids)."""
        assert self.figures is not None
        found = self.figures.states
        return drawn({label: found[one] for one, label in STATE_LABELS.items() if found.get(one)})

    @cached_property
    def about(self) -> tuple[About, ...]:
        """Give what is told with this week of what letters are about."""
        assert self.figures is not None
        told = ((one, pool) for one, pool in self.figures.about.items() if pool)
        return tuple(about(one, pool) for one, pool in told)


def week_page(actor: Actor, box: Mailbox, week: date) -> WeekPage:
    """Give the page of a week that has begun."""
    tally = queries.of_week(box.id, week)
    found = _figures(box, week, tally)
    row = _row(actor, box, week, found.arrived if found else None, tally)
    around = weeks.of_box(box)
    at = around.index(week)
    signable = found is not None and row.state == State.DRAFT
    return WeekPage(
        box=box, row=row, figures=found, board=papers.board(box),
        position=queries.position_of(box.id, actor.user_id),
        may_sign=signable and allows(actor, Permission.TALLY_SIGN, box),
        may_confirm=row.state == State.SIGNED and allows(actor, Permission.TALLY_CONFIRM, tally),
        may_report=row.state == State.LOCKED and allows(actor, Permission.TALLY_REPORT, tally),
        earlier=around[at - 1] if at else None,
        later=around[at + 1] if at + 1 < len(around) else None,
    )  # fmt: skip


def _figures(box: Mailbox, week: date, tally: Tally | None) -> Figures | None:
    if tally and tally.state != State.DRAFT:
        return Figures.from_json(tally.figures)
    last = weeks.last_of(week)
    if not weeks.is_over(week) or counting.undelivered(box.id, last):
        return None
    return figures.of(box, week)


def about(what: str, pool: Pool) -> About:
    """Give what a pool tells, as rows with bars (labels are msgids)."""
    last = weeks.last_of(pool.last)
    span = f"{clock.format_date(pool.first)} – {clock.format_date(last)}"
    return About(lines.HEADS[what], span, drawn(lines.named(what, pool.counts)))


def drawn(found: dict[str, int]) -> tuple[Line, ...]:
    """Give numbers with shares of their sum."""
    whole = sum(found.values()) or 1
    return tuple(Line(label, n, n / whole) for label, n in found.items())


def day_of(typed: str) -> date | None:
    """Read a week as an address names it, by its Monday; None if it is none."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if len(typed) == 10 and day.weekday() == 0 else None
