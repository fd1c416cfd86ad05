"""Tables that people paste from Excel or send as a file: cells by column, faults by cell.

The domain checks a `Table` and gives it back with what is wrong; nothing is saved before the whole
of it is right. `portal.web.pasting` carries it from request to request.
"""

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from portal.core import same_faults, spreadsheet
from portal.core.errors import Invalid
from portal.core.same_faults import Same
from portal.core.text import N_, clean, fold

MOST_ROWS: Final = 5_000
TOO_MANY: Final = N_("Bảng có hơn 5.000 dòng. Mời chia thành nhiều lần.")
NO_COLUMN: Final = N_("Trong hàng tiêu đề chưa thấy cột: %(columns)s. Mời sửa tên cột rồi dán lại.")
EMPTY: Final = N_("Chưa thấy dòng nào. Mời dán các ô chép từ Excel, hoặc chọn tệp.")
NOT_TEXT: Final = N_("Tệp này không đọc được. Mời lưu lại thành .xlsx, hoặc .csv mã UTF-8.")
_HEADS_WITHIN: Final = 10
"""A template may say something above its heads."""
_SUMS: Final = frozenset({"tong", "tong cong", "tong so", "cong", "toan tinh", "total"})
_LINE: Final = "#"
_NUMBERS: Final = frozenset({"stt", "tt", "so tt", "so thu tu"})


@dataclass(frozen=True)
class Column:
    """A column that is understood."""

    name: str
    head: str
    """A msgid."""
    aliases: tuple[str, ...] = ()
    """What else it may be headed, in any writing."""
    width: str = ""
    """"narrow" or "wide", for the page."""
    needed: bool = False
    """Whether a table with heads says too little without it."""
    hides: bool = False
    """Whether it is not shown while all its cells are empty."""

    @property
    def heads(self) -> frozenset[str]:
        """Give every head that names it, folded."""
        return frozenset(fold(head) for head in (self.name, self.head, *self.aliases))


@dataclass(frozen=True)
class Remark:
    """A sentence about a cell: what is wrong with it, or how it was understood."""

    message: str
    """A msgid."""
    values: Mapping[str, object] = field(default_factory=dict)
    offers: bool = False
    """Of a note: whether what was typed may be kept instead, by a tick (`Row.sure`)."""


FILLED: Final = N_("lấy theo dòng trên")
"""The note of a cell that was empty and took over what stands above it: to be confirmed."""


def remark(message: str, **values: object) -> Remark:
    """Say something about a cell, with the values its message names."""
    return Remark(message, values)


