"""What the pages about nominations show."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.core.text import N_
from portal.features.audit import queries as audit
from portal.features.audit.models import AuditEntry
from portal.features.campaigns import fieldwork
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign
from portal.features.evidence import queries as evidence
from portal.features.evidence.models import Evidence
from portal.features.nominations import criteria, queries
from portal.features.nominations.criteria import Criterion, Met
from portal.features.nominations.models import Kind, Nomination, State
from portal.features.nominations.shortlist import GoingUp, going_up
from portal.features.nominations.workflow import (
    NOMINATION,
    from_below_district,
    passes_districts,
)
from portal.features.org_units.models import Unit
from portal.policy.predicates import Actor

KIND_LABELS = {Kind.COLLECTIVE: N_("Tập thể"), Kind.PERSON: N_("Cá nhân")}
STATE_LABELS = {
    State.DRAFT: N_("Bản nháp"),
    State.PROPOSED: N_("Chờ huyện xét"),
    State.ENDORSED: N_("Chờ tỉnh xét"),
    State.SHORTLISTED: N_("Trong danh sách trình"),
    State.AWARDED: N_("Được khen thưởng"),
    State.REJECTED: N_("Không chọn"),
    State.WITHDRAWN: N_("Đã rút"),
}
_ORDER = (
    State.PROPOSED, State.ENDORSED, State.SHORTLISTED, State.AWARDED, State.DRAFT, State.REJECTED,
    State.WITHDRAWN,
)  # fmt: skip
MET_LABELS = {Met.YES: N_("Đạt"), Met.NO: N_("Chưa đạt"), Met.UNKNOWN: N_("Chưa rõ")}


@dataclass(frozen=True)
class Wanted:
    """Which nominations are looked at; "" and 0 for all."""

    state: str = ""
    kind: str = ""
    district_id: int = 0
    compares: bool = False
    """Whether the criteria are laid side by side."""

    def admits(self, row: "Row") -> bool:
        """Say whether a row is one of them."""
        one = row.nomination
        above = {one.unit_id, one.unit.parent_id}
        return (
            self.state in {"", row.state}
            and self.kind in {"", one.kind}
            and (not self.district_id or self.district_id in above)
        )


@dataclass(frozen=True)
class Row:
    """A nomination with what the portal knows of the unit: frozen, or now while it is a draft."""

    nomination: Nomination
    criteria: tuple[Criterion, ...]
    due_on: date | None
    waits_for_district: bool

    @property
    def known(self) -> int:
        """Count the criteria that can be judged."""
        return sum(one.met != Met.UNKNOWN for one in self.criteria)

    @property
    def met(self) -> int:
        """Count those that are met."""
        return sum(one.met == Met.YES for one in self.criteria)

    @property
    def by_name(self) -> dict[str, Criterion]:
        """Give the criteria by their names, for a table of many nominations."""
        return {one.name: one for one in self.criteria}

    @property
    def is_late(self) -> bool:
        """Say whether it was proposed after the day on which it was due."""
        proposed = self.nomination.proposed_at
        if proposed is None or self.due_on is None:
            return False
        return proposed.astimezone(clock.VN).date() > self.due_on

    @property
    def state(self) -> State:
        """Give where it stands for readers: what no district sees waits for the province."""
        stored = State(self.nomination.state)
        passes_by = stored == State.PROPOSED and not self.waits_for_district
        return State.ENDORSED if passes_by else stored

    @property
    def state_label(self) -> str:
        """Give the words for it (msgid)."""
        return STATE_LABELS[self.state]


@dataclass(frozen=True)
class Listing:
    """The nominations of a campaign, as an account may see them."""

    campaign: Campaign
    rules: Rules
    wanted: Wanted
    every: tuple[Row, ...]
    rows: tuple[Row, ...]
    """Those that are wanted."""
    going_up: GoingUp

    @property
    def counts(self) -> dict[str, int]:
        """Count all of them by state, in the order of the states."""
        found = Counter(row.state for row in self.every)
        return {state: found[state] for state in State if found[state]}

    @property
    def groups(self) -> list[tuple[str, list[Row]]]:
        """Give the wanted rows by state, those that somebody is to judge first."""
        by_state: dict[str, list[Row]] = {state: [] for state in _ORDER}
        for row in self.rows:
            by_state[row.state].append(row)
        return [(state, rows) for state, rows in by_state.items() if rows]

    @property
    def shortlisted(self) -> list[Row]:
        """List the rows of those that go up."""
        up = {State.SHORTLISTED, State.AWARDED}
        found = (row for row in self.every if row.state in up)
        return sorted(found, key=lambda row: queries.list_order(row.nomination))

    @property
    def districts(self) -> list[Unit]:
        """List the districts that the nominations come from, by name."""
        units = {unit.id: unit for row in self.every if (unit := _district(row.nomination))}
        return sorted(units.values(), key=lambda unit: unit.sort_key)

    @property
    def columns(self) -> dict[str, str]:
        """Give the criteria that any of the rows has: name and label (msgid), in order."""
        return {one.name: one.label for row in self.rows for one in row.criteria}

    @property
    def days_left(self) -> int | None:
        """Give how many days are left to propose; below zero when the day has gone by."""
        due = self.rules.nominations_due_on
        return (due - clock.today()).days if due else None


def listing(actor: Actor, campaign: Campaign, wanted: Wanted | None = None) -> Listing:
    """Give the nominations of a campaign.

    Args:
        actor: who looks.
        campaign: one that the actor may see.
        wanted: which of them; all unless said.
    """
    wanted = wanted or Wanted()
    rules = fieldwork.of(campaign)
    found = queries.listed(actor, campaign.id)
    every = tuple(_rows(actor, campaign, found, rules))
    rows = tuple(row for row in every if wanted.admits(row))
    return Listing(campaign, rules, wanted, every, rows, going_up(campaign, rules))


def _rows(
    actor: Actor, campaign: Campaign, found: Sequence[Nomination], rules: Rules
) -> Iterable[Row]:
    drafts = [one.unit_id for one in found if not one.is_announced]
    now = criteria.measured(actor, campaign, drafts)
    passes = passes_districts(campaign.id)
    for one in found:
        frozen = criteria.from_json(one.criteria)
        known = frozen if one.is_announced else now[one.unit_id]
        yield Row(one, known, rules.nominations_due_on, passes and from_below_district(one))


def _district(one: Nomination) -> Unit | None:
    if one.unit.parent is None:
        return None
    return one.unit.parent if one.unit.level == "commune" else one.unit


@dataclass(frozen=True)
class Event:
    """A line of a nomination's history; the words are a msgid."""

    what: str
    entry: AuditEntry
    is_bad: bool


