"""The units of a campaign, with where each stands in making things public."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from portal.features.campaigns import fieldwork, parts
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign
from portal.features.org_units.models import Unit
from portal.features.publicity import queries
from portal.features.publicity.judging import Mark
from portal.features.publicity.pages import Cells, Key, cells_of
from portal.features.publicity.queries import Line
from portal.policy.predicates import Actor


@dataclass(frozen=True)
class Row:
    """A unit in the list of a campaign."""

    unit: Unit
    cells: Cells

    @cached_property
    def counts(self) -> Counter[Mark]:
        """Count by mark."""
        return Counter(cell.mark for cell in self.cells.values())

    @property
    def standing(self) -> str:
        """Say where the unit stands: everything, a part, nothing."""
        done = self.counts[Mark.POSTED]
        if done == len(self.cells):
            return FULL
        return PART if any(cell.mark != Mark.NONE for cell in self.cells.values()) else EMPTY

    @property
    def missing(self) -> list[Key]:
        """List what is not there, or is not shown."""
        return [key for key, cell in self.cells.items() if cell.mark != Mark.POSTED]


FULL, PART, EMPTY = "du", "mot-phan", "chua"


@dataclass(frozen=True)
class Wanted:
    """Which units are wanted."""

    district: int | None = None
    standing: str = ""
    missing: Key | None = None
    """Only those that lack this content by this channel."""

    def admits(self, row: Row) -> bool:
        """Say whether a unit is among them."""
        return (
            (self.district is None or row.unit.parent_id == self.district)
            and (not self.standing or row.standing == self.standing)
            and (self.missing is None or row.cells[self.missing].mark != Mark.POSTED)
        )


@dataclass(frozen=True)
class Listing:
    """The units of a campaign, as far as an actor reaches."""

    rules: Rules
    rows: tuple[Row, ...]
    every: tuple[Row, ...]
    wanted: Wanted

    @cached_property
    def counts(self) -> Counter[str]:
        """Count all units by where they stand."""
        return Counter(row.standing for row in self.every)

    @property
    def unproven(self) -> int:
        """Count what is said to be public and not shown, in all units."""
        return sum(row.counts[Mark.UNPROVEN] for row in self.every)

    @property
    def by_key(self) -> dict[Key, int]:
        """Count the units that have each content by each channel."""
        return {
            key: sum(row.cells[key].mark == Mark.POSTED for row in self.every)
            for key in (self.every[0].cells if self.every else ())
        }

    @property
    def districts(self) -> list[Unit]:
        """List the districts of the units."""
        return list({row.unit.parent.id: row.unit.parent for row in self.every if row.unit.parent}
                    .values())  # fmt: skip


def listing(actor: Actor, campaign: Campaign, wanted: Wanted) -> Listing:
    """Give the units that an actor reaches, with where each stands."""
    rules = fieldwork.of(campaign)
    lines, pieces = queries.lines(actor, campaign.id), queries.pieces(campaign.id)
    every = tuple(
        Row(part.unit, _cells(rules, lines.get(part.unit_id, ()), pieces, campaign))
        for part in parts.listed(campaign, actor.unit_id)
    )
    if wanted.missing and every and wanted.missing not in every[0].cells:
        wanted = Wanted(wanted.district, wanted.standing)
    return Listing(rules, tuple(row for row in every if wanted.admits(row)), every, wanted)


def _cells(
    rules: Rules, lines: Sequence[Line], pieces: dict[int, int], campaign: Campaign
) -> Cells:
    return cells_of(rules, [(line.object, line) for line in lines], pieces, campaign.closes_on)
