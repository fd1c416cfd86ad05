"""Takes the pictures of the guides from a fresh sample province: `make screenshots`."""

import json
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.support.browser import launch
from tests.support.live import LiveServer, serve

IMAGES = Path(__file__).parent / "images"
COLOURS = 64
DESK, PHONE = (1280, 860), (375, 720)

Links = tuple[str, ...]
DESKS: dict[str, dict[str, Links]] = {
    "tinh.soanthao": {
        "trang-chu-tinh": (),
        "tinh-tao-dot": ("Đợt khảo sát", "Tạo đợt khảo sát", "Chọn PKS03"),
        "tinh-ma-qr": ("Đợt khảo sát", "Đang mở", "Mã QR, áp phích"),
        "tinh-ket-qua": ("Đợt khảo sát", "Đã đóng", "Xem kết quả"),
    },
    "tinh.duyet": {"tinh-duyet": ("Đợt khảo sát", "Bản nháp", "Xem để duyệt")},
    "huyen.lucngan": {
        "huyen-trang-chu": (),
        "huyen-tham-gia": ("Đợt khảo sát", "Đang mở", "PKS 03", "Tình hình tham gia"),
    },
    "xa.ngoquyen": {
        "xa-trang-chu": (),
        "xa-ma-qr": ("Đợt khảo sát", "Đang mở", "Mã QR, áp phích"),
        "xa-ket-qua": ("Đợt khảo sát", "Đã đóng", "Xem kết quả"),
    },
    "doan.ngoquyen": {"doan-sap-mo": ("Đợt khảo sát", "PKS 01")},
    "quantri": {
        "quan-tri-trang-chu": (),
        "quan-tri-tai-khoan": ("Tài khoản",),
        "quan-tri-nhat-ky": ("Nhật ký",),
    },
}
"""Who sees what: the links to follow, one after the other, from the home page."""
PHONES: dict[str, dict[str, Links]] = {"doan.ngoquyen": {"doan-trang-chu": ()}}


def take_all() -> None:
    """Start a portal with sample data, take every picture, and stop it."""
    IMAGES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        data = Path(folder)
        database = f"sqlite:///{data / 'portal.sqlite3'}"
        with serve(data, database, PORTAL_SAMPLE="1") as server, launch() as browser:
            for people, size in ((DESKS, DESK), (PHONES, PHONE)):
                for username, pictures in people.items():
                    _official(_window(browser, server, size), username, pictures, server)
            _citizen(_window(browser, server, PHONE), server)


def _window(browser: Browser, server: LiveServer, size: tuple[int, int]) -> Page:
    width, height = size
    return browser.new_page(
        base_url=server.url, locale="vi-VN", device_scale_factor=2 if size == PHONE else 1,
        viewport={"width": width, "height": height},
    )  # fmt: skip


def _official(page: Page, username: str, pictures: dict[str, Links], server: LiveServer) -> None:
    accounts = json.loads(server.flask("demo", "accounts", "--json"))
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(
        next(each["password"] for each in accounts if each["username"] == username)
    )
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_selector("#main")
    for name, links in pictures.items():
        page.goto("/lam-viec")
        _follow(page, links)
        _keep(page, name)


def _follow(page: Page, links: Iterable[str]) -> None:
    for link in links:
        page.get_by_role("link", name=link).first.click()
        page.wait_for_load_state()


def _citizen(page: Page, server: LiveServer) -> None:
    page.goto(json.loads(server.flask("demo", "links", "--json"))["survey"])
    _keep(page, "nguoi-dan-mo-dau")
    page.get_by_role("link", name="Bắt đầu trả lời").click()
    page.locator("input[name=tuoi]").nth(1).check()
    _keep(page, "nguoi-dan-cau-hoi")
    for _part in range(3):
        page.get_by_role("button", name="Tiếp tục").click()
        for question in page.locator("[data-required]:visible").all():
            question.locator("input").first.check()
    page.get_by_role("button", name="Gửi phiếu").click()
    page.get_by_role("heading", name="Đã nhận phiếu của ông/bà").wait_for()
    _keep(page, "nguoi-dan-cam-on")


def _keep(page: Page, name: str) -> None:
    """Store what stands in the window, in few colours: the pictures travel with the project."""
    picture = Image.open(BytesIO(page.screenshot()))
    few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    take_all()
