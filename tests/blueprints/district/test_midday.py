"""Towards noon of a campaign's only day the homes say how far it has come."""

from datetime import datetime, time

import pytest

from portal.core import clock
from portal.core.database import write
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import CampaignUnit
from portal.policy.roles import Role
from tests.support import carried, surveyed
from tests.support.officials import PLACES

RULES = Rules(reports=True, band_low=50, band_high=95)


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def asked(place):
    made = carried.carry_out(place, RULES, opens_in=0, days=1, denominator="headcount")
    with write() as session:
        for name in ("Xã 1", "Xã 2", "Xã 3"):
            session.get_one(CampaignUnit, (made.id, place[name].id)).headcount = 40
    surveyed.answer(made, place["Xã 1"], ["5|co|"] * 30)
    surveyed.answer(made, place["Xã 3"], ["5|co|"] * 8)
    return made


@pytest.fixture
def at(monkeypatch):
    def turned(hour, minute):
        moment = datetime.combine(clock.today(), time(hour, minute), clock.VN)
        monkeypatch.setattr(clock, "now", lambda: moment.astimezone(clock.UTC))

    return turned


def home(client, place, name, role):
    client.sign_in(surveyed.account(place, name, role))
    return client.page({"Tỉnh": "/tinh", "Huyện A": "/huyen"}.get(name, "/xa"))


def test_from_half_past_eleven_those_above_read_whom_to_call(client, place, asked, at):
    at(11, 30)
    text = home(client, place, "Tỉnh", Role.PROVINCE).text
    assert "Đến 11:30, Đợt thử đã nhận 38 phiếu trên 120 người" in text
    assert "1 xã chưa có phiếu nào: Xã 2." in text
    assert "1 xã chưa đạt mức dưới của khoảng: Xã 3." in text
    assert "Kính gửi Xã 2, Xã 3: đợt Đợt thử chỉ lấy ý kiến trong hôm nay" in text


def test_a_district_reads_of_its_own_communes_alone(client, place, asked, at):
    at(15, 0)
    text = home(client, place, "Huyện A", Role.DISTRICT).text
    assert "Xã 2" in text
    assert "Xã 3" not in text


def test_a_commune_reads_how_many_have_answered(client, place, asked, at):
    at(12, 0)
    text = home(client, place, "Xã 1", Role.COMMUNE).text
    assert "Đến 12:00, Đợt thử đã nhận 30 phiếu trên 40 người" in text


def test_in_the_morning_nothing_is_said_of_it(client, place, asked, at):
    at(11, 29)
    assert "hôm nay là ngày duy nhất" not in home(client, place, "Tỉnh", Role.PROVINCE).text


def test_a_campaign_of_several_days_has_no_midday(client, place, at):
    surveyed.campaign(place, opens_in=0, days=2)
    at(12, 0)
    assert "hôm nay là ngày duy nhất" not in home(client, place, "Tỉnh", Role.PROVINCE).text
