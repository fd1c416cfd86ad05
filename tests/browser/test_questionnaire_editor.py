"""Writing a questionnaire in a real browser: by keyboard, by mouse, and by buttons alone."""

import itertools
import json

import pytest
from playwright.sync_api import Locator, Page, expect

# The pages are the same on both databases; one is enough.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session"),
]

SLOW = 20_000
_codes = itertools.count(1)


@pytest.fixture(scope="module")
def password(sample_server):
    listed = json.loads(sample_server.flask("demo", "accounts", "--json"))
    return {account["username"]: account["password"] for account in listed}["tinh.soanthao"]


@pytest.fixture
def enter(windows, sample_server, password):
    """Open a window in which the province's drafter is signed in."""

    def enter(script: bool = True, width: int = 1280) -> Page:
        page = windows.open(sample_server.url, script=script, width=width)
        page.goto("/dang-nhap")
        page.get_by_label("Tên đăng nhập").fill("tinh.soanthao")
        page.get_by_label("Mật khẩu").fill(password)
        press(page, "Đăng nhập")
        page.locator("#main").wait_for()
        return page

    return enter


def begin(page: Page, copy_of: str = "PKS 07") -> Page:
    """Begin a questionnaire as a copy of one there is, or from nothing."""
    number = next(_codes)
    page.goto("/phieu-mau")
    if copy_of:
        page.get_by_role("link", name=copy_of).first.click()
        page.get_by_role("link", name="Nhân bản").click()
    else:
        page.get_by_role("link", name="Lập phiếu").click()
    page.get_by_label("Mã phiếu").fill(f"THU {number}")
    page.get_by_label("Tên phiếu").fill(f"Phiếu thử số {number}")
    press(page, "Lập phiếu")
    page.locator("[data-blocks]").wait_for()
    return page


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def block(page: Page, key: str) -> Locator:
    return page.locator(f"[data-block={key}]")


def order(page: Page) -> list[str]:
    found = page.locator(".block-question").evaluate_all("all => all.map(b => b.dataset.block)")
    return [key.removeprefix("question-") for key in found]


def expect_saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu", timeout=SLOW)


def test_what_is_typed_saves_itself_and_the_phone_beside_shows_it(enter):
    page = begin(enter())
    press(page, "Sửa câu 3")
    page.locator("#c1-hoi").fill("Ông/bà thấy cán bộ đón tiếp thế nào?")
    expect(page.locator(".phone")).to_contain_text("đón tiếp thế nào?", timeout=SLOW)
    expect_saved(page)
    page.reload()
    expect(block(page, "question-c1")).to_contain_text("đón tiếp thế nào?")


