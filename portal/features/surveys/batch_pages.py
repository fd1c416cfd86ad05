"""What the pages of slips and paper show; numbers of people only as far as they tell nobody's."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.core.database import session
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.campaigns.phase import Phase
from portal.features.org_units.models import Point, Unit
from portal.features.surveys import batches, papers, queries, ways
from portal.features.surveys.batch_flows import missing
from portal.features.surveys.models import PaperBatch, SlipBatch
from portal.features.surveys.threshold import threshold
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows, local


@dataclass(frozen=True)
class Told:
    """A number of people as it may be printed: exactly, as a lower bound, or not at all."""

    n: int | None
    at_least: bool = False


@dataclass(frozen=True)
class SlipLine:
    """A batch of slips."""

    batch: SlipBatch
    used: Told
    missing: int | None
    """How many nobody accounts for; None where it would tell how many were used."""
    fits: bool
    """Everything is accounted for."""


@dataclass(frozen=True)
class SlipPage:
    """The slips of a campaign."""

    campaign: Campaign
    lines: tuple[SlipLine, ...]
    may_order: bool
    units: tuple[Unit, ...]
    """Where slips may be ordered for."""


@dataclass(frozen=True)
class PaperLine:
    """A batch of paper."""

    batch: PaperBatch
    entered: int | None
    """How many are typed in; None where that would tell who has taken part."""


@dataclass(frozen=True)
class PaperPage:
    """The paper of a campaign."""

    campaign: Campaign
    lines: tuple[PaperLine, ...]
    may_open: bool
    points: tuple[Point, ...]
    last_day: date
    """Until when sheets may be typed in."""


def slip_page(actor: Actor, campaign: Campaign) -> SlipPage:
    """Give the slips of a campaign as far as an actor may see them."""
    found = batches.listed(actor, SlipBatch, campaign.id)
    giving_out = campaign.phase in {Phase.READY, Phase.OPEN, Phase.BETWEEN}
    may_order = giving_out and allows(actor, Permission.SLIP_ORDER, campaign)
    units = batches.units_to_serve(campaign.id) if may_order else ()
    return SlipPage(campaign, tuple(_slip_lines(campaign, found)), may_order, tuple(units))


def slip_line(actor: Actor, batch: SlipBatch) -> SlipLine:
    """Give one batch of slips with its numbers."""
    every = batches.listed(actor, SlipBatch, batch.campaign_id)
    return next(line for line in _slip_lines(batch.campaign, every) if line.batch is batch)


def paper_page(actor: Actor, campaign: Campaign) -> PaperPage:
    """Give the paper of a campaign as far as an actor may see it."""
    found = batches.listed(actor, PaperBatch, campaign.id)
    here = session().get(CampaignUnit, (campaign.id, actor.unit_id)) is not None
    may_open = (
        here and not campaign.is_sealed and campaign.phase not in {Phase.DRAFT, Phase.READY}
        and allows(actor, Permission.PAPER_OPEN, campaign)
    )  # fmt: skip
    points = points_of(actor.unit_id) if may_open else []
    lines = tuple(_paper_lines(actor, campaign, found))
    return PaperPage(campaign, lines, may_open, tuple(points), papers.last_day_to_type(campaign))


def paper_line(actor: Actor, batch: PaperBatch) -> PaperLine:
    """Give one batch of paper with its numbers."""
    every = batches.listed(actor, PaperBatch, batch.campaign_id)
    return next(line for line in _paper_lines(actor, batch.campaign, every) if line.batch is batch)


def points_of(unit_id: int) -> list[Point]:
    """List the points of a unit that exist now, where a batch may be given out."""
    query = select(Point).where(Point.unit_id == unit_id, Point.valid_to.is_(None))
    return list(session().scalars(query.order_by(Point.sort_key, Point.id)))


def _slip_lines(campaign: Campaign, found: Sequence[SlipBatch]) -> list[SlipLine]:
    if campaign.is_sealed:
        shown = _shown_used(campaign, found)
    else:
        k = threshold(campaign.questionnaire_version.definition)
        folded = batches.used(campaign.id, folded=True)
        # In steps of k: nobody's slip is seen to be used.
        floors = {batch.id: folded.get(batch.id, 0) // k * k for batch in found}
        shown = {key: Told(n or None, at_least=True) for key, n in floors.items()}
    return [_slip_line(batch, shown[batch.id]) for batch in found]


def _slip_line(batch: SlipBatch, used: Told) -> SlipLine:
    known = batch.used is not None
    left = missing(batch)
    exact = used.n is not None and not used.at_least
    return SlipLine(batch, used, left if known and exact else None, known and left == 0)


def _shown_used(campaign: Campaign, found: Sequence[SlipBatch]) -> dict[int, Told]:
    """Give what is printed of sealed batches."""
    numbers = {batch.id: batch.used or 0 for batch in found}
    told = _told(campaign, found, numbers)
    return {batch.id: Told(batch.used if batch.id in told else None) for batch in found}


def _told(
    campaign: Campaign, found: Sequence[SlipBatch | PaperBatch], numbers: Mapping[int, int]
) -> frozenset[int]:
    """Give the batches whose numbers may be printed: all of a unit and way, or none of them.

    Only where the pages of participation print the unit's answers by that way, for whoever adds
    the batches up has that number, and whoever subtracts one has the rest.
    """
    by_unit: dict[int, list[int]] = defaultdict(list)
    for batch in found:
        by_unit[batch.unit_id].append(numbers[batch.id])
    k = threshold(campaign.questionnaire_version.definition)
    known = ways.by_channel(campaign, queries.territory(campaign.id), k)
    told = {
        unit for unit, each in by_unit.items()
        if known.at(unit) is not None and all(n == 0 or n >= k for n in each)
    }  # fmt: skip
    return frozenset(batch.id for batch in found if batch.unit_id in told)


def _paper_lines(actor: Actor, campaign: Campaign, found: Sequence[PaperBatch]) -> list[PaperLine]:
    numbers = {batch.id: papers.entered(batch) for batch in found}
    # Those at the place, and who took over from it, hold the sheets in their hands.
    ours = {batch.id for batch in found if local(actor, batch)}
    told = ours if len(ours) == len(found) else ours | _told(campaign, found, numbers)
    return [PaperLine(batch, numbers[batch.id] if batch.id in told else None) for batch in found]
