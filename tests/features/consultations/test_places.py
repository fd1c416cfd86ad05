"""What people write to say where in a draft: read in any usual way, or refused with a reason."""

from dataclasses import dataclass

import pytest

from portal.features.consultations.places import Finder, Unplaced


@dataclass(frozen=True)
class One:
    """A provision of the draft."""

    key: str
    level: str
    number: str
    heading: str = ""
    place: str = ""
    parent: str = ""
    text: str = ""


DRAFT = Finder((
    One("c1", "chapter", "I", place="Chương I"),
    One("5", "article", "5", "Phạm vi", "Điều 5", "c1"),
    One("c2", "chapter", "II", place="Chương II"),
    One("7", "article", "7", "Hình thức công khai", "Điều 7", "c2"),
    One("7.1", "clause", "1", place="khoản 1 Điều 7", parent="7"),
    One("7.2", "clause", "2", place="khoản 2 Điều 7", parent="7"),
    One("7.2d", "point", "d", place="điểm d khoản 2 Điều 7", parent="7.2"),
    One("7.2đ", "point", "đ", place="điểm đ khoản 2 Điều 7", parent="7.2"),
    One("7.2a", "clause", "2a", place="khoản 2a Điều 7", parent="7"),
    One("8", "article", "8", "Thời gian", "Điều 8", "c2"),
    One("8đ", "point", "đ", place="điểm đ Điều 8", parent="8"),
    One("9a", "article", "9a", "Thêm", "Điều 9a", "c2"),
    One("9a1", "clause", "1", place="khoản 1 Điều 9a", parent="9a"),
))  # fmt: skip


@pytest.mark.parametrize(("text", "key"), [
    ("khoản 2 Điều 7", "7.2"), ("Điều 7, khoản 2", "7.2"), ("đ.7 k.2", "7.2"), ("Đ7K2", "7.2"),
    ("k2 đ7", "7.2"), ("dieu 7 khoan 2", "7.2"), ("7.2", "7.2"), ("Điều 7.2", "7.2"),
    ("ĐIỀU 7\nKHOẢN 2", "7.2"), ("Khoản 2, Điều 7, Chương II", "7.2"), ("Điều 7", "7"),
    ("Điều 07", "7"), ("7", "7"), ("Điều 7. Hình thức công khai", "7"),
    ("Điều 7 (Hình thức công khai)", "7"), ("hình thức công khai", "7"), ("Điều 9A", "9a"),
    ("khoản 1 điều 9a", "9a1"), ("khoản 2a Điều 7", "7.2a"), ("Chương II", "c2"),
    ("chương 2", "c2"),
])  # fmt: skip
def test_a_place_is_found_however_it_is_written(text, key):
    assert DRAFT.find(text).key == key


@pytest.mark.parametrize(("text", "key"), [
    ("điểm đ khoản 2 Điều 7", "7.2đ"), ("điểm d khoản 2 Điều 7", "7.2d"), ("đ.đ k.2 đ.7", "7.2đ"),
    ("Điểm “đ”, khoản 2, Điều 7", "7.2đ"), ("7.2.đ", "7.2đ"), ("điểm đ Điều 8", "8đ"),
    ("diem d dieu 8", "8đ"), ("Điều  7 – Khoản 2 – Điểm d", "7.2d"),
])  # fmt: skip
def test_a_point_with_a_stroke_is_another_unless_only_one_is_there(text, key):
    assert DRAFT.find(text).key == key


@pytest.mark.parametrize(
    "text", ["toàn văn", "Toàn bộ dự thảo", "chung", "Góp ý chung", "Bố cục", "TOÀN VĂN dự thảo"]
)
def test_the_draft_as_a_whole_has_many_names(text):
    assert DRAFT.find(text).key == ""


def test_a_clause_alone_is_read_within_what_the_row_above_names():
    assert DRAFT.find("khoản 2", above="7").key == "7.2"
    assert DRAFT.find("điểm đ", above="7.2").leant
    assert DRAFT.find("khoản 2", above="7.1").key == "7.2"
    with pytest.raises(Unplaced, match="Chưa rõ"):
        DRAFT.find("khoản 2", above="8")
    with pytest.raises(Unplaced):
        DRAFT.find("khoản 2")


@pytest.mark.parametrize("text", [
    "Điều 5, 7", "Điều 5 và Điều 7", "Điều 5-8", "khoản 1, 2 Điều 7", "khoản 1; khoản 2 Điều 7",
    "Điều 7 đến Điều 9", "điểm d, đ khoản 2 Điều 7",
])  # fmt: skip
def test_several_places_in_one_cell_are_not_guessed(text):
    with pytest.raises(Unplaced, match="nhiều điều khoản"):
        DRAFT.find(text)


@pytest.mark.parametrize(("text", "said"), [
    ("Điều 99", "Dự thảo không có Điều 99."),
    ("khoản 9 Điều 7", "Không có khoản 9 Điều 7; dự thảo có Điều 7."),
    ("điểm e khoản 2 Điều 7", "Không có điểm e khoản 2 Điều 7; dự thảo có khoản 2 Điều 7."),
    ("Đề nghị xem lại", "Chưa hiểu “Đề nghị xem lại” là chỗ nào."),
])  # fmt: skip
def test_what_is_not_there_is_said(text, said):
    with pytest.raises(Unplaced) as unplaced:
        DRAFT.find(text)
    why = unplaced.value.why
    assert (why.message % why.values).startswith(said)


def test_every_provision_is_found_by_its_own_name():
    for one in DRAFT._all:
        assert DRAFT.find(one.place).key == one.key
