"""What a definition must keep."""

from dataclasses import replace

import pytest

from portal.features.questionnaires.definition import Definition, Kind, Option, Question, Section
from portal.features.questionnaires.validation import faults

YES, NO = Option("co", "Có"), Option("khong", "Không")
FIRST = Question("a", "A?", Kind.SINGLE, options=(YES, NO))
TEXT = Question("z", "Z?", Kind.TEXT)


def form(*questions: Question, **more) -> Definition:
    return Definition("THU", "Thử", "", "", (Section("Một", questions),), **more)


def test_a_sound_definition_has_no_faults():
    assert faults(form(FIRST, replace(TEXT, show_if={"a": ("co",)}), key_question="a")) == []


@pytest.mark.parametrize(
    ("definition", "said"),
    [
        (form(FIRST, FIRST), "lặp lại"),
        (form(replace(FIRST, options=(YES, YES))), "không lặp lại"),
        (form(replace(FIRST, options=(YES, Option("Khác", "Khác")))), "a–z, 0–9"),
        (form(replace(FIRST, options=(YES,))), "ít nhất hai"),
        (form(replace(FIRST, id="khoa")), "mã câu"),
        (form(replace(FIRST, show_if={"a": ("co",)})), "câu trước"),
        (form(replace(TEXT, show_if={"a": ("co",)}), FIRST), "câu trước"),
        (form(FIRST, replace(TEXT, show_if={"a": ("x",)})), "câu trước"),
        (form(TEXT, replace(FIRST, show_if={"z": ("co",)})), "câu trước"),
        (form(replace(FIRST, kind=Kind.SCALE)), "thang đo"),
        (form(FIRST, key_question="z"), "câu chính"),
        (form(FIRST, threshold=4), "ngưỡng"),
        (form(), "không có câu hỏi"),
    ],
)
def test_each_fault_is_named(definition, said):
    assert said in " / ".join(faults(definition))
