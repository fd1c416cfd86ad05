"""What readers and whoever counts do with the letters of `ward`, each on the page for it."""

import re
from datetime import date, timedelta
from urllib.parse import quote

from portal.features.mailbox.models import Mailbox
from tests.journeys.carrying import World
from tests.journeys.ward import READER, WARD, WORDS, YOUTH
from tests.support.page import Page

_LETTER = re.compile(r"/thu/\d+(\?|$)")
SECOND = "2"
"""The other account of a body, who approves or confirms what the first has done."""


def opens(
    world: World, words: str, unit: str = WARD, body: str = READER, who: str = ""
) -> Page:  # fmt: skip
    """Search the list for words of one letter, and open it."""
    client = world.at(unit, body, who)
    page = client.page(f"/thu?tim={quote(words)}")
    found = {link.href for link in page.links if _LETTER.match(link.href)}
    assert len(found) == 1, (words, found, page.text)
    return client.page(found.pop())


def opens_sealed(world: World, unit: str, body: str, who: str = "") -> Page:
    """Open the one sealed letter in the list of a body, which shows no word of it."""
    client = world.at(unit, body, who)
    page = client.page("/thu")
    [row] = [row for row in page.rows() if "Thư niêm phong" in " ".join(row)]
    name = row[0][:5]
    return page.follow(name)


def sorts(page: Page, category: str = "", body: str = "") -> Page:
    """Say what a letter is, and who is to answer it."""
    told = {"category": category} if category else {}
    if body:
        told["body_id"] = _choice(page, body)
    page = page.submit("Phân loại, giao giải quyết", **told)
    assert "Đã ghi phân loại." in page.text, page.text
    return page


def _choice(page: Page, said: str) -> str:
    """Give the value of the option of a page that says this."""
    options = page.html.elements("option")
    return next(one.get("value", "") for one in options if said in "".join(one.itertext()))


def answers(page: Page, text: str) -> Page:
    """Write an answer, which somebody else has to approve."""
    page = page.submit("Trình duyệt", answer=text)
    assert "Đã trình duyệt trả lời." in page.text, page.text
    return page


def publishes(world: World, words: str) -> Page:
    """Make a letter and its answer public as the machine has covered them."""
    page = opens(world, words, who=SECOND)
    [link] = [one for one in page.links if "/cong-khai" in one.href and "/thu/" in one.href]
    page = world.at(WARD, READER, SECOND).page(link.href).submit("Công khai")
    assert "Đã công khai thư và trả lời." in page.text, page.text
    return page


def handles(world: World, words: str, answer: str, category: str = "") -> Page:
    """Sort and answer a letter; the second account approves."""
    answers(sorts(opens(world, words), category), answer)
    page = opens(world, words, who=SECOND)
    return page.submit("Duyệt, trả lời người gửi")


def unlocks(page: Page, words: str = WORDS) -> Page:
    """Type the words that open the key, and come back to the letter."""
    return page.follow("Mở khóa để đọc").submit("Mở khóa", words=words)


def asks_to_hide(page: Page, why: str) -> Page:
    """Ask the level above to hide a letter."""
    return page.submit("Đề nghị ẩn", hide_reason=why)


def counts_the_week(world: World, box: Mailbox, monday: date) -> Page:
    """Have two people of the youth union sign a week, and bring its papers to the board."""
    address = f"/hom-thu/{box.id}/tuan/{monday.isoformat()}"
    page = world.at(WARD, YOUTH).page(address)
    page = page.submit("Lập và ký", position="Bí thư Đoàn phường")
    assert "Còn chờ người thứ hai xác nhận." in page.text, page.text
    assert "Xác nhận, khóa số liệu" not in page.buttons
    page = world.at(WARD, YOUTH, SECOND).page(address)
    page = page.submit("Xác nhận, khóa số liệu", position="Phó Bí thư Đoàn phường")
    assert "Số liệu của tuần đã khóa." in page.text, page.text
    return page.submit("Gửi báo cáo tới Ban Chỉ đạo")


def week(first: date, n: int) -> date:
    """Give the Monday of a week of the first round, the first one being 1."""
    return first + timedelta(weeks=n - 1)
