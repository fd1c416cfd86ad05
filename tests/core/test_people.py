"""Names as people type them: capitals are put right word by word, what is meant stays."""

import pytest

from portal.core.people import is_doubtful, is_retyped, person_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("NGUYỄN THỊ HÀ", "Nguyễn Thị Hà"),
        ("NGUYỄN THỊ Hà", "Nguyễn Thị Hà"),
        ("Nguyễn văn hùng", "Nguyễn Văn Hùng"),
        ("nguyễn văn hùng", "Nguyễn Văn Hùng"),
        ("Nguyễn Văn A", "Nguyễn Văn A"),
        ("H'Hen Niê", "H'Hen Niê"),
        ("H'HEN Niê", "H'Hen Niê"),
        ("Ronald McDonald", "Ronald McDonald"),
        ("Maria de la Cruz", "Maria de la Cruz"),
        ("NGUYỄN VĂN TUẤN II", "Nguyễn Văn Tuấn II"),
        ("Lê Văn B (phó chủ tịch)", "Lê Văn B (phó chủ tịch)"),
        ("đ/c LÊ Văn C", "Lê Văn C"),
    ],
)
def test_capitals_stand_where_names_have_them(typed, kept):
    assert person_name(typed) == kept
    assert not is_doubtful(kept)


@pytest.mark.parametrize(
    ("typed", "doubtful"),
    [("NGUYỄN THỊ Hà", True), ("Trần VH Anh", True), ("NGUYỄN THỊ HÀ", False), ("Lê A", False)],
)
def test_capitals_of_some_words_may_be_meant(typed, doubtful):
    assert is_doubtful(typed) is doubtful
    assert person_name(typed, keep=True) == typed


def test_the_same_capitals_once_more_over_what_was_put_right_are_meant():
    assert not is_retyped("Trần VH Anh", {""})
    assert is_retyped("Trần VH Anh", {"Trần Vh Anh"})
    assert is_retyped("Trần VH Anh", {"Trần VH Anh"})
    assert not is_retyped("TRẦN VH ANH", {"Trần Vh Anh"})
