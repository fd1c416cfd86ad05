"""The page of the meeting at seven."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.database import write
from portal.features.inspections.models import Inspection
from portal.features.urging.models import Reminder
from portal.policy.roles import Role
from tests.support import carried, surveyed
from tests.support.officials import PLACES

TODAY = clock.today()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def asked(place):
    made = carried.carry_out(place)
    surveyed.answer(made, place["Xã 1"], ["5|co|"] * 30, day=YESTERDAY)
    return made


@pytest.fixture
def read(client, place):
    def page(name="Huyện A", role=Role.DISTRICT):
        client.sign_in(surveyed.account(place, name, role))
        return client.page("/giao-ban")

    return page


def test_it_says_what_yesterday_brought_and_who_has_not_reported(asked, read):
    text = read().text
    assert "Nhận 30 phiếu, cộng đến nay 30 phiếu. 1/2 xã đã có phiếu." in text
    assert "Chưa báo cáo hôm qua (2): Xã 1, Xã 2." in text
    assert "2 báo cáo hôm qua chưa nộp, 2 đơn vị quá hạn, 1 việc đến hạn hôm nay." in text


def test_it_says_what_every_commune_is_late_with(asked, read):
    rows = read().rows()
    due = clock.format_date(TODAY - timedelta(days=3))
    assert rows[1][:2] == ["Xã 1", "Huyện A"]
    assert rows[1][2].startswith(f"Thành lập Tổ công tác ({due})")


def test_a_district_reads_nothing_of_another(asked, read):
    assert "Xã 3" not in read().text
    assert "Xã 3" in read("Tỉnh", Role.PROVINCE).text


def test_visits_of_today_and_reminders_of_yesterday_are_told(place, asked, read):
    with write() as session:
        unit = place["Xã 1"]
        district = surveyed.actor(surveyed.account(place, "Huyện B", Role.DISTRICT))
        session.add(Inspection(
            campaign_id=asked.id, unit_id=unit.id, ordered_by_unit_id=place["Huyện A"].id,
            organisation_id=district.organisation_id, planned_on=TODAY, inspectors="Bà B",
        ))  # fmt: skip
        session.add(Reminder(
            campaign_id=asked.id, unit_id=unit.id, duty="x", what="Niêm yết kế hoạch",
            channel="zalo", text="", path="", day=YESTERDAY, sent_at=clock.now(), sent_by="A",
            body="Ban Huyện A",
        ))  # fmt: skip
    text = read().text
    assert "Kiểm tra Xã 1" in text
    assert "Bà B" in text
    assert "Đã nhắc hôm qua: Niêm yết kế hoạch, 1 đơn vị (Ban Huyện A)." in text


def test_without_a_campaign_it_says_when_there_will_be_something(read):
    text = read().text
    assert "Không có việc nào tồn từ hôm qua." in text
    assert "Hôm qua không có đợt nào lấy phiếu" in text


def test_communes_have_no_such_page(client, place):
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))
    assert client.get("/giao-ban").status_code == 403
