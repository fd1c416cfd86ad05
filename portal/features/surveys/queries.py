"""Reading figures and texts; nothing here reads an answer for a page."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal.core.database import session
from portal.features.campaigns.models import CampaignUnit
from portal.features.org_units.models import Level, Unit, UnitScope
from portal.features.surveys.counting import ANSWERED
from portal.features.surveys.models import Batch, Counter, SealedAnswer, SealedText
from portal.features.surveys.territory import Place, Territory

ByUnit = dict[int, int]


def territory(campaign_id: int) -> Territory:
    """Give where a campaign asks."""
    above = aliased(Unit)
    query = (
        select(Unit.id, Unit.name, Unit.full_name, above.id, above.full_name, above.level)
        .join(CampaignUnit, CampaignUnit.unit_id == Unit.id)
        .outerjoin(above, above.id == Unit.parent_id)
        .where(CampaignUnit.campaign_id == campaign_id)
        .order_by(above.sort_key, Unit.sort_key, Unit.code, Unit.id)
    )
    return Territory(tuple(_place(*row) for row in session().execute(query)))


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
