"""What daily reports ask of somebody today, for the home pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.features.campaigns.models import Campaign
from portal.features.field_reports import queries, standing
from portal.features.field_reports.listing import Row
from portal.features.field_reports.models import Explanation
from portal.features.field_reports.standing import Standing
from portal.features.surveys.turnout import Turnout
from portal.policy.predicates import Actor


@dataclass(frozen=True)
class Overview:
    """What the reports of one campaign ask of an actor today."""

    campaign: Campaign
    stands: tuple[Standing, ...]
    """Where all of its units stand."""
    due_today: tuple[Standing, ...]
    """Units that have not reported today."""
    missing: tuple[Standing, ...]
    """Units that have left out an earlier day."""
    outside: tuple[Standing, ...]
    """Units out of the band."""
    to_explain: tuple[Standing, ...]
    """Those of them that have not explained themselves, or were asked again."""
    to_judge: tuple[Explanation, ...]
    """Explanations that wait for whoever is above."""


def overview(actor: Actor, turnouts: Sequence[Turnout]) -> list[Overview]:
    """Say for an actor what is due today, what is missing, who is out of the band.

    Three queries whatever the number of campaigns and units, and one for each campaign that is
    measured against figures that stand still.

    Args:
        actor: whoever looks.
        turnouts: participation of campaigns as the actor sees it (a home page has it already).

    Returns:
        In the same order, those that ask for no daily report left out.
    """
    if not turnouts:
        return []
    found = standing.of_many(turnouts)
    given = queries.explanations(actor, [turnout.campaign.id for turnout in turnouts])
    every = (_overview(t, found[t.campaign.id], given) for t in turnouts)
    return [one for one in every if one is not None]


def _overview(
    turnout: Turnout, stands: Sequence[Standing], given: Sequence[Explanation]
) -> Overview | None:
    asked = [one for one in stands if one.reports]
    if not asked:
        return None
    last: dict[int, Explanation] = {}
    for explanation in given:
        if explanation.campaign_id == turnout.campaign.id:
            last.setdefault(explanation.unit_id, explanation)
    rows = [Row(one, last.get(one.unit_id), None) for one in asked]
    return Overview(
        turnout.campaign,
        tuple(asked),
        tuple(one for one in asked if one.due_today),
        tuple(one for one in asked if one.missing),
        tuple(one for one in asked if one.is_outside),
        tuple(row.stands for row in rows if row.awaits_explanation),
        tuple(row.explanation for row in rows if row.explanation and row.awaits_judgement),
    )
