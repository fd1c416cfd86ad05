"""Who has taken part: folded answers and those that wait for the fold, always as it is now.

Each figure is one statement, so that an answer on its way through the fold is counted once.
"""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Subquery, func, select, union_all

from portal.core.database import session
from portal.features.surveys.models import Intake, Participation


def by_unit(campaign_id: int) -> dict[int, int]:
    """Give the answers of every unit that has any."""
    taken = _taken(campaign_id)
    query = select(taken.c.unit_id, func.sum(taken.c.n)).group_by(taken.c.unit_id)
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


def total(campaign_id: int) -> int:
    """Give the answers of a whole campaign."""
    taken = _taken(campaign_id)
    return int(session().scalar(select(func.coalesce(func.sum(taken.c.n), 0))) or 0)


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
