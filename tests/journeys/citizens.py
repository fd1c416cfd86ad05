"""Somebody with a phone and no account, who keeps a code on a slip and asks by it."""

import re

from tests.journeys.carrying import World
from tests.support.client import CheckingClient
from tests.support.page import Page

CODE = re.compile(r"\b(?:[0-9A-Z]{4}[- ]){3}[0-9A-Z]{4}\b")


class Citizen:
    """Whoever sends something without a name."""

    def __init__(self, world: World) -> None:
        client = world.app.test_client()
        assert isinstance(client, CheckingClient)
        self.client = client
        self.receipt = ""

    def notes(self, kept: Page) -> Page:
        """Write the code down from the page that shows it, and confirm its last group."""
        [self.receipt] = set(CODE.findall(kept.text))
        noted = kept.submit("Đã ghi lại", nhom=self.receipt[-4:].lower())
        assert noted.h1 == "Ông/bà đã giữ mã"
        return noted

    def follows(self, typed: str = "") -> Page:
        """Type the code on the tracking page and read what became of what was sent."""
        self.client.sign_out()
        page = self.client.page("/t").submit("Xem trả lời", ma=typed or self.receipt.lower())
        assert page.status == 200, page.text
        return page
