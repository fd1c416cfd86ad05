"""Which half-days have nobody: by place, day and half (“Buổi còn trống”)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.features.rosters.entries import PARTS, Entry
from portal.features.rosters.models import Half


@dataclass(frozen=True)
class Cell:
    """A half-day at a place: how many people are there."""

    day: date
    half: Half
    count: int

    @property
    def is_gap(self) -> bool:
        """Say whether somebody is still to be found; of a day gone by nobody is."""
        return not self.count and self.day >= clock.today()


@dataclass(frozen=True)
class PlaceLine:
    """One place through the days."""

    place: str
    cells: tuple[Cell, ...]

    @property
    def empty(self) -> int:
        """Count the half-days with nobody."""
        return sum(cell.is_gap for cell in self.cells)


@dataclass(frozen=True)
class Cover:
    """Who is where, counted."""

    days: tuple[date, ...]
    places: tuple[PlaceLine, ...]
    whole: tuple[Cell, ...]
    """The unit as one: a half-day counts as covered if somebody is anywhere."""

    @property
    def empty(self) -> int:
        """Count the half-days at places of the roster with nobody; without a place, all days."""
        if not self.places:
            return sum(cell.is_gap for cell in self.whole)
        return sum(line.empty for line in self.places)

    def of(self, day: date) -> tuple[Cell, ...]:
        """Give the two halves of a day, the unit as one."""
        return tuple(cell for cell in self.whole if cell.day == day)


def cover(entries: Iterable[Entry], days: Sequence[date]) -> Cover:
    """Count who is at each place of a roster, in each half of each day."""
    names: dict[str, str] = {}
    there: dict[tuple[str, date, str], int] = defaultdict(int)
    anywhere: dict[tuple[date, str], int] = defaultdict(int)
    for entry in entries:
        names.setdefault(entry.place_key, entry.place)
        for day in days if entry.day is None else (entry.day,):
            for half in entry.parts:
                there[entry.place_key, day, half] += 1
                anywhere[day, half] += 1
    lines = (
        PlaceLine(name, tuple(
            Cell(day, half, there[key, day, half]) for day in days for half in PARTS
        ))
        for key, name in sorted(names.items())
    )  # fmt: skip
    whole = tuple(Cell(day, half, anywhere[day, half]) for day in days for half in PARTS)
    return Cover(tuple(days), tuple(lines), whole)
