"""What is different between two versions, provision by provision, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from portal.features.documents.text.pieces import Piece, pieces
from portal.features.regulations.reading import Entry

Kind = Literal["same", "added", "removed", "changed", "moved"]


@dataclass(frozen=True)
class Change:
    """A provision of one of two versions, and what became of it."""

    kind: Kind
    entry: Entry
    """As the later version has it; as the earlier one had it, if it is gone."""
    before: Entry | None
    """As the earlier version had it; None if it is new."""
    heading: tuple[Piece, ...]
    text: tuple[Piece, ...]

    @property
    def is_renumbered(self) -> bool:
        """Say whether it has another number, or lies in another place."""
        return self.before is not None and self.before.place != self.entry.place


def compare(old: Sequence[Entry], new: Sequence[Entry]) -> list[Change]:
    """Compare two versions by the keys of their provisions.

    Returns:
        Every provision in the order of the later version, those that are gone behind the one they
        followed; "same" where nothing changed, not even what it is called.
    """
    known = {entry.key: entry for entry in old}
    kept = {entry.key for entry in new}
    gone = _gone(old, kept)
    changes = list(_removed(gone.pop("", [])))
    for entry in new:
        changes.append(_change(known.get(entry.key), entry))
        changes += _removed(gone.pop(entry.key, []))
    return changes


def _gone(old: Sequence[Entry], kept: set[str]) -> dict[str, list[Entry]]:
    """Give those that are gone by the key of the last one before them that stayed."""
    found: dict[str, list[Entry]] = {}
    last = ""
    for entry in old:
        if entry.key in kept:
            last = entry.key
        else:
            found.setdefault(last, []).append(entry)
    return found


def _removed(entries: Sequence[Entry]) -> Iterator[Change]:
    for entry in entries:
        yield Change("removed", entry, entry, _all(entry.heading, "removed"),
                     _all(entry.text, "removed"))  # fmt: skip


def _change(before: Entry | None, entry: Entry) -> Change:
    if before is None:
        heading, text = _all(entry.heading, "added"), _all(entry.text, "added")
        return Change("added", entry, None, heading, text)
    kind: Kind = "same"
    if (before.heading, before.text) != (entry.heading, entry.text):
        kind = "changed"
    elif (before.level, before.number, before.parent) != (entry.level, entry.number, entry.parent):
        kind = "moved"
    return Change(kind, entry, before, _compared(before.heading, entry.heading),
                  _compared(before.text, entry.text))  # fmt: skip


def _compared(old: str, new: str) -> tuple[Piece, ...]:
    return _all(new, "same") if old == new else pieces(old, new)


def _all(text: str, kind: Literal["same", "added", "removed"]) -> tuple[Piece, ...]:
    return (Piece(text, kind),) if text else ()
