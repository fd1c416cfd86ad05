"""What the page of a unit shows to those who look after it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core.database import session
from portal.core.text import search_terms
from portal.features.org_units import fallbacks, points
from portal.features.org_units.existing import exists
from portal.features.org_units.fallbacks import Body
from portal.features.org_units.kinds import KIND_LABELS, OrganisationKind
from portal.features.org_units.models import Level, Point, Unit, UnitScope

Asked = Callable[[str], Sequence[str]]
"""Gives the kinds of bodies that plans ask for at a level."""


@dataclass(frozen=True)
class Desk:
    """A unit, the points in it, and who does what plans ask of its bodies."""

    unit: Unit
    points: list[Point]
    ended: list[Point]
    bodies: list[Body]
    """For what plans ask of it, and for what somebody was named."""

    @property
    def above(self) -> list[Unit]:
        """Give the units it lies in, from the highest down."""
        found: list[Unit] = []
        one = self.unit.parent
        while one is not None:
            found.insert(0, one)
            one = one.parent
        return found

    @property
    def homes(self) -> list[Point]:
        """Give the villages and groups: where people live."""
        return [one for one in self.points if one.kind in points.LIVED_IN]

    @property
    def households(self) -> int | None:
        """Add up the households of villages and groups; None while one of them is not known."""
        known = [one.households for one in self.homes]
        return None if not known or None in known else sum(filter(None, known))

    @property
    def open(self) -> list[Body]:
        """Give what nobody does."""
        return [body for body in self.bodies if body.is_open]


def of(unit: Unit, asked: Asked) -> Desk:
    """Gather the page of a unit."""
    is_commune = unit.level == Level.COMMUNE
    return Desk(
        unit=unit,
        points=points.listed(unit.id) if is_commune else [],
        ended=points.listed(unit.id, ended=True) if is_commune else [],
        bodies=fallbacks.bodies(unit, keys(unit, asked)),
    )


def keys(unit: Unit, asked: Asked) -> list[str]:
    """Give what plans ask for here, also of a tier that is not there (`fallbacks.Body.key`)."""
    own = [str(kind) for kind in asked(unit.level)]
    return own + fallbacks.tier_keys(unit, asked(Level.DISTRICT))


@dataclass(frozen=True)
class Line:
    """A unit in the list of those below."""

    unit: Unit
    points: int
    open: tuple[str, ...]
    """What nobody does there (msgids)."""

    @property
    def lacks_figures(self) -> bool:
        """Say whether its people or households are not known."""
        return self.unit.population is None or self.unit.households is None

    @property
    def lacks_points(self) -> bool:
        """Say whether it is a commune without a point."""
        return self.unit.level == Level.COMMUNE and not self.points


@dataclass(frozen=True)
class Below:
    """The units below one, and how much is known of them."""

    lines: tuple[Line, ...]
    """Those that were looked for."""
    every: tuple[Line, ...]

    @property
    def communes(self) -> int:
        """Count the communes."""
        return sum(line.unit.level == Level.COMMUNE for line in self.every)

    @property
    def with_figures(self) -> int:
        """Count the units whose people and households are known."""
        return sum(not line.lacks_figures for line in self.every)

    @property
    def with_points(self) -> int:
        """Count the communes that have a point."""
        return sum(bool(line.points) for line in self.every)

    @property
    def with_open(self) -> int:
        """Count the units in which nobody does something."""
        return sum(bool(line.open) for line in self.every)


LACKING: dict[str, Callable[[Line], bool]] = {
    "so-lieu": lambda line: line.lacks_figures,
    "diem": lambda line: line.lacks_points,
    "to-chuc": lambda line: bool(line.open),
}
"""What can be looked for that is not there yet."""


def below(unit: Unit, asked: Asked, *, words: str = "", lacking: str = "") -> Below:
    """List the units below one that exist, by district and name.

    Args:
        unit: above.
        asked: what plans ask for.
        words: parts of names or codes, without accents.
        lacking: a key of `LACKING`, or "".
    """
    units = _below(unit)
    ids = [one.id for one in units]
    count = points.counted(ids)
    open_at: dict[int, list[str]] = {}
    for level in (Level.DISTRICT, Level.COMMUNE):
        here = [one.id for one in units if one.level == level]
        open_at |= fallbacks.open_kinds(here, asked(level))
    every = tuple(
        Line(one, count.get(one.id, 0), _labels(open_at.get(one.id, ()))) for one in units
    )
    terms = search_terms(words)
    shown = (line for line in every if all(term in line.unit.folded for term in terms))
    wanted = LACKING.get(lacking, lambda _line: True)
    return Below(tuple(filter(wanted, shown)), every)


def _labels(kinds: Sequence[str]) -> tuple[str, ...]:
    return tuple(KIND_LABELS[OrganisationKind(kind)] for kind in kinds)


def _below(unit: Unit) -> list[Unit]:
    query = (
        select(Unit)
        .join(UnitScope, UnitScope.unit_id == Unit.id)
        .where(UnitScope.above_id == unit.id, Unit.id != unit.id, exists(Unit))
        .options(joinedload(Unit.parent))
    )
    found = session().scalars(query.order_by(Unit.sort_key, Unit.id))
    return sorted(found, key=_place)


def _place(unit: Unit) -> tuple[str, bool, str]:
    """Put a district before its communes."""
    if unit.level == Level.COMMUNE and unit.parent and unit.parent.level == Level.DISTRICT:
        return unit.parent.sort_key, True, unit.sort_key
    return unit.sort_key, False, unit.sort_key
