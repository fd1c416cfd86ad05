"""The board of who has not done what, reminding from it, and the digest of whoever is reminded."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from portal.core.database import session
from portal.features.documents.body import Job
from portal.features.urging.models import Reminder
from portal.policy.roles import Duty, Role
from tests.support import carried, papers, surveyed
from tests.support.officials import PLACES
from tests.support.queries import counted

ROSTER = f"viec-{Job.ROSTER}"


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    return carried.carry_out(place)


@pytest.fixture
def commune(place):
    return surveyed.account(place, "Xã 1", Role.COMMUNE, frozenset(papers.WORKS))


@pytest.fixture
def district(place, client):
    user = surveyed.account(place, "Huyện A", Role.DISTRICT, frozenset(papers.WORKS))
    client.sign_in(user)
    return user


@pytest.fixture
def board(client, campaign, district):
    return lambda tail=f"?viec={ROSTER}": client.page(f"/dot-khao-sat/{campaign.id}/don-doc{tail}")


def test_the_board_names_duties_units_and_the_words_to_send(board, campaign):
    page = board()
    assert "2 đơn vị còn" in page.text
    assert [row[0] for row in page.rows(1)[1:]] == ["Xã 1", "Xã 2"]
    assert "Kính gửi đồng chí phụ trách xã 1" in page.text
    assert f"http://localhost/dot-khao-sat/{campaign.id}/danh-sach" in page.text


def test_without_a_choice_the_worst_duty_is_shown(board):
    assert board("").rows(1)


def test_one_unit_is_reminded_and_the_page_says_who_did_it(board):
    page = board().submit("Nhắc trên Cổng")
    assert "Đã nhắc" in page.text
    assert "Đã nhắc hôm nay" in page.text
    assert "Ban Huyện A" in page.text


def test_all_at_once_and_then_nobody_is_left(board):
    page = board().submit("Ghi đã nhắc qua Zalo")
    assert "Đã nhắc 2 đơn vị." in page.text
    assert "Hôm nay đã nhắc đủ các đơn vị." in page.text
    assert {one.channel for one in session().query(Reminder)} == {"zalo"}


def test_the_same_form_sent_twice_says_who_was_first(client, board):
    form = board().form("Nhắc trên Cổng")
    form.submit("Nhắc trên Cổng")
    page = form.submit("Nhắc trên Cổng")
    assert "hôm nay đã được Ban Huyện A nhắc lúc" in page.text
    assert session().query(Reminder).count() == 2


def test_a_channel_or_a_duty_that_is_not_there_reminds_nobody(client, campaign, board):
    token = board().form("Nhắc trên Cổng").fields["csrf_token"]
    path = f"/dot-khao-sat/{campaign.id}/don-doc/nhac"
    odd = {"csrf_token": token, "viec": ROSTER, "kenh": "fax", "don-vi": "1"}
    assert client.post(path, data=odd).status_code == 404
    answer = client.post(path, data=odd | {"kenh": "zalo"}, follow_redirects=True)
    assert "không còn ai phải nhắc" in answer.get_data(as_text=True)


def test_the_log_only_grows(board, client, campaign):
    board().submit("Ghi đã nhắc qua Zalo")
    page = client.page(f"/dot-khao-sat/{campaign.id}/don-doc/nhat-ky")
    assert "2 lần nhắc" in page.text
    assert {row[3] for row in page.rows()[1:]} == {"Zalo"}


def test_the_unit_reads_its_digest_once(client, board, commune):
    board().submit("Nhắc trên Cổng")
    client.sign_in(commune)
    page = client.page("/loi-nhac")
    assert "1 lời nhắc chưa đọc" in page.text
    assert "Lập danh sách, lịch phân công" in page.text
    page = page.submit("Đã đọc hết")
    assert "chưa đọc" not in page.text
    assert "Đã đọc hết" not in page.buttons


def test_a_commune_is_led_to_what_it_was_told_and_sees_no_other(client, campaign, board, commune):
    board().submit("Nhắc trên Cổng")
    client.sign_in(commune)
    assert client.page(f"/dot-khao-sat/{campaign.id}/don-doc").path == "/loi-nhac"
    page = client.page(f"/dot-khao-sat/{campaign.id}/don-doc/nhat-ky")
    assert [row[0] for row in page.rows()[1:]] == ["Xã 1, Huyện A"]
    assert client.get(f"/dot-khao-sat/{campaign.id}/don-doc/danh-sach.xlsx").status_code == 200


def test_an_empty_digest_says_so(client, district):
    assert "Không có lời nhắc nào" in client.page("/loi-nhac").text


def test_whoever_only_inspects_reads_and_reminds_nobody(client, place, campaign):
    client.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT, frozenset({Duty.INSPECT})))
    page = client.page(f"/dot-khao-sat/{campaign.id}/don-doc")
    assert "Nhắc trên Cổng" not in page.buttons
    token = page.form("/dang-xuat").fields["csrf_token"]
    sent = client.post(f"{page.path}/nhac", data={"csrf_token": token, "kenh": "zalo"})
    assert sent.status_code == 403


def test_the_sheet_is_the_duty_that_is_looked_at(client, campaign, board):
    board()
    answer = client.get(f"/dot-khao-sat/{campaign.id}/don-doc/danh-sach.xlsx?viec={ROSTER}")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows[1:]] == ["Xã 1", "Xã 2"]


def test_the_board_takes_the_same_queries_however_many_units(client, place, campaign, board):
    board()
    with counted() as few:
        board()
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.CLERK})))
    path = f"/dot-khao-sat/{campaign.id}/don-doc"
    client.page(path)
    with counted() as many:
        client.page(path)
    assert len(many) <= len(few) <= 25
