"""A table of duties pasted from Excel: columns by their heads, mistakes beside their cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.features.documents.importing import tables

HEADS = "STT\tNội dung công việc\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời hạn\tMinh chứng"
ROW = "1\tNiêm yết mã QR\tTổ công tác\tĐoàn Thanh niên\tchậm nhất ngày 04/5/2026\tẢnh"


def test_columns_are_known_by_their_heads_in_any_order():
    (row,) = tables.duties("Hạn\tGhi chú\tViệc\tCơ quan thực hiện\n04/5/2026\tx\tHọp\tĐảng ủy").rows
    assert (row.cells["what"], row.cells["lead"], row.cells["due"]) == (
        "Họp", "Đảng ủy", "04/5/2026",
    )  # fmt: skip
    assert row.errors == {}


def test_a_column_that_has_no_place_is_named():
    assert tables.duties("Việc\tChủ trì\tKinh phí\nHọp\tĐảng ủy\t5 triệu").ignored == ("Kinh phí",)


@pytest.mark.parametrize("text", [f"{HEADS}\n{ROW}", ROW])
def test_with_or_without_heads_a_row_is_a_duty(text):
    (duty,) = tables.duties(text).duties()
    assert (duty.what, duty.lead.name, duty.joins, duty.due, duty.evidence) == (
        "Niêm yết mã QR", "Tổ công tác", "Đoàn Thanh niên", "chậm nhất ngày 04/5/2026", "Ảnh",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("due", "error"), [("31/02/2026", tables.NO_SUCH_DAY), ("9/11/26", tables.SHORT_YEAR)]
)
def test_a_day_that_cannot_be_is_told_at_its_cell_and_the_row_is_kept(due, error):
    pasted = tables.duties(f"{HEADS}\n1\tHọp\tĐảng ủy\t\t{due}\t\n2\t\tĐảng ủy\t\t\t")
    assert pasted.rows[0].errors == {"due": error}
    assert pasted.rows[1].errors["what"] == tables.NO_WORK
    assert pasted.duties() == ()
    assert [one.due for one in pasted.all_duties()] == [due]


def test_a_cell_of_several_lines_is_one_cell():
    (row,) = tables.duties('Việc\tChủ trì\n"Niêm yết\nmã QR"\tTổ công tác').rows
    assert row.cells["what"] == "Niêm yết mã QR"


@given(st.text(alphabet='aĐ\t\n"1.', max_size=60))
def test_no_paste_breaks_the_reader(text):
    for row in tables.duties(text).rows:
        assert row.cells.keys() == set(tables.COLUMNS)
