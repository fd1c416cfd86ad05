"""Who has taken part: folded answers and those that wait for the fold, always as it is now.

Each figure is one statement, so that an answer on its way through the fold is counted once.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Subquery, func, select, union_all

from portal.core.database import session
from portal.features.org_units.models import Point
from portal.features.surveys.models import ChannelCount, Intake, Participation, PointCount


def by_unit(campaign_id: int, since: date | None = None) -> dict[int, int]:
    """Give the answers of every unit that has any, those from a day on if it is given."""
    taken = _taken(campaign_id)
    query = select(taken.c.unit_id, func.sum(taken.c.n)).group_by(taken.c.unit_id)
    if since is not None:
        query = query.where(taken.c.day >= since)
    return {unit: int(n) for unit, n in session().execute(query.order_by(taken.c.unit_id))}


def by_day(campaign_id: int, units: Collection[int] | None = None) -> dict[date, int]:
    """Give the answers of each day on which there are any.

    Args:
        campaign_id: the campaign.
        units: only these, all if not given.
    """
    taken = _taken(campaign_id, units)
    query = select(taken.c.day, func.sum(taken.c.n)).group_by(taken.c.day)
    return {day: int(n) for day, n in session().execute(query.order_by(taken.c.day))}


def by_unit_and_day(campaign_ids: Collection[int]) -> dict[int, dict[int, dict[date, int]]]:
    """Give the answers of every unit on each day, by campaign.

    Which of them may be told follows from the totals: a unit's days where its total is told
    (ADR 0005).
    """
    pending = select(Intake.campaign_id, Intake.unit_id, Intake.day, func.count().label("n"))
    pending = pending.where(Intake.campaign_id.in_(campaign_ids))
    sealed = select(
        Participation.campaign_id, Participation.unit_id, Participation.day, Participation.n
    )
    taken = union_all(
        sealed.where(Participation.campaign_id.in_(campaign_ids)),
        pending.group_by(Intake.campaign_id, Intake.unit_id, Intake.day),
    ).subquery()
    where = taken.c.campaign_id, taken.c.unit_id, taken.c.day
    query = select(*where, func.sum(taken.c.n)).group_by(*where).order_by(*where)
    found: dict[int, dict[int, dict[date, int]]] = defaultdict(lambda: defaultdict(dict))
    for campaign, unit, day, n in session().execute(query):
        found[campaign][unit][day] = int(n)
    return found


def by_channel(campaign_id: int) -> dict[str, dict[int, int]]:
    """Give for each channel the answers of every unit that has any."""
    pending = select(Intake.channel, Intake.unit_id, func.count().label("n"))
    pending = pending.where(Intake.campaign_id == campaign_id)
    sealed = select(ChannelCount.channel, ChannelCount.unit_id, ChannelCount.n)
    sealed = sealed.where(ChannelCount.campaign_id == campaign_id)
    taken = union_all(sealed, pending.group_by(Intake.channel, Intake.unit_id)).subquery()
    query = select(taken.c.channel, taken.c.unit_id, func.sum(taken.c.n))
    query = query.group_by(taken.c.channel, taken.c.unit_id)
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for channel, unit, n in session().execute(query.order_by(taken.c.channel, taken.c.unit_id)):
        found[channel][unit] = int(n)
    return dict(found)


def by_point(campaign_id: int, units: Collection[int]) -> dict[int, int]:
    """Give the answers that came by the code of each point of some units, if any did."""
    here = select(Point.id).where(Point.unit_id.in_(units))
    pending = select(Intake.point_id, func.count().label("n")).group_by(Intake.point_id)
    pending = pending.where(Intake.campaign_id == campaign_id, Intake.point_id.in_(here))
    sealed = select(PointCount.point_id, PointCount.n)
    sealed = sealed.where(PointCount.campaign_id == campaign_id, PointCount.point_id.in_(here))
    taken = union_all(sealed, pending).subquery()
    query = select(taken.c.point_id, func.sum(taken.c.n)).group_by(taken.c.point_id)
    return {point: int(n) for point, n in session().execute(query.order_by(taken.c.point_id))}


def waiting(campaign_id: int) -> int:
    """Give the answers of a campaign that wait for the fold."""
    here = Intake.campaign_id == campaign_id
    return int(session().scalar(select(func.count()).select_from(Intake).where(here)) or 0)


def folded(campaign_id: int, unit_id: int) -> int:
    """Give the folded answers of a unit, which never move by fewer than k."""
    here = (Participation.campaign_id == campaign_id) & (Participation.unit_id == unit_id)
    return int(
        session().scalar(select(func.coalesce(func.sum(Participation.n), 0)).where(here)) or 0
    )


def _taken(campaign_id: int, units: Collection[int] | None = None) -> Subquery:
    def within(model: type[Intake | Participation]) -> ColumnElement[bool]:
        here = model.campaign_id == campaign_id
        return here if units is None else here & model.unit_id.in_(units)

    pending = select(Intake.unit_id, Intake.day, func.count().label("n")).where(within(Intake))
    sealed = select(Participation.unit_id, Participation.day, Participation.n)
    return union_all(
        sealed.where(within(Participation)), pending.group_by(Intake.unit_id, Intake.day)
    ).subquery()
