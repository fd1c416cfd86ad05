"""Writing a plan in a real browser: it saves itself, and nothing that was typed is ever lost."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

# The pages are the same on both databases; one is enough.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session"),
]

PLAN = """KẾ HOẠCH
tổ chức khảo sát thử

Căn cứ Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15 ngày 10 tháng 11 năm 2022;
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Biết người dân đánh giá thế nào.
II. THỜI GIAN
1. Từ ngày 06/5/2027 đến hết ngày 08/5/2027.
"""
SLOW = 20_000


@pytest.fixture(scope="module")
def passwords(sample_server):
    listed = json.loads(sample_server.flask("demo", "accounts", "--json"))
    return {account["username"]: account["password"] for account in listed}


@pytest.fixture
def enter(windows, sample_server, passwords):
    """Open a window in which somebody is signed in."""

    def enter(script: bool = True, username: str = "tinh.soanthao") -> Page:
        page = windows.open(sample_server.url, script=script)
        sign_in(page, username, passwords[username])
        return page

    return enter


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_selector("nav.side")


def begin(page: Page) -> str:
    """Begin an empty plan and give the address of its drafting page."""
    page.goto("/van-ban/moi")
    page.locator("main").get_by_role("link", name="Kế hoạch", exact=True).click()
    page.get_by_role("button", name="Tạo bản thảo").click()
    page.wait_for_url(re.compile(r"/van-ban/\d+/soan$"))
    return page.url


def closing(page: Page):
    if not page.locator("#closing").is_visible():
        page.locator("[data-part=closing] > summary").click()
    return page.locator("#closing")


def expect_saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text(
        re.compile(r"Đã lưu \d\d:\d\d"), timeout=SLOW
    )


def test_a_draft_saves_itself_and_shows_its_pages_and_numbers(enter):
    page = enter()
    address = begin(page)
    page.get_by_role("button", name="Thêm phần").click()
    heading = page.locator("textarea[name$=-heading]:focus")
    expect(heading).to_be_visible(timeout=SLOW)
    heading.fill("KINH PHÍ")
    expect_saved(page)
    added = page.locator(".part > summary", has_text="KINH PHÍ")
    expect(added.locator(".nn")).to_have_text("IV", timeout=SLOW)
    expect(page.locator("[data-count]")).to_contain_text(re.compile(r"\d+ trang"), timeout=SLOW)
    page.goto(address)
    expect(added).to_be_visible()


def test_what_is_typed_outlives_a_lost_session_and_a_lost_network(enter, windows, passwords):
    page = enter()
    address = begin(page)
    windows.expect("status of 400|ERR_INTERNET_DISCONNECTED")
    other = page.context.new_page()
    other.goto("/van-ban")
    other.get_by_role("button", name="Đăng xuất").first.click()
    closing(page).fill("Gõ khi đã hết phiên.")
    expect(page.locator("[data-saved]")).to_contain_text("Mời đăng nhập lại", timeout=SLOW)
    sign_in(other, "tinh.soanthao", passwords["tinh.soanthao"])
    expect_saved(page)
    page.context.set_offline(True)
    closing(page).fill("Gõ khi mất mạng.")
    expect(page.locator("[data-saved]")).to_contain_text("đang thử lại", timeout=SLOW)
    page.context.set_offline(False)
    expect_saved(page)
    page.goto(address)
    assert closing(page).input_value() == "Gõ khi mất mạng."


def test_the_second_of_two_people_sees_both_texts_and_goes_on(enter, windows):
    first, second = enter(), enter()
    address = begin(first)
    second.goto(address)
    closing(first).fill("Lời kết của người thứ nhất.")
    expect_saved(first)
    windows.expect("status of 409")
    closing(second).fill("Lời kết của người thứ hai.")
    expect(second.locator("[data-saved]")).to_contain_text("Có người vừa lưu trước", timeout=SLOW)
    second.get_by_role("button", name="Lưu", exact=True).last.click()
    for text in ("Lời kết của người thứ nhất.", "Lời kết của người thứ hai."):
        expect(second.locator(".halves")).to_contain_text(text)
    second.get_by_role("button", name="Sửa tiếp trên bản của tôi").click()
    assert closing(second).input_value() == "Lời kết của người thứ hai."
    expect_saved(second)


def test_a_plan_pasted_from_word_is_recognised_and_written_on_without_script(enter):
    page = enter(script=False)
    address = begin(page)
    page.get_by_role("button", name="Dán từ Word").click()
    page.get_by_label("Văn bản chép từ Word").fill(PLAN)
    page.get_by_role("button", name="Xem Cổng nhận ra gì").click()
    expect(page.locator(".pairs")).to_contain_text("tổ chức khảo sát thử")
    page.get_by_role("button", name="Thay nội dung bản thảo").click()
    page.get_by_role("button", name="Thêm phần").click()
    page.locator(".sec-heading:visible").fill("Kinh phí")
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    assert page.url == address
    assert [one.strip() for one in page.locator(".part > summary .nn").all_inner_texts()][2:5] == [
        "I", "II", "III",
    ]  # fmt: skip
