"""What the pages show before units are taken in, or take over from others."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from portal.core.pasting import Table
from portal.features.org_units import listing, tables
from portal.features.org_units.listing import Change, Fate, UnitList
from portal.features.reforms import plan, queries
from portal.features.reforms.plan import Reform
from portal.features.reforms.queries import Holding


@dataclass(frozen=True)
class Ending:
    """A unit that the list ends, and what it still holds."""

    change: Change
    holding: Holding


@dataclass(frozen=True)
class ListPage:
    """A list of units, looked at."""

    table: Table
    found: UnitList
    endings: tuple[Ending, ...]

    @property
    def changed(self) -> list[Change]:
        """Give the units that are corrected."""
        return self.found.of(Fate.CHANGED)

    @property
    def new_by_level(self) -> dict[str, int]:
        """Count the new units of each level, from the top down."""
        return dict(Counter(change.draft.level.value for change in self.found.of(Fate.ADDED)))

    @property
    def does_nothing(self) -> bool:
        """Say whether everything stands there already."""
        return not self.table.faults and set(self.found.counts) <= {Fate.SAME}


def unit_list(table: Table) -> ListPage:
    """Look at a pasted list of units: faults beside the cells, or what it does."""
    found = listing.of(tables.rows(table))
    checked = tables.with_errors(table, found.errors, tables.short_codes(table))
    ends = [] if checked.faults else found.of(Fate.ENDED)
    held = queries.of_units([change.unit.id for change in ends if change.unit])
    endings = tuple(Ending(each, held[each.unit.id]) for each in ends if each.unit)
    return ListPage(checked, found, endings)


@dataclass(frozen=True)
class ReformPage:
    """A table of old and new units, looked at."""

    table: Table
    reform: Reform


def reform(
    table: Table, day: date, wanted: Mapping[int, str], alone: Collection[int]
) -> ReformPage:
    """Look at a pasted table of old and new units: faults, or what it brings about."""
    found = plan.of(tables.rows(table), day, wanted, alone)
    return ReformPage(tables.with_errors(table, found.crosswalk.errors, {}), found)
