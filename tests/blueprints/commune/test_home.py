"""A commune sees its own answers by day; results come after the close."""

import pytest

from portal.core import clock
from portal.core.database import write
from portal.features.campaigns.models import QrCode
from portal.features.surveys import fold
from portal.policy.roles import Role
from tests.support import surveyed


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện A": ["Xã Một", "Xã Hai"], "Huyện B": ["Xã Ba"]})


@pytest.fixture
def user(place):
    return surveyed.account(place, "Xã Một", Role.COMMUNE)


@pytest.fixture
def signed_in(client, user):
    client.sign_in(user)
    return client


def ask(place, **window):
    asked = surveyed.campaign(place, **window)
    with write() as session:
        session.add(QrCode(code="k7rm4wbd", campaign_id=asked.id, unit_id=place["Xã Một"].id))
    return asked


def test_without_a_campaign_the_page_says_so(signed_in):
    assert "Chưa có đợt khảo sát nào ở Xã Một" in signed_in.page("/xa").text


def test_before_the_opening_the_poster_is_to_be_hung(signed_in, place):
    ask(place, opens_in=3)
    page = signed_in.page("/xa")
    assert "Tải áp phích và dán trước khi đợt mở" in page.text
    assert "k7rm4wbd" in page.text


def test_while_open_it_sees_its_own_number_by_day_and_how_to_invite(signed_in, place):
    asked = ask(place)
    surveyed.answer(asked, place["Xã Một"], ["5|co|loa"] * 20)
    surveyed.answer(asked, place["Xã Ba"], ["5|co|loa"] * 33)
    page = signed_in.page("/xa")
    assert "20 phiếu" in page.text
    assert "33" not in page.text
    assert "Kính mời bà con" in page.text
    assert "Xã Một chỉ thấy số phiếu. Kết quả từng câu hiện sau khi đợt đóng." in page.text


def test_each_task_names_its_campaign_and_a_single_day_is_one(signed_in, place):
    asked = ask(place, opens_in=0, days=1)
    text = signed_in.page("/xa").text
    assert f"Mời người dân trả lời phiếu đợt {asked.name}" in text
    assert f"Ngày {clock.format_date(asked.opens_on)}" in text


def test_the_home_and_the_campaign_count_the_days_left_alike(signed_in, place):
    asked = ask(place, days=9)
    assert "còn 7 ngày" in signed_in.page("/xa").text
    assert "còn 7 ngày" in signed_in.page(f"/dot-khao-sat/{asked.id}").text


def test_results_come_after_the_close_and_are_its_own(signed_in, place, user, monkeypatch):
    asked = ask(place)
    surveyed.answer(asked, place["Xã Một"], ["5|co|loa"] * 20)
    address = f"/dot-khao-sat/{asked.id}/ket-qua"
    assert signed_in.get(address).status_code == 403
    surveyed.move_past(asked, monkeypatch)
    fold.seal_closed()
    signed_in.sign_in(user)
    assert "Xã Một" in signed_in.page(address).h1
    assert signed_in.get(f"{address}?huyen={place['Xã Hai'].id}").status_code == 404
