"""Points below a commune that ends: they go on at the one that takes over."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from portal.core.database import session
from portal.core.text import fold, sort_key
from portal.features.org_units.models import Level, Point, Unit


def move(heirs: Mapping[Unit, Sequence[Unit]], day: date) -> dict[int, Point]:
    """Begin the points of units that end anew where they lie now (inside `write()`).

    The old row ends with its unit, so that what was counted there stays there. Points of a unit
    that is split stay behind: nobody but its people knows on which side each lies.

    Args:
        heirs: who takes over from each unit.
        day: the first day of the new units.

    Returns:
        The new points by the ids of the old ones.
    """
    current = session()
    moved: dict[int, Point] = {}
    taken: dict[int, set[str]] = {}
    for old, new in heirs.items():
        if len(new) != 1 or new[0].level != Level.COMMUNE:
            continue
        if new[0].id not in taken:
            there = select(Point.name).where(Point.unit_id == new[0].id)
            taken[new[0].id] = set(current.scalars(there.order_by(Point.id)))
        here = select(Point).where(Point.unit_id == old.id, Point.valid_to.is_(None))
        for point in current.scalars(here.order_by(Point.id)):
            moved[point.id] = _begun_anew(point, old, new[0], taken[new[0].id], day)
    current.add_all(moved.values())
    current.flush()
    return moved


def _begun_anew(point: Point, old: Unit, new: Unit, taken: set[str], day: date) -> Point:
    name = f"{point.name} ({old.name})" if point.name in taken else point.name
    taken.add(name)
    # A point may have begun only after the day that the reform takes effect from.
    point.valid_to = max(day - timedelta(days=1), point.valid_from)
    return Point(
        unit_id=new.id, kind=point.kind, name=name, households=point.households,
        valid_from=day, folded=fold(name), sort_key=sort_key(name),
    )  # fmt: skip
