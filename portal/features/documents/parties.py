"""Which organisations a party of a document stands for, and who stands in for whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.core.database import session
from portal.features.documents.body import Party
from portal.features.org_units import fallbacks
from portal.features.org_units.existing import exists
from portal.features.org_units.models import BodyFallback, Organisation, Unit, UnitScope


@dataclass(frozen=True)
class Standing:
    """An organisation that acts for a party."""

    organisation: Organisation
    unit: Unit
    """The unit of the group for which it acts."""
    instead: str = ""
    """The kind that it stands in for (see `fallbacks.kind_label`); "" where it is that kind."""


class Territory:
    """Who there is at a unit and below it; each party is asked for once."""

    def __init__(self, unit_id: int) -> None:
        """Begin with nothing looked up.

        Args:
            unit_id: the unit of the organ that issues the document.
        """
        self.unit_id = unit_id
        self._standing: dict[Party, tuple[Standing, ...]] = {}
        self._units: dict[str, tuple[Unit, ...]] = {}

    def standing(self, party: Party) -> tuple[Standing, ...]:
        """Give who acts for a party (`standing`)."""
        address = Party("", party.organisation_id, party.group)
        if address not in self._standing:
            self._standing[address] = tuple(standing(address, self.unit_id))
        return self._standing[address]

    def organisations(self, party: Party) -> tuple[Organisation, ...]:
        """Give the organisations a party stands for, each once."""
        found = {one.organisation.id: one.organisation for one in self.standing(party)}
        return tuple(found.values())

    def lacking(self, party: Party) -> tuple[Unit, ...]:
        """Give the units of a group's level where nobody acts for it, by name."""
        if not party.group or party.organisation_id:
            return ()
        level = party.group.partition(":")[0]
        if level not in self._units:
            self._units[level] = tuple(_units(level, self.unit_id))
        having = {one.unit.id for one in self.standing(party)}
        return tuple(unit for unit in self._units[level] if unit.id not in having)


def organisations(party: Party, issuer_unit_id: int) -> list[Organisation]:
    """Give the organisations that a party stands for today, each once; none if none is known.

    Args:
        party: as `standing`.
        issuer_unit_id: the unit of the organ that issues the document.
    """
    found = standing(party, issuer_unit_id)
    return list({one.organisation.id: one.organisation for one in found}.values())


def standing(party: Party, issuer_unit_id: int) -> list[Standing]:
    """Give who acts for a party today, in order of the units.

    Args:
        party: by id, or a group "level:kind" within the issuer's unit; of "level:kind/other"
            each unit gives the first kind that it has (“nơi không có Hội Nông dân …”, plan 001).
            A unit without any of them gives who was named there in its place; so does the
            issuer's unit for a level of which there is no unit (DOMAIN R05).
        issuer_unit_id: the unit of the organ that issues the document.
    """
    level, _, joined = party.group.partition(":")
    if party.organisation_id:
        found = session().scalars(_present().where(Organisation.id == party.organisation_id))
        return [Standing(one, one.unit) for one in found]
    if not joined:
        return []
    kinds = joined.split("/")
    own = _own(issuer_unit_id, level, kinds)
    having = {one.unit.id for one in own}
    named = _first_named(fallbacks.of_group(issuer_unit_id, level, kinds), kinds)
    every = own + [one for one in named if one.unit.id not in having]
    return sorted(every, key=_order) or _first_named(
        fallbacks.of_tier(issuer_unit_id, level, kinds), [f"{level}:{kind}" for kind in kinds]
    )


def _units(level: str, above_id: int) -> list[Unit]:
    query = (
        select(Unit)
        .join(UnitScope, UnitScope.unit_id == Unit.id)
        .where(UnitScope.above_id == above_id, Unit.level == level, exists(Unit))
        .order_by(Unit.sort_key, Unit.id)
    )
    return list(session().scalars(query))


def _own(issuer_unit_id: int, level: str, kinds: Sequence[str]) -> list[Standing]:
    """Give the first kind that each unit has; the later ones only stand in for it."""
    query = (
        _present()
        .join(UnitScope, UnitScope.unit_id == Unit.id)
        .where(
            UnitScope.above_id == issuer_unit_id,
            Unit.level == level,
            Organisation.kind.in_(kinds),
        )
    )
    found = list(session().scalars(query))
    first: dict[int, int] = {}
    for one in found:
        rank = kinds.index(one.kind)
        first[one.unit_id] = min(rank, first.get(one.unit_id, rank))
    return [
        Standing(one, one.unit, kinds[0] if first[one.unit_id] else "")
        for one in found
        if kinds.index(one.kind) == first[one.unit_id]
    ]


def _first_named(rows: Iterable[BodyFallback], kinds: Sequence[str]) -> list[Standing]:
    """Give for each unit who was named for the first kind for which somebody was."""
    best: dict[int, BodyFallback] = {}
    for row in sorted(rows, key=lambda one: kinds.index(one.kind)):
        best.setdefault(row.unit_id, row)
    return [Standing(row.organisation, row.unit, row.kind) for row in best.values()]


def _present() -> Select[Organisation]:
    return (
        select(Organisation)
        .join(Organisation.unit)
        .where(exists(Organisation), exists(Unit))
        .options(joinedload(Organisation.unit))
        .order_by(Unit.sort_key, Unit.id, Organisation.sort_key, Organisation.id)
    )


def _order(one: Standing) -> tuple[str, int, str, int]:
    return one.unit.sort_key, one.unit.id, one.organisation.sort_key, one.organisation.id
