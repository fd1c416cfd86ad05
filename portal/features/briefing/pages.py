"""What the home pages show: the week's work, the campaigns, and who is behind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from portal.core import clock
from portal.features.briefing import lines, queries
from portal.features.briefing.lines import Kind, Line
from portal.features.briefing.midday import Midday, midday
from portal.features.briefing.posted import Channel, channels
from portal.features.briefing.queries import DutyBelow, LateUnit
from portal.features.campaigns.models import Campaign
from portal.features.consolidation import waiting as consolidation
from portal.features.consultations import waiting as consultations
from portal.features.field_reports import overview
from portal.features.field_reports.overview import Overview
from portal.features.field_reports.standing import Standing
from portal.features.mailbox import pages as mailbox
from portal.features.mailbox.pages import Row
from portal.features.nominations import queries as nominations
from portal.features.surveys import pages as surveys
from portal.features.surveys.tasks import WEEK, WORKING, TaskKind
from portal.features.tallies import queries as tallies
from portal.features.tasks import queries as tasks
from portal.features.tasks.models import Task
from portal.policy.predicates import Actor
from portal.policy.roles import Role

ON_THE_SPOT = frozenset({Role.COMMUNE, Role.YOUTH})
ABOVE = frozenset({Role.PROVINCE, Role.DISTRICT})


@dataclass(frozen=True)
class Home:
    """A home page."""

    seen: surveys.Home
    """Where the campaigns stand."""
    lines: tuple[Line, ...]
    reports: tuple[Overview, ...]
    late: tuple[LateUnit, ...]
    campaigns: Mapping[int, Campaign]
    """By the plan that orders each."""
    unit_id: int
    boxes: tuple[Row, ...] = ()
    """The suggestion boxes that the reader's own body runs."""
    public: tuple[Channel, ...] = ()
    """How far the reader's own unit has made public what the first campaign asks for."""

    @property
    def now(self) -> list[Line]:
        """Give the lines of this week."""
        return [line for line in self.lines if line.soon]

    @property
    def later(self) -> list[Line]:
        """Give those of the weeks after."""
        return [line for line in self.lines if not line.soon]

    @property
    def assigned(self) -> list[Task]:
        """Give the tasks that have a line."""
        return [line.task for line in self.lines if line.task]

    @property
    def campaign_ids(self) -> dict[int, int]:
        """Give by plan the campaign that it orders."""
        return {plan: one.id for plan, one in self.campaigns.items()}

    @property
    def today(self) -> int:
        """Count what is due today or late."""
        return sum(line.urgent for line in self.lines)

    @property
    def behind(self) -> int:
        """Count the units below that are late with something."""
        return self.late[0].units if self.late else 0

    @cached_property
    def midday(self) -> list[Midday]:
        """Give what is to be said towards the end of a campaign's only day."""
        known = {one.campaign.id: one for one in self.reports}
        found = (midday(t, known.get(t.campaign.id)) for t in self.seen.turnouts)
        return [one for one in found if one]

    @cached_property
    def own(self) -> list[Standing]:
        """Give where the reader's own unit stands with its daily reports."""
        stands = (unit for one in self.reports for unit in one.stands)
        return [unit for unit in stands if unit.unit_id == self.unit_id and unit.begun]


def home(actor: Actor, waiting: Mapping[str, int]) -> Home:
    """Give the home page of an official.

    Args:
        actor: whose it is.
        waiting: what lies in the account's boxes (`lines.box_lines`).
    """
    seen = surveys.home(actor)
    reports = overview.overview(actor, seen.turnouts)
    campaigns = {one.plan_id: one for one in seen.listed if one.plan_id}
    below = queries.duties_below(actor) if _oversees(actor) else []
    late = queries.late_units(actor) if any(one.late for one in below) else []
    boxes = mailbox.own(actor) if actor.role in ON_THE_SPOT else []
    found = lines.merged(_lines(actor, seen, reports, campaigns, below, waiting, boxes))
    first = next(iter(reports), None)
    return Home(
        seen, tuple(found), tuple(reports), tuple(late), campaigns, actor.unit_id, tuple(boxes),
        tuple(channels(actor, first)) if first and actor.role in ON_THE_SPOT else (),
    )  # fmt: skip


def _works(actor: Actor) -> bool:
    return not actor.duties.isdisjoint(WORKING)


def _oversees(actor: Actor) -> bool:
    return actor.role in ABOVE and _works(actor)


def _lines(
    actor: Actor,
    seen: surveys.Home,
    reports: Sequence[Overview],
    campaigns: Mapping[int, Campaign],
    below: Sequence[DutyBelow],
    waiting: Mapping[str, int],
    boxes: Sequence[Row],
) -> Iterator[Line]:
    assigned = tasks.due_by(actor, clock.today() + WEEK)
    above = list(lines.above_lines(below, reports, campaigns)) if _oversees(actor) else []
    urged = {line.campaign.id for line in above if line.kind == Kind.URGE and line.campaign}
    urged |= {one.campaign.id for one in seen.tasks if one.kind == TaskKind.URGE_NONE}
    yield from above
    reporting: Sequence[Overview] = ()
    if actor.role == Role.COMMUNE and _works(actor):
        reporting = reports
        yield from lines.own_report_lines(reports, actor.unit_id)
    if _oversees(actor):
        yield from lines.nomination_lines(nominations.waiting(actor))
    yield from lines.box_lines(waiting)
    if actor.role in ON_THE_SPOT and _works(actor):
        yield from lines.mailbox_lines(boxes, assigned)
        yield from lines.tally_lines(tallies.waiting(actor), assigned)
        asked = [*consultations.of(actor), *consolidation.of(actor)]
        yield from lines.consultation_lines(asked, assigned)
    yield from lines.assigned_lines(assigned, campaigns, reporting, frozenset(urged))
    yield from lines.survey_lines(seen.tasks, assigned)
