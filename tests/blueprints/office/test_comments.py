"""Comments on a draft as officials read them, and hiding one from everybody."""

import pytest

from portal.core import database
from portal.features.consultations import comment_queries, hiding
from portal.features.consultations.hiding_workflow import COMMENT_HIDING
from portal.policy.roles import Role
from tests.support import surveyed, voiced
from tests.support.voiced import CLAUSE, PROVISIONS, SECOND, TEXT

WHY = "Nêu tên và đời tư của một hộ."


@pytest.fixture
def made(app):
    return voiced.consultation(shows=True)


def asked(made, comment):
    return hiding.ask(surveyed.actor(made.account()), comment, WHY)


def address(made):
    return f"/lay-y-kien/{made.consultation.id}/y-kien"


def test_comments_without_a_place_in_the_new_version_are_told(made, client):
    made.comment(CLAUSE)
    voiced.version(made.consultation.draft_id, PROVISIONS[:3], 2)
    client.sign_in(made.account())
    assert "1 ý kiến chưa có chỗ trong bản mới." in client.page(address(made)).text


def test_the_page_shows_what_came_and_each_as_it_was_written(made, client):
    made.comment(CLAUSE)
    made.send(agrees=("",))
    voiced.next_morning()
    client.sign_in(made.account())
    page = client.page(address(made))
    assert "2 lượt góp ý, 1 lượt nhất trí toàn bộ" in page.text
    one = page.follow("khoản 2 Điều 2")
    assert (one.h1, TEXT in one.text) == ("Ý kiến về khoản 2 Điều 2", True)


def test_a_comment_of_today_is_nowhere(made, client):
    made.send()
    client.sign_in(made.account())
    assert "Chưa có ý kiến nào" in client.page(address(made)).text


def test_hiding_is_asked_with_a_reason_and_decided_above(made, client):
    comment = made.comment(CLAUSE)
    client.sign_in(made.account())
    page = client.page(f"/lay-y-kien/y-kien/{comment.id}")
    assert page.submit("Gửi đề nghị").status == 422
    assert "Chờ cấp trên" in page.submit("Gửi đề nghị", hide_reason=WHY).text
    client.sign_in(made.account(Role.DISTRICT))
    page = client.page("/lay-y-kien")
    assert "Có 1 đề nghị ẩn ý kiến chờ quyết định." in page.text
    page = client.page(f"/lay-y-kien/y-kien/{comment.id}")
    assert TEXT in page.text
    done = page.submit("Đồng ý ẩn", reason="Đúng là lộ đời tư")
    assert "Đã ẩn" in done.text
    assert database.session().get_one(type(comment), comment.id).state == "hidden"


def test_what_is_hidden_leaves_a_line_that_says_why(made, client):
    comment = made.comment(CLAUSE)
    above = surveyed.actor(made.account(Role.DISTRICT))
    wish = asked(made, comment)
    COMMENT_HIDING.fire(above, wish.id, "hide", "Lộ đời tư")
    page = client.page(f"/g/{voiced.CODE}/dieu/{SECOND}/y-kien")
    assert "Một ý kiến đã bị ẩn" in page.text
    assert "Lý do: Lộ đời tư" in page.text
    assert TEXT not in page.text
    COMMENT_HIDING.fire(above, wish.id, "lift", "Người ấy đồng ý")
    assert TEXT in client.page(f"/g/{voiced.CODE}/dieu/{SECOND}/y-kien").text


def test_its_author_sees_that_it_is_hidden_and_why(made, client):
    receipt = made.send((CLAUSE, TEXT)).receipt
    voiced.next_morning()
    wish = asked(made, voiced.comments()[0])
    COMMENT_HIDING.fire(surveyed.actor(made.account(Role.DISTRICT)), wish.id, "hide", "Lộ đời tư")
    page = client.page("/t").submit("Xem trả lời", ma=receipt)
    assert "Ý kiến này bị ẩn với mọi người" in page.text
    assert "Đang được tổng hợp." not in page.text
    assert TEXT in page.text


def test_a_comment_of_another_unit_is_not_there(made, client):
    comment = made.comment()
    other = surveyed.account(made.units, "Xã bên", Role.COMMUNE)
    client.sign_in(other)
    client.page(f"/lay-y-kien/y-kien/{comment.id}", status=404)
    client.page(address(made), status=404)
    assert comment_queries.get_visible(surveyed.actor(other), comment.id) is None
