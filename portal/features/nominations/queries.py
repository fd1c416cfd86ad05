"""Finding nominations, always inside what the actor may see."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, String, and_, cast, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.core.database import session
from portal.core.text import fold
from portal.features.audit.models import AuditEntry
from portal.features.campaigns.models import Campaign, CampaignStep, CampaignUnit
from portal.features.inspections.models import Inspection
from portal.features.inspections.models import State as InspectionState
from portal.features.nominations.models import CONSIDERED, LIVE, Nomination, NominationList, State
from portal.features.org_units.existing import exists
from portal.features.org_units.models import Level, Organisation, Unit, UnitScope
from portal.features.rosters.models import Kind as RosterKind
from portal.features.rosters.models import Roster, RosterSubmission
from portal.features.tasks.models import State as TaskState
from portal.features.tasks.models import Task
from portal.policy.predicates import Actor
from portal.policy.roles import Role


def visible_to(actor: Actor) -> Select[Nomination]:
    """Select what is proposed in the actor's scope, and what its own unit drafts or has drafted."""
    if actor.role == Role.ADMIN:
        return select(Nomination).where(false())
    reached = select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)
    proposed = and_(Nomination.proposed_at.is_not(None), Nomination.unit_id.in_(reached))
    return select(Nomination).where(or_(proposed, Nomination.from_unit_id == actor.unit_id))


WITH_NAMES = (
    joinedload(Nomination.unit).joinedload(Unit.parent),
    joinedload(Nomination.from_unit).joinedload(Unit.parent),
    joinedload(Nomination.organisation),
    joinedload(Nomination.campaign),
)


def get_visible(actor: Actor, nomination_id: int) -> Nomination | None:
    """Give a nomination that the actor may see, with what its page shows."""
    query = visible_to(actor).where(Nomination.id == nomination_id)
    return session().scalar(query.options(*WITH_NAMES))


def listed(actor: Actor, campaign_id: int) -> list[Nomination]:
    """List the nominations of a campaign by unit and name."""
    district = aliased(Unit)
    query = (
        visible_to(actor)
        .where(Nomination.campaign_id == campaign_id)
        .join(Unit, Unit.id == Nomination.unit_id)
        .outerjoin(district, district.id == Unit.parent_id)
        .options(*WITH_NAMES)
        .order_by(district.sort_key, Unit.sort_key, Nomination.name, Nomination.id)
    )
    return list(session().scalars(query))


def list_order(one: Nomination) -> tuple[str, str, int]:
    """Give the order of the list that goes up: collectives first, then as they were proposed."""
    proposed = one.proposed_at.isoformat() if one.proposed_at else ""
    return one.kind, proposed, one.id


def shortlisted(campaign_id: int) -> list[Nomination]:
    """List those that go up, or went, in the order of the list."""
    chosen = Nomination.state.in_([State.SHORTLISTED, State.AWARDED])
    query = select(Nomination).where(Nomination.campaign_id == campaign_id, chosen)
    query = query.options(*WITH_NAMES).order_by(Nomination.id)
    return sorted(session().scalars(query), key=list_order)


def count_shortlisted(campaign_id: int) -> int:
    """Count those on the list."""
    chosen = Nomination.state.in_([State.SHORTLISTED, State.AWARDED])
    query = select(func.count(Nomination.id)).where(Nomination.campaign_id == campaign_id, chosen)
    return session().scalar(query) or 0


def count_considered(campaign_id: int) -> int:
    """Count those that wait for somebody above."""
    waits = Nomination.state.in_(CONSIDERED)
    query = select(func.count(Nomination.id)).where(Nomination.campaign_id == campaign_id, waits)
    return session().scalar(query) or 0


def list_of(campaign_id: int) -> NominationList | None:
    """Give the list of a campaign; None where nobody has closed one yet."""
    return session().get(NominationList, campaign_id)


def is_closed(campaign_id: int) -> bool:
    """Say whether the list of a campaign is closed."""
    found = list_of(campaign_id)
    return found is not None and found.closed_at is not None


def lists_decided_by(document_ids: Sequence[int]) -> list[NominationList]:
    """List the lists whose decision one of these documents is."""
    query = select(NominationList).where(NominationList.decision_id.in_(document_ids))
    return list(session().scalars(query.order_by(NominationList.campaign_id)))


def same(nomination: Nomination, actor: Actor | None = None) -> Nomination | None:
    """Give another live nomination of the same campaign for the same, if there is one.

    Args:
        nomination: a stored one, or one that is not stored yet.
        actor: whose unit's drafts count too; else only what has been proposed.
    """
    own = Nomination.from_unit_id == actor.unit_id if actor else false()
    query = select(Nomination).where(
        Nomination.campaign_id == nomination.campaign_id,
        Nomination.unit_id == nomination.unit_id,
        Nomination.kind == nomination.kind,
        Nomination.state.in_(LIVE),
        or_(Nomination.proposed_at.is_not(None), own),
    )
    wanted = fold(nomination.name)
    found = session().scalars(query.order_by(Nomination.id))
    return next(
        (one for one in found if fold(one.name) == wanted and one.id != nomination.id), None
    )


