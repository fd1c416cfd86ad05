"""Spreadsheets read back: every cell as text, and nothing that fills the memory."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from portal.core import spreadsheet
from portal.core.errors import Invalid
from portal.core.spreadsheet import cell_name, read_sheets


def book(*cells: tuple[int, int, object]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        sheet = made.add_worksheet("Trang")
        days = made.add_format({"num_format": "dd/mm/yyyy"})
        for row, column, value in cells:
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, days)
            else:
                sheet.write(row, column, value)
    return stream.getvalue()


def test_cells_come_as_clean_text():
    day = date(2026, 5, 7)
    content = book((0, 0, " Phở\u200b "), (0, 1, 12), (0, 2, 1.5), (0, 3, True), (1, 0, day))
    assert read_sheets(content) == {
        "Trang": [["Phở", "12", "1.5", "x"], ["07/05/2026", "", "", ""]]
    }


def test_places_are_kept_when_the_first_rows_are_empty():
    assert read_sheets(book((2, 1, "x")))["Trang"][2][1] == "x"


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04", b"<html>"])
def test_what_is_no_spreadsheet_is_refused(content):
    with pytest.raises(Invalid):
        read_sheets(content)


def test_a_zip_that_is_no_workbook_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("a.txt", "a")
    with pytest.raises(Invalid):
        read_sheets(stream.getvalue())


@pytest.mark.parametrize("cell", [(20_001, 0, "x"), (0, 201, "x")])
def test_a_sheet_that_reaches_too_far_is_refused(cell):
    with pytest.raises(Invalid) as refusal:
        read_sheets(book(cell))
    assert refusal.value.errors == {"file": spreadsheet.TOO_LARGE}


def test_a_bomb_is_not_unpacked():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (spreadsheet.MOST_BYTES + 1))
    with pytest.raises(Invalid) as refusal:
        read_sheets(stream.getvalue())
    assert refusal.value.errors == {"file": spreadsheet.TOO_LARGE}


@pytest.mark.parametrize(("row", "column", "name"), [
    (0, 0, "A1"), (6, 1, "B7"), (9, 25, "Z10"), (0, 26, "AA1"), (0, 701, "ZZ1"), (0, 702, "AAA1"),
])  # fmt: skip
def test_a_cell_is_named_as_excel_names_it(row, column, name):
    assert cell_name(row, column) == name
