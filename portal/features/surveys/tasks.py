"""What to do this week: it follows from where each campaign stands and from who has taken part."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from portal.core import clock
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Phase, State
from portal.features.surveys.asking import Asking
from portal.features.surveys.turnout import Turnout
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.roles import Duty, Role
from portal.policy.table import allows

WEEK = timedelta(days=7)
AHEAD = timedelta(days=14)
"""How long before its opening a campaign that is not on the page gives work."""

WORKING = frozenset({Duty.DRAFT, Duty.APPROVE, Duty.CLERK})
"""Whoever has none of these only reads."""

ON_THE_SPOT = frozenset({Role.COMMUNE, Role.YOUTH})


class TaskKind(StrEnum):
    """The kinds of tasks; `features/briefing/_lines.html` has the words for each."""

    APPROVE = "approve"
    FINISH_DRAFT = "finish_draft"
    SEND_CODES = "send_codes"
    HANG_POSTERS = "hang_posters"
    CHOOSE_ROUND = "choose_round"
    REOPEN = "reopen"
    URGE_NONE = "urge_none"
    LOOK_LOW = "look_low"
    INVITE = "invite"
    LAST_DAY = "last_day"
    ROUND_ENDS = "round_ends"
    AWAIT_SEAL = "await_seal"
    READ_RESULTS = "read_results"
    REPORT = "report"


@dataclass(frozen=True)
class Task:
    """One line: what, until when, for which campaign, how many units it concerns."""

    kind: TaskKind
    campaign: Campaign
    day: date
    n: int = 0
    places: tuple[tuple[str, int], ...] = field(default=())
    round_number: int = 1
    """Which round it is about, where there are several."""

    @property
    def soon(self) -> bool:
        """Say whether it falls within the coming week or is late."""
        return self.day <= clock.today() + WEEK

    @property
    def urgent(self) -> bool:
        """Say whether it is due today or late."""
        return self.day <= clock.today() and self.kind not in {
            TaskKind.AWAIT_SEAL, TaskKind.READ_RESULTS, TaskKind.REPORT,
        }  # fmt: skip


def of(actor: Actor, campaigns: Iterable[Campaign], turnouts: Collection[Turnout]) -> list[Task]:
    """List the tasks of an actor, the urgent ones first, then by day.

    Args:
        actor: whose week it is.
        campaigns: what the actor may see.
        turnouts: participation in the campaigns that stand on the page.
    """
    tasks: list[Task] = []
    known = {turnout.campaign.id: turnout for turnout in turnouts}
    for campaign in campaigns:
        seen = known.get(campaign.id)
        tasks += _BY_PHASE[seen.phase if seen else campaign.phase](actor, campaign, seen)
        tasks += _undecided(actor, campaign, seen)
    return sorted(tasks, key=lambda task: (not task.urgent, task.day, task.campaign.id))


def _works(actor: Actor) -> bool:
    return not actor.duties.isdisjoint(WORKING)


def _draft(actor: Actor, campaign: Campaign, _seen: Turnout | None) -> list[Task]:
    if allows(actor, Permission.CAMPAIGN_APPROVE, campaign):
        return [Task(TaskKind.APPROVE, campaign, campaign.opens_on)]
    if allows(actor, Permission.CAMPAIGN_EDIT, campaign):
        return [Task(TaskKind.FINISH_DRAFT, campaign, campaign.opens_on)]
    return []


def _ready(actor: Actor, campaign: Campaign, seen: Turnout | None) -> list[Task]:
    asking = seen.asking if seen else _whole(campaign)
    opens_on = asking.current.first
    far = opens_on - clock.today() > AHEAD
    if not _works(actor) or (far and seen is None):
        return []
    kind = TaskKind.HANG_POSTERS if actor.role in ON_THE_SPOT else TaskKind.SEND_CODES
    return [Task(kind, campaign, opens_on)]


def _between(actor: Actor, campaign: Campaign, seen: Turnout | None) -> list[Task]:
    asking = seen.asking if seen else _whole(campaign)
    opens_on = asking.current.first
    if not _works(actor) or opens_on - clock.today() > AHEAD:
        return []
    return [Task(TaskKind.REOPEN, campaign, opens_on, round_number=asking.number)]


def _undecided(actor: Actor, campaign: Campaign, seen: Turnout | None) -> list[Task]:
    """Ask for the day where every commune chooses one and some have not."""
    if not seen or not seen.undecided or seen.phase not in _AHEAD_OR_OPEN or not _works(actor):
        return []
    return [Task(TaskKind.CHOOSE_ROUND, campaign, campaign.opens_on, len(seen.undecided))]


def _whole(campaign: Campaign) -> Asking:
    return Asking(State(campaign.state), campaign.all_rounds)


def _open(actor: Actor, campaign: Campaign, seen: Turnout | None) -> list[Task]:
    asking = seen.asking if seen else _whole(campaign)
    kind = TaskKind.LAST_DAY if asking.is_last else TaskKind.ROUND_ENDS
    last = Task(kind, campaign, asking.current.last, round_number=asking.number)
    if not _works(actor):
        return [last]
    if actor.role in ON_THE_SPOT:
        return [Task(TaskKind.INVITE, campaign, clock.today()), last]
    # On the first day nobody is late yet.
    late = asking.current.first < clock.today()
    return [*_reminders(campaign, seen), last] if seen and late else [last]


def _reminders(campaign: Campaign, seen: Turnout) -> list[Task]:
    today, tasks = clock.today(), []
    if seen.none:
        places = tuple(seen.none_by_district)
        tasks.append(Task(TaskKind.URGE_NONE, campaign, today, len(seen.none), places))
    if seen.low:
        names = tuple((cell.place.full_name, cell.printed.exact or 0) for cell in seen.low[:4])
        tasks.append(Task(TaskKind.LOOK_LOW, campaign, today, len(seen.low), names))
    return tasks


def _closed(actor: Actor, campaign: Campaign, seen: Turnout | None) -> list[Task]:
    today = clock.today()
    if seen and seen.is_over_here_only:
        return []
    if campaign.sealed_on is None:
        return [Task(TaskKind.AWAIT_SEAL, campaign, today)]
    tasks, until = [], campaign.sealed_on + WEEK
    if today <= until:
        tasks.append(Task(TaskKind.READ_RESULTS, campaign, until))
    if allows(actor, Permission.CAMPAIGN_REPORT, campaign):
        tasks.append(Task(TaskKind.REPORT, campaign, max(today, until)))
    return tasks


def _nothing(_actor: Actor, _campaign: Campaign, _seen: Turnout | None) -> list[Task]:
    return []


_AHEAD_OR_OPEN = frozenset({Phase.READY, Phase.OPEN})
_BY_PHASE = {
    Phase.DRAFT: _draft,
    Phase.READY: _ready,
    Phase.OPEN: _open,
    Phase.BETWEEN: _between,
    Phase.CLOSED: _closed,
    Phase.REPORTED: _nothing,
    Phase.CANCELLED: _nothing,
}