@dataclass(frozen=True)
class Row:
    """One row: what its cells say, and what is to be said of them."""

    number: int
    """Counted from 1, heads apart; it names the row's fields."""
    cells: Mapping[str, str]
    """By the names of the columns, all of them, clean."""
    faults: Mapping[str, Remark] = field(default_factory=dict)
    notes: Mapping[str, Remark] = field(default_factory=dict)
    """How a cell was understood, what will be made of it; nothing is wrong there."""
    line: int = 0
    """Where it stands in what was pasted or sent, heads and empty lines counted, as Excel does."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """What was typed in the cells that are understood otherwise; that travels on."""
    sure: frozenset[str] = frozenset()
    """The cells in which what was typed is to be kept."""

    def read_as(self, cells: Mapping[str, str]) -> "Row":
        """Give the row with cells as they are understood; it remembers what was typed."""
        typed = {name: said for name in cells if (said := self.said(name)) != cells[name]}
        return replace(self, cells=cells, typed=typed)

    def said(self, name: str) -> str:
        """Give what was typed in a cell."""
        return self.typed.get(name, self.cells[name])


@dataclass(frozen=True)
class Table:
    """The rows of a pasted table."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    ignored: tuple[str, ...] = ()
    """Heads of columns that have no place here."""

    @property
    def wrong(self) -> tuple[Row, ...]:
        """Give the rows with a fault."""
        return tuple(row for row in self.rows if row.faults)

    @property
    def filled(self) -> Mapping[str, int]:
        """Count the cells that took over what stands above them, by the head of their column."""
        names = (name for row in self.rows for name, note in row.notes.items()
                 if note.message == FILLED)  # fmt: skip
        counts = Counter(names)
        return {one.head: counts[one.name] for one in self.columns if counts[one.name]}

    @property
    def faults(self) -> int:
        """Count the cells to be corrected."""
        return sum(len(row.faults) for row in self.rows)

    @property
    def told(self) -> list[Same]:
        """Give what is wrong, each sentence once with the rows of which it is said."""
        return same_faults.told(self)

    @property
    def repeated(self) -> list[Same]:
        """Give the values that are wrong in many rows, to be replaced in all of them at once."""
        return same_faults.repeated(self)

    def replaced(self, name: str, value: str, by: str) -> "Table":
        """Give the table with another value in every row that says this one in a column."""
        rows = (replace(row, cells={**row.cells, name: by}) if row.said(name) == value else row
                for row in self.rows)  # fmt: skip
        return replace(self, rows=tuple(rows))

    def found(
        self,
        faults: Mapping[int, Mapping[str, Remark]],
        notes: Mapping[int, Mapping[str, Remark]] | None = None,
    ) -> "Table":
        """Give the table with what was found, by the number of the row and the column's name."""
        said = notes or {}
        rows = (
            replace(row, faults=faults.get(row.number, {}), notes=said.get(row.number, {}))
            for row in self.rows
        )
        return replace(self, rows=tuple(rows))

    @property
    def shown(self) -> tuple[Column, ...]:
        """Give the columns that have something to show, or may get it."""
        return tuple(
            column
            for column in self.columns
            if not column.hides
            or any(row.cells[column.name] or column.name in row.faults for row in self.rows)
        )

    def to_text(self) -> str:
        """Give the rows as they were typed, as lines with tabs below the columns' names."""
        names = [column.name for column in self.columns]
        lines = ("\t".join(row.said(name) for name in names) for row in self.rows)
        return "\n".join(("\t".join(names), *lines))

    def to_held(self) -> str:
        """Give the same with the line of each row in front; `held` reads it again."""
        marks = (_LINE, *(str(row.line) for row in self.rows))
        text = self.to_text().split("\n")
        return "\n".join(f"{mark}\t{line}" for mark, line in zip(marks, text, strict=True))


def split(text: str, delimiter: str = "\t") -> tuple[list[list[str]], list[str]]:
    """Split rows and cells as Excel copies them: a cell with line ends stands in quotes.

    Returns:
        The cells of each row, and each row as it was typed.
    """
    quoted = text.count('"') % 2 == 0 and '"' in text
    lines = [f"{line}\n" for line in re.split(r"\r\n?|\n", text)]
    if not quoted:
        return [line.split(delimiter) for line in lines], lines
    reader = csv.reader(lines, delimiter=delimiter)
    rows, texts, start = [], [], 0
    for row in reader:
        rows.append(row)
        texts.append("".join(lines[start : reader.line_num]))
        start = reader.line_num
    return rows, texts


def read_text(text: str, columns: Sequence[Column]) -> Table:
    """Read what was pasted.

    Args:
        text: lines with tabs between the cells; without any tab, semicolons or commas (.csv).
        columns: with a row of heads they may stand in any order; without one, in this.

    Raises:
        Invalid: there is no row, or too many; under the name "text".
    """
    rows, _ = split(text, _delimiter(text))
    return of_rows(rows, columns)


def read_file(content: bytes, columns: Sequence[Column]) -> Table:
    """Read a file: the first sheet of an .xlsx, or a .csv in UTF-8 or UTF-16.

    Raises:
        Invalid: it cannot be read, there is no row, or too many; under the name "file".
    """
    try:
        if content.startswith(b"PK"):
            sheets = spreadsheet.read_sheets(content)
            return of_rows(next(iter(sheets.values()), []), columns)
        return read_text(decoded(content), columns)
    except Invalid as invalid:
        raise Invalid({"file": next(iter(invalid.errors.values()))}, **invalid.values) from invalid


