"""What the pages about a campaign's field work have in common, and the first of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from portal.core import clock
from portal.core.text import N_
from portal.features.campaigns import fieldwork
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.standing import Words, span, standing
from portal.features.tasks import queries as tasks
from portal.features.tasks.models import OPEN, SETTLED, State, Task
from portal.features.tasks.queries import DutyCount
from portal.features.work import queries
from portal.features.work.queries import Tally
from portal.policy.predicates import Actor
from portal.policy.roles import Role

ABOVE = frozenset({Role.PROVINCE, Role.DISTRICT})
"""Roles that look over several communes."""


@dataclass(frozen=True)
class Tab:
    """One page of a campaign's field work; the label is a msgid."""

    key: str
    label: str
    endpoint: str
    asked: Callable[[Rules], object]
    """Whether a campaign's rules ask for it."""
    above_only: bool = False


TABS = (
    Tab("overview", N_("Tổng quan"), "office.fieldwork", lambda _rules: True),
    Tab("team", N_("Tổ công tác"), "office.teams", lambda rules: rules.team_head),
    Tab("roster", N_("Danh sách, lịch"), "office.rosters",
        lambda rules: rules.roster_of or rules.inspectors_due_on),
    Tab("publicity", N_("Công khai"), "office.publicity", lambda rules: rules.objects),
    Tab("report", N_("Báo cáo ngày"), "office.field_reports",
        lambda rules: rules.reports or rules.daily_post),
    Tab("inspection", N_("Kiểm tra"), "office.inspections", lambda rules: not rules.is_empty),
    Tab("urging", N_("Đôn đốc"), "office.urging", lambda rules: not rules.is_empty,
        above_only=True),
    Tab("nomination", N_("Biểu dương"), "office.nominations",
        lambda rules: rules.nominations_max),
    Tab("pack", N_("Bộ triển khai"), "office.deployment", lambda rules: not rules.is_empty),
)  # fmt: skip


@dataclass(frozen=True)
class Work:
    """The field work of one campaign, as one account may see it."""

    campaign: Campaign
    rules: Rules
    tabs: tuple[Tab, ...]


def work(actor: Actor, campaign: Campaign) -> Work:
    """Give what a campaign asks for besides answers, and the pages that an account has for it.

    Args:
        actor: who looks.
        campaign: one that the actor may see.
    """
    rules = fieldwork.of(campaign)
    above = actor.role in ABOVE
    tabs = tuple(tab for tab in TABS if tab.asked(rules) and (above or not tab.above_only))
    return Work(campaign, rules, tabs)


@dataclass(frozen=True)
class Row:
    """A campaign in the list of those that are carried out."""

    campaign: Campaign
    span: str
    standing: Words
    tally: Tally


def carried_out(actor: Actor) -> list[Row]:
    """List the campaigns that are carried out, each with where it stands."""
    found = queries.carried_out(actor)
    tallies = queries.tallies(actor, {one.plan_id for one in found if one.plan_id})
    return [
        Row(one, span(one), standing(one), tallies.get(one.plan_id or 0, Tally())) for one in found
    ]


@dataclass(frozen=True)
class Duty:
    """One duty of the reader's own unit: a task, or one for each of several days."""

    tasks: tuple[Task, ...]

    @property
    def shown(self) -> Task:
        """Give the task that tells where the duty stands: the first with something left to do."""
        waiting = (one for one in self.tasks if one.state not in SETTLED)
        return next(waiting, self.tasks[-1])

    @property
    def done(self) -> int:
        """Count the days on which it is done."""
        return sum(one.state in SETTLED for one in self.tasks)

    @property
    def is_open(self) -> bool:
        """Say whether the unit has something left to do."""
        return any(one.state in OPEN for one in self.tasks)

    @property
    def overdue(self) -> int:
        """Count the days that have gone by undone."""
        return sum(one.is_overdue(clock.today()) for one in self.tasks)


@dataclass(frozen=True)
class Overview:
    """Where the field work of a campaign stands: here, and in the units below."""

    work: Work
    standing: Words
    own: tuple[Duty, ...]
    below: tuple[DutyCount, ...]

    @property
    def done(self) -> int:
        """Count the reader's own duties that are done."""
        return sum(not duty.is_open and duty.shown.state != State.CLAIMED for duty in self.own)

    @property
    def next(self) -> Duty | None:
        """Give the duty to do next."""
        return min((one for one in self.own if one.is_open), key=_due, default=None)

    @property
    def tally(self) -> Tally:
        """Add up the duties of the units below."""
        sums = ((one.total, one.done, one.overdue) for one in self.below)
        return Tally(*(sum(column) for column in zip(*sums, strict=True)))


def overview(actor: Actor, campaign: Campaign) -> Overview:
    """Give where the field work of a campaign stands, as far as an account sees it."""
    plan_id = campaign.plan_id
    own = queries.own_tasks(actor, plan_id) if plan_id else []
    counted = plan_id and actor.role in ABOVE
    below = tasks.per_duty(actor, plan_id) if counted else []
    return Overview(
        work(actor, campaign), standing(campaign), tuple(_duties(own)), tuple(below)
    )  # fmt: skip


def _duties(own: Sequence[Task]) -> Iterator[Duty]:
    """Put the days of each duty together, in the order of their first day."""
    first = {one.duty: i for i, one in reversed(list(enumerate(own)))}
    for _, found in groupby(sorted(own, key=lambda one: first[one.duty]), lambda one: one.duty):
        yield Duty(tuple(found))


def _due(duty: Duty) -> date:
    return duty.shown.due_on or date.max