@dataclass(frozen=True)
class Detail:
    """One nomination."""

    row: Row
    going_up: GoingUp
    history: tuple[Event, ...]
    evidence: tuple[Evidence, ...]

    @property
    def nomination(self) -> Nomination:
        """Give it."""
        return self.row.nomination


def detail(actor: Actor, nomination: Nomination) -> Detail:
    """Give what the page of a nomination shows."""
    campaign = nomination.campaign
    rules = fieldwork.of(campaign)
    [row] = _rows(actor, campaign, [nomination], rules)
    entries = audit.of_subject("nomination", nomination.id, limit=100)
    events = tuple(map(_event, reversed(entries)))
    shown = evidence.of("nomination", [nomination.id]).get(nomination.id, ())
    return Detail(row, going_up(campaign, rules), events, tuple(shown))


def _event(entry: AuditEntry) -> Event:
    act = entry.action.partition(":")[2]
    line = NOMINATION.transitions.get(act)
    said = line.done if line else _SAID.get(act, N_("Thay đổi"))
    return Event(said, entry, act in {"decline", "reject", "take_off", "annul", "withdraw"})


_SAID = {
    "created": N_("Bắt đầu soạn"),
    "edited": N_("Sửa bản nháp"),
    "left_unnamed": N_("Không nêu trên trang công khai"),
    "named": N_("Nêu lại trên trang công khai"),
}
