"""Finding who has not done what, who was reminded, and what an account has not read yet."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.core.database import session
from portal.features.campaigns.models import Campaign
from portal.features.org_units.models import Organisation, Unit, UnitScope
from portal.features.tasks.models import OPEN, Task
from portal.features.urging.models import INSPECTED, Channel, NoticeMark, Reminder
from portal.features.users.models import User
from portal.policy.predicates import Actor
from portal.policy.roles import Role

_OFFICE = frozenset({Role.PROVINCE, Role.DISTRICT, Role.COMMUNE})
KEPT = timedelta(days=60)
"""How far back an account reads what it was told."""


class Due(NamedTuple):
    """A task that is not done, as far as the board shows it."""

    id: int
    unit_id: int
    organisation_id: int | None
    duty: str
    what: str
    job: str
    due_on: date
    state: str
    note: str


def open_tasks(actor: Actor, campaign: Campaign, until: date) -> list[Due]:
    """List what units below the actor's have still to do for a campaign, by day.

    Args:
        actor: who looks over them.
        campaign: whose plan asks for it; one without a plan asks for nothing.
        until: the last day that counts.
    """
    # Of the table and not of the class: thousands of plain rows take a third of the time.
    task = Task.__table__.c
    query = (
        select(*(task[name] for name in Due._fields))
        .where(task.document_id == campaign.plan_id, task.unit_id != actor.unit_id)
        .where(task.unit_id.in_(_reached(actor)))
        .where(task.state.in_(OPEN), task.due_on <= until)
        .order_by(task.due_on, task.id)
    )
    return list(map(Due._make, session().execute(query))) if campaign.plan_id else []


def units(unit_ids: Collection[int]) -> dict[int, Unit]:
    """Give some units by their ids, each with the one above it."""
    query = select(Unit).where(Unit.id.in_(unit_ids)).options(joinedload(Unit.parent))
    return {one.id: one for one in session().scalars(query.order_by(Unit.sort_key, Unit.id))}


def reading(unit_ids: Collection[int], body_ids: Collection[int | None]) -> set[int]:
    """Give the units where an account would read a notice: of its offices, or of a body's own.

    Args:
        unit_ids: which are asked for.
        body_ids: whom the notices would name.
    """
    theirs = or_(User.role.in_(_OFFICE), Organisation.id.in_(body_ids))
    query = (
        select(Organisation.unit_id)
        .join(User, User.organisation_id == Organisation.id)
        .where(Organisation.unit_id.in_(unit_ids), User.active, theirs)
        .distinct()
    )
    return set(session().scalars(query.order_by(Organisation.unit_id)))


def has_job(plan_id: int | None, job: str) -> bool:
    """Say whether a plan has handed out tasks of a job."""
    query = select(Task.id).where(Task.document_id == plan_id, Task.job == job).limit(1)
    return session().scalar(query) is not None


def visible_to(actor: Actor) -> Select[Reminder]:
    """Select the reminders that went to the actor's unit or to units below it."""
    reminds = ~Reminder.duty.startswith(INSPECTED, autoescape=True)
    return select(Reminder).where(Reminder.unit_id.in_(_reached(actor)), reminds)


def _reached(actor: Actor) -> Select[int]:
    return select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)


def log(actor: Actor, campaign_id: int) -> Select[Reminder]:
    """Select the log of a campaign as an actor may see it, the latest first."""
    query = visible_to(actor).where(Reminder.campaign_id == campaign_id)
    query = query.options(joinedload(Reminder.unit).joinedload(Unit.parent))
    return query.order_by(Reminder.id.desc())


def last_reminders(actor: Actor, campaign_id: int) -> dict[tuple[int, str], Reminder]:
    """Give the last reminder of every unit of each duty."""
    last = (
        select(func.max(Reminder.id))
        .where(Reminder.campaign_id == campaign_id)
        .group_by(Reminder.unit_id, Reminder.duty)
    )
    query = visible_to(actor).where(Reminder.id.in_(last)).order_by(Reminder.id)
    return {(one.unit_id, one.duty): one for one in session().scalars(query)}


def sent_today(campaign_id: int, duty: str) -> dict[int, Reminder]:
    """Give who was reminded of a duty today already, by unit."""
    query = select(Reminder).where(
        Reminder.campaign_id == campaign_id, Reminder.duty == duty, Reminder.day == clock.today()
    )
    return {one.unit_id: one for one in session().scalars(query.order_by(Reminder.id))}


def _mine(actor: Actor) -> ColumnElement[bool]:
    """Tell the notices of an account: its body's; the offices of a unit share theirs."""
    here = and_(Reminder.unit_id == actor.unit_id, Reminder.channel == Channel.PORTAL)
    if actor.role in _OFFICE:
        return here
    return and_(here, Reminder.organisation_id == actor.organisation_id)


def mark_of(user_id: int) -> NoticeMark | None:
    """Say how far an account has read."""
    return session().get(NoticeMark, user_id)


def count_unread(actor: Actor) -> int:
    """Count the days whose digest an account has not read, in one query."""
    return session().scalar(select(unread(actor))) or 0


def unread(actor: Actor) -> ColumnElement[int]:
    """Count the same as a part of a query.

    Nobody gets two digests a day (plan of issue 5): what comes after today's was read counts from
    tomorrow on.
    """
    read_to = func.coalesce(func.max(NoticeMark.read_to_id), 0)
    today = NoticeMark.read_on == clock.today()
    mine = NoticeMark.user_id == actor.user_id
    query = select(func.count(Reminder.day.distinct())).where(
        _mine(actor),
        Reminder.id > select(read_to).where(mine).scalar_subquery(),
        ~select(NoticeMark.user_id).where(mine, today).exists(),
    )
    return query.scalar_subquery()


def notices(actor: Actor, since: date) -> list[Reminder]:
    """List the notices of an account from a day on, the latest first."""
    query = select(Reminder).where(_mine(actor), Reminder.day >= since)
    query = query.options(joinedload(Reminder.campaign))
    return list(session().scalars(query.order_by(Reminder.id.desc())))
