"""Batches of slips and of paper: finding them, and what their balances are made of."""

from typing import TypeVar

from sqlalchemy import Select, delete, exists, func, or_, select, update
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.core.database import session
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.campaigns.phase import State
from portal.features.org_units.models import Unit, UnitScope
from portal.features.surveys.models import FormKey, PaperBatch, Slip, SlipBatch
from portal.policy.predicates import Actor
from portal.policy.roles import Role

Batch = TypeVar("Batch", SlipBatch, PaperBatch)


def visible_to(actor: Actor, kind: type[Batch]) -> Select[Batch]:
    """Select the batches of one kind that an actor may see: at the units that it reaches."""
    reached = exists().where(UnitScope.above_id == actor.unit_id, UnitScope.unit_id == kind.unit_id)
    query = select(kind).join(Campaign, Campaign.id == kind.campaign_id).where(reached)
    if actor.role == Role.ADMIN:
        return query.where(kind.id.is_(None))
    if actor.role != Role.PROVINCE:
        query = query.where(Campaign.state.in_([State.READY, State.REPORTED]))
    return query


def get_visible(actor: Actor, kind: type[Batch], batch_id: int) -> Batch | None:
    """Give a batch that the actor may see, with what its pages show."""
    query = visible_to(actor, kind).where(kind.id == batch_id)
    return session().scalar(query.options(joinedload(kind.campaign), joinedload(kind.unit)))


def slips(actor: Actor, batch_id: int) -> SlipBatch | None:
    """Give a batch of slips that the actor may see."""
    return get_visible(actor, SlipBatch, batch_id)


def papers(actor: Actor, batch_id: int) -> PaperBatch | None:
    """Give a batch of paper that the actor may see."""
    return get_visible(actor, PaperBatch, batch_id)


def listed(actor: Actor, kind: type[Batch], campaign_id: int) -> list[Batch]:
    """List the batches of a campaign by unit, the oldest first."""
    query = visible_to(actor, kind).where(kind.campaign_id == campaign_id)
    query = query.join(Unit, Unit.id == kind.unit_id).options(
        joinedload(kind.campaign), joinedload(kind.unit)
    )
    return list(session().scalars(query.order_by(Unit.sort_key, Unit.id, kind.id)))


def units_to_serve(campaign_id: int) -> list[Unit]:
    """List the units in which a campaign asks and that have not ended: slips go nowhere else."""
    query = select(Unit).join(CampaignUnit, CampaignUnit.unit_id == Unit.id).where(
        CampaignUnit.campaign_id == campaign_id,
        or_(Unit.valid_to.is_(None), Unit.valid_to >= clock.today()),
    )  # fmt: skip
    return list(session().scalars(query.order_by(Unit.sort_key, Unit.id)))


def used(campaign_id: int, *, folded: bool) -> dict[int, int]:
    """Give for each batch of slips of a campaign that is not sealed how many have been used.

    Args:
        campaign_id: the campaign.
        folded: only those whose form key has been through the fold: what may be shown.
    """
    query = (
        select(Slip.batch_id, func.count())
        .join(SlipBatch, SlipBatch.id == Slip.batch_id)
        .join(FormKey, FormKey.hash == Slip.hash)
        .where(SlipBatch.campaign_id == campaign_id)
        .group_by(Slip.batch_id)
    )
    if folded:
        query = query.where(FormKey.folded)
    return dict(session().execute(query.order_by(Slip.batch_id)).all())


def write_down(campaign_id: int) -> None:
    """Keep the two numbers that live in form keys alone, and forget the slips (in the seal)."""
    current = session()
    found = used(campaign_id, folded=False)
    of_campaign = select(SlipBatch.id).where(SlipBatch.campaign_id == campaign_id)
    for batch_id in current.scalars(of_campaign.order_by(SlipBatch.id)).all():
        batch = update(SlipBatch).where(SlipBatch.id == batch_id)
        current.execute(batch.values(used=found.get(batch_id, 0)))
    current.execute(delete(Slip).where(Slip.batch_id.in_(of_campaign)))
    typed = select(func.count()).where(FormKey.paper_batch_id == PaperBatch.id)
    sheets = update(PaperBatch).where(PaperBatch.campaign_id == campaign_id)
    current.execute(sheets.values(entered=typed.scalar_subquery()))
