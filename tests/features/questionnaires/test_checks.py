"""What forbids a version, and what its author should look at."""

import json
from dataclasses import replace

import pytest

from portal.features.questionnaires import checks
from portal.features.questionnaires.checks.found import Level
from portal.features.questionnaires.definition import (
    Definition,
    Kind,
    Option,
    Question,
    Row,
    Section,
)
from portal.features.questionnaires.scales import SCALES, UNKNOWN
from portal.features.questionnaires.services import LIBRARY
from tests.support.composing import FIRST, FULL, MATRIX, NO, TEXT, YES, form

SCALE = Question("s", "Ông/bà hài lòng thế nào?", Kind.SCALE, options=SCALES["hailong"].options)
TICKS = replace(FIRST, id="t", kind=Kind.MULTI, options=(YES, NO, UNKNOWN))


def rules(definition: Definition, level: Level) -> set[str]:
    return {found.rule for found in checks.check(definition) if found.level == level}


def after(*wanted: str, **conditions: tuple[str, ...]) -> Question:
    return replace(TEXT, show_if={"a": wanted} if wanted else conditions)


def test_a_sound_form_has_nothing_to_say():
    assert checks.check(replace(FULL, languages={})) == ()
    assert checks.errors(form(FIRST, after("co"), key_question="a")) == ()


def test_what_stands_for_the_whole_without_a_scale_has_no_share_of_satisfied_answers():
    assert "key_scale" in rules(form(FIRST, key_question="a"), Level.WARNING)
    assert "key_scale" not in rules(form(SCALE, MATRIX, key_question="s"), Level.WARNING)
    assert "key_scale" not in rules(form(SCALE, MATRIX, key_question="m.b"), Level.WARNING)


def test_a_condition_that_is_wrong_names_questions_by_their_numbers():
    said = [each.said for each in checks.errors(form(after("x"), FIRST))]
    assert said == ["Điều kiện dựa vào câu 2, là câu đứng sau hoặc chính câu này."]
    [gone] = checks.errors(form(FIRST, after(c11=("co",))))
    assert gone.said == "Điều kiện dựa vào một câu không còn nữa."


@pytest.mark.parametrize(("definition", "rule"), [
    (replace(form(FIRST), title=""), "title"),
    (form(), "empty"),
    (replace(form(FIRST), sections=(Section("", (FIRST,)),)), "section_title"),
    (replace(form(FIRST), sections=(Section("A", (FIRST,)), Section("B", ()))), "section_empty"),
    (form(FIRST, FIRST), "id"),
    (form(replace(FIRST, id="khoa")), "id"),
    (form(replace(FIRST, id="A-1")), "id"),
    (form(replace(FIRST, text="")), "text"),
    (form(replace(FIRST, options=(YES,))), "options"),
    (form(replace(FIRST, options=(YES, Option("x", "")))), "label"),
    (form(replace(FIRST, options=(YES, replace(NO, code="co")))), "code"),
    (form(replace(FIRST, options=(YES, Option("Khác", "Khác")))), "code"),
    (form(replace(FIRST, options=(YES, Option("x", "Có")))), "same"),
    (form(replace(FIRST, kind=Kind.SCALE)), "score"),
    (form(replace(FIRST, options=(YES, replace(UNKNOWN, score=1)))), "score"),
    (form(replace(MATRIX, rows=())), "rows"),
    (form(replace(MATRIX, rows=(Row("a", ""), Row("b", "B")))), "row_label"),
    (form(replace(MATRIX, rows=(Row("a", "A"), Row("a", "B")))), "row_code"),
    (form(replace(MATRIX, rows=(Row("a", "A"), Row("b", "A")))), "row_same"),
    (form(replace(TEXT, max_length=2001)), "length"),
    (form(FIRST, key_question="z"), "key"),
    (form(MATRIX, key_question="m"), "key"),
    (form(FIRST, threshold=4), "threshold"),
    (form(replace(FIRST, text="x" * 1001)), "limit"),
    (form(replace(FIRST, show_if={"a": ("co",)})), "condition"),
    (form(after("co"), FIRST), "condition"),
    (form(FIRST, after("x")), "condition"),
    (form(after("co")), "condition"),
    (form(FIRST, replace(TEXT, show_if={"a": ()})), "condition"),
    (form(MATRIX, after(m=("5",))), "condition"),
    (form(TEXT, replace(FIRST, show_if={"z": ("co",)})), "condition"),
])  # fmt: skip
def test_each_error_is_named(definition, rule):
    assert rule in rules(definition, Level.ERROR)


