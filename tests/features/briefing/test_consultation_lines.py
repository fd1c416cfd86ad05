"""“Việc cần làm” of those who run a consultation, who approve in it, and who watch over it."""

import pytest

from portal.core.database import write
from portal.features.consolidation import explaining
from portal.features.consolidation.explaining import Explained
from portal.features.consolidation.workflow import OPINION
from portal.features.consultations.models import Track
from portal.policy.roles import Duty
from tests.support import answered, balloted, cased, gathered, voiced
from tests.support.gathered import NOTICE, OTHER, again
from tests.support.queries import counted
from tests.support.voiced import CLAUSE, FIRST

ANSWER = Explained("content", "accept", "Bổ sung vào khoản 2.")


@pytest.fixture(name="made")
def ward(app):
    return cased.ward()


@pytest.fixture(name="one")
def consultation(made):
    return made.published(made.actor())


@pytest.fixture(name="author")
def drafter(made):
    return made.actor(Duty.DRAFT)


def home(client, made, *duties, body=None):
    client.sign_in(made.user(*duties, body=body))
    return client.page("/xa")


def handed_in(author, opinion):
    explaining.hand_in(author, opinion, ANSWER, again(opinion).version)


def move_days(kind, first, last):
    with write() as current:
        track = current.query(Track).filter_by(kind=kind).one()
        track.list_from = track.list_to = None
        track.opens_on, track.closes_on = cased.day(first), cased.day(last)


def test_the_division_reads_what_it_has_to_explain_and_what_came_back(client, made, one, author):
    first, second = gathered.agency(one, "A", CLAUSE, NOTICE), *gathered.voice(one, FIRST, OTHER)
    handed_in(author, first)
    OPINION.fire(made.actor(Duty.APPROVE), first.id, "return", reason="Chưa nói rõ.")
    page = home(client, made, Duty.DRAFT)
    assert "Giải trình 1 ý kiến" in page.text
    assert "Viết lại 1 giải trình bị trả lại" in page.text
    assert page.follow("Giải trình 1 ý kiến").path == f"/lay-y-kien/{one.id}/tong-hop"
    assert page.link("Lấy ý kiến").text == "Lấy ý kiến2"
    handed_in(author, again(first))
    handed_in(author, second)
    assert "Giải trình" not in home(client, made, Duty.DRAFT).text


def test_the_leader_reads_how_many_answers_wait_for_approval(client, made, one, author):
    handed_in(author, gathered.agency(one, "A", CLAUSE, NOTICE))
    page = home(client, made, Duty.APPROVE)
    assert "Duyệt 1 giải trình" in page.text
    assert page.link("Lấy ý kiến").text == "Lấy ý kiến1"
    assert "Duyệt 1 giải trình" not in home(client, made, Duty.DRAFT).text


def test_opinions_whose_provision_is_gone_wait_for_a_place(client, made, one):
    gathered.agency(one, "A", CLAUSE, NOTICE)
    voiced.version(one.draft_id, voiced.PROVISIONS[:1], 2)
    page = home(client, made, Duty.DRAFT)
    assert "Xếp chỗ cho ý kiến về 1 điều khoản không còn" in page.text


def test_agencies_that_are_silent_are_reminded_of_in_the_last_days(client, made, one):
    answered.invited(made.actor(), one)
    move_days("agency", -9, 4)
    assert "chưa góp ý" not in home(client, made, Duty.DRAFT).text
    move_days("agency", -9, 3)
    page = home(client, made, Duty.DRAFT)
    assert "Nhắc 1 cơ quan chưa góp ý" in page.text
    assert page.follow("Nhắc 1 cơ quan").path == f"/lay-y-kien/{one.id}/co-quan"


def test_groups_that_are_not_settled_after_their_day_are_named(client, app):
    asked = balloted.ward()
    assert "Chốt số phiếu" not in home(client, asked.place, Duty.DRAFT).text
    with write():
        asked.two.day = cased.day(-1)
    page = home(client, asked.place, Duty.DRAFT)
    assert "Chốt số phiếu của 1 tổ, thôn đã qua ngày" in page.text
    assert "Tổ dân phố số 2" in page.text


def test_the_front_is_asked_what_it_saw_until_it_has_said_so(client, made, one):
    page = home(client, made, Duty.DRAFT, body=made.front)
    assert page.follow("Ghi nhận xét").h1 == "Nhận xét giám sát"
    assert "giám sát" not in home(client, made, Duty.DRAFT).text
    with write():
        one.supervision = "Niêm yết đủ."
    assert "giám sát" not in home(client, made, Duty.DRAFT, body=made.front).text


def test_another_body_of_the_ward_is_asked_for_nothing(client, made, one):
    gathered.agency(one, "A", CLAUSE, NOTICE)
    text = home(client, made, Duty.DRAFT, body=made.front).text
    assert "Giải trình" not in text
    assert "Lấy ý kiến1" not in text


def test_more_opinions_take_no_more_queries(client, made, one):
    numbers = []
    for n in range(2):
        for name in "ABC":
            gathered.agency(one, f"{name}{n}", CLAUSE, NOTICE)
        client.sign_in(made.user(Duty.DRAFT, Duty.APPROVE))
        with counted() as queries:
            assert client.page("/xa").status == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 32, "\n".join(queries)
