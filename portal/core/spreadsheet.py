"""Reading spreadsheets that people filled in: cells as text, nothing computed, sizes bounded."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from portal.core.errors import Invalid
from portal.core.text import N_, clean

MOST_BYTES: Final = 60_000_000
"""Of the workbook unpacked: 2,000 rows take about one of them."""
MOST_ROWS, MOST_COLUMNS = 20_000, 200
UNREADABLE = N_("Tệp này không đọc được. Mời lưu lại từ Excel thành tệp .xlsx rồi thử lại.")
TOO_LARGE = N_("Tệp này quá lớn.")

Rows = list[list[str]]


def read_sheets(content: bytes) -> Mapping[str, Rows]:
    """Give the sheets of an .xlsx by name, every cell as clean text.

    Whole numbers lose the “.0” that Excel gives them, dates are written dd/mm/yyyy, true is “x”.

    Raises:
        Invalid: it is no .xlsx, or too large; under the name "file".
    """
    _check_size(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
        if any(_is_too_large(sheet) for sheet in sheets.values()):
            raise Invalid({"file": TOO_LARGE})
        return {
            name: [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            for name, sheet in sheets.items()
        }
    except CalamineError as unreadable:
        raise Invalid({"file": UNREADABLE}) from unreadable


def cell_name(row: int, column: int) -> str:
    """Give the name of a cell as Excel shows it, counted from 0: (6, 1) is B7."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _check_size(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile as unreadable:
        raise Invalid({"file": UNREADABLE}) from unreadable
    if size > MOST_BYTES:
        raise Invalid({"file": TOO_LARGE})


def _is_too_large(sheet: CalamineSheet) -> bool:
    return sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    return clean(str(cell), multiline=True)
