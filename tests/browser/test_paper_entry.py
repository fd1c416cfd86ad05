"""Typing a sheet of paper in a real browser: by the keyboard alone, by a thumb, without script."""

import pytest
from playwright.sync_api import Page, expect

from portal.core.database import write
from portal.features.users.passwords import hashed
from portal.policy.roles import Role
from portal.settings import Settings
from tests.conftest import running_app
from tests.support import handed, surveyed
from tests.support.asked import UNIT

pytestmark = pytest.mark.browser
PASSWORD = "năm con voi trắng"


@pytest.fixture(scope="module")
def batch(live_server):
    """Open a batch of paper at a ward; give who types it in, and where."""
    with running_app(Settings.from_environment(live_server.environ)):
        out = handed.hand_out()
        user = surveyed.account(out.place, UNIT, Role.COMMUNE)
        with write() as current:
            current.merge(user).password_hash = hashed(PASSWORD)
        return user.username, f"/phieu-giay/{out.paper().id}/nhap"


@pytest.fixture
def enter(windows, live_server, batch):
    """Open the page on which the sheets of the batch are typed in."""

    def enter(**window) -> Page:
        username, address = batch
        page = windows.open(live_server.url, **window)
        page.goto("/dang-nhap")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.goto(address)
        return page

    return enter


def test_digits_choose_and_enter_goes_on_to_the_next_sheet(enter):
    page = enter()
    expect(page.locator("[data-keys]")).to_be_visible()
    first = page.locator("[data-ask]").first
    page.keyboard.press("3")
    expect(first.locator("input").nth(2)).to_be_checked()
    page.keyboard.press("2")
    page.keyboard.press("2")
    expect(first.locator("input:checked")).to_have_count(0)
    page.keyboard.press("1")
    for _ in range(page.locator("[data-ask]").count() + 1):
        page.keyboard.press("Enter")
    expect(page.get_by_text("Đã lưu phiếu.")).to_be_visible()
    expect(page.get_by_text("Đã nhập 1 trong 20 tờ")).to_be_visible()
    expect(page.locator("[data-ask]").first.locator("input").first).to_be_focused()


@pytest.mark.parametrize("script", [True, False])
def test_back_and_save_do_not_count_a_sheet_twice(enter, script):
    page = enter(script=script)
    save = page.get_by_role("button", name="Lưu, sang phiếu sau")
    page.locator("[data-ask]").first.locator("label").first.click()
    save.click()
    expect(page.get_by_text("Đã lưu phiếu.")).to_be_visible()
    entered = page.locator(".lead b").first.inner_text()
    page.go_back()
    if save.count():  # The browser has kept the page: it has the sheet's number still.
        save.click()
    else:
        expect(page.get_by_role("heading", name="Phiếu này đã lưu")).to_be_visible()
        page.get_by_role("link", name="Nhập phiếu tiếp theo").click()
    expect(page.locator(".lead b").first).to_have_text(entered)
    expect(page.locator("[data-ask] input:checked")).to_have_count(0)
    page.locator("[data-ask]").first.locator("label").first.click()
    save.click()
    expect(page.locator(".lead b").first).to_have_text(str(int(entered) + 1))


def test_enter_at_the_last_question_stops_at_the_button_as_the_page_says(enter):
    page = enter()
    expect(page.locator("[data-keys]")).to_contain_text("Enter ở câu cuối tới nút Lưu")
    expect(page.locator("[data-keys]")).to_be_visible()
    address = page.url
    page.keyboard.press("1")
    for _ in range(page.locator("[data-ask]:not([hidden])").count()):
        page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Lưu, sang phiếu sau")).to_be_focused()
    assert page.url == address
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã lưu phiếu.")).to_be_visible()


def test_a_thumb_and_no_script_do_as_well(enter):
    page = enter(width=375, script=False)
    page.locator("[data-ask]").first.locator("label").first.click()
    page.get_by_role("button", name="Lưu, sang phiếu sau").click()
    expect(page.get_by_text("Đã lưu phiếu.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 375