def test_a_question_moves_by_keyboard_and_keeps_the_hand_and_the_rest_of_the_page(enter):
    page = begin(enter())
    block(page, "question-c12").evaluate("b => { b.untouched = true; }")
    page.locator("#sua-c1").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(block(page, "question-c1").locator(".nn")).to_have_text("4")
    expect(page.locator("#sua-c1")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(block(page, "question-c1").locator(".nn")).to_have_text("5")
    assert order(page)[2:5] == ["c2", "c3", "c1"]
    assert block(page, "question-c12").evaluate("b => b.untouched === true")


def test_questions_and_sections_are_carried_by_mouse(enter):
    page = begin(enter())
    expect(page.locator("[data-keys]")).to_be_visible()
    carry(page, "question-gt", "question-tuoi")
    expect(block(page, "question-gt").locator(".nn")).to_have_text("1")
    carry(page, "question-tuoi", "foot-2")
    expect(block(page, "question-tuoi").locator(".nn")).to_have_text("6")
    assert order(page)[:6] == ["gt", "c1", "c2", "c3", "c4", "tuoi"]
    carry(page, "section-2", "section-1")
    expect(page.locator("#phan-1-ten")).to_have_value("Khi đến giải quyết công việc")


def carry(page: Page, key: str, before: str) -> None:
    """Drag a piece to the upper edge of another."""
    page.set_viewport_size({"width": 1280, "height": 4000})
    page.evaluate("window.scrollTo(0, 0)")
    grip = block(page, key).locator("[data-grip]")
    grip.scroll_into_view_if_needed()
    grip.hover()
    page.mouse.down()
    box = block(page, before).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.move(box["x"] + 30, box["y"] + 4)
    page.mouse.up()


def test_answers_are_typed_one_after_the_other_with_enter(enter):
    page = begin(enter(), copy_of="")
    press(page, "Chọn một")
    page.locator("#c1-hoi").fill("Ông/bà biết qua đâu?")
    page.locator("#c1-chon-1-nhan").fill("Loa")
    page.locator("#c1-chon-2-nhan").fill("Zalo")
    page.keyboard.press("Enter")
    expect(page.locator("#c1-chon-3-nhan")).to_be_focused()
    page.keyboard.type("Báo")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[data-option]").nth(1)).to_have_value("Báo")
    expect(page.locator("#c1-chon-3-nhan")).to_be_focused()
    press(page, "Xong")
    expect(block(page, "question-c1")).to_contain_text("Loa · Báo · Zalo")


def test_a_finding_leads_to_its_place(enter):
    page = begin(enter())
    press(page, "Sửa câu 14")
    page.locator("#c12-hoi").fill("")
    errors = page.locator(".checks .finding-error")
    expect(errors).to_contain_text("Câu này chưa có lời hỏi.", timeout=SLOW)
    press(page, "Xong")
    press(errors, "Câu 14")
    expect(page.locator("#c12-hoi")).to_be_focused()


def test_a_condition_is_chosen_in_two_steps(enter):
    page = begin(enter())
    press(page, "Sửa câu 14")
    page.locator("#c12-neu").select_option(label="1. Ông/bà thuộc độ tuổi nào?")
    page.get_by_label("Trên 60 tuổi", exact=True).check()
    press(page, "Xong")
    expect(block(page, "question-c12")).to_contain_text("khi câu 1 chọn “Trên 60 tuổi”")


def test_who_saves_second_is_told_and_chooses(enter, windows):
    first, second = begin(enter()), enter()
    second.goto(first.url)
    press(first, "Sửa câu 3")
    first.locator("#c1-hoi").fill("Lời thứ nhất?")
    expect(first.locator(".phone")).to_contain_text("Lời thứ nhất?", timeout=SLOW)
    windows.expect("status of 409")
    second.locator("#phan-1-ten").fill("Tên khác")
    expect(second.locator("[data-saved]")).to_contain_text("Có người vừa lưu trước", timeout=SLOW)
    press(second, "Lưu")
    expect(second.get_by_role("heading", level=1)).to_have_text("Có người vừa lưu trước")
    press(second, "Lưu lời của tôi ở những chỗ này")
    expect(second.locator("#phan-1-ten")).to_have_value("Tên khác")
    expect(block(second, "question-c1")).to_contain_text("Lời thứ nhất?")


def test_a_draft_is_tried_part_by_part_on_a_phone(enter):
    page = begin(enter(width=375))
    press(page, "Xem thử cả phiếu")
    page.get_by_role("link", name="Bắt đầu trả lời").click()
    expect(page.get_by_text("Phần 1/4", exact=True)).to_be_visible()
    for _part in range(3):
        press(page, "Tiếp tục")
        for question in page.locator("[data-required]:visible").all():
            question.locator("input").last.check()
    press(page, "Gửi phiếu")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã điền đúng")


def test_everything_works_by_buttons_alone(enter):
    page = begin(enter(script=False), copy_of="")
    press(page, "Bảng")
    page.locator("#c1-hoi").fill("Ông/bà hài lòng thế nào?")
    page.locator("#c1-dong-1-nhan").fill("Thái độ")
    page.locator("#c1-dong-2-nhan").fill("Giờ giấc")
    press(page, "Câu viết")
    page.locator("#c2-hoi").fill("Ông/bà góp ý gì?")
    press(page, "Lên: câu 2")
    assert order(page) == ["c2", "c1"]
    page.locator("#phan-1-ten").fill("Đánh giá")
    press(page, "Chốt phiên bản")
    press(page, "Chốt bản 1")
    expect(page.locator("#main")).to_contain_text("Đã chốt bản 1.")


def test_nothing_is_wider_than_a_phone(enter):
    page = begin(enter(width=375))
    press(page, "Sửa câu 12")
    page.locator("#c10-hoi").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 375
