"""Finding reports and explanations, always inside what the actor may see."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, false, select
from sqlalchemy.orm import joinedload

from portal.core.database import session
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.field_reports.models import DailyEntry, Explanation
from portal.features.org_units.models import UnitScope
from portal.features.rosters.models import Kind, Roster, RosterRow
from portal.policy.predicates import Actor
from portal.policy.roles import Role


class Line(NamedTuple):
    """What is valid of one day: the last entry, without its words."""

    visits: int | None
    helped: int
    late: bool
    corrected: bool


Lines = dict[int, dict[date, Line]]
"""By unit and day."""


def visible_to(actor: Actor) -> Select[DailyEntry]:
    """Select the entries of the actor's unit, of those below it, and of their predecessors."""
    return select(DailyEntry).where(DailyEntry.unit_id.in_(_reached(actor)))


def lines(campaign_ids: Collection[int], unit_id: int | None = None) -> dict[int, Lines]:
    """Give what is valid of each day, by campaign and unit; figures, whoever reads them.

    Args:
        campaign_ids: of which campaigns.
        unit_id: of this unit alone; of all of them unless said.
    """
    found: dict[int, Lines] = defaultdict(lambda: defaultdict(dict))
    query = (
        select(
            DailyEntry.campaign_id, DailyEntry.unit_id, DailyEntry.day, DailyEntry.visits,
            DailyEntry.helped, DailyEntry.late, DailyEntry.number,
        )
        .where(DailyEntry.campaign_id.in_(campaign_ids))
        .order_by(DailyEntry.unit_id, DailyEntry.day, DailyEntry.number)
    )  # fmt: skip
    if unit_id is not None:
        query = query.where(DailyEntry.unit_id == unit_id)
    for campaign, unit, day, visits, helped, late, number in session().execute(query):
        before = found[campaign][unit].get(day)
        was_late = before.late if before else late
        found[campaign][unit][day] = Line(visits, helped, was_late, number > 1)
    return found


def history(actor: Actor, campaign_id: int, unit_ids: Collection[int]) -> list[DailyEntry]:
    """List every entry of some units, the latest day first, the latest entry of a day first."""
    query = visible_to(actor).where(
        DailyEntry.campaign_id == campaign_id, DailyEntry.unit_id.in_(unit_ids)
    )
    order = DailyEntry.day.desc(), DailyEntry.unit_id, DailyEntry.number.desc()
    return list(session().scalars(query.order_by(*order)))


def latest(actor: Actor, campaign_id: int) -> dict[tuple[int, date], DailyEntry]:
    """Give the entry that is valid for each unit and day that an actor may see."""
    query = visible_to(actor).where(DailyEntry.campaign_id == campaign_id)
    found = session().scalars(query.order_by(DailyEntry.unit_id, DailyEntry.day, DailyEntry.number))
    return {(entry.unit_id, entry.day): entry for entry in found}


def of_day(campaign_id: int, unit_id: int, day: date) -> list[DailyEntry]:
    """List the entries of one day of one unit, in the order in which they were made."""
    query = select(DailyEntry).where(
        DailyEntry.campaign_id == campaign_id, DailyEntry.unit_id == unit_id, DailyEntry.day == day
    )
    return list(session().scalars(query.order_by(DailyEntry.number)))


def part(campaign: Campaign, unit_id: int) -> CampaignUnit | None:
    """Give the part of a unit in a campaign."""
    return session().get(CampaignUnit, (campaign.id, unit_id))


def on_duty(campaign_id: int, unit_id: int, day: date) -> list[str]:
    """List who stands on the unit's roster for a day: “Nguyễn Văn A, hội viên, Hội Nông dân xã”."""
    query = (
        select(RosterRow.person, RosterRow.position, RosterRow.body)
        .join(Roster, Roster.id == RosterRow.roster_id)
        .where(Roster.campaign_id == campaign_id, Roster.unit_id == unit_id)
        .where(Roster.kind == Kind.SUPPORT, RosterRow.day == day)
        .order_by(RosterRow.sort_key, RosterRow.id)
    )
    found = (", ".join(filter(None, row)) for row in session().execute(query))
    return list(dict.fromkeys(found))


def explanations(actor: Actor, campaign_ids: Collection[int]) -> list[Explanation]:
    """List the explanations that an actor may see, the latest first."""
    query = _explanations(actor).where(Explanation.campaign_id.in_(campaign_ids))
    order = Explanation.given_at.desc(), Explanation.id.desc()
    return list(session().scalars(query.order_by(*order)))


def explanations_of(actor: Actor, campaign_id: int, unit_id: int) -> list[Explanation]:
    """List those of one unit, the latest first."""
    query = _explanations(actor).where(
        Explanation.campaign_id == campaign_id, Explanation.unit_id == unit_id
    )
    order = Explanation.given_at.desc(), Explanation.id.desc()
    return list(session().scalars(query.order_by(*order)))


def get_visible(actor: Actor, explanation_id: int) -> Explanation | None:
    """Give an explanation that the actor may see."""
    return session().scalar(_explanations(actor).where(Explanation.id == explanation_id))


def _explanations(actor: Actor) -> Select[Explanation]:
    if actor.role == Role.ADMIN:
        return select(Explanation).where(false())
    query = select(Explanation).where(Explanation.unit_id.in_(_reached(actor)))
    return query.options(joinedload(Explanation.unit), joinedload(Explanation.campaign))


def _reached(actor: Actor) -> Select[int]:
    return select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)
