"""Which units a campaign asks in: all, whole districts, or communes one by one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from portal.features.campaigns.drafting import Scope
from portal.features.org_units import queries as org_units
from portal.features.org_units.models import Unit


@dataclass(frozen=True)
class District:
    """Communes that lie in one unit: a district, or the province where there are none."""

    unit: Unit
    communes: tuple[Unit, ...]


def available(owner_id: int, opens_on: date, closes_on: date) -> list[Unit]:
    """List the communes in which the owner may ask, as they exist during the window.

    Args:
        owner_id: the province, or the one ward of the installation.
        opens_on: the first day.
        closes_on: the last day.
    """
    return [
        unit
        for unit in org_units.communes_below(owner_id)
        if unit.valid_from <= closes_on and (unit.valid_to is None or unit.valid_to >= opens_on)
    ]


def by_district(communes: Collection[Unit]) -> list[District]:
    """Group communes, which come by district already, under the unit they lie in."""
    groups: dict[Unit, list[Unit]] = {}
    for unit in communes:
        groups.setdefault(unit.parent or unit, []).append(unit)
    return [District(above, tuple(below)) for above, below in groups.items()]


def chosen(
    communes: Collection[Unit], scope: Scope, districts: Collection[int], picked: Collection[int]
) -> set[int]:
    """Give the ids of the chosen units among those available; foreign ids choose nothing."""
    if scope == Scope.ALL:
        return {unit.id for unit in communes}
    if scope == Scope.DISTRICTS:
        return {unit.id for unit in communes if unit.parent_id in districts}
    return {unit.id for unit in communes if unit.id in picked}


def described(communes: Collection[Unit], chosen_ids: Collection[int]) -> tuple[Scope, set[int]]:
    """Say in the simplest way which units are chosen: the scope, and the whole districts."""
    ids = set(chosen_ids)
    if ids and ids >= {unit.id for unit in communes}:
        return Scope.ALL, set()
    whole = {
        district.unit.id
        for district in by_district(communes)
        if ids >= {unit.id for unit in district.communes}
    }
    covered = {unit.id for unit in communes if unit.parent_id in whole}
    return (Scope.DISTRICTS, whole) if ids and ids == covered else (Scope.COMMUNES, whole)
