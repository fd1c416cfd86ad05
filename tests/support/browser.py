"""The system's Chromium, driven by Playwright, and an ear for what goes wrong in it."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

MISSING = "Chromium is missing. Install it with: apt-get install -y chromium (or set CHROMIUM=path)"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# A browser under test calls nobody but the portal.
_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
)


class ChromiumMissing(Exception):
    """No Chromium is on this machine; the message says how to get one."""


def find_chromium() -> str:
    """Give the path of the browser.

    Raises:
        ChromiumMissing: none is installed.
    """
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [*_NAMES, str(_MAC)]
    for candidate in candidates:
        if path := shutil.which(candidate):
            return path
    raise ChromiumMissing(MISSING)


@contextmanager
def launch() -> Iterator[Browser]:
    """Run a browser until the block ends.

    Raises:
        ChromiumMissing: none is installed.
    """
    path = find_chromium()
    # Chromium's sandbox refuses to run as root, and only there may it be left out.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_QUIET, *sandbox])
        yield browser
        browser.close()


class Watch:
    """Collects what went wrong in a page; a test says what it expects."""

    def __init__(self, page: Page, origin: str) -> None:
        self._origin = urlsplit(origin).netloc
        self._expected: list[str] = []
        self._faults: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._faults.append(f"script error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("request", self._asked)

    def expect(self, pattern: str) -> None:
        """Allow a fault that matches the pattern, such as the 404 that the test asks for."""
        self._expected.append(pattern)

    @property
    def faults(self) -> list[str]:
        """Give what went wrong and was not expected."""
        return [
            fault
            for fault in self._faults
            if not any(re.search(pattern, fault) for pattern in self._expected)
        ]

    def _console(self, message: ConsoleMessage) -> None:
        # A refusal by the content policy is reported here as well.
        if message.type in {"error", "warning"}:
            self._faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _failed(self, request: Request) -> None:
        # A navigation that another one overtakes, and a started download, are no faults.
        if request.failure and "ERR_ABORTED" not in request.failure:
            self._faults.append(f"failed: {request.url} {request.failure}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self._origin:
            self._faults.append(f"loaded from elsewhere: {request.url}")


class Windows:
    """Browser windows of one test, each a person with a browser of their own."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._opened: list[tuple[Page, Watch]] = []

    def open(self, url: str, *, width: int = 1280, script: bool = True) -> Page:
        """Open an empty window on a server; `page.goto("/path")` then goes there.

        Args:
            url: the server's address.
            width: of the window; 375 for a phone.
            script: whether JavaScript runs.
        """
        context = self._browser.new_context(
            base_url=url,
            java_script_enabled=script,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": width, "height": 800},
        )
        page = context.new_page()
        self._opened.append((page, Watch(page, url)))
        return page

    def expect(self, pattern: str) -> None:
        """Allow faults that match the pattern, in every window of the test."""
        for _, watch in self._opened:
            watch.expect(pattern)

    @property
    def faults(self) -> list[str]:
        """Give what went wrong in any window and was not expected."""
        return [fault for _, watch in self._opened for fault in watch.faults]

    def close(self, pictures: Path | None = None) -> None:
        """Close all windows; after a failure, with a picture of each.

        Args:
            pictures: beginning of the pictures' file names; none are taken without it.
        """
        for number, (page, _) in enumerate(self._opened, 1):
            if pictures and not page.is_closed():
                pictures.parent.mkdir(exist_ok=True)
                page.screenshot(path=f"{pictures}-{number}.png", full_page=True)
            page.context.close()
