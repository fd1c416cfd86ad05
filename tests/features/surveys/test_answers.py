"""Reading a posted form."""

import pytest
from werkzeug.datastructures import MultiDict

from portal.features.questionnaires.definition import Definition, Kind, Option, Question, Section
from portal.features.surveys import answers
from tests.support.surveyed import FORM

TICKS = Definition(
    "THU", "Thử", "", "",
    (Section("Một", (
        Question("m", "M?", Kind.MULTI, required=True,
                 options=(Option("1", "Loa"), Option("2", "Zalo"),
                          Option("kb", "Không biết", unknown=True))),
        Question("t", "T?", Kind.TEXT, required=True),
    )),),
)  # fmt: skip


def read(form=FORM, **given):
    return answers.read(form, MultiDict(given))


def test_what_was_chosen_and_typed_is_given_back_by_question():
    reading = read(chung="4", biet="co", qua=["zalo", "loa"], them=" Mở\r\ncửa ")
    assert FORM.pack(reading.choices) == "4|co|loa,zalo"
    assert reading.texts == {"them": "Mở\ncửa"}
    assert not reading.errors


def test_an_answer_to_a_question_that_was_not_asked_is_dropped():
    assert "qua" not in read(chung="4", biet="khong", qua="loa").choices


def test_a_required_question_left_open_is_named():
    assert read(biet="co").errors["chung"].message == answers.PICK_ONE


def test_a_question_that_need_not_be_answered_may_stay_open():
    assert read(chung="kb", biet="co").errors == {}


@pytest.mark.parametrize("given", ["6", "", "' OR 1=1 --", "co", "5|5"])
def test_an_option_that_does_not_exist_is_not_taken(given):
    reading = read(chung=given, biet="co")
    assert reading.errors.keys() == {"chung"}


def test_a_question_with_one_answer_does_not_take_two():
    assert read(chung=["5", "4"], biet="co").errors["chung"].message == answers.ONLY_ONE


def test_dont_know_does_not_go_with_another_answer():
    assert read(TICKS, m=["1", "kb"], t="x").errors["m"].message == answers.ALONE


def test_ticks_and_texts_that_are_required_say_what_to_do():
    errors = read(TICKS, t="\u200b ").errors
    assert (errors["m"].message, errors["t"].message) == (answers.PICK_SOME, answers.WRITE)


def test_a_text_is_composed_and_freed_of_control_signs():
    assert read(chung="5", biet="co", them="Pho\u031b\u0309\x00\u202e").texts["them"] == "Phở"


def test_a_text_may_have_two_thousand_signs_and_not_one_more():
    assert not read(chung="5", biet="co", them="ộ" * 2000).errors
    reading = read(chung="5", biet="co", them="ộ" * 2001)
    assert reading.errors["them"].values == {"n": 2001, "most": 2000}
    assert len(reading.texts["them"]) == 2001, "what was typed is kept"
