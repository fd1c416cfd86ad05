"""Pasted tables: heads in any order, cells clean, faults by cell, nothing lost on the way back."""

import io

import pytest
import xlsxwriter

from portal.core import pasting
from portal.core.errors import Invalid
from portal.core.pasting import Column, remark

COLUMNS = (Column("unit", "Đơn vị", ("xã",)), Column("name", "Tên"), Column("note", "Ghi chú"))


def cells(table):
    return [tuple(row.cells.values()) for row in table.rows]


def read(text):
    return pasting.read_text(text, COLUMNS)


def sheet(rows):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet()
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return stream.getvalue()


def test_columns_are_found_by_their_heads_in_any_order_and_others_are_named():
    table = read("STT\tTÊN\tSĐT\tXã\n1\tAn\t09\tXã A")
    assert cells(table) == [("Xã A", "An", "")]
    assert table.ignored == ("SĐT",)


def test_without_heads_the_cells_stand_in_the_usual_order():
    assert cells(read("Xã A\tAn\tgấp\n\n\t\t\nXã B\tBình")) == [
        ("Xã A", "An", "gấp"), ("Xã B", "Bình", ""),
    ]  # fmt: skip


def test_what_stands_above_the_heads_is_left_out():
    assert cells(read("DANH SÁCH\t\nĐơn vị\tTên\nXã A\tAn")) == [("Xã A", "An", "")]


def test_a_cell_with_line_ends_is_one_cell_on_one_line():
    assert cells(read('Đơn vị\tTên\n"Xã A\nhuyện B"\tAn')) == [("Xã A huyện B", "An", "")]


@pytest.mark.parametrize("text", ["Đơn vị,Tên\nXã A,An", "Đơn vị;Tên\nXã A;An"])
def test_a_csv_is_split_at_what_its_first_line_shows(text):
    for content in (text.encode("utf-8-sig"), text.encode("utf-16")):
        assert cells(pasting.read_file(content, COLUMNS)) == [("Xã A", "An", "")]


def test_a_spreadsheet_is_read_from_its_first_sheet():
    content = sheet([["Tên", "Đơn vị"], ["An", 7213.0]])
    assert cells(pasting.read_file(content, COLUMNS)) == [("7213", "An", "")]


@pytest.mark.parametrize("content", [b"PK\3\4 no zip", b"\x81\x8d\x8f\x90", b"", b"\n\n"])
def test_a_file_that_says_nothing_is_refused_beside_its_field(content):
    with pytest.raises(Invalid) as refused:
        pasting.read_file(content, COLUMNS)
    assert list(refused.value.errors) == ["file"]


def test_too_many_rows_are_refused():
    with pytest.raises(Invalid):
        read("Xã A\tAn\n" * (pasting.MOST_ROWS + 1))


def test_a_table_comes_back_from_its_text_with_quotes_and_all():
    table = read('Đơn vị\tTên\nXã "A"\tAn "Tí\n\tBình')
    assert cells(pasting.held(table.to_text(), COLUMNS)) == cells(table)


def test_faults_and_notes_stay_with_their_cells():
    table = read("Xã A\tAn\tx\nXã B\tBình\ty").found(
        {2: {"unit": remark("Không có")}}, {1: {"name": remark("mới")}}
    )
    assert [row.number for row in table.wrong] == [2]
    assert table.faults == 1
    assert set(table.rows[0].notes) == {"name"}


NEEDY = (
    Column("code", "Mã", needed=True),
    Column("name", "Tên"),
    Column("why", "Nguồn", hides=True),
)


def test_a_needed_column_without_a_head_is_named_once():
    for text in ("Mã lạ\tTên\nA\tAn\nB\tBình", "Tên\nAn"):
        with pytest.raises(Invalid) as refused:
            pasting.read_text(text, (*NEEDY[:1], Column("name", "Tên", needed=True), NEEDY[2]))
        assert refused.value.values == {"columns": ["Mã"]}


def test_rows_are_counted_as_excel_does_there_and_back():
    table = pasting.read_text("DANH SÁCH\n\nMã\tTên\n1\tAn\n\n2\tBình\nTổng cộng\t2", NEEDY)
    assert [row.line for row in table.rows] == [4, 6]
    again = pasting.held(table.to_held(), NEEDY)
    assert [(row.line, row.cells["name"]) for row in again.rows] == [(4, "An"), (6, "Bình")]


def test_a_column_that_may_hide_shows_once_it_says_something():
    assert [column.name for column in pasting.read_text("1\tAn", NEEDY).shown] == ["code", "name"]
    assert len(pasting.read_text("1\tAn\tQĐ 5", NEEDY).shown) == 3


def faulty(text, **wrong):
    """Give a table in which every cell of a column that says one of these is wrong."""
    table = read(text)
    faults = {
        row.number: {name: remark(said) for name, values in wrong.items()
                     for value, said in values.items() if row.cells[name] == value}
        for row in table.rows
    }  # fmt: skip
    return table.found({number: one for number, one in faults.items() if one})


def test_the_same_fault_is_told_once_with_its_rows():
    table = faulty("Đơn vị\tTên\nXã A\tAn\nXa B\tBình\nXa C\tChi\nXã A\t?",
                   unit={"Xa B": "lạ", "Xa C": "lạ"}, name={"?": "trống"})  # fmt: skip
    told = [(one.column.name, one.fault.message, len(one.rows)) for one in table.told]
    assert told == [("unit", "lạ", 2), ("name", "trống", 1)]


def test_a_value_that_is_wrong_in_many_rows_is_replaced_in_all_of_them():
    rows = "\n".join(["Đơn vị\tTên", *(f"Xa B\tAn {n}" for n in range(4)), *(["Xa C\tChi"] * 2)])
    table = faulty(rows, unit={"Xa B": "lạ", "Xa C": "lạ"})
    [same] = table.repeated
    assert (same.column.name, same.typed, len(same.rows)) == ("unit", "Xa B", 4)
    changed = table.replaced("unit", "Xa B", "Xã B")
    assert [row.cells["unit"] for row in changed.rows] == ["Xã B"] * 4 + ["Xa C"] * 2


def test_a_value_that_is_right_in_one_row_is_not_offered_to_be_replaced():
    table = read("Đơn vị\tTên\n" + "\n".join(["Xã A\tAn"] * 5))
    twice = table.found({n: {"name": remark("trùng")} for n in range(2, 6)})
    assert twice.repeated == []
