"""Finding codes of units and of their points, always inside what the actor may see."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased, joinedload

from portal.core import clock
from portal.core.database import session
from portal.features.campaigns.models import CampaignUnit, QrCode
from portal.features.documents.deadlines import Span
from portal.features.org_units import queries as org_units
from portal.features.org_units.models import Point, Unit, UnitScope

_LIVE = QrCode.revoked_on.is_(None)
_NAMES = (
    joinedload(QrCode.unit).joinedload(Unit.parent).joinedload(Unit.parent),
    joinedload(QrCode.point),
)


def live(
    campaign_id: int, unit_id: int, point_id: int | None = None, *, below: int
) -> QrCode | None:
    """Give the code that leads to the form of a unit or of one of its points now.

    Args:
        campaign_id: the campaign.
        unit_id: the unit asked in.
        point_id: the point; None for the unit's own code.
        below: only if this unit reaches it.
    """
    if not org_units.reaches(below, unit_id):
        return None
    query = select(QrCode).where(_at(campaign_id, unit_id, point_id), _LIVE)
    return session().scalar(query.options(*_NAMES))


def withdrawn(code: QrCode) -> list[QrCode]:
    """List the codes of the same place that lead nowhere any more, newest first."""
    same = _at(code.campaign_id, code.unit_id, code.point_id)
    query = select(QrCode).where(same, QrCode.revoked_on.is_not(None))
    return list(session().scalars(query.order_by(QrCode.revoked_on.desc(), QrCode.code)))


def of_ended(campaign_id: int, unit_id: int, below: int) -> list[QrCode]:
    """List the codes that a unit had before it ended, its own first; none while it exists."""
    if not org_units.reaches(below, unit_id):
        return []
    here = (QrCode.campaign_id == campaign_id) & (QrCode.unit_id == unit_id)
    query = _ordered(select(QrCode)).options(*_NAMES).where(here)
    found = list(session().scalars(query))
    return found if any(code.handed_on for code in found) else []


def handed_on(campaign_id: int, below: int) -> list[QrCode]:
    """List the codes that units had when they ended, each unit's own before those of its points."""
    query = _ordered(select(QrCode)).options(*_NAMES)
    query = query.where(QrCode.campaign_id == campaign_id, QrCode.handed_on.is_(True))
    return list(session().scalars(query.where(QrCode.unit_id.in_(_reached([below])))))


def one_a_unit(codes: Sequence[QrCode]) -> list[QrCode]:
    """Give the first of these codes at each unit."""
    found: dict[int, QrCode] = {}
    for code in codes:
        found.setdefault(code.unit_id, code)
    return list(found.values())


def of_points(
    campaign_id: int, below: int | None = None, units: Collection[int] | None = None
) -> list[QrCode]:
    """List the live codes of points by unit and name.

    Args:
        campaign_id: the campaign.
        below: only at units that this unit reaches.
        units: only at these.
    """
    query = _ordered(select(QrCode)).options(*_NAMES)
    query = query.where(QrCode.campaign_id == campaign_id, _LIVE, QrCode.point_id.is_not(None))
    if below is not None:
        query = query.where(QrCode.unit_id.in_(_reached([below])))
    if units is not None:
        query = query.where(QrCode.unit_id.in_(units))
    return list(session().scalars(query))


def every(campaign_id: int, below: int) -> list[QrCode]:
    """List the codes at units that one reaches: those that live, and those of units that ended."""
    query = _ordered(select(QrCode)).options(*_NAMES).where(QrCode.campaign_id == campaign_id)
    query = query.where(_LIVE | QrCode.handed_on.is_(True))
    return list(session().scalars(query.where(QrCode.unit_id.in_(_reached([below])))))


def to_print(
    campaign_id: int, below: int, units: Collection[int] = (), *, own: bool, points: bool
) -> list[str]:
    """List the codes that an order means, in the order of the pages.

    Args:
        campaign_id: the campaign.
        below: only at units that this unit reaches.
        units: only at these units, and at those below them; everywhere if none is named.
        own: the units' own codes.
        points: those of their points.
    """
    query = _ordered(select(QrCode.code)).where(QrCode.campaign_id == campaign_id, _LIVE)
    query = query.where(QrCode.unit_id.in_(_reached([below])))
    if units:
        query = query.where(QrCode.unit_id.in_(_reached(units)))
    if not own:
        query = query.where(QrCode.point_id.is_not(None))
    if not points:
        query = query.where(QrCode.point_id.is_(None))
    return list(session().scalars(query))


def named(codes: Sequence[str]) -> list[QrCode]:
    """Give these codes with the names that are printed, in the same order."""
    query = select(QrCode).where(QrCode.code.in_(codes)).options(*_NAMES).order_by(QrCode.code)
    found = {code.code: code for code in session().scalars(query)}
    return [found[code] for code in codes if code in found]


def rounds_of(code: QrCode) -> tuple[Span, ...]:
    """Give the windows in which the place of a code asks."""
    part = session().get(CampaignUnit, (code.campaign_id, code.unit_id))
    return part.rounds_of(code.campaign) if part else code.campaign.all_rounds


def points_at(unit_ids: Collection[int]) -> list[Point]:
    """List the points that exist today at these units, by unit and name."""
    query = (
        select(Point)
        .where(Point.unit_id.in_(unit_ids), _standing())
        .options(joinedload(Point.unit))
    )
    return list(session().scalars(query.order_by(Point.unit_id, Point.sort_key, Point.id)))


def points_with_code(campaign_id: int) -> set[int]:
    """Give the ids of the points that have a live code."""
    query = select(QrCode.point_id).where(QrCode.campaign_id == campaign_id, _LIVE)
    return {point for point in session().scalars(query) if point is not None}


def asked_units(campaign_id: int) -> set[int]:
    """Give the ids of the units in which a campaign asks."""
    query = select(CampaignUnit.unit_id).where(CampaignUnit.campaign_id == campaign_id)
    return set(session().scalars(query))


def _at(campaign_id: int, unit_id: int, point_id: int | None) -> ColumnElement[bool]:
    here = (QrCode.campaign_id == campaign_id) & (QrCode.unit_id == unit_id)
    return here & QrCode.point_id.is_not_distinct_from(point_id)


def _reached(above: Collection[int]) -> Select[int]:
    return select(UnitScope.unit_id).where(UnitScope.above_id.in_(above))


def _ordered(query: Select[Any]) -> Select[Any]:
    """Put codes in order: by district and unit, the unit's own before those of its points."""
    district, point = aliased(Unit), aliased(Point)
    return (
        query.join(QrCode.unit)
        .outerjoin(district, district.id == Unit.parent_id)
        .outerjoin(point, point.id == QrCode.point_id)
        .order_by(
            district.sort_key, Unit.sort_key, Unit.id, point.sort_key.is_not(None),
            point.sort_key, QrCode.code,
        )
    )  # fmt: skip


def _standing() -> ColumnElement[bool]:
    today = clock.today()
    return (Point.valid_from <= today) & (Point.valid_to.is_(None) | (Point.valid_to >= today))
