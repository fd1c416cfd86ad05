"""A citizen and one letter, on a phone, with and without script."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal.core import clock
from portal.features.letters import delivery
from portal.settings import Settings
from tests.conftest import running_app
from tests.support import lettered, pictures

pytestmark = pytest.mark.browser

TEXT = "Giấy hẹn trả ngày 02/5 nhưng đến 06/5 vẫn chưa có. Số máy của tôi 0912 345 678."


@pytest.fixture(scope="module")
def box(live_server):
    """Hang a box up whose sealed letters the city reads."""
    with running_app(Settings.from_environment(live_server.environ)):
        lettered.box().give_key()
    return live_server


@pytest.fixture
def phone(box, windows):
    """Open the form on a phone."""

    def open_form(**more):
        page = windows.open(box.url, width=375, **more)
        page.goto(f"/h/{lettered.BOX_CODE}")
        return page

    return open_form


def write(page, text=TEXT):
    page.locator("label:has(#loai-report)").click()
    page.locator("label:has(#ve-viec)").click()
    page.fill("#noi-dung", text)


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()


def has_heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("script", [True, False])
def test_one_letter_from_the_poster_to_its_answer(phone, box, script):
    page = phone(script=script)
    fits(page)
    write(page)
    page.set_input_files(
        "#anh", [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": pictures.told()}]
    )
    press(page, "Xem lại trước khi gửi")
    has_heading(page, "Xem lại trước khi gửi")
    fits(page)
    press(page, "Bỏ số này")
    expect(page.locator(".letter-text")).to_contain_text("▪▪▪")
    press(page, "Sửa lại")
    expect(page.locator("#noi-dung")).to_have_value(re.compile("▪▪▪"))
    press(page, "Xem lại trước khi gửi")
    press(page, "Gửi thư")
    has_heading(page, "Thư đã được ghi nhận")
    fits(page)
    receipt = page.locator("#ma").text_content()
    assert receipt not in page.url
    page.fill("#nhom", receipt[-4:].lower())
    press(page, "Đã ghi lại")
    has_heading(page, "Ông/bà đã giữ mã")
    page.get_by_role("link", name="Trang tra cứu").click()
    page.fill("#ma", receipt.lower().replace("-", " "))
    press(page, "Xem trả lời")
    has_heading(page, "Thư đang chờ sáng mai")
    with running_app(Settings.from_environment(box.environ)):
        delivery.deliver(clock.today() + timedelta(days=1))
    page.reload()
    has_heading(page, "Thư đã tới người đọc")
    fits(page)
    page.fill("#noi-dung", "Tôi nộp ở quầy số 2.")
    press(page, "Gửi thêm")
    expect(page.locator(".words").last).to_contain_text("Tôi nộp ở quầy số 2.")
    page.get_by_role("link", name="Rút thư này").click()
    press(page, "Rút và xóa thư")
    has_heading(page, "Ông/bà đã rút thư này")
    press(page, "Đóng")
    has_heading(page, "Đã đóng trang tra cứu")


def test_signs_are_counted_and_numbers_are_warned_of_while_one_types(phone):
    page = phone()
    page.fill("#noi-dung", "Gọi 0912.345.678")
    expect(page.locator("[data-count]")).to_have_text("16/2.000")
    expect(page.locator("[data-telling]")).to_be_visible()
    page.locator("[data-cover]").click()
    expect(page.locator("#noi-dung")).to_have_value("Gọi ▪▪▪")
    expect(page.locator("[data-telling]")).to_be_hidden()


def test_what_was_typed_survives_a_closed_window_until_it_is_sent(phone):
    page = phone()
    write(page, "Chữ đang viết dở")
    page.reload()
    expect(page.locator("#noi-dung")).to_have_value("Chữ đang viết dở")
    expect(page.locator("#loai-report")).to_be_checked()
    press(page, "Xem lại trước khi gửi")
    press(page, "Gửi thư")
    has_heading(page, "Thư đã được ghi nhận")
    page.goto(f"/h/{lettered.BOX_CODE}")
    expect(page.locator("#noi-dung")).to_have_value("")


def test_what_was_typed_can_be_wiped_off_a_shared_phone(phone):
    page = phone()
    write(page, "Máy chung")
    press(page, "Xóa đi")
    expect(page.locator("#noi-dung")).to_have_value("")
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("step", ["Xem lại trước khi gửi", "Gửi thư"])
def test_without_a_network_nothing_is_lost(phone, windows, step):
    page = phone()
    write(page)
    if step == "Gửi thư":
        press(page, "Xem lại trước khi gửi")
        has_heading(page, "Xem lại trước khi gửi")
    windows.expect("ERR_INTERNET_DISCONNECTED|Failed to load|failed")
    page.context.set_offline(True)
    press(page, step)
    expect(page.locator("[data-offline]")).to_be_visible()
    page.context.set_offline(False)
    press(page, step)
    has_heading(page, "Xem lại trước khi gửi" if step != "Gửi thư" else "Thư đã được ghi nhận")


def test_going_back_and_sending_again_is_one_letter(phone):
    page = phone()
    write(page, "Bấm lùi rồi gửi lại")
    press(page, "Xem lại trước khi gửi")
    key = page.locator("input[name=khoa]").input_value()
    press(page, "Gửi thư")
    first = page.locator("#ma").text_content()
    page.goto(f"/h/{lettered.BOX_CODE}")
    page.evaluate("key => { document.querySelector('input[name=khoa]').value = key; }", key)
    write(page, "Bấm lùi rồi gửi lại")
    press(page, "Xem lại trước khi gửi")
    assert page.locator("#ma").text_content() == first


def test_a_second_window_with_another_letter_gets_a_receipt_of_its_own(phone):
    page = phone()
    write(page, "Thư của cửa sổ thứ nhất")
    second = page.context.new_page()
    second.goto(f"/h/{lettered.BOX_CODE}")
    expect(second.locator("#noi-dung")).to_have_value("Thư của cửa sổ thứ nhất")
    write(second, "Một việc khác hẳn")
    receipts = []
    for one in (page, second):
        press(one, "Xem lại trước khi gửi")
        press(one, "Gửi thư")
        receipts.append(one.locator("#ma").text_content())
    assert receipts[0] != receipts[1]
