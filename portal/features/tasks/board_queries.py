"""What the table of units and duties is made of: four queries, however many units there are."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from portal.core.database import session
from portal.features.documents.models import Document
from portal.features.org_units.models import Unit, UnitScope
from portal.features.tasks.models import State, Task
from portal.policy.predicates import Actor


class Plan(NamedTuple):
    """A document that hands out tasks."""

    id: int
    number: str
    """As printed; "" before it has one."""
    name: str


class Found(NamedTuple):
    """A task, as far as the table shows it."""

    id: int
    unit_id: int
    duty: str
    due_on: date | None
    state: str
    organisation_id: int | None

    @property
    def column(self) -> tuple[str, date | None]:
        """Give its column: duty and day; one for all that inspections led to (“inspection:7”)."""
        if ":" not in self.duty:
            return self.duty, self.due_on
        return self.duty.partition(":")[0], None


class Duty(NamedTuple):
    """What all the tasks of a duty have in common."""

    id: str
    what: str
    job: str

    @property
    def follows(self) -> bool:
        """Say whether it stands in no plan: something found later led to it."""
        return ":" in self.id


def plans(actor: Actor) -> list[Plan]:
    """List the documents whose tasks an actor may see, those issued last first."""
    here = exists().where(
        Task.document_id == Document.id, Task.state != State.DROPPED,
        Task.unit_id.in_(_reached(actor)),
    )  # fmt: skip
    handing_out = select(Task.document_id).distinct()
    query = select(Document.id, Document.number_text, Document.name)
    query = query.where(Document.id.in_(handing_out), here).order_by(Document.id.desc())
    return [Plan(*row) for row in session().execute(query)]


def tasks(actor: Actor, document_id: int) -> list[Found]:
    """List the tasks of a document at the actor's unit and below, by day."""
    # Of the table and not of the class: thousands of plain rows take half the time.
    task = Task.__table__.c
    query = (
        select(*(task[name] for name in Found._fields))
        .where(task.document_id == document_id, task.state != State.DROPPED)
        .where(task.unit_id.in_(_reached(actor)))
        .order_by(task.due_on.is_(None), task.due_on, task.id)
    )
    return list(map(Found._make, session().execute(query)))


def duties(task_ids: Collection[int]) -> dict[str, Duty]:
    """Give what tasks ask for, by their duties; one of each is enough."""
    query = select(Task.duty, Task.what, Task.job).where(Task.id.in_(task_ids))
    rows = session().execute(query.order_by(Task.id))
    return {row[0].partition(":")[0]: Duty(*row) for row in rows}


def units(actor: Actor, document_id: int) -> Sequence[Unit]:
    """List the units that have these tasks, by name, each with the one above it."""
    asked = select(Task.unit_id).where(Task.document_id == document_id)
    query = (
        select(Unit)
        .where(Unit.id.in_(asked), Unit.id.in_(_reached(actor)))
        .options(joinedload(Unit.parent))
        .order_by(Unit.sort_key, Unit.id)
    )
    return session().scalars(query).all()


def _reached(actor: Actor) -> Select[int]:
    return select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)
