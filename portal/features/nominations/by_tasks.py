"""What a unit's tasks tell: handed in by their days, accepted, and accepted at once.

A task was handed in on the day of its first submission that its doer did not take back himself:
what those above return later was on time all the same, and counts against the evidence instead.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portal.core import clock
from portal.core.text import N_
from portal.features.campaigns.models import Campaign
from portal.features.nominations import queries
from portal.features.nominations.criteria import Criterion, share
from portal.features.tasks.models import DELIVERED, State, Task
from portal.policy.predicates import Actor

Events = Sequence[tuple[str, datetime]]
"""Acts on a task with their moments, oldest first."""


@dataclass(frozen=True)
class Course:
    """How a task went: the day it was handed in, and whether it ever came back."""

    task: Task
    handed_in: date | None
    returned: bool

    @property
    def is_due(self) -> bool:
        """Say whether it can be judged: its day has come, or it has been handed in."""
        due = self.task.due_on
        return due is not None and (due < clock.today() or self.handed_in is not None)

    @property
    def on_time(self) -> bool:
        """Say whether it was handed in by its day."""
        due = self.task.due_on
        return due is not None and self.handed_in is not None and self.handed_in <= due


def provide(
    _actor: Actor, campaign: Campaign, unit_ids: Sequence[int]
) -> Mapping[int, Sequence[Criterion]]:
    """Give what tasks tell of units (a `criteria.Provider`); nothing without a plan."""
    if campaign.plan_id is None:
        return {}
    events = queries.task_events(campaign, unit_ids)
    by_unit: dict[int, list[Course]] = {unit_id: [] for unit_id in unit_ids}
    for task in queries.tasks_of(campaign, unit_ids):
        by_unit[task.unit_id].append(course(task, events.get(task.id, ())))
    return {unit_id: tuple(_criteria(courses)) for unit_id, courses in by_unit.items()}


def course(task: Task, events: Events) -> Course:
    """Say how a task went by what the record says of it.

    What was delivered before the record knew of it has the day on which it last changed.
    """
    acts = [(action.partition(":")[2], at) for action, at in events]
    after = [*(act for act, _ in acts[1:]), ""]
    kept = [
        at for (act, at), following in zip(acts, after, strict=False)
        if act == "submit" and following != "reopen"
    ]  # fmt: skip
    moment = kept[0] if kept else task.changed_at if task.state in DELIVERED else None
    handed_in = moment.astimezone(clock.VN).date() if moment else None
    return Course(task, handed_in, returned=any(act == "return" for act, _ in acts))


def _criteria(courses: Sequence[Course]) -> Iterator[Criterion]:
    yield _on_time("tasks_on_time", N_("Nhiệm vụ đúng hạn"), courses)
    accepted = [one for one in courses if one.task.state == State.ACCEPTED]
    due = [one for one in courses if one.is_due or one.task.state == State.ACCEPTED]
    yield share("tasks_accepted", N_("Nhiệm vụ được nhận"), len(accepted), len(due))
    judged = [one for one in courses if one.returned or one.task.state == State.ACCEPTED]
    at_once = [one for one in judged if not one.returned]
    yield share(
        "evidence", N_("Minh chứng được nhận ngay, không bị trả lại"), len(at_once), len(judged)
    )


def _on_time(name: str, label: str, courses: Iterable[Course]) -> Criterion:
    due = [one for one in courses if one.is_due]
    return share(name, label, sum(one.on_time for one in due), len(due))
