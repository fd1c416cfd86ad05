"""Reading figures and texts; nothing here reads an answer for a page."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal.core.database import session
from portal.features.campaigns import takeovers
from portal.features.campaigns.models import Campaign, CampaignUnit, QrCode
from portal.features.campaigns.takeovers import Takeovers
from portal.features.org_units.existing import exists
from portal.features.org_units.models import Level, Point, Unit, UnitScope, UnitSuccession
from portal.features.surveys.counting import ANSWERED
from portal.features.surveys.models import Batch, ChannelCounter, Counter, SealedAnswer, SealedText
from portal.features.surveys.territory import Place, Territory

ByUnit = dict[int, int]
NOBODY = 0
"""The id of no unit."""


def territory(campaign_id: int) -> Territory:
    """Give where a campaign asks."""
    return territories([campaign_id])[campaign_id]


def territories(campaign_ids: Collection[int]) -> dict[int, Territory]:
    """Give where each of some campaigns asks."""
    return {one: found for one, (found, _) in _grounds(campaign_ids, NOBODY).items()}


def _grounds(
    campaign_ids: Collection[int], unit_id: int
) -> dict[int, tuple[Territory, frozenset[int]]]:
    """Give for each of some campaigns where it asks, and what of that a unit reaches."""
    above = aliased(Unit)
    within = (UnitScope.unit_id == Unit.id) & (UnitScope.above_id == unit_id)
    query = (
        select(
            CampaignUnit.campaign_id, UnitScope.unit_id.is_not(None), Unit.id, Unit.name,
            Unit.full_name, above.id, above.full_name, above.level,
        )
        .join(Unit, Unit.id == CampaignUnit.unit_id)
        .outerjoin(above, above.id == Unit.parent_id)
        .outerjoin(UnitScope, within)
        .where(CampaignUnit.campaign_id.in_(campaign_ids))
        .order_by(above.sort_key, Unit.sort_key, Unit.code, Unit.id)
    )  # fmt: skip
    found: dict[int, list[Place]] = {one: [] for one in campaign_ids}
    reached: dict[int, set[int]] = {one: set() for one in campaign_ids}
    for campaign, is_reached, unit, name, full, *higher in session().execute(query):
        found[campaign].append(_place(unit, name, full, *higher))  # type: ignore[arg-type]  # a row
        if is_reached:
            reached[campaign].add(unit)
    after = takeovers.of_all(campaign_ids)
    return {
        one: (_territory(places, after[one]), frozenset(reached[one]))
        for one, places in found.items()
    }


def _territory(places: Sequence[Place], after: Takeovers) -> Territory:
    return Territory(
        tuple(replace(place, ended=place.unit_id in after.ended) for place in places),
        after.lines, after.heirs,
    )  # fmt: skip


def seen_by(unit_id: int, campaign_id: int) -> tuple[Territory, list[int]]:
    """Give where a campaign asks as a unit sees it, and the nodes open to it, the widest first."""
    return seen_by_all(unit_id, [campaign_id])[campaign_id]


def seen_by_all(
    unit_id: int, campaign_ids: Collection[int]
) -> dict[int, tuple[Territory, list[int]]]:  # fmt: skip
    """Give for each of some campaigns where it asks as a unit sees it: `seen_by` at once."""
    grounds = _grounds(campaign_ids, unit_id)
    return {one: _seen_by(unit_id, *ground) for one, ground in grounds.items()}


def _seen_by(unit_id: int, found: Territory, within: frozenset[int]) -> tuple[Territory, list[int]]:
    if found.lines:
        found = found.with_sums(_heirs(unit_id, found))
    if unit_id not in found.sums and (ours := _ours(unit_id, found, within)):
        name = session().scalar(select(Unit.full_name).where(Unit.id == unit_id)) or ""
        found = replace(
            found, sums={unit_id: ours, **found.sums}, sum_names={unit_id: name, **found.sum_names}
        )
    return found, found.open_to(within)


def _heirs(unit_id: int, found: Territory) -> dict[int, str]:
    """Name the units that took over, as far as a unit reaches them and they exist or are asked."""
    asked = [place.unit_id for place in found.places]
    query = (
        select(Unit.id, Unit.full_name)
        .join(UnitScope, UnitScope.unit_id == Unit.id)
        .join(UnitSuccession, UnitSuccession.successor_id == Unit.id)
        .where(UnitScope.above_id == unit_id, Unit.level == Level.COMMUNE)
        .where(exists(Unit) | Unit.id.in_(asked))
    )
    rows = session().execute(query.order_by(Unit.sort_key, Unit.id))
    return {unit: name for unit, name in rows}  # noqa: C416 - rows


def _ours(unit_id: int, found: Territory, within: frozenset[int]) -> frozenset[int]:
    """Give what a unit reaches if no node is just that; what is divided belongs to nobody."""
    ours = found.beyond_nodes(within)
    return found.beyond_nodes(within - split_since(unit_id)) if ours else ours


def split_since(unit_id: int) -> frozenset[int]:
    """Give those that a unit took over in part only: another unit has the rest of them."""
    within = select(UnitScope.unit_id).where(UnitScope.above_id == unit_id)
    query = select(UnitSuccession.unit_id).where(
        UnitSuccession.unit_id.in_(within), UnitSuccession.successor_id.not_in(within)
    )
    return frozenset(session().scalars(query.order_by(UnitSuccession.unit_id)))


def chosen_rounds(campaign: Campaign) -> dict[int, int]:
    """Give the round that each unit has chosen, from 1, where a unit asks in one only."""
    if not campaign.one_round:
        return {}
    query = select(CampaignUnit.unit_id, CampaignUnit.round_number).where(
        CampaignUnit.campaign_id == campaign.id, CampaignUnit.round_number.is_not(None)
    )
    rows = session().execute(query.order_by(CampaignUnit.unit_id))
    return {unit: number for unit, number in rows if number}


def households(campaign_id: int) -> dict[int, int]:
    """Give the households of every unit that a campaign asks in, as far as they are known."""
    query = select(Unit.id, Unit.households).join(CampaignUnit, CampaignUnit.unit_id == Unit.id)
    query = query.where(CampaignUnit.campaign_id == campaign_id, Unit.households.is_not(None))
    rows = session().execute(query.order_by(Unit.id))
    return {unit: n for unit, n in rows if n is not None}


def headcounts(campaign_id: int) -> dict[int, int]:
    """Give how many people are to be asked in every unit that has said so."""
    query = select(CampaignUnit.unit_id, CampaignUnit.headcount)
    query = query.where(
        CampaignUnit.campaign_id == campaign_id, CampaignUnit.headcount.is_not(None)
    )
    rows = session().execute(query.order_by(CampaignUnit.unit_id))
    return {unit: n for unit, n in rows if n is not None}


def points_with_codes(campaign_id: int, units: Collection[int]) -> list[Point]:
    """List the points of some units that have, or had, a code of their own in a campaign."""
    coded = select(QrCode.point_id).where(
        QrCode.campaign_id == campaign_id, QrCode.point_id.is_not(None), QrCode.unit_id.in_(units)
    )
    query = select(Point).where(Point.id.in_(coded)).order_by(Point.sort_key, Point.id)
    return list(session().scalars(query))


def reached(above_id: int, campaign_id: int) -> frozenset[int]:
    """Give the units a campaign asks in that a unit reaches."""
    query = select(CampaignUnit.unit_id).join(UnitScope, UnitScope.unit_id == CampaignUnit.unit_id)
    query = query.where(CampaignUnit.campaign_id == campaign_id, UnitScope.above_id == above_id)
    return frozenset(session().scalars(query.order_by(CampaignUnit.unit_id)))


def answered(campaign_id: int) -> dict[str, ByUnit]:
    """Give for each question how many answered it in each unit."""
    query = select(Counter.question, Counter.unit_id, Counter.n).where(
        Counter.campaign_id == campaign_id, Counter.option == ANSWERED
    )
    found: dict[str, ByUnit] = defaultdict(dict)
    for question, unit_id, n in session().execute(query.order_by(Counter.question)):
        found[question][unit_id] = n
    return found


def chosen(campaign_id: int, units: Collection[int]) -> dict[str, dict[str, int]]:
    """Give for each question how often each option was chosen in these units together."""
    query = select(Counter.question, Counter.option, func.sum(Counter.n)).where(
        Counter.campaign_id == campaign_id, Counter.option != ANSWERED, Counter.unit_id.in_(units)
    )
    query = query.group_by(Counter.question, Counter.option)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for question, option, n in session().execute(query.order_by(Counter.question, Counter.option)):
        found[question][option] = int(n)
    return found


def chosen_by_unit(campaign_id: int, question: str) -> dict[int, dict[str, int]]:
    """Give for each unit how often each option of one question was chosen."""
    query = select(Counter.unit_id, Counter.option, Counter.n).where(
        Counter.campaign_id == campaign_id,
        Counter.question == question,
        Counter.option != ANSWERED,
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for unit_id, option, n in session().execute(query.order_by(Counter.unit_id, Counter.option)):
        found[unit_id][option] = n
    return found


def counters(campaign_id: int) -> list[tuple[int, str, str, int]]:
    """List all counters of a campaign: unit, question, option, number."""
    query = select(Counter.unit_id, Counter.question, Counter.option, Counter.n)
    query = query.where(Counter.campaign_id == campaign_id)
    rows = session().execute(query.order_by(Counter.unit_id, Counter.question, Counter.option))
    return [(unit, question, option, n) for unit, question, option, n in rows]


def by_channel(campaign_id: int) -> dict[str, dict[str, dict[str, int]]]:
    """Give for each channel and question how often each option was chosen in the campaign."""
    query = select(
        ChannelCounter.channel, ChannelCounter.question, ChannelCounter.option, ChannelCounter.n
    ).where(ChannelCounter.campaign_id == campaign_id)
    ordered = query.order_by(ChannelCounter.channel, ChannelCounter.question, ChannelCounter.option)
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for channel, question, option, n in session().execute(ordered):
        found[channel][question][option] = n
    return found


def texts_after(
    campaign_id: int, question: str, after: bytes, limit: int
) -> list[tuple[bytes, str]]:
    """List free texts in the order of their random keys, from behind a key."""
    query = select(SealedText.key, SealedText.text).where(
        SealedText.campaign_id == campaign_id,
        SealedText.question == question,
        SealedText.key > after,
        SealedText.text.is_not(None),
    )
    rows = session().execute(query.order_by(SealedText.key).limit(limit))
    return [(key, str(text)) for key, text in rows]


def answers_after(campaign_id: int, after: bytes, limit: int) -> list[tuple[bytes, str]]:
    """List sealed answers in the order of their random keys, from behind a key."""
    query = select(SealedAnswer.key, SealedAnswer.choices).where(
        SealedAnswer.campaign_id == campaign_id, SealedAnswer.key > after
    )
    rows = session().execute(query.order_by(SealedAnswer.key).limit(limit))
    return [(key, choices) for key, choices in rows]


def count_answers(campaign_id: int) -> int:
    """Count the sealed answers of a campaign."""
    query = select(func.coalesce(func.sum(Batch.size), 0)).where(Batch.campaign_id == campaign_id)
    return int(session().scalar(query) or 0)


def _place(
    unit_id: int, name: str, full_name: str, above: int | None, above_name: str, level: str | None
) -> Place:
    if above is None or level != Level.DISTRICT:
        return Place(unit_id, name, full_name)
    return Place(unit_id, name, full_name, above, above_name)
