"""A citizen at the form, on a phone, with and without script."""

import re

import pytest
from playwright.sync_api import expect

from portal.features.questionnaires.services import load_library
from portal.settings import Settings
from tests.conftest import running_app
from tests.support import asked

pytestmark = pytest.mark.browser

CODE = asked.CODE
DONE = "Đã nhận phiếu của ông/bà"


@pytest.fixture(scope="module")
def survey(live_server):
    """Ask with PKS 07, which has four parts and a question that hangs on another."""
    with running_app(Settings.from_environment(live_server.environ)):
        form = next(v.definition for v in load_library() if v.definition.code == "PKS07")
        asked.ask(form)
    return live_server.url


@pytest.fixture
def phone(survey, windows):
    """Open the form on a phone."""

    def open_form(**more):
        page = windows.open(survey, width=375, **more)
        page.goto(f"/{CODE}")
        return page

    return open_form


def answer(page, **given):
    for name, value in given.items():
        page.locator(f"label:has(input[name={name}][value='{value}'])").click()


def answer_all(page, *, to_part=4):
    parts = [
        {},
        dict.fromkeys(("c1", "c2", "c3", "c4"), 5),
        dict.fromkeys(("c5", "c6", "c7", "c8"), 4),
    ]
    page.get_by_role("link", name="Bắt đầu trả lời").click()
    for part in parts[: to_part - 1]:
        answer(page, **part)
        page.get_by_role("button", name="Tiếp tục").click()
    if to_part == 4:
        answer(page, c9="khong", c11="5")


def send(page):
    page.get_by_role("button", name="Gửi phiếu").click()


def test_the_form_goes_part_by_part_and_is_counted(phone):
    page = phone()
    answer_all(page)
    expect(page.get_by_text("Phần 4/4", exact=True)).to_be_visible()
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(DONE)
    assert page.evaluate("Object.keys(localStorage)") == []


def test_nothing_is_wider_than_the_phone(phone):
    page = phone()
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    answer_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_a_part_is_not_left_with_a_required_question_open(phone):
    page = phone()
    answer_all(page, to_part=2)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator("#cau-c1")).to_contain_text("Xin chọn một câu trả lời.")
    expect(page.locator("input[name=c1]").first).to_be_focused()
    answer(page, c1="5")
    expect(page.locator("#cau-c1 .error-line")).to_have_count(0)


def test_the_focus_goes_to_the_heading_of_the_next_part(phone):
    page = phone()
    answer_all(page, to_part=2)
    expect(page.locator("#phan-2 h2")).to_be_focused()


def test_a_question_that_hangs_on_another_comes_and_goes(phone):
    page = phone()
    answer_all(page)
    expect(page.locator("#cau-c10")).to_be_hidden()
    answer(page, c9="co")
    expect(page.locator("#cau-c10")).to_be_visible()


def test_answers_survive_reloading_and_are_gone_when_erased(phone):
    page = phone()
    answer_all(page)
    page.get_by_label("Ông/bà mong muốn").fill("Mở cửa buổi tối")
    page.reload()
    expect(page.locator("input[name=c11][value='5']")).to_be_checked()
    expect(page.get_by_label("Ông/bà mong muốn")).to_have_value("Mở cửa buổi tối")
    page.get_by_role("button", name="Xóa đi").click()
    expect(page.get_by_role("link", name="Bắt đầu trả lời")).to_be_visible()
    expect(page.locator("input:checked")).to_have_count(0)


def test_the_phones_back_button_goes_to_the_part_before(phone):
    page = phone()
    answer_all(page, to_part=3)
    page.go_back()
    expect(page.get_by_text("Phần 2/4", exact=True)).to_be_visible()
    expect(page.locator("input[name=c1][value='5']")).to_be_checked()


def test_without_a_network_the_form_says_so_keeps_all_and_is_sent_later(phone, windows):
    page = phone()
    windows.expect("ERR_INTERNET_DISCONNECTED")
    answer_all(page)
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_text("phiếu CHƯA được gửi")).to_be_visible()
    page.context.set_offline(False)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(DONE)


def test_after_sending_the_back_button_gives_no_second_form(phone):
    page = phone()
    answer_all(page)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(DONE)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Máy này đã gửi một phiếu")
    page.get_by_role("link", name="Người khác trả lời").click()
    expect(page.locator("input:checked")).to_have_count(0)


def test_all_parts_can_be_seen_at_once(phone):
    page = phone()
    answer_all(page)
    page.get_by_role("button", name="Xem lại tất cả").click()
    expect(page.locator("#phan-1")).to_be_visible()
    expect(page.locator("#phan-4")).to_be_visible()


def test_without_script_everything_is_one_form_and_one_button(phone):
    page = phone(script=False)
    expect(page.locator(".part:visible")).to_have_count(4)
    expect(page.get_by_role("button", name=re.compile("."))).to_have_count(1)
    answer(page, **dict.fromkeys([f"c{n}" for n in range(1, 9)], 5), c9="khong", c11=4)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(DONE)


def test_without_script_errors_keep_what_was_chosen_and_the_first_is_focused(phone, windows):
    page = phone(script=False)
    windows.expect("422")
    answer(page, c1=5, c3=2)
    page.get_by_label("Ông/bà mong muốn").fill("Mở cửa <buổi tối>")
    send(page)
    expect(page.locator("input[name=c2]").first).to_be_focused()
    expect(page.locator("input[name=c3][value='2']")).to_be_checked()
    expect(page.get_by_label("Ông/bà mong muốn")).to_have_value("Mở cửa <buổi tối>")


def test_with_script_what_the_server_finds_is_shown_beside_its_question(phone, windows):
    page = phone()
    windows.expect("422")
    answer_all(page)
    page.evaluate("document.querySelector('input[name=c11]:checked').value = '9'")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Phiếu chưa gửi được")
    expect(page.locator("#cau-c11")).to_contain_text("Xin chọn trong các câu trả lời có sẵn.")
    expect(page.locator("input[name=c9][value=khong]")).to_be_checked()
