"""What the editor shows, and what differs between two wordings."""

from dataclasses import replace

from portal.features.questionnaires.comparing import changes
from portal.features.questionnaires.editor import Editor
from tests.support.composing import FIRST, FULL, MATRIX, TEXT, form


def test_a_focus_opens_a_question_and_names_its_field():
    for focus, opened, field in (
        ("question-a", "a", "a-hoi"),
        ("option-a-co", "a", "a-chon-co-nhan"),
        ("row-m-b", "m", "m-dong-b-nhan"),
        ("section-2", "", "phan-2-ten"),
        ("whole", "whole", "ten"),
        ("question-gone", "", "gone-hoi"),
        ("", "", ""),
        ("nonsense", "", ""),
    ):
        editor = Editor(FULL, focus)
        assert (editor.opened, editor.field) == (opened, field), focus


def test_findings_are_found_at_each_of_their_places():
    editor = Editor(form(replace(FIRST, text=""), MATRIX, TEXT))
    assert [one.rule for one in editor.said_of("question-a")] == ["text"]
    assert editor.errors == 1
    empty = Editor(form())
    assert "empty" in [one.rule for one in empty.said_of("whole")]
    assert "section_empty" in [one.rule for one in empty.said_of("section-1")]


def test_a_question_can_hang_on_closed_ones_before_it_only():
    editor = Editor(form(FIRST, TEXT, MATRIX, replace(FIRST, id="d")))
    assert [each.number for each in editor.earlier(editor.definition.questions[3])] == [1]
    hanging = replace(FIRST, id="e", show_if={"a": ("co",), "gone": ("x",)})
    conditions = list(Editor(form(FIRST, hanging)).conditions(hanging))
    assert [bool(one.earlier) for one in conditions] == [True, False]


def test_a_row_of_a_matrix_can_stand_for_the_whole():
    assert [value for value, _ in Editor(FULL).key_choices] == ["a", "b", "m.a", "m.b"]


def test_the_same_wording_has_no_changes():
    assert changes(FULL, FULL) == []


def test_changes_are_named_by_their_place():
    before = form(FIRST, MATRIX)
    after = replace(form(replace(FIRST, text="Khác?"), TEXT), title="Tên khác", threshold=10)
    found = [
        (one.place % one.values, bool(one.before), bool(one.after))
        for one in changes(before, after)
    ]
    assert found == [
        ("Tên phiếu", True, True), ("Công bố từ bao nhiêu phiếu", True, True),
        ("Câu 1", True, True), ("Câu 2", False, True), ("Câu đã bỏ", True, False),
    ]  # fmt: skip


def test_a_change_of_conditions_and_scores_is_seen():
    before = form(FIRST, replace(FIRST, id="b"))
    after = form(FIRST, replace(FIRST, id="b", show_if={"a": ("co",)}))
    [change] = changes(before, after)
    assert "→ 1: Có" in change.after