def waiting(actor: Actor) -> list[tuple[Campaign, int]]:
    """Count what waits for a word from the actor's tier, by campaign; its own nominations apart.

    Where the list is closed nothing waits any more. For the home pages, in one query; it says the
    same as `workflow.needs_district`.
    """
    sender, above = aliased(Unit), aliased(Unit)
    steps = select(CampaignStep.number).where(CampaignStep.campaign_id == Nomination.campaign_id)
    passes = or_(~steps.exists(), steps.where(CampaignStep.level == Level.DISTRICT).exists())
    below_district = and_(
        sender.level == Level.COMMUNE, above.level == Level.DISTRICT, passes,
        Nomination.state == State.PROPOSED,
    )  # fmt: skip
    for_us = {
        Role.DISTRICT: and_(below_district, sender.parent_id == actor.unit_id),
        Role.PROVINCE: and_(Nomination.state.in_(CONSIDERED), ~below_district),
    }.get(actor.role, false())
    closed = select(NominationList.campaign_id).where(NominationList.closed_at.is_not(None))
    query = (
        select(Campaign, func.count(Nomination.id))
        .join(Nomination, Nomination.campaign_id == Campaign.id)
        .join(sender, sender.id == Nomination.from_unit_id)
        .outerjoin(above, above.id == sender.parent_id)
        .join(UnitScope, UnitScope.unit_id == Nomination.unit_id)
        .where(UnitScope.above_id == actor.unit_id, for_us)
        .where(
            or_(
                Nomination.unit_id != actor.unit_id,
                Nomination.organisation_id != actor.organisation_id,
            )
        )
        .where(Nomination.drafted_by_id != actor.user_id)
        .where(Nomination.proposed_by_id != actor.user_id)
        .where(Campaign.id.not_in(closed))
        .group_by(Campaign.id)
        .order_by(Campaign.id)
    )
    return [(campaign, count) for campaign, count in session().execute(query)]


def nominable(actor: Actor, campaign: Campaign) -> list[Unit]:
    """List the units for which an actor may propose, by district and name.

    Those in which the campaign asks and those above them. Of the one that asks it is its bodies
    alone (`services.only_bodies`): it decides, and nobody judges his own.
    """
    asked = aliased(UnitScope)
    takes_part = (
        select(asked.above_id)
        .join(CampaignUnit, CampaignUnit.unit_id == asked.unit_id)
        .where(CampaignUnit.campaign_id == campaign.id)
    )
    query = (
        select(Unit)
        .join(UnitScope, UnitScope.unit_id == Unit.id)
        .where(UnitScope.above_id == actor.unit_id, Unit.id.in_(takes_part))
        .options(joinedload(Unit.parent))
    )
    return sorted(session().scalars(query), key=_by_district)


def _by_district(unit: Unit) -> tuple[str, int, str, str]:
    is_commune = unit.parent is not None and unit.level == "commune"
    district = unit.parent.sort_key if is_commune and unit.parent else unit.sort_key
    return district, int(is_commune), unit.sort_key, unit.code


def bodies(unit_id: int) -> list[Organisation]:
    """List the bodies of a unit that exist, by name."""
    query = select(Organisation).where(Organisation.unit_id == unit_id, exists(Organisation))
    return list(session().scalars(query.order_by(Organisation.sort_key, Organisation.id)))


def tasks_of(campaign: Campaign, unit_ids: Sequence[int]) -> list[Task]:
    """List what the plan of a campaign asks of units and still stands, by unit and day."""
    query = select(Task).where(
        Task.document_id == campaign.plan_id,
        Task.unit_id.in_(unit_ids),
        Task.state.not_in([TaskState.DROPPED, TaskState.EXEMPT]),
    )
    return list(session().scalars(query.order_by(Task.unit_id, Task.due_on, Task.id)))


def first_rosters(
    campaign_id: int, unit_ids: Sequence[int]
) -> dict[int, tuple[datetime, date | None]]:
    """Give when each unit first sent its roster of supporters, and by which day it was due."""
    query = (
        select(Roster.unit_id, RosterSubmission.sent_at, RosterSubmission.due_on)
        .join(Roster, Roster.id == RosterSubmission.roster_id)
        .where(Roster.campaign_id == campaign_id, Roster.unit_id.in_(unit_ids))
        .where(Roster.kind == RosterKind.SUPPORT)
        .order_by(RosterSubmission.sent_at.desc())
    )
    return {unit_id: (sent_at, due_on) for unit_id, sent_at, due_on in session().execute(query)}


def inspections(campaign_id: int, unit_ids: Sequence[int]) -> list[Inspection]:
    """List the inspections of units that are done, by unit and day."""
    query = select(Inspection).where(
        Inspection.campaign_id == campaign_id,
        Inspection.unit_id.in_(unit_ids),
        Inspection.state == InspectionState.DONE,
    )
    order = (Inspection.unit_id, Inspection.done_on, Inspection.id)
    return list(session().scalars(query.order_by(*order)))


def task_events(
    campaign: Campaign, unit_ids: Sequence[int]
) -> dict[int, list[tuple[str, datetime]]]:
    """Give what the record says of each of these tasks, oldest first: the act and the moment."""
    ours = select(cast(Task.id, String)).where(
        Task.document_id == campaign.plan_id, Task.unit_id.in_(unit_ids)
    )
    query = (
        select(AuditEntry.subject_id, AuditEntry.action, AuditEntry.at)
        .where(AuditEntry.subject_kind == "task", AuditEntry.subject_id.in_(ours))
        .order_by(AuditEntry.number)
    )
    found: dict[int, list[tuple[str, datetime]]] = {}
    for subject_id, action, at in session().execute(query):
        found.setdefault(int(subject_id), []).append((action, at))
    return found
