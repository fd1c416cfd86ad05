"""A citizen and a draft, on a phone, with and without script."""

import unicodedata
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.features.consultations import voice_delivery
from portal.features.regulations.models import Draft
from portal.settings import Settings
from tests.conftest import running_app
from tests.support import voiced
from tests.support.voiced import CLAUSE, CODE, FIRST, PROVISIONS, SECOND, TEXT

pytestmark = pytest.mark.browser

CONTENTS, ARTICLE = f"/g/{CODE}", f"/g/{CODE}/dieu/{SECOND}"


@pytest.fixture(scope="module")
def draft(live_server):
    """Put a draft before everybody."""
    with running_app(Settings.from_environment(live_server.environ)):
        voiced.consultation()
    return live_server


@pytest.fixture
def phone(draft, windows):
    def open_page(path=ARTICLE, **more):
        page = windows.open(draft.url, width=375, **more)
        page.goto(path)
        return page

    return open_page


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()


def has_heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def comment(page, text=TEXT, at=1):
    box = page.locator(".provision .say").nth(at)
    box.locator("summary").click()
    box.locator("textarea").fill(text)


@pytest.mark.parametrize("script", [True, False])
def test_one_comment_from_the_poster_to_where_it_is_brought_together(phone, draft, script):
    page = phone(CONTENTS, script=script)
    fits(page)
    page.get_by_role("link", name="Điều 2. Nội dung phải công khai").click()
    has_heading(page, "Điều 2. Nội dung phải công khai")
    fits(page)
    comment(page)
    page.locator(".agree").first.click()
    press(page, "Xem và gửi")
    has_heading(page, "Xem lại trước khi gửi")
    fits(page)
    press(page, "Gửi ý kiến")
    has_heading(page, "Ý kiến đã được ghi nhận")
    fits(page)
    receipt = page.locator("#ma").text_content()
    assert receipt not in page.url
    page.goto("/t")
    page.fill("#ma", receipt)
    press(page, "Xem trả lời")
    has_heading(page, "Ý kiến đang chờ sáng mai")
    with running_app(Settings.from_environment(draft.environ)):
        voice_delivery.deliver(clock.today() + timedelta(days=1))
    page.reload()
    has_heading(page, "Ý kiến đã tới nơi tổng hợp")
    expect(page.locator(".words")).to_contain_text(TEXT)


def test_what_is_written_at_several_articles_is_held_and_goes_out_together(phone):
    page = phone()
    comment(page)
    expect(page.get_by_text("Đã giữ trên máy này").locator("visible=true")).to_be_visible()
    press(page.locator(".say[open]"), "Xong")
    page.get_by_role("link", name="Điều 1", exact=True).click()
    page.locator(".agree").first.click()
    expect(page.locator("[data-counted]")).to_contain_text("1 góp ý, 1 nhất trí")
    page.reload()
    expect(page.locator(f"[name=t-{FIRST}]")).to_be_checked()
    press(page, "Xem và gửi")
    expect(page.locator("textarea")).to_have_value(TEXT)
    expect(page.locator(f"[name=t-{FIRST}]")).to_be_checked()
    page.get_by_role("link", name="Đọc tiếp dự thảo").click()
    expect(page.locator("[data-counted]")).to_contain_text("1 góp ý, 1 nhất trí")
    press(page, "Nhất trí toàn bộ")
    has_heading(page, "Xem lại trước khi gửi")  # What is held is not sent unseen.
    press(page, "Gửi ý kiến")
    has_heading(page, "Ý kiến đã được ghi nhận")
    page.goto(ARTICLE)
    expect(page.locator("[data-counted]")).to_contain_text("Góp ý xong thì xem lại")


def test_what_a_phone_holds_is_taken_off_in_one_press(phone):
    page = phone()
    comment(page)
    page.locator(".agree").first.click()
    page.goto(CONTENTS)
    press(page, "Xóa hết")
    expect(page.locator("[data-held]")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


def test_what_is_left_is_said_near_the_limit_and_counted_as_the_portal_counts(phone):
    page = phone()
    page.locator(".say summary").first.click()
    box, said = page.locator(".say[open] textarea"), page.locator(".say[open] .limit")
    box.fill("ộ" * 8_000)
    expect(said).to_be_hidden()
    box.fill(unicodedata.normalize("NFD", "ộ") * 9_990)
    expect(said).to_have_text("Còn 10 chữ cái, nhiều nhất 10.000.")
    box.fill("ộ" * 10_001)
    expect(said).to_contain_text("Thừa 1 chữ cái")
    press(page.locator(".say[open]"), "Xóa")
    expect(said).to_be_hidden()


def test_nothing_is_lost_without_a_network(phone, windows):
    windows.expect("ERR_INTERNET_DISCONNECTED")
    page = phone()
    comment(page)
    windows.expect("ERR_INTERNET_DISCONNECTED|Failed to load|failed")
    page.context.set_offline(True)
    press(page, "Xem và gửi")
    expect(page.get_by_text("ý kiến CHƯA được gửi")).to_be_visible()
    page.context.set_offline(False)
    press(page, "Xem và gửi")
    has_heading(page, "Xem lại trước khi gửi")
    expect(page.locator("textarea")).to_have_value(TEXT)


def test_a_phone_loads_a_long_draft_in_50_kb(draft, windows):
    page = windows.open(draft.url, width=375)
    for path in (CONTENTS, ARTICLE):
        page.goto(path, wait_until="networkidle")
    sizes = page.evaluate(
        "[...performance.getEntriesByType('navigation'),"
        " ...performance.getEntriesByType('resource')].map((entry) => entry.encodedBodySize)"
    )
    assert len(sizes) > 3
    assert sum(sizes) <= 50_000


def test_a_wide_table_of_the_draft_scrolls_in_its_own_box(phone, draft):
    rows = [" | ".join(["Kết quả giải quyết kiến nghị"] * 5)] * 3
    text = {CLAUSE: "\n".join(("Gồm:", *rows))}
    tabled = tuple((*one[:4], text.get(one[0], one[4])) for one in PROVISIONS)
    with running_app(Settings.from_environment(draft.environ)):
        voiced.version(session().scalars(select(Draft.id)).one(), tabled, 2)
    page = phone()
    fits(page)
    box = page.locator(".law-table")
    wide, room = box.evaluate("box => [box.scrollWidth, box.clientWidth]")
    assert wide > room
