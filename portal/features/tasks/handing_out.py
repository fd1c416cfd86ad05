"""Handing tasks out when a document is issued, and on to whoever comes to act at a unit later.

A unit where nobody acts for who should lead gets its task all the same, of the unit itself: what
nobody has received must not look as if it were not asked for (ADR 0014).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.core.database import session
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.documents import schedule
from portal.features.documents.body import Party
from portal.features.documents.models import Document
from portal.features.documents.parties import Territory
from portal.features.org_units.models import Organisation
from portal.features.tasks.models import UNFINISHED, State, Task
from portal.features.tasks.workflow import TASK
from portal.policy.predicates import Actor

DONE_FOR_ALL = N_("Cơ quan nhận việc này làm một lần cho các đơn vị mình phụ trách.")
Duty = tuple[int, str, date | None]
"""A document, one of its duties, a day."""


class Doer(NamedTuple):
    """Who has to do a duty: a body, or a unit where there is none yet."""

    unit_id: int
    organisation_id: int | None
    acts_for: frozenset[int]
    """The units of the group for which it does."""


class _Handed:
    """What a document has handed out before, by duty and day."""

    def __init__(self, document: Document) -> None:
        self.by_body: set[tuple[str, date | None, int]] = set()
        self.by_unit: set[tuple[str, date | None, int]] = set()
        self.waiting: set[tuple[str, date | None, int]] = set()
        query = select(Task.duty, Task.due_on, Task.unit_id, Task.organisation_id)
        query = query.where(Task.document_id == document.id).order_by(Task.id)
        for duty, day, unit_id, body_id in session().execute(query):
            self.by_unit.add((duty, day, unit_id))
            if body_id is None:
                self.waiting.add((duty, day, unit_id))
            else:
                self.by_body.add((duty, day, body_id))

    def lacks(self, doer: Doer, row: dict[str, Any]) -> bool:
        """Say whether neither a body nor the units it acts for have a task already."""
        duty, day = row["duty"], row["due_on"]
        if doer.organisation_id is None:
            return (duty, day, doer.unit_id) not in self.by_unit
        alone = all((duty, day, unit_id) in self.waiting for unit_id in doer.acts_for)
        return not alone and (duty, day, doer.organisation_id) not in self.by_body


def hand_out(document: Document, actor: Actor, reason: str) -> None:  # noqa: ARG001 - an effect
    """Make a task of every duty, for everybody who leads it, by every date it has.

    The effect "hand_out_tasks" of issuing a document. Who joins when others have their tasks
    already gets what is still ahead: nobody is late from the first day. What waited at its unit
    becomes its own, late or not.
    """
    within = Territory(document.unit_id)
    mine = Task.document_id == document.id
    if session().scalar(select(Task.id).where(mine).limit(1)) is None:
        rows = [row for _doer, row in _rows(document, within)]
    else:
        _give(cast("audit.Doer", actor), [mine], within)
        rows = list(_still_ahead(document, within))
    if rows:
        session().execute(insert(Task), rows)


def take_up(doer: audit.Doer, unit_ids: Collection[int]) -> None:
    """Give what waits at some units to whoever acts there now, inside a write.

    Args:
        doer: who made a body there, or named one.
        unit_ids: where.
    """
    _give(doer, [Task.unit_id.in_(unit_ids)], None)


def _give(doer: audit.Doer, which: Sequence[ColumnElement[bool]], within: Territory | None) -> None:
    waits = (Task.organisation_id.is_(None), Task.state.in_(UNFINISHED))
    query = select(Task).where(*which, *waits).options(joinedload(Task.document))
    pairs = list(_found(session().scalars(query.order_by(Task.id)).all(), within))
    had = _had(body.id for _task, body in pairs)
    given, twice = [], []
    for task, body in pairs:
        duty = (task.document_id, task.duty, task.due_on)
        if duty in had[body.id]:
            twice.append(task.id)
            continue
        had[body.id].add(duty)
        task.organisation, task.unit_id = body, body.unit_id
        given.append(task)
    session().flush()
    audit.record_all(doer, [_act(task) for task in given])
    if twice:
        session().execute(update(Task).where(Task.id.in_(twice)).values(note=DONE_FOR_ALL))
        TASK.follow_all(Task, "drop", Task.id.in_(twice))


def _found(
    waiting: Iterable[Task], within: Territory | None
) -> Iterator[tuple[Task, Organisation]]:
    """Give with each task the body that acts for its unit now; none without."""
    known: dict[int, Territory] = {}
    leads: dict[int, dict[str, Party]] = {}
    for task in waiting:
        document = task.document
        if document.id not in leads:
            leads[document.id] = {one.id: one.lead for one in document.body.duties}
        place = within or known.setdefault(document.unit_id, Territory(document.unit_id))
        acting = place.standing(leads[document.id].get(task.duty, Party()))
        body = next((one.organisation for one in acting if one.unit.id == task.unit_id), None)
        if body is not None:
            yield task, body


def _had(body_ids: Iterable[int]) -> dict[int, set[Duty]]:
    columns = (Task.organisation_id, Task.document_id, Task.duty, Task.due_on)
    query = select(*columns).where(Task.organisation_id.in_(set(body_ids))).order_by(Task.id)
    found: dict[int, set[Duty]] = defaultdict(set)
    for body_id, document_id, duty, day in session().execute(query):
        found[cast("int", body_id)].add((document_id, duty, day))
    return found


def _act(task: Task) -> Act:
    return Act(
        "task:given", TASK.name, task.id, subject_name=task.what, unit_id=task.unit_id,
        changes={"organisation": [None, task.doer]},
    )  # fmt: skip


def _still_ahead(document: Document, within: Territory) -> Iterator[dict[str, Any]]:
    """Give what nobody was asked for before and is not late on the day it is asked for."""
    handed, today = _Handed(document), clock.today()
    for doer, row in _rows(document, within):
        if handed.lacks(doer, row) and (row["due_on"] or today) >= today:
            yield row


def _rows(document: Document, within: Territory) -> Iterator[tuple[Doer, dict[str, Any]]]:
    body, year, now = document.body, schedule.year_of(document), clock.now()
    windows = schedule.windows(body, year)
    leads = {one: list(_doers(one, within)) for one in {duty.lead for duty in body.duties}}
    for duty in body.duties:
        for day in schedule.days(duty, windows, year) or (None,):
            for doer in leads[duty.lead]:
                yield doer, {
                    "document_id": document.id, "duty": duty.id, "job": duty.job,
                    "unit_id": doer.unit_id, "organisation_id": doer.organisation_id,
                    "what": duty.what, "joins": duty.joins,
                    "due_text": duty.due, "due_on": day, "evidence": duty.evidence,
                    "state": State.TODO, "note": "", "changed_at": now, "changed_by": "",
                }  # fmt: skip


def _doers(party: Party, within: Territory) -> Iterator[Doer]:
    """Give who acts for a party, then the units of its group where nobody does."""
    acts_for: dict[int, set[int]] = defaultdict(set)
    for one in within.standing(party):
        acts_for[one.organisation.id].add(one.unit.id)
    for body in within.organisations(party):
        yield Doer(body.unit_id, body.id, frozenset(acts_for[body.id]))
    for unit in within.lacking(party):
        yield Doer(unit.id, None, frozenset({unit.id}))
