"""Numbers of papers stay whole, however the server ends in between."""

import http.client
import re
import threading

import pytest
from sqlalchemy import select

from portal.core.database import session, write
from portal.features.registers.models import RegisterEntry
from portal.features.users.passwords import hashed
from portal.policy.roles import Duty, Role
from tests.support import faults, numbered, surveyed
from tests.support.faults import Browser, token

pytestmark = pytest.mark.slow
PAPERS = 120
PASSWORD = "năm con voi trắng"


@pytest.fixture
def panel(asked):
    """Give the address at which numbers of the province's organ are taken."""
    letterhead = numbered.letterhead(asked.place)
    user = surveyed.account(asked.place, "Tỉnh", Role.PROVINCE, frozenset({Duty.CLERK}))
    with write() as current:
        current.merge(user).password_hash = hashed(PASSWORD)
    return user.username, f"/so-van-ban/{letterhead.organisation_id}/lay-so"


def clerk(port, username) -> Browser:
    browser = Browser(port)
    fields = {"username": username, "password": PASSWORD}
    browser.post("/dang-nhap", fields | {"csrf_token": token(browser.get("/dang-nhap").text)})
    return browser


def stored() -> dict[int, int]:
    """Give the numbers by the ids of their entries."""
    session().rollback()
    query = select(RegisterEntry.id, RegisterEntry.number).order_by(RegisterEntry.number)
    return dict(session().execute(query).all())


def test_a_kill_in_the_middle_leaves_no_gap_and_gives_no_number_twice(asked, panel):
    username, address = panel
    given, enough = [], threading.Event()

    def take(number, browser, page):
        """Ask for a number, and keep the id of the entry that was promised."""
        paper = {"type_code": "ke_hoach", "summary": f"Kế hoạch {number}", "day": day(page)}
        try:
            answer = browser.post(address, paper | {"csrf_token": token(page)})
        except (OSError, http.client.HTTPException):
            return
        if answer.status == 302:
            given.append(int(answer.headers["location"].rpartition("/")[2]))
        if len(given) >= PAPERS // 3:
            enough.set()

    with asked.serve() as server:
        browser = clerk(faults.port_of(server), username)
        page = browser.get(address).text
        crowd = threading.Thread(
            target=faults.all_at_once, args=(lambda n: take(n, browser, page), range(PAPERS), 24)
        )
        crowd.start()
        assert enough.wait(90)
        faults.kill_all(server)
        crowd.join()
    kept = stored()
    assert PAPERS // 3 <= len(given) < PAPERS
    assert set(given) <= kept.keys()
    assert list(kept.values()) == list(range(1, len(kept) + 1))

    with asked.serve() as server:
        browser = clerk(faults.port_of(server), username)
        take("sau", browser, browser.get(address).text)
    assert stored()[given[-1]] == len(kept) + 1


def day(page) -> str:
    return re.search(r'name="day"[^>]*value="([^"]+)"', page)[1]
