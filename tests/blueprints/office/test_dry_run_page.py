"""The page of a dry run: for those who work on a document, until it is issued."""

from dataclasses import replace

import pytest

from portal.features.documents.body import Duty, Party
from portal.features.documents.models import State
from portal.policy.roles import Role
from tests.support import numbered, papers, surveyed
from tests.support.officials import PLACES

COMMUNES = Party("Ủy ban nhân dân xã", group="commune:committee")
DUTY = Duty(what="Niêm yết mã QR", lead=COMMUNES, due="chậm nhất ngày 06/02/2027")
FARMERS = replace(DUTY, id="", what="Hướng dẫn", lead=Party("Hội", group="commune:farmers"))


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    numbered.letterhead(made, regime="party")
    return made


@pytest.fixture
def author(place, client):
    user = surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset(papers.WORKS))
    client.sign_in(user)
    return surveyed.actor(user)


@pytest.fixture
def document(author):
    return papers.draft(author, duties=(DUTY, FARMERS))


def test_it_shows_tasks_days_off_and_who_gets_the_paper(client, document):
    page = client.page(f"/van-ban/{document.id}/chay-thu")
    posted, guided = page.rows()[1:] if len(page.rows()) > 2 else page.rows()
    assert posted[0] == "Niêm yết mã QR"
    assert "06/02/2027" in posted[2]
    assert "Tết Nguyên đán" in posted[2]
    assert posted[3] == "3"
    assert guided[3] == "3"
    assert guided[4].startswith("3 đơn vị chưa có cơ quan nhận")
    assert "phải gửi cách khác" in page.text
    assert "Các xã" in page.text


def test_who_is_to_approve_finds_it_beside_the_next_step(client, author, document):
    papers.bring(document, State.SUBMITTED, author)
    page = client.page(f"/van-ban/{document.id}")
    assert page.follow("Chạy thử").h1 == "Chạy thử"


def test_once_issued_the_document_itself_tells(client, author, document):
    papers.bring(document, State.ISSUED, author)
    page = client.page(f"/van-ban/{document.id}/chay-thu")
    assert page.path == f"/van-ban/{document.id}"


def test_recipients_have_no_use_for_it(client, author, place, document):
    papers.bring(document, State.SIGNED, author)
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE, frozenset(papers.WORKS)))
    assert client.get(f"/van-ban/{document.id}/chay-thu").status_code == 404
