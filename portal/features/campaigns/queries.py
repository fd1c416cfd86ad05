"""Finding campaigns and codes, always inside what the actor may see."""

from collections.abc import Collection

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased, defer, joinedload

from portal.core.database import session
from portal.features.campaigns.drafting import Step
from portal.features.campaigns.models import (
    Campaign,
    CampaignStep,
    CampaignUnit,
    QrCode,
    WindowChange,
)
from portal.features.campaigns.phase import State
from portal.features.documents import models as documents
from portal.features.documents.models import Document, Relation
from portal.features.org_units import queries as org_units
from portal.features.org_units.models import Level, Unit, UnitScope
from portal.features.questionnaires import queries as questionnaires
from portal.features.questionnaires.definition import same_code
from portal.features.questionnaires.models import QuestionnaireVersion
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


def of_plan(document_id: int) -> list[Campaign]:
    """List the campaigns that a plan orders, cancelled ones apart."""
    query = select(Campaign).where(Campaign.plan_id == document_id)
    query = query.where(Campaign.state != State.CANCELLED)
    return list(session().scalars(query.order_by(Campaign.id)))


def ordered_by(actor: Actor, plan: Document) -> list[Campaign]:
    """List the campaigns that a plan orders, as far as an actor may see them."""
    query = visible_to(actor).where(Campaign.plan_id == plan.id)
    query = query.where(Campaign.state != State.CANCELLED)
    return list(session().scalars(query.order_by(Campaign.opens_on, Campaign.id)))


def by_plan(actor: Actor, document_ids: Collection[int]) -> dict[int, int]:
    """Give the campaign of each plan that an actor may see, the first where there are several."""
    if not document_ids:
        return {}
    query = visible_to(actor).where(Campaign.plan_id.in_(document_ids))
    query = query.where(Campaign.state != State.CANCELLED).order_by(Campaign.id.desc())
    rows = session().execute(query.with_only_columns(Campaign.plan_id, Campaign.id))
    return {plan: campaign for plan, campaign in rows if plan is not None}


def without_plan(actor: Actor) -> list[Campaign]:
    """List the drafts that no plan orders, the newest first."""
    query = visible_to(actor).where(Campaign.plan_id.is_(None), Campaign.state == State.DRAFT)
    return list(session().scalars(query.order_by(Campaign.id.desc()).limit(MOST_OFFERED)))


def is_plan(document: Document, unit_id: int) -> bool:
    """Say whether a document can order a campaign of a unit; `plans_of` lists those that can."""
    return (
        document.unit_id == unit_id
        and document.type_code == PLAN
        and document.state not in _GIVEN_UP
        and document.relation in {"", Relation.REPLACES}
    )


def plans_of(unit_id: int) -> list[Document]:
    """List the plans of a unit that can order a campaign, the latest first."""
    query = select(Document).where(
        Document.unit_id == unit_id,
        Document.type_code == PLAN,
        Document.state.not_in(_GIVEN_UP),
        Document.relation.in_(["", Relation.REPLACES]),
    )
    query = query.options(defer(Document.content)).limit(MOST_OFFERED)
    query = query.order_by(Document.saved_at.desc(), Document.id.desc())
    return list(session().scalars(query))


def governing_plan(campaign: Campaign) -> Document | None:
    """Give the plan whose days are the campaign's, unless it has been given up."""
    plan = session().get(Document, campaign.plan_id) if campaign.plan_id else None
    return None if plan is None or plan.state in _GIVEN_UP else plan


PLAN = "ke_hoach"
MOST_OFFERED = 50
_GIVEN_UP = frozenset(
    {documents.State.WITHDRAWN, documents.State.REPLACED, documents.State.CANCELLED}
)


def citable(campaign: Campaign) -> list[Document]:
    """List the issued documents by which the days of a campaign can change, the latest first.

    They amend its plan; where no plan governs it any more, each of its own unit will do.
    """
    plan = governing_plan(campaign)
    fitting = (
        (Document.refers_to_id == plan.id) & (Document.relation == Relation.AMENDS)
        if plan
        else Document.unit_id == campaign.unit_id
    )
    query = select(Document).where(fitting, Document.state == documents.State.ISSUED)
    query = query.options(defer(Document.content)).limit(MOST_OFFERED)
    return list(session().scalars(query.order_by(Document.dated_on.desc(), Document.id.desc())))


