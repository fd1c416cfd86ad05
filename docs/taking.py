"""What taking pictures of the guides needs: a portal, its accounts, windows, and where they go."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page

from tests.support.live import LiveServer

IMAGES = Path(__file__).parent / "images"
COLOURS = 64
DESK, PHONE = (1280, 860), (375, 720)


@dataclass(frozen=True)
class Portal:
    """The portal whose pages are taken, and the browser that looks at them."""

    browser: Browser
    url: str
    passwords: Mapping[str, str]
    links: Mapping[str, str]
    """Pages for people without an account."""

    @classmethod
    def of(cls, server: LiveServer, browser: Browser) -> "Portal":
        """Ask the sample who can sign in, and where citizens go."""
        accounts = json.loads(server.flask("demo", "accounts", "--json"))
        passwords = {each["username"]: each["password"] for each in accounts}
        return cls(
            browser, server.url, passwords, json.loads(server.flask("demo", "links", "--json"))
        )

    def window(self, size: tuple[int, int]) -> Page:
        """Open a window of nobody."""
        width, height = size
        return self.browser.new_page(
            base_url=self.url, locale="vi-VN", device_scale_factor=2 if size == PHONE else 1,
            viewport={"width": width, "height": height},
        )  # fmt: skip

    def official(self, username: str, size: tuple[int, int] = DESK) -> Page:
        """Open a window in which somebody has signed in."""
        page = self.window(size)
        page.goto("/dang-nhap")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(self.passwords[username])
        press(page, "Đăng nhập")
        page.wait_for_selector("#main")
        return page


def follow(page: Page, *links: str) -> None:
    """Press links one after the other."""
    for link in links:
        page.get_by_role("link", name=link).first.click()
        page.wait_for_load_state()


def press(page: Page | Locator, button: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=button, exact=True).first.click()
    (page if isinstance(page, Page) else page.page).wait_for_load_state()


def keep(page: Page, name: str) -> None:
    """Store what stands in the window, in few colours: the pictures travel with the project."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot()))
    few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(IMAGES / f"{name}.png", optimize=True)
