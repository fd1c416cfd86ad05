"""Every page of every role, as wide as a desk and as narrow as a phone."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.support.crawling import kind_of, view_of, visits

# The pages are the same on both databases; one is enough.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session"),
]

DESK, PHONE = 1280, 375
ACCOUNTS = {
    "tinh.soanthao": DESK, "huyen.lucngan": DESK, "xa.ngoquyen": PHONE, "doan.ngoquyen": PHONE,
    "quantri": DESK,
}  # fmt: skip
"""Every role, and the width at which axe looks: once a kind of page, for it takes long."""
_LOOKED_AT: set[tuple[str, int]] = set()
SHOWS_FOCUS = """element => [element, element.nextElementSibling].some(it => it
    && (getComputedStyle(it).outlineStyle !== 'none' || getComputedStyle(it).boxShadow !== 'none'))
"""
SHORTEN = """() => document.querySelectorAll(
    'tbody > tr:nth-child(n+11), .heat a:nth-child(n+40), svg > :nth-child(n+60)'
).forEach(each => each.remove())"""
"""A row is like the twenty before it, and axe would look at all 209."""


@pytest.fixture(scope="module")
def passwords(sample_server):
    listed = json.loads(sample_server.flask("demo", "accounts", "--json"))
    return {account["username"]: account["password"] for account in listed}


@pytest.fixture(scope="module")
def links(sample_server):
    return json.loads(sample_server.flask("demo", "links", "--json"))


@pytest.mark.parametrize("username", ACCOUNTS)
def test_every_page_of_an_account_fits_and_can_be_used_by_all(
    username, passwords, sample_server, windows
):
    page = windows.open(sample_server.url)
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(passwords[username])
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_selector("nav.side")

    def go(address: str) -> list[str]:
        page.goto(address)
        return linked(page)

    width, found = ACCOUNTS[username], []
    for address in visits(linked(page), go, each=1):
        kind = (view_of(address) or kind_of(address), width)
        found += faults(page, axe_at=None if kind in _LOOKED_AT else width)
        _LOOKED_AT.add(kind)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_every_page_of_a_citizen_fits_and_can_be_used_by_all(script, links, sample_server, windows):
    page = windows.open(sample_server.url, script=script)
    windows.expect("status of 4")
    paths = ["/", "/?ma=xyz", "/bao-mat", "/dang-nhap", "/khongcoma", *links.values()]
    found = []
    for path in paths:
        page.goto(path)
        found += faults(page, axe_at=PHONE if script else None)  # axe is a script itself
    assert not found, "\n".join(found)


def test_a_phone_loads_a_form_with_all_it_needs_in_50_kb(links, sample_server, windows):
    page = windows.open(sample_server.url, width=375)
    page.goto(links["survey"], wait_until="networkidle")
    sizes = page.evaluate(
        "[...performance.getEntriesByType('navigation'),"
        " ...performance.getEntriesByType('resource')].map((entry) => entry.transferSize)"
    )
    assert len(sizes) > 3
    assert sum(sizes) <= 50_000


def test_a_form_is_answered_with_the_keyboard_alone(links, sample_server, windows):
    page = windows.open(sample_server.url, width=375)
    page.goto(links["survey"])
    tab_to(page, page.get_by_role("link", name="Bắt đầu trả lời"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("input[name=tuoi]").first)
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[name=tuoi]").nth(1)).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Tiếp tục"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Phần 2/4", exact=True)).to_be_visible()


def test_an_official_jumps_over_the_navigation(passwords, sample_server, windows):
    page = windows.open(sample_server.url)
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill("xa.quyson")
    page.get_by_label("Mật khẩu").fill(passwords["xa.quyson"])
    page.keyboard.press("Enter")
    page.wait_for_selector("nav.side")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_leaving_an_answer_asks_while_something_typed_is_not_saved(
    passwords, sample_server, windows
):
    page, asked = windows.open(sample_server.url), []
    page.on("dialog", lambda dialog: asked.append(dialog.type) or dialog.dismiss())
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill("xa.vhxh")
    page.get_by_label("Mật khẩu").fill(passwords["xa.vhxh"])
    page.keyboard.press("Enter")
    for link in ("Lấy ý kiến", "Lấy ý kiến dự thảo", "Tổng hợp, giải trình", "Viết giải trình"):
        page.get_by_role("link", name=link).first.click()
    page.get_by_label("Giải trình").fill("Đang gõ dở")
    page.get_by_role("link", name="Gộp với…").click()
    expect(page.get_by_label("Giải trình")).to_have_value("Đang gõ dở")
    assert asked == ["beforeunload"]


def tab_to(page: Page, wanted) -> None:
    """Press Tab until something has the focus, and see that it shows."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    assert wanted.evaluate(SHOWS_FOCUS), "the focus cannot be seen"


def linked(page: Page) -> list[str]:
    """Give the portal's own addresses that a page leads to."""
    hrefs = page.eval_on_selector_all("a[href]", "links => links.map((link) => link.href)")
    return [href for href in hrefs if href.startswith(page.url.split("/", 3)[0])]


def faults(page: Page, *, axe_at: int | None) -> list[str]:
    """Say what is wrong with the page as it stands, at both widths."""
    found = [] if page.locator("h1").count() == 1 else ["not one h1"]
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 800})
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{wide} pixels wide in a window of {width}")
        if width == axe_at:
            found += barriers(page)
    return [f"{page.url}: {fault}" for fault in found]


def barriers(page: Page) -> list[str]:
    """Give what axe calls serious or critical; of long tables it looks at the first rows."""
    page.evaluate(SHORTEN)
    violations = Axe().run(page).response["violations"]
    return [
        f"{each['id']} ({each['help']}): {each['nodes'][0]['html'][:160]}"
        for each in violations
        if each["impact"] in {"serious", "critical"}
    ]
