"""Papers that came and tasks that were handed out, as those who get them see them."""

import pytest

from portal.core import clock
from portal.features.documents.body import Duty, Party
from portal.policy.roles import Role
from tests.support import numbered, papers, surveyed
from tests.support.officials import PLACES
from tests.support.queries import counted

DUTY = Duty("viec0001", "Niêm yết", Party("Các xã", group="commune:committee"),
            due=f"trong ngày {clock.format_date(clock.today())}")  # fmt: skip


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    numbered.letterhead(made, regime="party")
    return made


@pytest.fixture
def issue(place):
    author = papers.worker(place)
    return lambda **given: papers.issued(author, duties=(DUTY,), **given)


@pytest.fixture
def reader(place, client):
    user = surveyed.account(place, "Xã 1", Role.COMMUNE, frozenset(papers.WORKS))
    client.sign_in(user)
    return user


def in_the_navigation(page) -> dict[str, str]:
    """Give the counts of the side column; the phone's bar has the links again, without."""
    links = [link for link in page.links if link.href in {"/van-ban-den", "/nhiem-vu"}]
    return {link.href: "".join(filter(str.isdigit, link.text)) for link in links[::-1]}


def test_an_empty_inbox_and_no_tasks_are_said_in_words(client, reader):
    assert "Không còn văn bản nào chờ" in client.page("/van-ban-den").text
    assert "Không có việc nào đang chờ" in client.page("/nhiem-vu").text
    assert set(in_the_navigation(client.page("/xa")).values()) == {""}


def test_the_navigation_counts_what_waits(client, reader, issue):
    issue()
    issue()
    page = client.page("/van-ban-den")
    assert in_the_navigation(page) == {"/van-ban-den": "2", "/nhiem-vu": "2"}


def test_a_paper_goes_from_unread_to_handled_and_back(client, reader, issue):
    issue(summary="khảo sát")
    page = client.page("/van-ban-den")
    assert "1 văn bản chưa xử lý, 1 chưa mở." in page.text
    page.follow("Kế hoạch khảo sát")
    assert "Chưa mở" not in client.page("/van-ban-den").text
    page = client.page("/van-ban-den").submit("Đã nhận")
    assert "đã nhận: " in page.text
    page = page.submit("Đã xử lý").follow("Đã xử lý 1")
    assert "Kế hoạch khảo sát" in page.text
    assert "Kế hoạch khảo sát" not in page.submit("Đưa về chưa xử lý").text
    assert "1 văn bản chưa xử lý" in client.page("/van-ban-den").text


def test_a_task_is_handed_in_from_the_list_with_what_came_of_it(client, reader, issue):
    issue()
    page = client.page("/nhiem-vu").submit("Nộp", reason="Đã dán ở nhà văn hóa")
    assert "Không có việc nào đang chờ" in page.text
    assert "Đã dán ở nhà văn hóa" in client.page("/nhiem-vu?muc=xong").text


@pytest.mark.parametrize("path", ["/van-ban-den", "/nhiem-vu", "/van-ban", "/xa"])
def test_the_pages_take_the_same_few_queries_however_much_there_is(client, reader, issue, path):
    issue()
    client.page(path)
    with counted() as few:
        client.page(path)
    for _ in range(3):
        issue()
    with counted() as many:
        client.page(path)
    assert len(many) == len(few) <= 15
