"""What is wrong in the same way in many rows of a pasted table: told once, put right at once."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from portal.core.pasting import Column, Remark, Row, Table

MANY: Final = 3
"""In so many rows a wrong value is worth a field of its own."""


@dataclass(frozen=True)
class Same:
    """Cells of one column of which the same is to be said."""

    column: "Column"
    typed: str
    """What the first of them says."""
    fault: "Remark"
    rows: tuple["Row", ...]


def told(table: "Table") -> list[Same]:
    """Give each fault of a table once, in the order of the rows where it is met first."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in table.wrong:
        for name, fault in row.faults.items():
            key = name, fault.message, str(sorted(fault.values.items()))
            found.setdefault(key, []).append(row)
    return [_same(table, name, rows) for (name, *_said), rows in found.items()]


def repeated(table: "Table") -> list[Same]:
    """Give the values that are wrong in `MANY` rows or more, those of most rows first.

    A value that is right in another row is left out: of a household that stands there twice the
    rows are to be looked at one by one.
    """
    found: dict[tuple[str, str], list[Row]] = {}
    for row in table.wrong:
        for name in row.faults:
            found.setdefault((name, row.said(name)), []).append(row)
    many = {key: rows for key, rows in found.items() if len(rows) >= MANY and key[1]}
    right = {(name, row.said(name)) for row in table.rows for name in row.cells
             if many and name not in row.faults}  # fmt: skip
    kept = [_same(table, name, rows) for (name, said), rows in many.items()
            if (name, said) not in right]  # fmt: skip
    return sorted(kept, key=lambda one: -len(one.rows))


def _same(table: "Table", name: str, rows: list["Row"]) -> Same:
    column = next(one for one in table.columns if one.name == name)
    return Same(column, rows[0].said(name), rows[0].faults[name], tuple(rows))