def held(text: str, columns: Sequence[Column]) -> Table:
    """Read what `Table.to_held` (or `to_text`) wrote; quotes are only quotes there.

    Raises:
        Invalid: there is no row, or too many; under the name "text".
    """
    lines = [line.split("\t") for line in text.splitlines()]
    if not lines or lines[0][0] != _LINE:
        return of_rows(lines, columns)
    table = of_rows([line[1:] for line in lines], columns)
    marks = [line[0] for line in lines[1:] if any(clean(cell) for cell in line[1:])]
    rows = (
        replace(row, line=int(mark) if mark.isdecimal() and len(mark) < 7 else row.line)
        for row, mark in zip(table.rows, marks, strict=False)
    )
    return replace(table, rows=tuple(rows))


def of_rows(rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> Table:
    """Read rows whose cells are known; empty rows, running numbers and sums are left out.

    Raises:
        Invalid: there is no row, or too many, or a needed column has no head; under "text".
    """
    table = [(line, [clean(cell) for cell in row]) for line, row in enumerate(rows, 1)]
    numbered = [(line, row) for line, row in table if any(row)]
    filled = [row for _line, row in numbered]
    start, places = _heads(filled, columns)
    heads = filled[start - 1] if start else []
    body = [(line, row) for line, row in numbered[start:] if not _is_sum(row)]
    missing = [column.head for column in columns if column.needed and places[column.name] < 0]
    if missing:
        raise Invalid({"text": NO_COLUMN}, columns=missing)
    if not body:
        raise Invalid({"text": EMPTY})
    if len(body) > MOST_ROWS:
        raise Invalid({"text": TOO_MANY})
    found = tuple(
        Row(number, _cells(row, places), line=line) for number, (line, row) in enumerate(body, 1)
    )
    return Table(tuple(columns), found, _ignored(heads, places))


def _heads(rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    """Find the row of heads: how many rows it ends, and where each column stands."""
    known = {head: column.name for column in reversed(columns) for head in column.heads}
    for at, row in enumerate(rows[:_HEADS_WITHIN]):
        places: dict[str, int] = {}
        for place, cell in enumerate(row):
            name = known.get(fold(cell.rstrip(" *:")))
            if name:
                places.setdefault(name, place)
        is_needed = any(column.needed and column.name in places for column in columns)
        if len(places) >= min(2, len(columns)) or is_needed:
            return at + 1, {column.name: places.get(column.name, -1) for column in columns}
    return 0, {column.name: place for place, column in enumerate(columns)}


def _is_sum(row: Sequence[str]) -> bool:
    """Say whether a row only adds the others up."""
    return fold(next((cell for cell in row if cell), "").rstrip(" :")) in _SUMS


def _cells(row: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {
        name: row[place] if 0 <= place < len(row) else "" for name, place in places.items()
    }  # fmt: skip


def _ignored(heads: Sequence[str], places: Mapping[str, int]) -> tuple[str, ...]:
    used = set(places.values())
    others = ((at, head) for at, head in enumerate(heads) if head and at not in used)
    return tuple(head for _at, head in others if fold(head) not in _NUMBERS)


def _delimiter(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    if "\t" in text:
        return "\t"
    return ";" if first.count(";") >= first.count(",") else ","


def decoded(content: bytes) -> str:
    """Give the text of a .csv or .txt file.

    Raises:
        Invalid: its signs are none that we know; under "text".
    """
    # Excel writes “Unicode text” as UTF-16 and “CSV UTF-8” with a mark in front.
    coding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(coding)
    except UnicodeDecodeError as unreadable:
        raise Invalid({"text": NOT_TEXT}) from unreadable
