"""One line of a roster, whoever wrote it: typed, tapped, pasted, stored or frozen."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from portal.core.text import N_, fold, person_sort_key
from portal.features.rosters.models import Half, RosterRow

HALVES: Final = {
    Half.MORNING: N_("Sáng"),
    Half.AFTERNOON: N_("Chiều"),
    Half.DAY: N_("Cả ngày"),
}
PARTS: Final = (Half.MORNING, Half.AFTERNOON)
"""What a day is made of."""
_ORDER: Final = {half: at for at, half in enumerate((Half.DAY, *PARTS))}


@dataclass(frozen=True)
class Entry:
    """A person at a place in a half-day."""

    person: str
    place: str
    half: str
    day: date | None = None
    """None: through the whole campaign."""
    body: str = ""
    position: str = ""
    phone: str = ""
    point_id: int | None = None

    @classmethod
    def of(cls, row: RosterRow) -> "Entry":
        """Give what a stored row says."""
        return cls(
            row.person, row.place, row.half, row.day, row.body, row.position, row.phone,
            row.point_id,
        )  # fmt: skip

    @property
    def key(self) -> str:
        """Give what tells the person from others: the name, and the number if there is one."""
        return f"{self.person.casefold()}|{self.phone}"

    @property
    def place_key(self) -> str:
        """Give what tells the place, however it is spelt."""
        return fold(self.place)

    @property
    def parts(self) -> frozenset[str]:
        """Give the parts of the day that it takes."""
        return frozenset(PARTS) if self.half == Half.DAY else frozenset({self.half})

    def is_same_person(self, other: "Entry") -> bool:
        """Say whether both are one person: of one name, and no two numbers tell them apart."""
        return self.person.casefold() == other.person.casefold() and not (
            self.phone and other.phone and self.phone != other.phone
        )

    def clashes(self, other: "Entry") -> bool:
        """Say whether one person would have to be there twice in a half-day."""
        return (
            self.day is not None
            and self.day == other.day
            and not self.parts.isdisjoint(other.parts)
            and self.is_same_person(other)
        )

    def into(self, row: RosterRow) -> RosterRow:
        """Put it into a row, with what it is searched and sorted by."""
        for name, value in asdict(self).items():
            setattr(row, name, value)
        row.folded, row.sort_key = fold(self.person), person_sort_key(self.person)
        return row


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Sort by day, half, place, and people by given name."""
    return sorted(entries, key=_key)


def _key(entry: Entry) -> tuple[Any, ...]:
    return (
        entry.day or date.min, _ORDER[Half(entry.half)], entry.place_key,
        person_sort_key(entry.person), entry.phone,
    )  # fmt: skip


def frozen(entries: Iterable[Entry]) -> str:
    """Give entries as JSON, in order."""
    rows = [asdict(one) for one in in_order(entries)]
    return json.dumps(rows, ensure_ascii=False, default=str)


def thawed(content: str) -> list[Entry]:
    """Read what `frozen` wrote."""
    return [of_json(row) for row in json.loads(content)]


def of_json(row: dict[str, Any]) -> Entry:
    """Read one of them."""
    day = date.fromisoformat(row["day"]) if row["day"] else None
    return Entry(**(row | {"day": day}))


@dataclass(frozen=True)
class Change:
    """What distinguishes one copy from another."""

    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]

    def __bool__(self) -> bool:
        """Say whether there is a difference."""
        return bool(self.added or self.removed)


def change(before: Sequence[Entry], after: Sequence[Entry]) -> Change:
    """Tell what was added and what was removed."""
    old, new = set(before), set(after)
    return Change(tuple(in_order(new - old)), tuple(in_order(old - new)))


def people(entries: Iterable[Entry]) -> int:
    """Count the people."""
    return len({one.key for one in entries})
