"""Spreadsheets that hold text as text: nothing anybody wrote can become a formula or a link."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

import xlsxwriter

from portal.core.text import clean

LONGEST = 32_767
"""Characters of a cell."""

Value = str | int | float | None


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in characters, whether it holds shares."""

    head: str
    width: int
    share: bool = False


class Sheet:
    """One sheet, written from top to bottom."""

    def __init__(  # noqa: D417
        self,
        book: Any,  # noqa: ANN401 - xlsxwriter ships no types
        name: str,
        columns: Sequence[Column],
        above: Sequence[str] = (),
    ) -> None:
        """Set the page up (A4, landscape, heads on every page) and write the heads.

        Args:
            above: lines over the whole width that stand above the heads.
        """
        self._sheet = book.add_worksheet(name)
        self._formats = [book.formats_of[column.share] for column in columns]
        self._columns = columns
        self._row = self._head = len(above)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&R&P/&N")
        self._sheet.freeze_panes(self._head + 1, 0)
        self._sheet.repeat_rows(self._head)
        for place, column in enumerate(columns):
            self._sheet.set_column(place, place, column.width)
        for at, line in enumerate(above):
            self._sheet.merge_range(at, 0, at, len(columns) - 1, "", book.above_format)
            self._sheet.write_string(at, 0, clean(line)[:LONGEST], book.above_format)
        self._write([column.head for column in columns], [book.head_format] * len(columns))

    def add(self, values: Sequence[Value]) -> None:
        """Write a row: texts as texts, numbers as numbers, None as nothing."""
        self._write(values, self._formats)

    def offer(self, place: int, words: Sequence[str] | str, rows: int = 1000) -> None:
        """Let the cells of a column be chosen from a list; other words are refused by Excel.

        Args:
            place: of the column, from 0.
            words: the list; above 255 characters where it stands: “='Danh mục'!$A$2:$A$9”.
            rows: in how many rows.
        """
        source = words if isinstance(words, str) else list(words)
        allowed = {"validate": "list", "source": source}
        first = self._head + 1
        self._sheet.data_validation(first, place, self._head + rows, place, allowed)

    def close(self) -> None:
        """Let the reader filter by every column."""
        self._sheet.autofilter(
            self._head, 0, max(self._row - 1, self._head + 1), len(self._columns) - 1
        )

    def _write(self, values: Sequence[Value], formats: Sequence[object]) -> None:
        for place, (value, look) in enumerate(zip(values, formats, strict=True)):
            if isinstance(value, str):
                text = clean(value, multiline=True)[:LONGEST]
                self._sheet.write_string(self._row, place, text, look)
            elif value is not None:
                self._sheet.write_number(self._row, place, value, look)
        self._row += 1


@contextmanager
def workbook(stream: IO[bytes]) -> Iterator[Any]:
    """Open a workbook that keeps one row in memory."""
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(stream, options) as book:
        wrapped = {"text_wrap": True, "valign": "top"}
        book.head_format = book.add_format({"bold": True, "bottom": 1, **wrapped})
        book.above_format = book.add_format({"bold": True, "align": "center"})
        plain, share = wrapped, {"num_format": "0.0%", **wrapped}
        book.formats_of = {False: book.add_format(plain), True: book.add_format(share)}
        yield book
