"""Codes by which nobody has come for too long: torn off, hung out of sight, printed wrongly.

It says no more than the pages of participation do: of a unit only where “0” is printed for it, of
a point only what the fold has shown, after answers of its unit were folded.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.features.campaigns import code_queries, queries, rounds
from portal.features.campaigns.models import Campaign, CampaignUnit, QrCode
from portal.features.campaigns.phase import Phase
from portal.features.documents.deadlines import Span
from portal.features.settings import services as settings
from portal.features.surveys import turnout
from portal.features.surveys.models import Participation
from portal.policy.predicates import Actor

RUNNING = frozenset({Phase.OPEN, Phase.BETWEEN})


def after_days() -> int:
    """Give after how many open days a code counts as never used."""
    return settings.number("unused_days")


def of(actor: Actor, campaign: Campaign) -> frozenset[str]:
    """Give the live codes an actor reaches that stood open so long and were not used once."""
    if campaign.phase not in RUNNING:
        return frozenset()
    seen = turnout.of(actor, campaign)
    silent = {place.unit_id for place in seen.none} if seen else set()
    folded, chosen, days = _folded(campaign.id), _chosen(campaign), after_days()
    every = (
        *queries.codes(campaign.id, actor.unit_id),
        *code_queries.of_points(campaign.id, actor.unit_id),
    )
    return frozenset(
        code.code
        for code in every
        if code.used_on is None
        and _is_told(code, silent, folded)
        and days_open(code, rounds.held(campaign.all_rounds, chosen.get(code.unit_id))) >= days
    )


def days_open(code: QrCode, spans: Collection[Span]) -> int:
    """Count the days before today on which a code could be used."""
    since, yesterday = code.issued_on or date.min, clock.today() - timedelta(days=1)
    return sum(max(0, (min(last, yesterday) - max(first, since)).days + 1) for first, last in spans)


def _is_told(code: QrCode, silent: Collection[int], folded: Collection[int]) -> bool:
    return code.unit_id in silent or (code.point_id is not None and code.unit_id in folded)


def _folded(campaign_id: int) -> set[int]:
    query = select(Participation.unit_id).where(Participation.campaign_id == campaign_id)
    return set(session().scalars(query.distinct()))


def _chosen(campaign: Campaign) -> Mapping[int, int | None]:
    if not campaign.one_round:
        return {}
    query = select(CampaignUnit.unit_id, CampaignUnit.round_number)
    query = query.where(CampaignUnit.campaign_id == campaign.id)
    return dict(session().execute(query.order_by(CampaignUnit.unit_id)).all())
