"""Plan 002 carried out: community teams hand the code on, lists go up by the district (issue 5).

There is nothing to measure the answers against: what counts is to whom the code was given.
"""

import pytest

from portal.core.database import session
from portal.features.campaigns.models import ShareNote
from portal.features.publicity import queries as publicity
from tests.journeys import acts, carrying
from tests.support import placed

ONE, TWO = "Xã 1", "Xã 2"
ADVISORY = "mass_mobilisation"


@pytest.fixture
def world(app, monkeypatch):
    made = carrying.world(app, monkeypatch)
    placed.team(made.place[ONE], "Tổ dân vận cộng đồng số 1")
    return made


def test_plan_002_is_carried_out(world):
    campaign = carrying.issue(world, "khao_sat_pks07", days=3)
    a_team_is_returned_and_sent_again(world, campaign)
    the_code_is_handed_to_the_community_teams(world, campaign)
    lists_go_up_by_the_district(world, campaign)
    publicity_is_taken_down_and_put_up_again(world, campaign)
    the_days_are_reported_without_a_denominator(world, campaign)
    who_has_not_reported_is_reminded_once_a_day(world, campaign)
    four_are_commended_through_the_district(world, campaign)


def a_team_is_returned_and_sent_again(world, campaign):
    world.comes(-7)
    acts.sends_its_team(world, campaign, ONE)
    page = world.at("Huyện A").page(acts.under(campaign, "to-cong-tac")).follow("Xã 1")
    page.submit("Trả lại", reason="Thiếu người nhập dữ liệu")
    page = world.home(ONE)
    assert "Bị trả lại: Thiếu người nhập dữ liệu" in page.text
    page = world.at(ONE).page(acts.under(campaign, "to-cong-tac"))
    assert "Đã nộp" in page.submit("Nộp danh sách tổ").text


def the_code_is_handed_to_the_community_teams(world, campaign):
    page = world.home(ONE)
    assert "Gửi mã QR và lời hướng dẫn đến từng Tổ, Nhóm Dân vận cộng đồng" in page.text
    page = page.follow("Mở bộ gửi Zalo")
    assert "Tổ dân vận cộng đồng số 1" in page.text
    page.submit("Ghi vào nhật ký")
    assert session().query(ShareNote).count() == 1


def lists_go_up_by_the_district(world, campaign):
    world.comes(-4)
    acts.sends_its_roster(world, campaign, ONE)
    world.comes(-2)
    page = acts.consolidates(world, campaign, "Huyện A", ADVISORY, ONE)
    assert "Đã gửi danh sách tổng hợp: 1 xã" in page.text
    page = world.at("Tỉnh", ADVISORY).page(acts.under(campaign, "danh-sach/tong-hop"))
    page = page.follow("Ban Dân vận huyện A").submit("Nhận danh sách tổng hợp")
    assert "Đã nhận danh sách tổng hợp" in page.text
    assert "Lập danh sách, lịch phân công" in world.home(TWO).text


def publicity_is_taken_down_and_put_up_again(world, campaign):
    world.comes(-2)
    acts.makes_public(world, campaign, ONE, "niem_yet", "plan")
    [posting] = publicity.of_unit(campaign.id, world.place[ONE].id)
    world.comes(-1)
    page = world.at(ONE).page(f"/cong-khai-cua-toi/{posting.id}")
    page = page.submit("Ghi đã gỡ", reason="Mưa ướt")
    assert "Đã gỡ sớm" in page.text
    world.comes(0, hour=7)
    page = acts.makes_public(world, campaign, ONE, "niem_yet", "plan")
    assert "1/12 mục" in page.text


def the_days_are_reported_without_a_denominator(world, campaign):
    acts.people_answer(world, campaign, ONE, 25)
    world.comes(0, hour=15)
    page = acts.reports_its_day(world, ONE, helped=9)
    assert "Lũy kế: 25 phiếu." in page.text
    assert "1/1 tổ dân vận cộng đồng" in page.text


def who_has_not_reported_is_reminded_once_a_day(world, campaign):
    world.comes(1, hour=8)
    page = world.home("Huyện A")
    assert "Đôn đốc đơn vị quá hạn" in page.text
    board = world.at("Huyện A").page(acts.under(campaign, "don-doc"))
    assert "Đã nhắc" in board.submit("Nhắc trên Cổng").text
    assert "mỗi ngày chỉ nhắc một lần" in board.submit("Nhắc trên Cổng").text.lower()
    world.comes(2, hour=7)
    assert "Đã nhắc hôm qua:" in world.at("Huyện A").page("/giao-ban").text


def four_are_commended_through_the_district(world, campaign):
    world.comes(6)
    found = [
        acts.proposes(world, campaign, ONE), acts.proposes(world, campaign, ONE, "Lê Văn C"),
        acts.proposes(world, campaign, ONE, "Hoàng Văn E"),
        acts.proposes(world, campaign, TWO, "Trần Thị B"),
    ]  # fmt: skip
    for one in found:
        acts.approves(world, one, by_district=True)
    assert "Đã chốt danh sách trình." in acts.closes_the_list(world, campaign).text
