"""Finding working teams, always inside what the actor may see."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from portal.core import clock
from portal.core.database import session
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.campaigns.phase import State as CampaignState
from portal.features.documents.body import Job
from portal.features.documents.models import Document
from portal.features.org_units.models import Unit, UnitScope
from portal.features.tasks.models import Task
from portal.features.teams.models import State, Team, TeamVersion
from portal.policy.predicates import Actor
from portal.policy.roles import Role


def visible_to(actor: Actor) -> Select[Team]:
    """Select the teams an actor may see: those of the units that it reaches."""
    query = select(Team).join(Campaign, Campaign.id == Team.campaign_id)
    if actor.role == Role.ADMIN:
        return query.where(Team.id.is_(None))
    if actor.role != Role.PROVINCE:
        query = query.where(Campaign.state.in_([CampaignState.READY, CampaignState.REPORTED]))
    return query.where(_reached(actor.unit_id, Team.unit_id))


def get_visible(actor: Actor, team_id: int) -> Team | None:
    """Give a team that the actor may see, with what its pages show."""
    return session().scalar(visible_to(actor).where(Team.id == team_id).options(*_WITH_NAMES))


def at(actor: Actor, campaign: Campaign, unit_id: int) -> Team | None:
    """Give the team of a unit that the actor reaches and in which the campaign asks.

    Returns:
        An empty one that is not stored where nobody has begun; None where there can be none.
    """
    asked = select(Unit).join(CampaignUnit, CampaignUnit.unit_id == Unit.id)
    asked = asked.where(CampaignUnit.campaign_id == campaign.id, Unit.id == unit_id)
    unit = session().scalar(asked.where(_reached(actor.unit_id, Unit.id)))
    if unit is None or actor.role == Role.ADMIN:
        return None
    return stored(campaign.id, unit_id) or beginning(campaign, unit)


def beginning(campaign: Campaign, unit: Unit) -> Team:
    """Give an empty team that is not stored."""
    return Team(
        campaign_id=campaign.id, campaign=campaign, unit_id=unit.id, unit=unit, document=None,
        state=State.DRAFT, content="[]", number=0, note="", changed_at=clock.now(), changed_by="",
        version=0,
    )  # fmt: skip


def stored(campaign_id: int, unit_id: int) -> Team | None:
    """Give the team of a unit if somebody has begun it."""
    query = select(Team).where(Team.campaign_id == campaign_id, Team.unit_id == unit_id)
    return session().scalar(query.options(*_WITH_NAMES))


def listed(actor: Actor, campaign_id: int) -> list[Team]:
    """List the teams of a campaign at the units that the actor reaches, by unit."""
    query = visible_to(actor).where(Team.campaign_id == campaign_id).options(*_WITH_NAMES)
    return list(session().scalars(query.order_by(Team.unit_id)))


def versions(team_ids: Collection[int]) -> list[TeamVersion]:
    """List what was sent of these teams, the latest first."""
    query = select(TeamVersion).where(TeamVersion.team_id.in_(team_ids))
    query = query.options(joinedload(TeamVersion.document).defer(Document.content))
    return list(session().scalars(query.order_by(TeamVersion.team_id, TeamVersion.number.desc())))


def version(team: Team, number: int) -> TeamVersion | None:
    """Give one of those of a team."""
    return session().get(TeamVersion, (team.id, number))


def earlier(actor: Actor, team: Team) -> Team | None:
    """Give the latest team with members that the unit, or one it took over from, had before.

    Also one of this very campaign: of a unit that was merged into this one meanwhile.
    """
    query = visible_to(actor).where(
        or_(Team.campaign_id != team.campaign_id, Team.unit_id != team.unit_id),
        Team.content != "[]",
        _reached(team.unit_id, Team.unit_id),
        Campaign.opens_on <= team.campaign.opens_on,
    )
    query = query.order_by(Campaign.opens_on.desc(), Team.id.desc()).limit(1)
    return session().scalar(query.options(*_WITH_NAMES))


def plan_of(campaign: Campaign) -> Document | None:
    """Give the plan of a campaign, for the decision to cite."""
    return session().get(Document, campaign.plan_id) if campaign.plan_id else None


def due_days(campaign: Campaign) -> dict[int, date]:
    """Give by when each unit is to have its team, as the plan's duties say."""
    if campaign.plan_id is None:
        return {}
    query = select(Task.unit_id, func.min(Task.due_on)).where(
        Task.document_id == campaign.plan_id, Task.job == Job.TEAM, Task.due_on.is_not(None)
    )
    rows = session().execute(query.group_by(Task.unit_id).order_by(Task.unit_id))
    return {unit_id: day for unit_id, day in rows if day is not None}


def _reached(above_id: int, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return exists().where(UnitScope.above_id == above_id, UnitScope.unit_id == column)


_WITH_NAMES = (
    joinedload(Team.campaign),
    joinedload(Team.unit).joinedload(Unit.parent),
    joinedload(Team.document).defer(Document.content),
)
