"""Finding campaigns that are carried out and how far their duties are, inside what one may see."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, func
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.core.database import session
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign, Fieldwork
from portal.features.campaigns.phase import State
from portal.features.tasks import queries as tasks
from portal.features.tasks.models import OPEN, SETTLED, Task
from portal.features.tasks.models import State as TaskState
from portal.policy.predicates import Actor

MOST_LISTED = 60


def carried_out(actor: Actor) -> list[Campaign]:
    """List the campaigns that ask more of the units than answers, the newest window first."""
    query = (
        campaigns.visible_to(actor)
        .join(Fieldwork, Fieldwork.campaign_id == Campaign.id)
        .where(Campaign.state != State.CANCELLED)
        .order_by(Campaign.opens_on.desc(), Campaign.id.desc())
        .limit(MOST_LISTED)
    )
    return list(session().scalars(query))


@dataclass(frozen=True)
class Tally:
    """How many tasks there are, how many of them are done, late."""

    total: int = 0
    done: int = 0
    overdue: int = 0


def tallies(actor: Actor, plan_ids: Collection[int]) -> dict[int, Tally]:
    """Count the tasks of some plans that an actor may see, its own and those below."""
    late = Task.state.in_(OPEN) & (Task.due_on < clock.today())
    query = (
        tasks.visible_to(actor)
        .where(Task.document_id.in_(plan_ids), Task.state != TaskState.DROPPED)
        .with_only_columns(
            Task.document_id, func.count(Task.id),
            func.count(case((Task.state.in_(SETTLED), 1))), func.count(case((late, 1))),
        )
        .group_by(Task.document_id)
        .order_by(Task.document_id)
    )  # fmt: skip
    return {plan: Tally(*counts) for plan, *counts in session().execute(query)}


def own_tasks(actor: Actor, plan_id: int) -> list[Task]:
    """List the tasks of the actor's own unit under a plan by day, those without one last."""
    query = (
        tasks.visible_to(actor)
        .where(Task.document_id == plan_id, Task.unit_id == actor.unit_id)
        .where(Task.state != TaskState.DROPPED)
        .options(joinedload(Task.organisation))
    )
    by_day = query.order_by(Task.due_on.is_(None), Task.due_on, Task.id)
    return list(session().scalars(by_day))
