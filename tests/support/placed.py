"""Points below a commune, for tests of what has a code of its own."""

from portal.core.database import write
from portal.core.text import fold, sort_key
from portal.features.org_units.kinds import PointKind
from portal.features.org_units.models import Point, Unit


def point(unit: Unit, name: str, kind: PointKind = PointKind.VILLAGE) -> Point:
    """Make a point of a commune."""
    with write() as current:
        made = Point(
            unit_id=unit.id, kind=kind, name=name, folded=fold(name), sort_key=sort_key(name)
        )
        current.add(made)
    return made


def team(unit: Unit, name: str) -> Point:
    """Make a community team of a commune."""
    return point(unit, name, PointKind.TEAM)
