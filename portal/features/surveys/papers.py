"""Sheets of paper: where they are typed in, how many have been, and for whom the seal waits."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, exists, func, select

from portal.core import clock
from portal.core.database import session
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.org_units.models import Point, Unit
from portal.features.surveys import places
from portal.features.surveys.channels import Channel
from portal.features.surveys.models import FormKey, PaperBatch
from portal.features.surveys.places import Place

OPEN: Final = "open"
"""The state of a batch whose sheets may be typed."""
DAYS_TO_TYPE: Final = 2
"""Working days after the close for which the seal waits for batches that are still open."""
_FOUND = places.with_names(
    select(
        *places.SHOWN, PaperBatch.id.label("batch_id"), PaperBatch.day,
        (PaperBatch.state != OPEN).label("revoked"),
    )
    .select_from(PaperBatch)
    .join(Campaign, Campaign.id == PaperBatch.campaign_id)
    .join(Unit, Unit.id == PaperBatch.unit_id)
    .join(
        CampaignUnit,
        (CampaignUnit.campaign_id == Campaign.id) & (CampaignUnit.unit_id == Unit.id),
    )
    .outerjoin(Point, Point.id == PaperBatch.point_id)
    .where(PaperBatch.id == bindparam("batch"))
)  # fmt: skip


def fresh(batch_id: int) -> Any:  # noqa: ANN401 - a row, None if there is no such batch
    """Give how a batch and its campaign stand at this moment."""
    return session().connection().execute(_FOUND, {"batch": batch_id}).one_or_none()


def place_of(batch: PaperBatch) -> Place:
    """Give where the sheets of a batch are typed in; its code stands for the batch."""
    row = fresh(batch.id)
    counted = clock.today() if row.revoked else None
    place = places.placed(
        row, code=f"lo-{batch.id}", revoked_on=counted, revoke_reason="", replaced=False
    )
    return replace(place, channel=Channel.PAPER, paper_batch_id=batch.id, day=row.day)


def entered(batch: PaperBatch) -> int:
    """Give how many sheets of a batch have been typed in."""
    if batch.campaign.is_sealed:
        return batch.entered
    query = select(func.count()).where(FormKey.paper_batch_id == batch.id)
    return int(session().scalar(query) or 0)


def last_day_to_type(campaign: Campaign) -> date:
    """Give the last day on which sheets of a campaign may be typed in."""
    return clock.working_day_after(campaign.closes_on, DAYS_TO_TYPE)


def awaited(campaign: Campaign) -> bool:
    """Say whether the seal of a closed campaign still waits for sheets of paper."""
    here = (PaperBatch.campaign_id == campaign.id) & (PaperBatch.state == OPEN)
    if clock.today() > last_day_to_type(campaign):
        return False
    return bool(session().scalar(select(exists().where(here))))
