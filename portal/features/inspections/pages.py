"""What the pages about inspections show."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.core import clock
from portal.core.text import N_
from portal.features.audit import queries as audit
from portal.features.audit.models import AuditEntry
from portal.features.campaigns import parts
from portal.features.campaigns.models import Campaign
from portal.features.documents.models import Document
from portal.features.evidence import queries as pieces
from portal.features.evidence.models import Evidence
from portal.features.inspections import checklist, following, minutes, queries
from portal.features.inspections.models import Inspection, InspectionNote, Point, State
from portal.features.inspections.services import KIND
from portal.features.org_units.models import Unit
from portal.features.rosters import queries as rosters
from portal.features.rosters.models import Kind
from portal.features.tasks.models import OPEN, Task
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows


class Show(StrEnum):
    """Which part of the list."""

    ALL = ""
    PLANNED = "theo-lich"
    DONE = "da-kiem-tra"
    OVERDUE = "qua-ngay"
    NEVER = "chua-kiem-tra"


SHOW_LABELS = {
    Show.ALL: N_("Tất cả"),
    Show.PLANNED: N_("Trong lịch"),
    Show.DONE: N_("Đã kiểm tra"),
    Show.OVERDUE: N_("Quá ngày, chưa ghi"),
    Show.NEVER: N_("Chưa kiểm tra lần nào"),
}


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to."""

    show: str = Show.ALL
    district_id: int | None = None


@dataclass(frozen=True)
class Row:
    """One inspection, with what became of it; or a unit that nobody has visited."""

    unit: Unit
    inspection: Inspection | None
    is_overdue: bool = False
    open_tasks: int = 0
    has_reply: bool = False


@dataclass(frozen=True)
class Listing:
    """The inspections of a campaign as one account may see them."""

    campaign: Campaign
    wanted: Wanted
    rows: tuple[Row, ...]
    districts: tuple[Unit, ...]
    counts: dict[str, int]
    units: int
    visited: int
    """Units with at least one inspection that was recorded."""
    may_plan: bool

    @property
    def planned(self) -> int:
        """Count the visits that are still ahead."""
        return self.counts[Show.PLANNED] - self.counts[Show.OVERDUE]


def listing(actor: Actor, campaign: Campaign, wanted: Wanted) -> Listing:
    """Give the list; of units below it tells those that were never visited."""
    units = [one.unit for one in parts.listed(campaign, actor.unit_id)]
    known = queries.of_campaign(actor, campaign.id)
    rows = list(_rows(known, queries.follow_ups_of_campaign(campaign.plan_id)))
    visited = {row.unit.id for row in rows if row.inspection and row.inspection.is_announced}
    never = [Row(unit, None) for unit in units if unit.id not in visited]
    shown = {show: [row for row in rows if _fits(show, row)] for show in Show}
    shown[Show.NEVER] = never
    districts = {unit.parent.id: unit.parent for unit in units if unit.parent}
    chosen = shown.get(Show(wanted.show) if wanted.show in set(Show) else Show.ALL, [])
    return Listing(
        campaign, wanted, tuple(row for row in chosen if _lies_in(row.unit, wanted.district_id)),
        tuple(districts.values()) if len(districts) > 1 else (),
        {str(show): len(found) for show, found in shown.items()}, len(units),
        len(visited & {unit.id for unit in units}),
        allows(actor, Permission.INSPECTION_PLAN, campaign),
    )  # fmt: skip


def _rows(known: Sequence[Inspection], tasks: Iterable[Task]) -> Iterator[Row]:
    today = clock.today()
    open_tasks: dict[str, int] = {}
    for task in tasks:
        if task.state in OPEN:
            word = task.duty.partition(".")[0]
            open_tasks[word] = open_tasks.get(word, 0) + 1
    replied = queries.answered([one.id for one in known])
    for one in known:
        yield Row(
            one.unit, one, one.is_overdue(today), open_tasks.get(queries.duty_of(one.id), 0),
            one.id in replied,
        )  # fmt: skip


def _fits(show: Show, row: Row) -> bool:
    state = row.inspection.state if row.inspection else ""
    if show == Show.OVERDUE:
        return row.is_overdue
    return {Show.PLANNED: State.PLANNED, Show.DONE: State.DONE}.get(show, state) == state


def _lies_in(unit: Unit, district_id: int | None) -> bool:
    return district_id in {None, unit.parent_id}


@dataclass(frozen=True)
class Choice:
    """The communes of one district that can be ticked for a visit."""

    district: Unit | None
    units: tuple[Unit, ...]


def choices(actor: Actor, campaign: Campaign) -> list[Choice]:
    """Give the communes that an actor can plan visits to, by district."""
    found: dict[int, list[Unit]] = {}
    above: dict[int, Unit | None] = {}
    for part in parts.listed(campaign, actor.unit_id):
        key = part.unit.parent_id or 0
        found.setdefault(key, []).append(part.unit)
        above[key] = part.unit.parent
    return [Choice(above[key], tuple(units)) for key, units in found.items()]


def visited(actor: Actor, campaign: Campaign) -> dict[int, int]:
    """Count the visits, planned and made, that every unit has."""
    counts: dict[int, int] = {}
    for one in queries.of_campaign(actor, campaign.id):
        counts[one.unit_id] = counts.get(one.unit_id, 0) + 1
    return counts


def people(actor: Actor, campaign: Campaign) -> list[str]:
    """Give the people on the unit's list of those who inspect (D10), to be chosen from."""
    roster = rosters.of_unit(campaign.id, actor.unit_id, Kind.INSPECTORS)
    named = (", ".join(filter(None, (row.person, row.position))) for row in rosters.rows(roster))
    return list(dict.fromkeys(named))


@dataclass(frozen=True)
class Detail:
    """One inspection with what was said and ordered afterwards."""

    inspection: Inspection
    points: tuple[Point, ...]
    notes: tuple[InspectionNote, ...]
    follow_ups: tuple[Task, ...]
    minutes: Document | None
    history: tuple[AuditEntry, ...]
    evidence: tuple[Evidence, ...]
    may_record: bool
    may_manage: bool
    may_reply: bool
    may_draft: bool
    has_letterhead: bool
    """Whether an organ of the reader's can issue minutes."""
    follow_up_refusal: str


def detail(actor: Actor, inspection: Inspection) -> Detail:
    """Give the page of one inspection."""
    planned = inspection.state == State.PLANNED
    manages = allows(actor, Permission.INSPECTION_MANAGE, inspection)
    paper = minutes.of(inspection)
    return Detail(
        inspection, checklist.points(inspection), tuple(queries.notes(inspection.id)),
        tuple(queries.follow_ups(inspection)), paper,
        tuple(reversed(audit.of_subject(KIND, inspection.id, limit=50))),
        tuple(pieces.of(KIND, [inspection.id]).get(inspection.id, ())),
        may_record=planned and allows(actor, Permission.INSPECTION_RECORD, inspection),
        may_manage=manages and inspection.is_announced,
        may_reply=allows(actor, Permission.INSPECTION_REPLY, inspection),
        may_draft=manages and allows(actor, Permission.DOCUMENT_CREATE),
        has_letterhead=manages and minutes.is_possible(actor),
        follow_up_refusal=following.refusal(inspection),
    )  # fmt: skip
