"""Finding rosters, always inside what the actor may see."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import aliased, defer, joinedload

from portal.core.clock import VN
from portal.core.database import session
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.documents.deadlines import Span
from portal.features.org_units import points
from portal.features.org_units.models import Unit, UnitScope
from portal.features.rosters.entries import Entry, thawed
from portal.features.rosters.models import (
    Kind,
    Passage,
    Roster,
    RosterConsignment,
    RosterRow,
    RosterSubmission,
    State,
)
from portal.features.rosters.reading import Days, Places
from portal.features.rosters.route import Stop, Way
from portal.policy.predicates import Actor
from portal.policy.roles import Role


@dataclass(frozen=True)
class Desk:
    """Where a unit makes its roster of a campaign, whether or not it has begun."""

    campaign: Campaign
    unit: Unit
    kind: Kind
    spans: tuple[Span, ...]
    """When people are there: the unit's own days of the campaign."""
    body: Stop
    """Who makes it."""
    to: Stop | None
    """Where it goes first; None where the maker is the last to have it."""
    roster: Roster | None

    @property
    def unit_id(self) -> int:
        """Give the unit, for the rules."""
        return self.unit.id

    @property
    def organisation_id(self) -> int | None:
        """Give the body that makes it, for the rules."""
        return self.body.organisation_id

    @property
    def is_announced(self) -> bool:
        """Say whether units other than the campaign's owner may know of it."""
        return self.campaign.is_announced

    @property
    def days(self) -> tuple[date, ...]:
        """Give the days on which people can be there, in order."""
        return tuple(each_day(self.spans))

    @property
    def read_days(self) -> Days:
        """Give what reads a day."""
        return Days(self.days, open_ended=self.kind == Kind.INSPECTORS)

    @property
    def read_places(self) -> Places:
        """Give what reads a place."""
        return Places(tuple(points.listed(self.unit.id)))


def each_day(spans: Collection[Span]) -> Iterator[date]:
    """Give every day of some spans."""
    for first, last in spans:
        for offset in range((last - first).days + 1):
            yield first + timedelta(days=offset)


def visible_to(actor: Actor) -> Select[Roster]:
    """Select the rosters an actor may see: those of its unit and of the units below."""
    if actor.role == Role.ADMIN:
        return select(Roster).where(false())
    reached = select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)
    return select(Roster).where(Roster.unit_id.in_(reached))


def get_visible(actor: Actor, roster_id: int) -> Roster | None:
    """Give a roster that the actor may see."""
    query = visible_to(actor).where(Roster.id == roster_id)
    return session().scalar(query.options(*_WITH_NAMES))


_WITH_NAMES = (joinedload(Roster.campaign), joinedload(Roster.unit).joinedload(Unit.parent))


def desk(actor: Actor, campaign_id: int, unit_id: int) -> Desk | None:
    """Give where a unit makes its roster, if the actor may see campaign and unit.

    A unit that the campaign asks in lists who helps there; one that sends to the last stop of the
    way lists the leaders who inspect (D10).
    """
    campaign = campaigns.get_visible(actor, campaign_id)
    if campaign is None or not actor.reaches(unit_id):
        return None
    return desk_of(campaign, unit_id)


def desk_of(campaign: Campaign, unit_id: int) -> Desk | None:
    """Give the same whoever asks."""
    unit = session().get(Unit, unit_id, options=[joinedload(Unit.parent)])
    part = session().get(CampaignUnit, (campaign.id, unit_id))
    if unit is None:
        return None
    way = Way(campaign, [unit])
    if part is not None:
        kind, body, to = Kind.SUPPORT, way.own(unit), way.next(unit)
        spans = part.rounds_of(campaign)
    else:
        kind, body = Kind.INSPECTORS, way.inspecting(unit)
        if body.unit.id != unit_id:
            return None
        to, spans = way.next(unit, body.step), campaign.all_rounds
    return Desk(campaign, unit, kind, spans, body, to, of_unit(campaign.id, unit_id, kind))


def of_unit(campaign_id: int, unit_id: int, kind: Kind = Kind.SUPPORT) -> Roster | None:
    """Give the roster of a unit in a campaign."""
    query = select(Roster).where(
        Roster.campaign_id == campaign_id, Roster.unit_id == unit_id, Roster.kind == kind
    )
    return session().scalar(query.options(*_WITH_NAMES))


