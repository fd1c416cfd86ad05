"""Models of the roster's pages: a unit's own, and the list of all units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from portal.core import clock
from portal.core.text import N_
from portal.features.campaigns import fieldwork
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign
from portal.features.org_units.models import Unit
from portal.features.rosters import entries, queries, sending
from portal.features.rosters.entries import Change, Entry
from portal.features.rosters.gaps import Cover, cover
from portal.features.rosters.models import Kind, Roster, RosterRow, RosterSubmission, State
from portal.features.rosters.queries import Desk
from portal.features.rosters.route import Way
from portal.features.rosters.workflow import over
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows


@dataclass(frozen=True)
class Line:
    """One row of the roster, and the entry it says."""

    entry: Entry
    row: RosterRow | None = None
    """None in what was sent: nobody changes that."""


@dataclass(frozen=True)
class DayGroup:
    """The rows of one day; None for those of the whole campaign."""

    day: date | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Copy:
    """One dated copy, and what it changed."""

    submission: RosterSubmission
    people: int
    rows: int
    change: Change


@dataclass(frozen=True)
class UnitPage:
    """The roster of one unit."""

    desk: Desk
    rules: Rules
    due_on: date | None
    groups: tuple[DayGroup, ...]
    people: int
    cover: Cover
    copies: tuple[Copy, ...]
    """The latest first."""
    pending: Change
    """What differs from the copy sent last."""
    earlier: Roster | None
    """What could be taken over."""
    may_edit: bool
    refusal: str | None
    """Why nothing can be changed any more (msgid)."""

    @property
    def roster(self) -> Roster | None:
        """Give the roster, None before its first row."""
        return self.desk.roster

    @property
    def rows(self) -> int:
        """Count the rows."""
        return sum(len(group.lines) for group in self.groups)

    @property
    def can_send(self) -> bool:
        """Say whether there is something to be sent now."""
        returned = self.roster is not None and self.roster.state == State.RETURNED
        return self.may_edit and bool(self.rows) and (
            not self.copies or returned or bool(self.pending)
        )  # fmt: skip

    @property
    def is_awaited(self) -> bool:
        """Say whether the deadline still means something: nothing stands above, or it came back."""
        return not self.copies or self.roster is None or self.roster.state == State.RETURNED

    @property
    def is_addendum(self) -> bool:
        """Say whether what would be sent adds to a copy that stands."""
        return bool(self.copies) and self.roster is not None and (
            self.roster.state != State.RETURNED
        )  # fmt: skip

    @property
    def standing(self) -> "Standing":
        """Give where it stands."""
        first = self.copies[-1].submission if self.copies else None
        return standing(self.roster, first, self.due_on)


def unit_page(actor: Actor, desk: Desk) -> UnitPage:
    """Give what the page of a unit's roster shows."""
    if desk.unit.id == actor.unit_id:
        lines = [Line(Entry.of(row), row) for row in queries.rows(desk.roster)]
    else:
        lines = [Line(entry) for entry in queries.read_by(actor, desk)]
    now = [line.entry for line in lines]
    copies = _copies(queries.submissions(desk.roster))
    last = entries.thawed(copies[0].submission.content) if copies else now
    refusal = over(desk.campaign)
    may = allows(actor, Permission.ROSTER_EDIT, desk) and refusal is None
    return UnitPage(
        desk, fieldwork.of(desk.campaign), sending.due_on(desk), _by_day(lines),
        entries.people(now), cover(now, desk.days), copies, entries.change(last, now),
        queries.earlier(desk) if may and not lines else None, may, refusal,
    )  # fmt: skip


def _by_day(lines: Sequence[Line]) -> tuple[DayGroup, ...]:
    by_id = {id(line.entry): line for line in lines}
    ordered = [by_id[id(entry)] for entry in entries.in_order([one.entry for one in lines])]
    return tuple(
        DayGroup(day, tuple(found)) for day, found in groupby(ordered, lambda one: one.entry.day)
    )


def _copies(found: Sequence[RosterSubmission]) -> tuple[Copy, ...]:
    """Tell of each copy what it changed against the one before it."""
    made: list[Copy] = []
    before: list[Entry] = []
    for one in reversed(found):
        now = entries.thawed(one.content)
        changed = entries.change(before, now) if made else Change((), ())
        made.append(Copy(one, entries.people(now), len(now), changed))
        before = now
    return tuple(reversed(made))


@dataclass(frozen=True)
class Standing:
    """Where a roster stands: a mark of `components/tags.html` and its words (msgid, values)."""

    mark: str
    word: str
    values: Mapping[str, object]
    key: str
    """What the list is filtered by."""


STATES: Final = {
    "todo": N_("Chưa gửi"),
    "late": N_("Quá hạn chưa gửi"),
    "submitted": N_("Chờ nhận"),
    "accepted": N_("Đã nhận"),
    "returned": N_("Bị trả lại"),
    "sent_late": N_("Gửi muộn"),
}


