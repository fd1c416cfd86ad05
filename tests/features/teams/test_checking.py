"""What people paste from Excel as a working team, cell by cell."""

import unicodedata

import pytest

from portal.core import pasting, people
from portal.features.teams import checking
from portal.features.teams.checking import COLUMNS
from portal.features.teams.models import Part

HEADS = "STT\tHọ và tên\tChức vụ\tĐơn vị\tNhiệm vụ\tSĐT"


def look(*rows: str, merged: bool = True):
    text = "\n".join((HEADS, *rows))
    return checking.checked(pasting.read_text(text, COLUMNS), merged=merged)


def said(found, kind: str) -> list[dict[str, str]]:
    return [
        {name: one.message % one.values for name, one in getattr(row, kind).items()}
        for row in found.table.rows
    ]


def test_a_right_table_becomes_members_with_the_head_first_and_then_by_given_name():
    found = look(
        "1\tNguyễn Văn Hùng\tTrưởng khối\tĐảng ủy\tthành viên\t",
        "2\tTrần Thị Ánh\tCán bộ\tHội Nông dân\tthành viên\t",
        "3\tLê Văn Yên\tPhó Bí thư\tĐảng ủy\tTổ trưởng\t",
        "4\tPhạm Thị Cúc\tCông chức\tỦy ban\tTổ phó\t",
    )
    assert not found.table.faults
    assert [one.name for one in found.members] == [
        "Lê Văn Yên", "Phạm Thị Cúc", "Trần Thị Ánh", "Nguyễn Văn Hùng",
    ]  # fmt: skip


def test_capitals_and_decomposed_letters_are_put_right_and_said():
    decomposed = unicodedata.normalize("NFD", "HOÀNG VĂN NĂM")
    found = look(f"1\t{decomposed}\tCán bộ\tỦy ban\t\t")
    assert found.members[0].name == "Hoàng Văn Năm"
    assert said(found, "notes")[0]["name"] == "gốc HOÀNG VĂN NĂM"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912 000 004", "0912 000 004"), ("0912.000.004", "0912 000 004"),
        ("912000004", "0912 000 004"), ("+84 912 000 004", "0912 000 004"),
        ("84912000004", "0912 000 004"), ("02043 854 123", "0204 385 4123"), ("", ""),
    ],
)  # fmt: skip
def test_telephone_numbers_are_kept_in_one_writing(typed, kept):
    assert people.phone(typed) == kept


@pytest.mark.parametrize("typed", ["0912 000 0O7", "1234", "không có", "0112 000 004"])
def test_what_is_no_telephone_number_is_said_in_its_cell(typed):
    found = look(f"1\tNguyễn Văn A\tCán bộ\tỦy ban\t\t{typed}")
    assert set(said(found, "faults")[0]) == {"phone"}


@pytest.mark.parametrize("again", ["Nguyễn Thị Hòa", "NGUYỄN THỊ HOÀ", "Nguyen Thi Hoa"])
def test_the_same_person_in_another_writing_is_found(again):
    found = look("1\tNguyễn Thị Hòa\tCán bộ\tỦy ban\t\t", f"2\t{again}\tCông chức\tỦy ban\t\t")
    assert "dòng 2" in said(found, "faults")[1]["name"]


def test_two_telephones_are_two_people():
    found = look(
        "1\tNguyễn Thị Hòa\tCán bộ\tỦy ban\t\t0912000001",
        "2\tNguyễn Thị Hòa\tCán bộ\tỦy ban\t\t0912000002",
    )
    assert not found.table.faults


def test_a_merged_cell_goes_on_below_but_not_where_it_was_typed():
    rows = ("1\tLê Văn Bình\tChủ tịch\tHội Nông dân\t\t", "2\tVũ Thị Dung\tPhó Chủ tịch\t\t\t")
    assert look(*rows).members[1].body == "Hội Nông dân"
    assert look(*rows, merged=False).members[1].body == ""


def test_odd_parts_second_heads_and_missing_names_are_said():
    found = look(
        "1\tLê Văn Bình\tA\tB\ttổ trưởng\t", "2\tVũ Thị Dung\tA\tB\tTổ Trưởng\t",
        "3\t\tA\tB\t\t", "4\tĐỗ Văn Em\tA\tB\tnấu cơm\t", "5\tNgô 123\tA\tB\t\t",
    )  # fmt: skip
    assert [set(one) for one in said(found, "faults")] == [
        set(), {"part"}, {"name"}, {"part"}, {"name"},
    ]  # fmt: skip


def test_somebody_without_post_and_unit_is_asked_for_one():
    assert "position" in said(look("1\tLê Văn Bình\t\t\t\t"), "faults")[0]


def test_words_for_parts_are_understood():
    for typed, part in {"Tổ viên": Part.MEMBER, "CÁN BỘ NHẬP DỮ LIỆU": Part.DATA_ENTRY}.items():
        assert checking.part_of(typed) == part


def test_more_than_sixty_people_are_too_many():
    letters = "ABCDEFGHIKLMNOPQRSTUVXY"
    rows = [f"{n}\tLê {letters[n // 20]}ình {letters[n % 20]}ăm\tA\tB\t\t" for n in range(61)]
    assert "60" in said(look(*rows), "faults")[-1]["name"]