def rows(roster: Roster | None) -> list[RosterRow]:
    """List the rows of a roster by day, and people by given name."""
    if roster is None:
        return []
    query = select(RosterRow).where(RosterRow.roster_id == roster.id)
    query = query.order_by(RosterRow.day.is_(None).desc(), RosterRow.day, RosterRow.sort_key,
                           RosterRow.id)  # fmt: skip
    return list(session().scalars(query))


def read_by(actor: Actor, desk: Desk) -> list[Entry]:
    """Give what an account reads: at the unit its roster as it is, elsewhere the copy sent last.

    Those above judge what was sent, not what the unit is working on.
    """
    if desk.unit.id == actor.unit_id:
        return [Entry.of(row) for row in rows(desk.roster)]
    past = submissions(desk.roster)
    return thawed(past[0].content) if past else []


def row(roster: Roster | None, row_id: int) -> RosterRow | None:
    """Give one row of a roster."""
    if roster is None:
        return None
    query = select(RosterRow).where(RosterRow.id == row_id, RosterRow.roster_id == roster.id)
    return session().scalar(query)


def submissions(roster: Roster | None) -> list[RosterSubmission]:
    """List what was sent of a roster, the latest first."""
    if roster is None:
        return []
    query = select(RosterSubmission).where(RosterSubmission.roster_id == roster.id)
    return list(session().scalars(query.order_by(RosterSubmission.number.desc())))


def submission(roster: Roster | None, number: int) -> RosterSubmission | None:
    """Give one copy of what was sent."""
    return session().get(RosterSubmission, (roster.id, number)) if roster else None


def public_copy(roster: Roster | None) -> RosterSubmission | None:
    """Give the copy that everybody may read: the last one sent, unless it was returned.

    While the last one is returned, the one accepted before it stays public.
    """
    if roster is None:
        return None
    if roster.state in {State.SUBMITTED, State.ACCEPTED}:
        return next(iter(submissions(roster)), None)
    number = roster.accepted_number
    return submission(roster, number) if number is not None else None


def public(campaign_id: int, unit_id: int) -> tuple[Roster, RosterSubmission] | None:
    """Give the roster of supporters that everybody may read, and its copy."""
    roster = of_unit(campaign_id, unit_id)
    copy = public_copy(roster)
    if roster is None or copy is None or not roster.campaign.is_announced:
        return None
    return roster, copy


def parts(campaign: Campaign, above_id: int) -> list[CampaignUnit]:
    """List the units in which a campaign asks below one, by district and name."""
    district = aliased(Unit)
    query = (
        select(CampaignUnit)
        .join(CampaignUnit.unit)
        .join(UnitScope, UnitScope.unit_id == CampaignUnit.unit_id)
        .outerjoin(district, district.id == Unit.parent_id)
        .where(CampaignUnit.campaign_id == campaign.id, UnitScope.above_id == above_id)
        .options(joinedload(CampaignUnit.unit).joinedload(Unit.parent).joinedload(Unit.parent))
        .order_by(district.sort_key, Unit.sort_key, Unit.id)
    )
    return list(session().scalars(query))


def of_units(campaign_id: int, unit_ids: Collection[int], kind: Kind) -> dict[int, Roster]:
    """Give the rosters of some units in a campaign, by the unit's id."""
    query = select(Roster).where(
        Roster.campaign_id == campaign_id, Roster.unit_id.in_(unit_ids), Roster.kind == kind
    )
    return {one.unit_id: one for one in session().scalars(query.order_by(Roster.id))}


def last_copies(roster_ids: Collection[int]) -> dict[int, RosterSubmission]:
    """Give the last copy of each of some rosters, without what it says."""
    newest = (
        select(RosterSubmission.roster_id, func.max(RosterSubmission.number).label("number"))
        .where(RosterSubmission.roster_id.in_(roster_ids))
        .group_by(RosterSubmission.roster_id)
        .subquery()
    )
    query = select(RosterSubmission).join(newest, or_(
        (RosterSubmission.roster_id == newest.c.roster_id)
        & (RosterSubmission.number == newest.c.number)
    ))  # fmt: skip
    query = query.options(defer(RosterSubmission.content))
    found = session().scalars(query.order_by(RosterSubmission.roster_id))
    return {one.roster_id: one for one in found}