def changes_of(campaign_id: int) -> list[tuple[WindowChange, Document]]:
    """List the changes of a campaign's days with the document of each, the earliest first."""
    query = (
        select(WindowChange, Document)
        .join(Document, Document.id == WindowChange.document_id)
        .where(WindowChange.campaign_id == campaign_id)
        .options(defer(Document.content))
        .order_by(WindowChange.number)
    )
    return [(change, document) for change, document in session().execute(query)]


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
    """List the live codes of the units of a campaign by district and name.

    Args:
        campaign_id: the campaign.
        below: only units that this unit reaches.
    """
    district = aliased(Unit)
    query = (
        select(QrCode)
        .join(QrCode.unit)
        .outerjoin(district, district.id == Unit.parent_id)
        .where(
            QrCode.campaign_id == campaign_id,
            QrCode.revoked_on.is_(None),
            QrCode.point_id.is_(None),
        )
        .options(joinedload(QrCode.unit).joinedload(Unit.parent).joinedload(Unit.parent))
        .order_by(district.sort_key, Unit.sort_key, QrCode.code)
    )
    if below is not None:
        query = query.join(UnitScope, UnitScope.unit_id == QrCode.unit_id).where(
            UnitScope.above_id == below
        )
    return list(session().scalars(query))


def way_of(campaign_id: int) -> tuple[Step, ...]:
    """Give the stops of the way upwards in order."""
    query = select(CampaignStep).where(CampaignStep.campaign_id == campaign_id)
    found = session().scalars(query.order_by(CampaignStep.number))
    return tuple(Step(one.level, one.kind) for one in found)


def askable(owner_id: int) -> list[QuestionnaireVersion]:
    """List the newest version of each form in use that a unit may ask by, by code.

    Under one code the unit's own comes first, then those of units above it, the nearest first, the
    one that came with the portal, and what units below have written.
    """
    offered = [one for one in questionnaires.latest() if _is_offered(owner_id, one)]
    return sorted(offered, key=lambda one: (one.questionnaire.sort_key, _distance(owner_id, one)))


def meant_by_code(owner_id: int) -> list[QuestionnaireVersion]:
    """List what a unit means by each code: the first of `askable` under it."""
    first: dict[str, QuestionnaireVersion] = {}
    for one in askable(owner_id):
        first.setdefault(one.questionnaire.code.replace(" ", ""), one)
    return list(first.values())


def asked_by(owner_id: int, code: str) -> QuestionnaireVersion | None:
    """Give the version that a unit means by a code, spaces apart."""
    meant = meant_by_code(owner_id)
    return next((one for one in meant if same_code(one.questionnaire.code, code)), None)


def _is_offered(owner_id: int, version: QuestionnaireVersion) -> bool:
    writer = version.questionnaire.unit_id
    if writer is None:
        return True
    return org_units.reaches(owner_id, writer) or org_units.reaches(writer, owner_id)


def _distance(owner_id: int, version: QuestionnaireVersion) -> int:
    writer, tiers = version.questionnaire.unit, list(Level)
    if writer is None:
        return len(tiers)
    if writer.id == owner_id:
        return -1
    is_above = org_units.reaches(writer.id, owner_id)
    return tiers[::-1].index(Level(writer.level)) if is_above else len(tiers) + 1


def may_ask(owner_id: int, version_id: int) -> bool:
    """Say whether a unit may ask by a version: one of a form in use that is its to choose."""
    version = questionnaires.get(version_id)
    if version is None or version.questionnaire.archived_on is not None:
        return False
    return _is_offered(owner_id, version)


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
    live = (QrCode.unit_id == unit_id) & QrCode.revoked_on.is_(None) & QrCode.point_id.is_(None)
    query = select(QrCode).where(QrCode.campaign_id == campaign_id, live)
    return session().scalar(query.options(joinedload(QrCode.unit).joinedload(Unit.parent)))
