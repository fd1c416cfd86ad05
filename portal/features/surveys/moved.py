"""Codes of units that have ended: they lead to the forms of whoever took over."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select

from portal.core.database import session
from portal.features.campaigns.models import QrCode
from portal.features.org_units.models import Point, Unit, UnitSuccession, running_name
from portal.features.surveys import places
from portal.features.surveys.places import Place, Standing


@dataclass(frozen=True)
class Move:
    """From the place of an old code to where people are asked now."""

    old: Place
    new: Place
    since: date
    """The first day on which the old unit belonged to the new one."""


def moves(place: Place, standing: Standing | None = None) -> list[Move]:
    """Say where a code leads that its unit's end has withdrawn; nowhere if anything else has.

    A point's code leads to the same point at the new unit, if that has a code of its own.

    Args:
        place: where the code led.
        standing: how it stands, if that is known better than the place remembers.
    """
    if (standing or place.standing) != Standing.REVOKED or not _handed_on(place.code):
        return []
    since = _follow(place.unit_id, lambda units: _codes(place, units))
    found = ((code, unit) for unit, code in _codes(place, since).items())
    return [Move(place, new, since[unit]) for code, unit in found if (new := places.find(code))]


def names_now(place: Place) -> list[str]:
    """Name, within a sentence, the units that exist in the place of one that has ended."""
    if session().get_one(Unit, place.unit_id).valid_to is None:
        return []
    found = _follow(place.unit_id, _existing)
    query = select(Unit.full_name).where(Unit.id.in_(found)).order_by(Unit.sort_key, Unit.id)
    return [running_name(name) for name in session().scalars(query)]


def _follow(unit_id: int, ends: Callable[[Collection[int]], Collection[int]]) -> dict[int, date]:
    """Go from successor to successor, and give where that ends, each with the day since when."""
    found: dict[int, date] = {}
    seen, ways = {unit_id}, {unit_id: date.min}
    while ways:
        # A unit may have given a part away that comes back to it later.
        ways = {new: day for new, day in _onwards(ways).items() if new not in seen}
        seen |= ways.keys()
        found |= {unit: ways.pop(unit) for unit in ends(ways)}
    return found


def _existing(unit_ids: Collection[int]) -> list[int]:
    query = select(Unit.id).where(Unit.id.in_(unit_ids), Unit.valid_to.is_(None))
    return list(session().scalars(query.order_by(Unit.id)))


def _handed_on(code: str) -> bool:
    return bool(session().scalar(select(QrCode.handed_on).where(QrCode.code == code)))


def _onwards(ways: Mapping[int, date]) -> dict[int, date]:
    """Give who took over from these units, each with the day since when."""
    query = (
        select(UnitSuccession.unit_id, Unit.valid_to, UnitSuccession.successor_id)
        .join(Unit, Unit.id == UnitSuccession.unit_id)
        .where(UnitSuccession.unit_id.in_(ways))
        .order_by(UnitSuccession.successor_id, UnitSuccession.unit_id)
    )
    steps = session().execute(query).all()
    began = _first_days({step.successor_id for step in steps})
    found: dict[int, date] = {}
    for old, last_day, new in steps:
        # A unit may have ended some time before the one began that has its land today.
        since = max(began[new], ways[old], last_day + timedelta(days=1) if last_day else date.min)
        found[new] = max(since, found.get(new, date.min))
    return found


def _first_days(unit_ids: Collection[int]) -> dict[int, date]:
    query = select(Unit.id, Unit.valid_from).where(Unit.id.in_(unit_ids)).order_by(Unit.id)
    return dict(session().execute(query).all())


def _codes(place: Place, unit_ids: Collection[int]) -> dict[int, str]:
    """Give the live codes at these units, one a unit: that of the same point before the unit's."""
    names = [place.point_name, f"{place.point_name} ({_name(place)})"]
    query = (
        select(QrCode.unit_id, QrCode.code)
        .join(QrCode.unit)
        .outerjoin(Point, Point.id == QrCode.point_id)
        .where(
            QrCode.campaign_id == place.campaign_id,
            QrCode.unit_id.in_(unit_ids),
            QrCode.revoked_on.is_(None),
            or_(QrCode.point_id.is_(None), Point.name.in_(names)),
        )
        .order_by(Unit.sort_key, QrCode.unit_id, QrCode.point_id.is_not(None), Point.name)
    )
    return {unit: code for unit, code in session().execute(query)}  # noqa: C416 - rows


def _name(place: Place) -> str:
    return session().get_one(Unit, place.unit_id).name
