"""A questionnaire as plain data: what it stores, what a matrix is, its second language."""

import json
from dataclasses import replace

import pytest

from portal.features.questionnaires.definition import Definition, Kind
from portal.features.questionnaires.services import LIBRARY
from portal.features.questionnaires.wording import in_language, texts, tidy, with_language
from tests.support.composing import FIRST, FULL, MATRIX, TEXT, form

DIGESTS = {
    "PKS01": "7bd8db9a", "PKS03": "26465c45", "PKS07": "6452998d", "HTGY": "eebf052e",
    "HTGY-DG": "5cd4ef5f", "PLYK-CT": "98cf46e7",
}  # fmt: skip


def test_forms_that_shipped_before_keep_their_digests():
    library = [Definition.from_data(raw) for raw in json.loads(LIBRARY.read_text())]
    assert {each.code: each.digest()[:8] for each in library} == DIGESTS


@pytest.mark.parametrize("definition", [FULL, form(FIRST, TEXT), form()])
def test_what_is_stored_is_read_back_the_same(definition):
    assert Definition.from_json(definition.to_json()) == definition


def test_a_matrix_is_asked_row_by_row_as_questions_of_their_own():
    rows = MATRIX.parts()
    assert [(row.id, row.kind, row.row) for row in rows] == [
        ("m.a", Kind.SCALE, "Thái độ"), ("m.b", Kind.SCALE, "Thời gian chờ"),
    ]  # fmt: skip
    assert rows[0].text == "Ông/bà hài lòng thế nào về từng mặt? – Thái độ"
    assert rows[0].heading == MATRIX.text
    assert replace(MATRIX, options=(*FIRST.options,)).parts()[0].kind == Kind.SINGLE


def test_answers_to_a_matrix_are_packed_with_the_others():
    choices = {"a": ("co",), "b": ("1", "2"), "m.a": ("5",), "m.b": ("4",)}
    assert FULL.pack(choices) == "co|1,2|5|4"


def test_a_matrix_counts_as_one_question_and_takes_longer_by_its_rows():
    assert (len(FULL.questions), len(FULL.answered)) == (4, 5)
    assert MATRIX.seconds > FIRST.seconds


def test_what_is_not_translated_stays_vietnamese():
    english = in_language(FULL, "en")
    assert english.sections[1].title == "Your opinion"
    assert english.questions[2].rows[0].label == "Attitude"
    assert english.questions[2].rows[1].label == "Thời gian chờ"
    assert in_language(FULL, "fr") is FULL


def test_a_language_is_gone_with_its_last_word():
    assert with_language(FULL, "en", {}).languages == {}
    assert with_language(FULL, "en", {"Không có ở đâu": "Nowhere"}).languages == {}


def test_every_text_is_listed_once_from_top_to_bottom():
    found = texts(FULL)
    assert found[:3] == ("Phiếu đủ kiểu", FULL.intro, "Người dân")
    assert len(found) == len(set(found))


def test_tidying_leaves_out_what_nobody_would_see():
    loose = form(replace(TEXT, options=FIRST.options, text="  Góp\u200b ý\tgì? "),
                 replace(FIRST, rows=MATRIX.rows))  # fmt: skip
    made = tidy(replace(loose, languages={"en": {"Góp ý gì?": "Any comments?", "Bỏ": "Gone"}}))
    assert (made.questions[0].options, made.questions[1].rows) == ((), ())
    assert made.languages == {"en": {"Góp ý gì?": "Any comments?"}}
    assert tidy(made) == made
