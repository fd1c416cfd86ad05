"""A matrix from the phone to the results: each row is packed, counted and shown as a question."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from werkzeug.datastructures import MultiDict

from portal.core.database import session
from portal.features.campaigns.models import Campaign
from portal.features.surveys import answers, checks, exports, fold, pages, results
from portal.features.surveys.territory import WHOLE
from portal.policy.roles import Role
from tests.support import surveyed
from tests.support.composing import FULL


@pytest.fixture
def place(app):
    return surveyed.province({"": ["Xã Một", "Xã Hai"]})


@pytest.fixture
def sealed(place, monkeypatch):
    asked = surveyed.campaign(place, form=FULL)
    surveyed.answer(asked, place["Xã Một"], ["co|1|5|4"] * 14 + ["khong||1|kb"] * 6)
    surveyed.move_past(asked, monkeypatch)
    fold.seal_closed()
    return session().get_one(Campaign, asked.id)


def read(**more: str):
    return answers.read(FULL, MultiDict({"a": "khong"} | more))


def test_every_row_is_answered_by_itself():
    reading = read(**{"m.a": "5", "m.b": "kb"})
    assert not reading.errors
    assert FULL.pack(reading.choices) == "khong||5|kb"


def test_the_row_that_was_left_open_is_named():
    assert read(**{"m.a": "5"}).errors.keys() == {"m.b"}
    assert read(**{"m.a": "9", "m.b": "5"}).errors["m.a"].message == answers.UNKNOWN


def test_a_free_text_has_the_length_of_its_question():
    reading = read(**{"m.a": "5", "m.b": "5"}, z="ộ" * 501)
    assert reading.errors["z"].values == {"n": 501, "most": 500}


def test_rows_are_counted_proved_and_one_may_stand_for_the_whole(sealed):
    found = results.of(sealed)
    by_id = {figure.question.id: figure for figure in found.distributions(WHOLE)}
    assert (by_id["m.a"].rated, by_id["m.b"].rated, by_id["m.b"].unknown) == (20, 14, 6)
    assert (found.satisfaction[WHOLE].good, found.satisfaction[WHOLE].rated) == (14, 14)
    assert checks.recount() == []


def test_rows_stand_together_under_the_number_of_their_question(place, sealed):
    reader = surveyed.actor(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    page = pages.results_page(reader, sealed, None)
    assert [[figure.question.id for figure in group] for group in page.groups] == [
        ["a"], ["b"], ["m.a", "m.b"],
    ]  # fmt: skip
    assert {figure.number for figure in page.groups[2]} == {3}


def test_the_summary_names_question_and_row(place, sealed):
    stream = BytesIO()
    exports.summary(stream, sealed, place["Tỉnh"].id, "Cán bộ thử")
    book = CalamineWorkbook.from_filelike(BytesIO(stream.getvalue()))
    texts = {row[1] for row in book.get_sheet_by_name("Tổng hợp").to_python()}
    assert {row.text for row in FULL.questions[2].parts()} <= texts


def test_the_page_of_results_prints_the_question_once(client, place, sealed):
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    text = client.page(f"/dot-khao-sat/{sealed.id}/ket-qua").text
    assert text.count(f"Câu 3. {FULL.questions[2].text} Thái độ") == 1
    assert "Thời gian chờ" in text
