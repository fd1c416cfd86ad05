"""Finding campaigns and codes, always inside what the actor may see."""

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased, joinedload

from portal.core.database import session
from portal.features.campaigns.models import Campaign, CampaignUnit, QrCode
from portal.features.campaigns.phase import State
from portal.features.org_units import queries as org_units
from portal.features.org_units.models import Unit, UnitScope
from portal.policy.predicates import Actor
from portal.policy.roles import Role


def visible_to(actor: Actor) -> Select[Campaign]:
    """Select the campaigns an actor may see: a province its own, the others those announced."""
    if actor.role == Role.PROVINCE:
        reached = select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)
        return select(Campaign).where(Campaign.unit_id.in_(reached))
    if actor.role == Role.ADMIN:
        return select(Campaign).where(Campaign.id.is_(None))
    asked = exists(
        select(CampaignUnit.unit_id)
        .join(UnitScope, UnitScope.unit_id == CampaignUnit.unit_id)
        .where(CampaignUnit.campaign_id == Campaign.id, UnitScope.above_id == actor.unit_id)
    )
    announced = Campaign.state.in_([State.READY, State.REPORTED])
    return select(Campaign).where(announced, asked)


def get_visible(actor: Actor, campaign_id: int) -> Campaign | None:
    """Give a campaign that the actor may see, with what its pages show."""
    query = visible_to(actor).where(Campaign.id == campaign_id)
    return session().scalar(query.options(*_WITH_NAMES))


_WITH_NAMES = (
    joinedload(Campaign.unit),
    joinedload(Campaign.organisation),
    joinedload(Campaign.questionnaire_version),
)


def listed(actor: Actor) -> list[Campaign]:
    """List what the actor may see, newest window first."""
    query = visible_to(actor).options(*_WITH_NAMES)
    return list(session().scalars(query.order_by(Campaign.opens_on.desc(), Campaign.id.desc())))


def is_name_taken(owner_id: int, name: str, besides: int | None = None) -> bool:
    """Say whether another campaign of this owner, not cancelled, has this name.

    Args:
        owner_id: the unit whose campaigns count.
        name: as stored.
        besides: the campaign that may have it.
    """
    query = select(Campaign.id).where(
        Campaign.unit_id == owner_id, Campaign.name == name, Campaign.state != State.CANCELLED
    )
    if besides is not None:
        query = query.where(Campaign.id != besides)
    return bool(session().scalar(select(query.exists())))


def codes(campaign_id: int, below: int | None = None) -> list[QrCode]:
    """List the live codes of a campaign by district and name.

    Args:
        campaign_id: the campaign.
        below: only units that this unit reaches.
    """
    district = aliased(Unit)
    query = (
        select(QrCode)
        .join(QrCode.unit)
        .outerjoin(district, district.id == Unit.parent_id)
        .where(QrCode.campaign_id == campaign_id, QrCode.revoked_on.is_(None))
        .options(joinedload(QrCode.unit).joinedload(Unit.parent).joinedload(Unit.parent))
        .order_by(district.sort_key, Unit.sort_key, QrCode.code)
    )
    if below is not None:
        query = query.join(UnitScope, UnitScope.unit_id == QrCode.unit_id).where(
            UnitScope.above_id == below
        )
    return list(session().scalars(query))


def unit_ids(campaign_id: int) -> set[int]:
    """Give the ids of the units in which a campaign asks."""
    query = select(CampaignUnit.unit_id).where(CampaignUnit.campaign_id == campaign_id)
    return set(session().scalars(query))


def live_code(campaign_id: int, unit_id: int, below: int | None = None) -> QrCode | None:
    """Give the code that leads to a unit's form now.

    Args:
        campaign_id: the campaign.
        unit_id: the unit asked in.
        below: only if this unit reaches it.
    """
    if below is not None and not org_units.reaches(below, unit_id):
        return None
    live = (QrCode.unit_id == unit_id) & QrCode.revoked_on.is_(None)
    query = select(QrCode).where(QrCode.campaign_id == campaign_id, live)
    return session().scalar(query.options(joinedload(QrCode.unit).joinedload(Unit.parent)))


def withdrawn_codes(campaign_id: int, unit_id: int) -> list[QrCode]:
    """List the codes of a unit that lead nowhere any more, newest first."""
    query = select(QrCode).where(
        QrCode.campaign_id == campaign_id, QrCode.unit_id == unit_id, QrCode.revoked_on.is_not(None)
    )
    return list(session().scalars(query.order_by(QrCode.revoked_on.desc(), QrCode.code)))
