"""The pictures of docs/huong-dan/lay-y-kien.md: the division, agencies, group heads, people."""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from docs.taking import IMAGES, PHONE, Portal, follow, keep, press
from tests.support.browser import launch
from tests.support.live import serve

DIVISION, ELSEWHERE = "xa.vhxh", "xa.backan"


def take(portal: Portal) -> None:
    """Take them all from the sample's consultation."""
    _before(portal)
    page = portal.official(DIVISION)
    follow(page, "Lấy ý kiến", "Lấy ý kiến dự thảo")
    keep(page, "xa-lay-y-kien")
    case = page.url.partition("#")[0]
    for tab, name in (("co-quan", "xa-co-quan"), ("ho-gia-dinh", "xa-phieu-ho"),
                      ("tong-hop", "xa-tong-hop")):  # fmt: skip
        page.goto(f"{case}/{tab}")
        keep(page, name)
    follow(page, "Viết giải trình")
    page.evaluate("window.scrollTo(0, 0)")
    keep(page, "xa-giai-trinh")
    _agency(portal, page, case)
    _groups(portal, page, case)
    _correction(page)
    _people(portal)


def _before(portal: Portal) -> None:
    """Take a case that is being set up by its plan, with what it is warned of."""
    page = portal.official(ELSEWHERE)
    follow(page, "Lấy ý kiến", "Lấy ý kiến dự thảo")
    page.locator("#luu-y").scroll_into_view_if_needed()
    keep(page, "xa-lay-y-kien-luu-y")


def _correction(page: Page) -> None:
    """Copy the latest version and open an Điều to be put right."""
    follow(page, "Dự thảo", "Quy chế")
    follow(page, "Lập bản mới")
    press(page, "Chép bản 1")
    page.get_by_role("link", name="Điều 5").first.click()
    page.wait_for_load_state()
    keep(page, "xa-du-thao-sua")


def _agency(portal: Portal, page: Page, case: str) -> None:
    page.goto(f"{case}/co-quan")
    page.locator("tbody tr").filter(has_text="Chưa mở").first.get_by_role("link").first.click()
    link = page.locator("#main").inner_text().partition("/cq/")[2].split()[0]
    phone = portal.window(PHONE)
    phone.goto(f"/cq/{link}")
    keep(phone, "co-quan-gop-y")


def _groups(portal: Portal, page: Page, case: str) -> None:
    page.goto(f"{case}/ho-gia-dinh")
    rows = page.locator("tbody tr")
    rows.filter(has_text="Hai lần nhập khác nhau").first.get_by_role("link").first.click()
    keep(page, "xa-phieu-ho-to")
    follow(page, "Đối chiếu, chốt số phiếu")
    keep(page, "xa-phieu-ho-doi-chieu")
    page.go_back()
    page.get_by_role("button", name="Cấp").first.click()
    page.locator("#invitation").wait_for()
    link = page.locator("#invitation").input_value().partition("/to/")[2].split()[0]
    phone = portal.window(PHONE)
    phone.goto(f"/to/{link}")
    keep(phone, "to-truong-nhap-phieu")


def _people(portal: Portal) -> None:
    """Read the draft on a phone, comment under a provision, get the code."""
    page = portal.window(PHONE)
    page.goto(portal.links["consultation"])
    keep(page, "nguoi-dan-doc-du-thao")
    page.get_by_role("link", name="Điều 5").first.click()
    box = page.get_by_label("khoản 1 Điều 5").last
    box.evaluate("box => { const more = box.closest('details'); if (more) more.open = true; }")
    box.fill("Niêm yết thêm ở cổng chợ, nơi nhiều người qua lại.")
    box.scroll_into_view_if_needed()
    keep(page, "nguoi-dan-gop-y-dieu")


def take_alone() -> None:
    """Start a portal with sample data for these pictures alone."""
    IMAGES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        data = Path(folder)
        database = f"sqlite:///{data / 'portal.sqlite3'}"
        with serve(data, database, PORTAL_SAMPLE="1") as server, launch() as browser:
            take(Portal.of(server, browser))


if __name__ == "__main__":
    take_alone()