def test_a_branch_that_contradicts_itself_is_dead_and_so_is_what_hangs_on_it():
    second = replace(FIRST, id="b", show_if={"a": ("co",)})
    third = replace(FIRST, id="c", show_if={"a": ("khong",), "b": ("co",)}, required=True)
    fourth = replace(FIRST, id="d", show_if={"c": ("co",)})
    dead = [f.questions for f in checks.errors(form(FIRST, second, third, fourth))]
    assert dead == [("c",), ("d",)]


def test_of_several_ticks_two_can_be_needed_but_not_dont_know_with_another():
    both = replace(FIRST, id="b", show_if={"t": ("co",)})
    then = replace(FIRST, id="c", show_if={"t": ("khong",), "b": ("co",)})
    assert checks.errors(form(TICKS, both, then)) == ()
    apart = replace(then, show_if={"t": ("kb",), "b": ("co",)})
    assert [found.rule for found in checks.errors(form(TICKS, both, apart))] == ["dead"]


def asks(text: str, *labels: str, kind: Kind = Kind.SINGLE) -> Definition:
    options = tuple(Option(str(i), label) for i, label in enumerate(labels or ("Có", "Không")))
    return form(Question("q", text, kind, options=options))


@pytest.mark.parametrize("definition", [
    asks("Cán bộ không gây phiền hà cho ông/bà?", "Đồng ý", "Không đồng ý"),
    asks("Ông/bà chưa được mời họp, có đúng không?"),
    form(replace(SCALE, text="Ông/bà thấy việc không công khai thế nào?")),
    form(replace(MATRIX, rows=(Row("a", "Cán bộ không sách nhiễu"),))),
    asks("Không thể nói là không công khai?", "Đúng", "Sai"),
])  # fmt: skip
def test_a_negative_statement_with_negative_answers_is_pointed_out(definition):
    assert "double_negative" in rules(definition, Level.WARNING)


@pytest.mark.parametrize("text", [
    "Ông/bà có được mời họp không?", "Kế hoạch đã được công khai chưa?",
    "Ông/bà có biết không, và qua đâu?", "Người hoạt động không chuyên trách có tận tình không?",
    "Ông/bà có hay không tham gia?",
])  # fmt: skip
def test_the_particle_of_a_question_is_no_negation(text):
    assert "double_negative" not in rules(asks(text), Level.WARNING)


@pytest.mark.parametrize(("definition", "rule"), [
    (form(replace(SCALE, options=SCALE.options[:-1])), "dont_know"),
    (form(replace(MATRIX, options=MATRIX.options[:-1])), "dont_know"),
    (form(replace(SCALE, options=(*SCALE.options[1:3], SCALE.options[0]))), "scale_order"),
    (form(SCALE, replace(SCALE, id="r", options=SCALE.options[:-1][::-1])), "scale_turned"),
    (form(replace(TEXT, text="Xin cho biết họ và tên", hint="")), "asks_who"),
    (form(replace(TEXT, hint="")), "notice"),
    (form(replace(FIRST, text="x" * 301)), "long"),
    (form(replace(MATRIX, rows=tuple(Row(str(i), str(i)) for i in range(9)))), "long"),
    (form(*(replace(FIRST, id=f"c{i}") for i in range(45))), "minutes"),
    (form(FIRST, languages={"en": {"Có": "Yes"}}), "language"),
])  # fmt: skip
def test_each_warning_has_its_reason_and_forbids_nothing(definition, rule):
    found = {one.rule: one for one in checks.check(definition)}
    assert found[rule].level == Level.WARNING
    assert len(found[rule].said) > 30


def about(name: str, text: str, n: int) -> Question:
    options = tuple(Option(str(i), f"Mức {i}") for i in range(n))
    return Question(name, text, Kind.SINGLE, options=options)


def test_office_position_and_age_together_tell_who_answered():
    person = (
        about("o", "Đồng chí công tác tại cơ quan nào?", 3),
        about("p", "Chức vụ của đồng chí?", 3),
        about("t", "Đồng chí thuộc độ tuổi nào?", 4),
    )
    (found,) = [f for f in checks.check(form(*person)) if f.rule == "identifying"]
    assert found.questions == ("o", "p", "t")
    assert "cơ quan × chức vụ × tuổi" in found.said
    assert "36 nhóm" in found.said
    assert "identifying" not in rules(form(*person[:2]), Level.WARNING)


def test_the_shipped_forms_have_no_errors_and_identify_nobody():
    for raw in json.loads(LIBRARY.read_text()):
        found = {one.rule for one in checks.check(Definition.from_data(raw))}
        assert found <= {"dont_know", "key_scale"}
