"""Saying of what was handed in that it will do, or not: one by one, and many at once."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.core.database import session, write
from portal.core.errors import Invalid, Missing
from portal.core.pagination import Page, paginate
from portal.core.text import N_
from portal.features.evidence import queries as evidence
from portal.features.org_units.models import Unit
from portal.features.tasks import queries
from portal.features.tasks.models import State, Task
from portal.features.tasks.workflow import TASK
from portal.policy.predicates import Actor
from portal.workflow.engine import MAX_REASON, REASON_NEEDED, REASON_TOO_LONG

VERDICTS = ("accept", "return", "exempt", "refuse")
MOST = 200
"""As many as a page shows can be judged at once, and no more."""


@dataclass(frozen=True)
class Waiting:
    """What waits for the judgement of an account."""

    submitted: int
    claimed: int
    tasks: Page[Task]
    direct: bool
    """Only of the units directly below."""
    elsewhere: int
    """How much waits at the tier below, that this one may judge as well."""
    proofs: Mapping[int, int]
    """How many pieces of evidence each of the tasks has."""


def waiting(actor: Actor, state: State, page: int = 1, *, direct: bool = True) -> Waiting:
    """Give what waits for the actor, the earliest handed in first.

    Args:
        actor: who judges.
        state: handed in, or said not to apply.
        page: of the list.
        direct: of the units directly below alone.
    """
    near, every = _counts(actor, direct=True), _counts(actor, direct=False)
    query = (
        queries.to_judge(actor, direct=direct)
        .where(Task.state == state)
        .options(
            joinedload(Task.document),
            joinedload(Task.unit).joinedload(Unit.parent),
        )
        .order_by(Task.changed_at, Task.id)
    )
    shown, tasks = near if direct else every, paginate(query, page)
    proofs = evidence.of(TASK.name, [task.id for task in tasks.rows])
    return Waiting(
        shown[State.SUBMITTED], shown[State.CLAIMED], tasks, direct,
        every.total() - near.total(), Counter({id_: len(own) for id_, own in proofs.items()}),
    )  # fmt: skip


def _counts(actor: Actor, *, direct: bool) -> Counter[str]:
    query = queries.to_judge(actor, direct=direct)
    counted = query.with_only_columns(Task.state, func.count(Task.id)).group_by(Task.state)
    found: Counter[str] = Counter()
    for state, n in session().execute(counted.order_by(Task.state)):
        found[state] = n
    return found


def judge(actor: Actor, task_ids: Collection[int], verdict: str, reason: str = "") -> int:
    """Say the same of many tasks at once.

    What somebody else has judged meanwhile stays as it is, so that pressing twice does no harm.

    Args:
        actor: who judges.
        task_ids: which; those that the actor may not judge are passed over.
        verdict: the transition.
        reason: why; the doers read it.

    Returns:
        Of how many it was said.

    Raises:
        Missing: there is no such verdict.
        Invalid: nothing was chosen ("tasks"), or a reason is missing or too long ("reason").
    """
    if verdict not in VERDICTS:
        raise Missing
    if errors := _errors(task_ids, verdict, reason):
        raise Invalid(errors)
    source = TASK.transitions[verdict].source
    wanted = select(Task).where(Task.id.in_(task_ids), Task.state.in_(source)).order_by(Task.id)
    with write(TASK.name) as current:
        admitted = queries.to_judge(actor).with_only_columns(Task.id)
        tasks = list(current.scalars(wanted.where(Task.id.in_(admitted)).with_for_update()))
        for task in tasks:
            TASK.follow(actor, task, verdict, reason)
    return len(tasks)


def _errors(task_ids: Collection[int], verdict: str, reason: str) -> dict[str, str]:
    if not 0 < len(task_ids) <= MOST:
        return {"tasks": NONE_CHOSEN}
    if TASK.transitions[verdict].needs_reason and not reason.strip():
        return {"reason": REASON_NEEDED}
    return {"reason": REASON_TOO_LONG} if len(reason) > MAX_REASON else {}


NONE_CHOSEN = N_("Chưa chọn việc nào. Mời đánh dấu những việc cần xử lý.")
