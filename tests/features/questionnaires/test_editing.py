"""Commands of the editor: one command, one new form."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.features.questionnaires.definition import Definition, Kind, Section
from portal.features.questionnaires.editing import edit
from tests.support.composing import FIRST, FULL, MATRIX, TEXT, form

TWO = Definition(
    "THU", "Thử", "", "",
    (
        Section("Một", (replace(FIRST, id="c1"), replace(TEXT, id="c2", show_if={"c1": ("co",)}))),
        Section("Hai", (replace(MATRIX, id="c3"),)),
    ),
)  # fmt: skip


def order(definition: Definition) -> str:
    return " / ".join(" ".join(q.id for q in s.questions) for s in definition.sections)


@pytest.mark.parametrize(("command", "expected", "focus"), [
    ("section.add", "c1 c2 / c3 / ", "section-3"),
    ("section.add.1", "c1 c2 /  / c3", "section-2"),
    ("section.up.2", "c3 / c1 c2", "section-1"),
    ("section.down.1", "c3 / c1 c2", "section-2"),
    ("section.up.1", "c1 c2 / c3", "section-1"),
    ("section.into.2.1", "c3 / c1 c2", "section-1"),
    ("section.copy.1", "c1 c2 / c4 c5 / c3", "section-2"),
    ("section.remove.1", "c3", "section-1"),
    ("question.add.1", "c1 c2 c4 / c3", "question-c4"),
    ("question.below.c1", "c1 c4 c2 / c3", "question-c4"),
    ("question.up.c2", "c2 c1 / c3", "question-c2"),
    ("question.up.c3", "c1 c2 c3 / ", "question-c3"),
    ("question.down.c2", "c1 / c2 c3", "question-c2"),
    ("question.down.c3", "c1 c2 / c3", "question-c3"),
    ("question.up.c1", "c1 c2 / c3", "question-c1"),
    ("question.into.c1.2", "c2 / c3 c1", "question-c1"),
    ("question.into.c1.2.1", "c2 / c1 c3", "question-c1"),
    ("question.into.c1.1.99", "c2 c1 / c3", "question-c1"),
    ("question.copy.c2", "c1 c2 c4 / c3", "question-c4"),
    ("question.remove.c1", "c2 / c3", "question-c2"),
    ("question.remove.c3", "c1 c2 / ", "section-2"),
])  # fmt: skip
def test_sections_and_questions_move_and_the_focus_follows(command, expected, focus):
    edited = edit(TWO, command)
    assert (order(edited.definition), edited.focus) == (expected, focus)


@pytest.mark.parametrize("kind", Kind)
def test_a_new_question_has_room_for_its_answers(kind):
    made = edit(TWO, f"question.add.2.{kind}").definition.questions[-1]
    assert (made.kind, made.text) == (kind, "")
    assert bool(made.options) == (kind != Kind.TEXT)
    assert bool(made.rows) == (kind == Kind.MATRIX)


def test_conditions_within_a_copied_section_point_to_the_copies():
    copied = edit(TWO, "section.copy.1").definition.sections[1].questions
    assert copied[1].show_if == {"c4": ("co",)}


def codes(definition: Definition, what: str = "options") -> str:
    return " ".join(item.code for item in getattr(definition.questions[0], what))


@pytest.mark.parametrize(("command", "expected"), [
    ("option.add.a", "co khong 1"), ("option.unknown.a", "co khong kb"),
    ("option.up.a.khong", "khong co"), ("option.down.a.co", "khong co"),
    ("option.remove.a.co", "khong"), ("option.scale.a.tot", "4 3 2 1 kb"),
    ("option.scale.a.x", "co khong"),
])  # fmt: skip
def test_options_are_added_moved_and_taken_from_ready_scales(command, expected):
    assert codes(edit(form(FIRST), command).definition) == expected


def test_what_stands_apart_stays_last_and_is_there_once():
    definition = edit(form(FIRST), "option.unknown.a").definition
    assert codes(edit(definition, "option.add.a").definition) == "co khong 1 kb"
    assert edit(definition, "option.unknown.a").definition == definition


@pytest.mark.parametrize(("command", "expected"), [
    ("row.add.m", "a b 1"), ("row.up.m.b", "b a"), ("row.remove.m.a", "b"),
])  # fmt: skip
def test_rows_of_a_matrix_are_added_and_moved(command, expected):
    assert codes(edit(form(MATRIX), command).definition, "rows") == expected


_WORDS = ["section", "question", "option", "row", "add", "up", "down", "into", "copy", "remove",
          "below", "unknown", "scale", "a", "m", "b", "z", "0", "1", "2", "99", "-1"]  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(_WORDS), max_size=5).map(".".join), max_size=6))
def test_no_command_breaks_a_form_and_ids_stay_unique(commands):
    definition = FULL
    for command in commands:
        definition = edit(definition, command).definition
    ids = [question.id for question in definition.questions]
    assert len(set(ids)) == len(ids)
    assert Definition.from_json(definition.to_json()) == definition
