"""Finding tasks, always inside what the actor may see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    case,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.core.database import session
from portal.core.pagination import Page, paginate
from portal.features.documents.models import Document
from portal.features.org_units.models import Unit, UnitScope
from portal.features.tasks.models import AWAITED, OPEN, SETTLED, WAITING, State, Task
from portal.policy.predicates import Actor
from portal.policy.roles import Duty, Role

_OFFICE = frozenset({Role.PROVINCE, Role.DISTRICT, Role.COMMUNE})
OVERSEEING = frozenset({Role.PROVINCE, Role.DISTRICT})
"""Roles that have units below them."""
WEEK = timedelta(days=7)
_WORKING = frozenset({Duty.DRAFT, Duty.APPROVE, Duty.CLERK})


def visible_to(actor: Actor) -> Select[Task]:
    """Select the tasks an actor may see: those of its unit and of the units below."""
    if actor.role == Role.ADMIN:
        return select(Task).where(false())
    reached = select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)
    return select(Task).where(Task.unit_id.in_(reached))


def get_visible(actor: Actor, task_id: int) -> Task | None:
    """Give a task that the actor may see, with what its page shows."""
    query = visible_to(actor).where(Task.id == task_id)
    return session().scalar(query.options(*_WITH_NAMES))


_WITH_NAMES = (
    joinedload(Task.document),
    joinedload(Task.organisation),
    joinedload(Task.unit).joinedload(Unit.parent),
)
_BY_DAY = (Task.due_on.is_(None), Task.due_on, Task.document_id, Task.id)


def _ours(actor: Actor) -> ColumnElement[bool]:
    """Tell the tasks an actor does itself: its body's; the offices of a unit share theirs."""
    own = Task.organisation_id == actor.organisation_id
    if actor.role in _OFFICE and not actor.duties.isdisjoint(_WORKING):
        return or_(own, Task.unit_id == actor.unit_id)
    return own


def mine(actor: Actor, *, done: bool = False) -> list[Task]:
    """List the tasks the actor is to do by their day, those without a day last.

    Args:
        actor: whose they are.
        done: those handed in or settled instead, the latest first.
    """
    query = visible_to(actor).where(_ours(actor)).options(*_WITH_NAMES)
    if done:
        query = query.where(Task.state.in_(SETTLED | WAITING))
        return list(session().scalars(query.order_by(Task.changed_at.desc(), Task.id).limit(200)))
    return list(session().scalars(query.where(Task.state.in_(OPEN)).order_by(*_BY_DAY)))


def due_by(actor: Actor, last: date) -> list[Task]:
    """List what the actor is to do up to a day, the late ones first."""
    query = _due_by(actor, last).options(*_WITH_NAMES)
    return list(session().scalars(query.order_by(*_BY_DAY)))


def waiting(actor: Actor) -> ColumnElement[int]:
    """Count, as a part of a query, what waits for an account: to do within a week, to judge.

    Of what is handed in, it counts the units directly below: each tier has its own to look at.
    """
    due = _counted(_due_by(actor, clock.today() + WEEK))
    return due + _counted(to_judge(actor, direct=True))


def _counted(query: Select[Task]) -> ScalarSelect[int]:
    return query.with_only_columns(func.count(Task.id)).scalar_subquery()


def _due_by(actor: Actor, last: date) -> Select[Task]:
    return visible_to(actor).where(_ours(actor), Task.state.in_(OPEN), Task.due_on <= last)


def to_judge(actor: Actor, *, direct: bool = False) -> Select[Task]:
    """Select what is handed in, or said not to apply, and the actor may judge.

    Args:
        actor: who judges.
        direct: of the units directly below alone, besides the actor's own.
    """
    query = visible_to(actor).where(Task.state.in_(WAITING))
    clauses: list[ColumnElement[bool]] = [false()]
    if actor.role in OVERSEEING and not actor.duties.isdisjoint(_WORKING):
        next_below = select(Unit.id).where(Unit.parent_id == actor.unit_id)
        clauses.append(Task.unit_id.in_(next_below) if direct else Task.unit_id != actor.unit_id)
    if actor.role in _OFFICE and Duty.APPROVE in actor.duties:
        ordered = select(Document.id).where(Document.unit_id == actor.unit_id)
        own = and_(Task.unit_id == actor.unit_id, Task.document_id.in_(ordered))
        clauses.append(own)
    return query.where(or_(*clauses))


@dataclass(frozen=True)
class DutyCount:
    """One duty of one document, over the units below the reader's."""

    document_id: int
    document: str
    """Its number, or its summary while it has none."""
    duty: str
    what: str
    first_due: date | None
    last_due: date | None
    total: int
    done: int
    overdue: int
    unreceived: int
    """Of what is open: tasks of units where nobody acts for who should lead."""

    @property
    def share(self) -> float:
        """Give how much of it is done, 0 to 1."""
        return self.done / self.total


def per_duty(actor: Actor, document_id: int | None = None) -> list[DutyCount]:
    """Count the tasks of the units below by duty, the documents issued last first.

    Args:
        actor: who looks over them.
        document_id: only this document's.
    """
    done = func.count(case((_is_done(), 1)))
    overdue = func.count(case((_is_overdue(), 1)))
    unreceived = func.count(case((and_(_is_todo(), Task.organisation_id.is_(None)), 1)))
    query = (
        _below(actor)
        .join(Document, Document.id == Task.document_id)
        .with_only_columns(
            Task.document_id, Document.number_text, Document.name, Task.duty, Task.what,
            func.min(Task.due_on), func.max(Task.due_on), func.count(Task.id), done, overdue,
            unreceived,
        )
        .group_by(Task.document_id, Document.number_text, Document.name, Task.duty, Task.what)
        .order_by(Task.document_id.desc(), func.min(Task.due_on), func.min(Task.id))
    )  # fmt: skip
    if document_id is not None:
        query = query.where(Task.document_id == document_id)
    return [
        DutyCount(owner, number or name, *rest)
        for owner, number, name, *rest in session().execute(query)
    ]


@dataclass(frozen=True)
class Filter:
    """Which of the tasks below are looked at."""

    document_id: int | None = None
    duty: str = ""
    state: str = ""
    """ "todo", "done", "overdue"; "" for all."""


def below(actor: Actor, wanted: Filter, page: int = 1) -> Page[Task]:
    """Give a page of the tasks of the units below, by unit and day."""
    query = _below(actor).join(Task.unit).options(*_WITH_NAMES)
    if wanted.document_id is not None:
        query = query.where(Task.document_id == wanted.document_id)
    if wanted.duty:
        query = query.where(Task.duty == wanted.duty)
    if wanted.state in _STATES:
        query = query.where(_STATES[wanted.state]())
    return paginate(query.order_by(Unit.sort_key, Unit.id, *_BY_DAY), page)


def _below(actor: Actor) -> Select[Task]:
    elsewhere = Task.unit_id != actor.unit_id
    return visible_to(actor).where(elsewhere, Task.state != State.DROPPED)


def _is_todo() -> ColumnElement[bool]:
    return Task.state.in_(OPEN)


def _is_done() -> ColumnElement[bool]:
    return Task.state.in_(SETTLED)


def _is_overdue() -> ColumnElement[bool]:
    return and_(Task.state.in_(AWAITED), Task.due_on < clock.today())


_STATES: Mapping[str, Callable[[], ColumnElement[bool]]] = {
    "todo": _is_todo,
    "done": _is_done,
    "overdue": _is_overdue,
}
