"""A form with a matrix and a second language, without script."""

import pytest

from tests.support.asked import CODE, ask, taken
from tests.support.composing import FULL, MATRIX

ANSWERS = {"a": "co", "b": ["1", "2"], "m.a": "5", "m.b": "4"}


@pytest.fixture
def asked(app):
    return ask(FULL)


def test_every_row_of_a_matrix_can_be_answered_by_a_tap(client, asked):
    page = client.page(f"/{CODE}")
    for row in MATRIX.parts():
        assert row.row in page.text
    assert page.submit("Gửi phiếu", **ANSWERS).h1 == "Đã nhận phiếu của ông/bà"
    assert [row.choices for row in taken()] == ["co|1,2|5|4"]


def test_the_row_that_was_forgotten_is_named_and_led_to(client, asked):
    given = {name: value for name, value in ANSWERS.items() if name != "m.b"}
    page = client.page(f"/{CODE}").submit("Gửi phiếu", **given)
    assert page.status == 422
    link = page.link("Câu 3, Thời gian chờ: Xin chọn một câu trả lời.")
    assert link.href == "#cau-m.b"
    assert taken() == []


def test_who_reads_english_is_asked_in_english_and_counted_with_the_others(client, asked):
    client.set_cookie("ngon_ngu", "en")
    page = client.page(f"/{CODE}")
    assert "Your opinion" in page.text
    assert "Attitude" in page.text
    assert "Thời gian chờ" in page.text
