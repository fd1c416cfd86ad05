"""Empty cells of a pasted roster that take over what stands above them."""

from typing import Final

from portal.core.pasting import FILLED, Remark, Row, Table, remark

_MERGED: Final = ("person", "body", "phone", "position", "day", "half", "place")
_OWN: Final = frozenset({"body", "phone", "position"})
"""What belongs to the person."""


class Filled:
    """Fills empty cells from the row above; each is noted, and the person confirms them all.

    Excel copies the first of merged cells and leaves the others empty. A column counts as merged
    where at least two cells, and a third of them, are empty below one that is not; a single empty
    cell among full ones is a cell that somebody forgot. A row without a name and anything else of
    a person goes on with the person above, on the same day and at the same place if it names none,
    however few such rows there are.
    """

    def __init__(self, table: Table) -> None:
        """Find out which columns are merged."""
        self._merged = {name for name in _MERGED if _is_merged(table, name)}
        self._above: dict[str, str] = {}

    def cells(self, row: Row) -> tuple[dict[str, str], dict[str, Remark]]:
        """Give the cells of the next row, and which of them stand above it."""
        cells, said = dict(row.cells), {}
        for name in self._taken_over(row):
            if not cells[name] and self._above.get(name):
                cells[name], said[name] = self._above[name], remark(FILLED)
        self._above |= cells
        return cells, said

    def _taken_over(self, row: Row) -> set[str]:
        if not any(row.cells[name] for name in ("person", *_OWN)):
            return self._merged | {"person", "day", "place"} | _OWN
        if row.cells["person"] or "person" not in self._merged:
            return self._merged - {"phone", "position"}  # Those of another person are not his.
        return self._merged


def _is_merged(table: Table, name: str) -> bool:
    cells = [row.cells[name] for row in table.rows]
    empty = cells.count("")
    return bool(cells[0]) and empty >= 2 and empty * 3 >= len(cells)
