"""Finding inspections, always inside what the actor may see."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.core.database import session
from portal.features.inspections.models import Inspection, InspectionNote, State
from portal.features.org_units.models import Organisation, Unit, UnitScope
from portal.features.tasks.models import Task
from portal.policy.predicates import Actor
from portal.policy.roles import Role

_OFFICE = frozenset({Role.PROVINCE, Role.DISTRICT, Role.COMMUNE})
_ABOVE = frozenset({Role.PROVINCE, Role.DISTRICT})


def visible_to(actor: Actor) -> Select[Inspection]:
    """Select what an actor may see: what it or those below it plan, and what was found there.

    The same as INSPECTION_READ in `policy.table`; a test holds both against each other.
    """
    if actor.role not in _OFFICE:
        return select(Inspection).where(false())
    reached = select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)
    found = and_(Inspection.state == State.DONE, Inspection.unit_id.in_(reached))
    if actor.role not in _ABOVE:
        return select(Inspection).where(found)
    return select(Inspection).where(or_(found, Inspection.ordered_by_unit_id.in_(reached)))


def get_visible(actor: Actor, inspection_id: int) -> Inspection | None:
    """Give an inspection that the actor may see, with what its page shows."""
    query = visible_to(actor).where(Inspection.id == inspection_id)
    return session().scalar(query.options(*_WITH_NAMES))


_WITH_NAMES = (
    joinedload(Inspection.campaign),
    joinedload(Inspection.unit).joinedload(Unit.parent),
    joinedload(Inspection.organisation).joinedload(Organisation.unit),
)


def of_campaign(actor: Actor, campaign_id: int) -> list[Inspection]:
    """List the inspections of a campaign that an actor may see, cancelled ones apart, by day."""
    district = aliased(Unit)
    query = (
        visible_to(actor)
        .join(Inspection.unit)
        .outerjoin(district, district.id == Unit.parent_id)
        .where(Inspection.campaign_id == campaign_id, Inspection.state != State.CANCELLED)
        .options(*_WITH_NAMES)
    )
    by_day = (Inspection.planned_on, district.sort_key, Unit.sort_key, Inspection.id)
    return list(session().scalars(query.order_by(*by_day)))


def standing(campaign_id: int, by_unit_id: int, day: date) -> set[int]:
    """Give the units that a unit inspects on a day already."""
    query = select(Inspection.unit_id).where(
        Inspection.campaign_id == campaign_id, Inspection.ordered_by_unit_id == by_unit_id,
        Inspection.planned_on == day, Inspection.state != State.CANCELLED,
    )  # fmt: skip
    return set(session().scalars(query))


def count_standing(campaign_id: int, by_unit_id: int, state: State, day: date | None = None) -> int:
    """Count the inspections that a unit has planned, or made, in a campaign; of one day only."""
    query = select(func.count(Inspection.id)).where(
        Inspection.campaign_id == campaign_id, Inspection.ordered_by_unit_id == by_unit_id,
        Inspection.state == state,
    )  # fmt: skip
    if day is not None:
        query = query.where(Inspection.planned_on == day)
    return session().scalar(query) or 0


def notes(inspection_id: int) -> list[InspectionNote]:
    """List what was said after a visit, oldest first."""
    query = select(InspectionNote).where(InspectionNote.inspection_id == inspection_id)
    return list(session().scalars(query.order_by(InspectionNote.id)))


def answered(inspection_ids: Collection[int]) -> set[int]:
    """Give those of some inspections to which the unit has said something."""
    query = select(InspectionNote.inspection_id).where(
        InspectionNote.inspection_id.in_(inspection_ids), InspectionNote.kind == "reply"
    )
    return set(session().scalars(query))


def duty_of(inspection_id: int) -> str:
    """Give the word by which tasks that follow from an inspection begin."""
    return f"inspection:{inspection_id}"


def follow_ups(inspection: Inspection) -> list[Task]:
    """List the tasks that an inspection has led to, by day."""
    word = duty_of(inspection.id)
    query = (
        select(Task)
        .where(Task.document_id == inspection.campaign.plan_id)
        .where(or_(Task.duty == word, Task.duty.startswith(f"{word}.", autoescape=True)))
        .options(joinedload(Task.organisation))
    )
    return list(session().scalars(query.order_by(Task.due_on, Task.id)))


def follow_ups_of_campaign(plan_id: int | None) -> list[Task]:
    """List the tasks that all inspections of a plan have led to, by day."""
    query = select(Task).where(
        Task.document_id == plan_id, Task.duty.startswith("inspection:", autoescape=True)
    )
    return list(session().scalars(query.order_by(Task.due_on, Task.id)))