def standing(
    roster: Roster | None, first: RosterSubmission | None, due_on: date | None
) -> Standing:  # fmt: skip
    """Say where a roster stands.

    Args:
        roster: None before its first row.
        first: what was sent first: lateness follows it.
        due_on: the deadline.
    """
    late = first.days_late if first else 0
    if roster is not None and first is not None:
        if roster.state == State.RETURNED:
            return Standing("tra_lai", N_("Trả lại"), {}, "returned")
        mark = "duoc_nhan" if roster.state == State.ACCEPTED else "da_nop"
        word = N_("Đã nhận") if roster.state == State.ACCEPTED else N_("Đã gửi, chờ nhận")
        if late and roster.state == State.SUBMITTED:
            word = N_("Đã gửi, muộn %(n)s ngày")
        return Standing(mark, word, {"n": late}, roster.state)
    overdue = (clock.today() - due_on).days if due_on else 0
    if overdue > 0:
        return Standing("qua_han", N_("Quá hạn %(n)s ngày"), {"n": overdue}, "late")
    if roster is not None:
        return Standing("dang_lam", N_("Đang lập"), {}, "todo")
    return Standing("chua_lam", N_("Chưa lập"), {}, "todo")


@dataclass(frozen=True)
class UnitLine:
    """One unit in the list."""

    unit: Unit
    roster: Roster | None
    copy: RosterSubmission | None
    people: int
    rows: int
    standing: Standing
    days_late: int | None
    """Of its first copy: what adds to a punctual one makes nobody late. None while there is none.
    """

    @property
    def is_late(self) -> bool:
        """Say whether its first copy was late."""
        return bool(self.days_late)


@dataclass(frozen=True)
class ListPage:
    """The rosters of all units that an account reaches."""

    campaign: Campaign
    rules: Rules
    lines: tuple[UnitLine, ...]
    """Those that the filter leaves."""
    total: int
    sent: int
    accepted: int
    late: int
    people: int
    districts: tuple[Unit, ...]
    district_id: int | None
    state: str
    inspectors: tuple[UnitLine, ...]

    @property
    def groups(self) -> list[tuple[Unit | None, list[UnitLine]]]:
        """Give the lines district by district."""
        found = groupby(self.lines, lambda line: line.unit.parent)
        return [(above, list(lines)) for above, lines in found]


def list_page(
    actor: Actor, campaign: Campaign, state: str = "", district_id: int | None = None
) -> ListPage:
    """Give the list of the units' rosters, filtered."""
    rules = fieldwork.of(campaign)
    units = [part.unit for part in queries.parts(campaign, actor.unit_id)]
    every = unit_lines(campaign, units, Kind.SUPPORT, rules.roster_due_on)
    kept = [
        line for line in every
        if _fits(line, state) and district_id in {None, line.unit.parent_id}
    ]  # fmt: skip
    districts = {line.unit.parent.id: line.unit.parent for line in every if line.unit.parent}
    makers = _makers(actor, campaign, units) if rules.inspectors_due_on else []
    return ListPage(
        campaign, rules, tuple(kept), len(every),
        sum(line.copy is not None for line in every),
        sum(line.standing.key == State.ACCEPTED for line in every),
        sum(line.standing.key == "late" for line in every),
        sum(line.people for line in every), tuple(districts.values()), district_id, state,
        tuple(unit_lines(campaign, makers, Kind.INSPECTORS, rules.inspectors_due_on)),
    )  # fmt: skip


def unit_lines(
    campaign: Campaign, units: Sequence[Unit], kind: Kind, due_on: date | None
) -> list[UnitLine]:
    """Tell for each unit where its roster stands."""
    rosters = queries.of_units(campaign.id, [unit.id for unit in units], kind)
    ids = [one.id for one in rosters.values()]
    copies, firsts = queries.last_copies(ids), queries.first_copies(ids)
    counts = queries.counts(ids)
    lines = []
    for unit in units:
        roster = rosters.get(unit.id)
        copy, first = (copies.get(roster.id), firsts.get(roster.id)) if roster else (None, None)
        rows, people = counts.get(roster.id, (0, 0)) if roster else (0, 0)
        late = first.days_late if first else None
        lines.append(
            UnitLine(unit, roster, copy, people, rows, standing(roster, first, due_on), late)
        )  # fmt: skip
    return lines


def _fits(line: UnitLine, state: str) -> bool:
    if state == "todo":
        return line.copy is None
    if state == "sent_late":
        return line.is_late
    return not state or line.standing.key == state


def _makers(actor: Actor, campaign: Campaign, units: Sequence[Unit]) -> list[Unit]:
    """List the units that list leaders who inspect, as far as the actor reaches them (D10)."""
    return [unit for unit in Way(campaign, units).inspectors(units) if actor.reaches(unit.id)]
