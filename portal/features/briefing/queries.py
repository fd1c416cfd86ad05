"""What the units below have left undone, in few queries however many campaigns and units."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Text, and_, case, cast, distinct, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.core import clock
from portal.core.database import session
from portal.features.inspections import queries as inspections
from portal.features.inspections.models import Inspection
from portal.features.inspections.models import State as InspectionState
from portal.features.org_units.models import Unit
from portal.features.tasks import queries as tasks
from portal.features.tasks.models import OPEN, WAITING, Task
from portal.features.urging import queries as urging
from portal.features.urging.models import Reminder
from portal.policy.predicates import Actor

MOST_LATE = 8
"""Late units that a home page names; the board of reminders has all of them."""


@dataclass(frozen=True)
class DutyBelow:
    """One duty of one document over the units below: who is late, and what waits above."""

    document_id: int
    duty: str
    what: str
    job: str
    late: int
    """Units whose day has gone by."""
    today: int
    """Units whose day is today."""
    waiting: int
    """What was handed in by units directly below."""


def duties_below(actor: Actor) -> list[DutyBelow]:
    """List the duties of the units below of which something is late, due today or handed in."""
    open_, today = Task.state.in_(OPEN), clock.today()
    direct = Task.unit_id.in_(select(Unit.id).where(Unit.parent_id == actor.unit_id))
    waits = and_(Task.state.in_(WAITING), direct)

    def units(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count(distinct(case((condition, Task.unit_id))))

    query = (
        tasks.visible_to(actor)
        .where(Task.unit_id != actor.unit_id, or_(and_(open_, Task.due_on <= today), waits))
        .with_only_columns(
            Task.document_id, Task.duty, Task.what, Task.job, units(and_(open_, _is_past())),
            units(and_(open_, Task.due_on == today)), func.count(case((waits, 1))),
        )
        .group_by(Task.document_id, Task.duty, Task.what, Task.job)
        .order_by(Task.document_id, func.min(Task.due_on), func.min(Task.id))
    )  # fmt: skip
    return [DutyBelow(*row) for row in session().execute(query)]


@dataclass(frozen=True)
class LateUnit:
    """A unit with duties whose day has gone by."""

    document_id: int
    """The first of the documents that ask for them."""
    unit_id: int
    name: str
    district: str | None
    duties: int
    first_due: date
    reminded_on: date | None
    """The last day on which anybody reminded it of anything."""
    units: int
    """How many units are late altogether."""


def late_units(actor: Actor, most: int = MOST_LATE) -> list[LateUnit]:
    """List the units below that are late, those with most duties first."""
    above = aliased(Unit)
    reminded = (
        select(func.max(Reminder.day)).where(Reminder.unit_id == Task.unit_id).scalar_subquery()
    )
    duties = func.count(distinct(cast(Task.document_id, Text) + "-" + Task.duty))
    first_due = func.min(Task.due_on)
    query = (
        tasks.visible_to(actor)
        .join(Unit, Unit.id == Task.unit_id)
        .outerjoin(above, above.id == Unit.parent_id)
        .where(Task.unit_id != actor.unit_id, Task.state.in_(OPEN), _is_past())
        .with_only_columns(
            func.min(Task.document_id), Task.unit_id, Unit.full_name, above.full_name, duties,
            first_due, reminded, func.count().over(),
        )
        .group_by(Task.unit_id, Unit.full_name, above.full_name, Unit.sort_key)
        .order_by(duties.desc(), first_due, Unit.sort_key, Task.unit_id)
        .limit(most)
    )  # fmt: skip
    rows = session().execute(query)
    return [LateUnit(*row) for row in rows]  # type: ignore[arg-type, call-arg]  # eight columns


def _is_past() -> ColumnElement[bool]:
    return Task.due_on < clock.today()


@dataclass(frozen=True)
class Undone:
    """A duty that a unit has not done."""

    document_id: int
    duty: str
    what: str
    unit_id: int
    name: str
    district: str | None
    due_on: date


def undone(actor: Actor) -> list[Undone]:
    """List what units below have not done up to today, by duty and district; every day of it."""
    above = aliased(Unit)
    query = (
        tasks.visible_to(actor)
        .join(Unit, Unit.id == Task.unit_id)
        .outerjoin(above, above.id == Unit.parent_id)
        .where(Task.unit_id != actor.unit_id, Task.state.in_(OPEN), Task.due_on <= clock.today())
        .with_only_columns(
            Task.document_id, Task.duty, Task.what, Task.unit_id, Unit.full_name, above.full_name,
            Task.due_on,
        )
        .order_by(Task.due_on, Task.document_id, above.sort_key, Unit.sort_key, Task.id)
    )  # fmt: skip
    rows = session().execute(query)
    return [Undone(*row) for row in rows]  # type: ignore[arg-type]  # what is due has a day


def unreceived(actor: Actor) -> list[str]:
    """List by name the units below with something to do that no body there has received."""
    query = (
        tasks.visible_to(actor)
        .join(Task.unit)
        .where(Task.unit_id != actor.unit_id, Task.state.in_(OPEN), Task.organisation_id.is_(None))
        .with_only_columns(Unit.full_name, Unit.sort_key, Unit.id)
        .distinct()
    )
    rows = session().execute(query.order_by(Unit.sort_key, Unit.id))
    return [name for name, *_key in rows]


def planned_today(actor: Actor) -> list[Inspection]:
    """List the visits that are planned for today, as an actor may see them."""
    query = (
        inspections.visible_to(actor)
        .join(Inspection.unit)
        .where(Inspection.planned_on == clock.today(), Inspection.state == InspectionState.PLANNED)
        .options(
            joinedload(Inspection.unit).joinedload(Unit.parent),
            joinedload(Inspection.organisation), joinedload(Inspection.campaign),
        )
    )  # fmt: skip
    return list(session().scalars(query.order_by(Unit.sort_key, Inspection.id)))


@dataclass(frozen=True)
class Reminded:
    """Of what units were reminded on one day, and how many of them."""

    what: str
    body: str
    units: int


def reminded_yesterday(actor: Actor) -> list[Reminded]:
    """List the reminders that went out yesterday to units below, by what they were about."""
    query = (
        urging.visible_to(actor)
        .where(Reminder.day == clock.today() - timedelta(days=1))
        .where(Reminder.unit_id != actor.unit_id)
        .with_only_columns(
            Reminder.what, Reminder.body, func.count(distinct(Reminder.unit_id))
        )
        .group_by(Reminder.what, Reminder.body)
        .order_by(Reminder.what, Reminder.body)
    )  # fmt: skip
    return [Reminded(*row) for row in session().execute(query)]