def first_copies(roster_ids: Collection[int]) -> dict[int, RosterSubmission]:
    """Give the first copy of each of some rosters, without what it says."""
    query = select(RosterSubmission).where(
        RosterSubmission.roster_id.in_(roster_ids), RosterSubmission.number == 0
    )
    query = query.options(defer(RosterSubmission.content))
    found = session().scalars(query.order_by(RosterSubmission.roster_id))
    return {one.roster_id: one for one in found}


def first_sent(campaign_id: int, unit_id: int) -> date | None:
    """Give the day on which a unit sent its roster of supporters first, by Vietnam's clock."""
    roster = of_unit(campaign_id, unit_id)
    copy = first_copies([roster.id]).get(roster.id) if roster else None
    return copy.sent_at.astimezone(VN).date() if copy else None


def accepted_copies(roster_ids: Collection[int]) -> dict[int, RosterSubmission]:
    """Give the copy of each of some rosters that was accepted last."""
    query = (
        select(RosterSubmission)
        .join(Roster, Roster.id == RosterSubmission.roster_id)
        .where(Roster.id.in_(roster_ids), RosterSubmission.number == Roster.accepted_number)
        .order_by(RosterSubmission.roster_id)
    )
    return {one.roster_id: one for one in session().scalars(query)}


def counts(roster_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Give how many rows and how many people there are in each of some rosters now."""
    who = RosterRow.folded + "|" + RosterRow.phone
    query = (
        select(RosterRow.roster_id, func.count(), func.count(who.distinct()))
        .where(RosterRow.roster_id.in_(roster_ids))
        .group_by(RosterRow.roster_id)
        .order_by(RosterRow.roster_id)
    )
    return {one: (rows, people) for one, rows, people in session().execute(query)}


def earlier(desk: Desk) -> Roster | None:
    """Give the roster of the same unit in the campaign before this one, if it has rows."""
    query = (
        select(Roster)
        .join(Roster.campaign)
        .where(
            Roster.unit_id == desk.unit.id, Roster.kind == desk.kind,
            Campaign.id != desk.campaign.id, Campaign.opens_on <= desk.campaign.opens_on,
            Roster.id.in_(select(RosterRow.roster_id)),
        )
        .options(*_WITH_NAMES)
        .order_by(Campaign.opens_on.desc(), Roster.id.desc())
    )  # fmt: skip
    return session().scalar(query.limit(1))


def consignments(
    campaign_id: int, *, to: Stop | None = None, made_at: Stop | None = None
) -> list[RosterConsignment]:
    """List consolidated lists of a campaign, the latest of each stop first.

    Args:
        campaign_id: the campaign.
        to: only those that were sent to this stop.
        made_at: only those that were made at this stop.
    """
    query = select(RosterConsignment).where(RosterConsignment.campaign_id == campaign_id)
    if to is not None:
        query = query.where(
            RosterConsignment.to_step == to.step, RosterConsignment.to_unit_id == to.unit.id
        )
    if made_at is not None:
        query = query.where(
            RosterConsignment.step == made_at.step, RosterConsignment.unit_id == made_at.unit.id
        )
    query = query.join(RosterConsignment.unit).options(
        joinedload(RosterConsignment.unit), joinedload(RosterConsignment.organisation)
    )
    order = (Unit.sort_key, RosterConsignment.step, RosterConsignment.number.desc())
    return list(session().scalars(query.order_by(*order)))


def get_consignment(actor: Actor, consignment_id: int) -> RosterConsignment | None:
    """Give a consolidated list of a unit that the actor reaches."""
    one = session().get(RosterConsignment, consignment_id)
    hidden = one is None or actor.role == Role.ADMIN or not actor.reaches(one.unit_id)
    return None if hidden else one


def latest(found: Collection[RosterConsignment]) -> list[RosterConsignment]:
    """Keep the last list of each stop."""
    seen: dict[tuple[int, int], RosterConsignment] = {}
    for one in found:
        seen.setdefault((one.step, one.unit_id), one)
    return list(seen.values())


def accepted(found: Collection[RosterConsignment]) -> list[RosterConsignment]:
    """Keep the last list of each stop that was accepted."""
    return latest([one for one in found if one.state == Passage.ACCEPTED])
