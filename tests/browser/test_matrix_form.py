"""A matrix on a phone: it fits, it goes with its condition, a forgotten row is pointed out."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from portal.features.questionnaires.definition import Section
from portal.settings import Settings
from tests.conftest import running_app
from tests.support import asked
from tests.support.composing import FIRST, FULL, MATRIX, TEXT

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def survey(live_server):
    """Ask with a matrix that only some are asked, and a short text."""
    hanging = replace(MATRIX, show_if={"a": ("co",)}, hint="Nhớ lại lần gần nhất.")
    short = replace(TEXT, max_length=20)
    sections = (Section("Một", (FIRST, hanging, short)),)
    with running_app(Settings.from_environment(live_server.environ)):
        asked.ask(replace(FULL, sections=sections, languages={}))
    return live_server.url


@pytest.fixture
def page(survey, windows):
    """Open the form on a narrow phone."""
    page = windows.open(survey, width=320)
    page.goto(f"/{asked.CODE}")
    page.get_by_role("link", name="Bắt đầu trả lời").click()
    return page


def tap(page, name, value):
    page.locator(f"label:has(input[name='{name}'][value='{value}'])").click()


def test_the_matrix_comes_with_its_condition_and_fits_a_narrow_phone(page):
    expect(page.locator(".matrix")).to_be_hidden()
    tap(page, "a", "co")
    expect(page.locator(".matrix")).to_be_visible()
    expect(page.locator(".matrix [data-condition]")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    tap(page, "a", "khong")
    expect(page.locator(".matrix")).to_be_hidden()


def test_a_forgotten_row_and_a_text_too_long_are_said_at_once(page):
    tap(page, "a", "co")
    tap(page, "m.a", "4")
    page.get_by_label("Ông/bà góp ý gì?").fill("a" * 21)
    page.get_by_role("button", name="Gửi phiếu").click()
    expect(page.locator("[id='cau-m.b']")).to_contain_text("Xin chọn một câu trả lời.")
    expect(page.locator("#cau-z")).to_contain_text("dài quá 20 chữ cái")
    tap(page, "m.b", "5")
    page.get_by_label("Ông/bà góp ý gì?").fill("Tốt")
    page.get_by_role("button", name="Gửi phiếu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận phiếu của ông/bà")
