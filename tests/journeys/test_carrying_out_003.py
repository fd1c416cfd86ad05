"""Plan 003 carried out: officials answer on one single day, measured by headcount (issue 5)."""

import pytest

from tests.journeys import acts, carrying

ONE, TWO = "Xã 1", "Xã 2"
PEOPLE = {ONE: 40, TWO: 30}


@pytest.fixture
def world(app, monkeypatch):
    return carrying.world(app, monkeypatch)


def test_plan_003_is_carried_out(world):
    campaign = carrying.issue(world, "khao_sat_pks01", days=1)
    every_commune_says_how_many_it_has(world, campaign)
    teams_are_led_by_the_union(world, campaign)
    the_plan_is_public_in_the_offices(world, campaign)
    at_noon_everybody_sees_who_is_missing(world, campaign)
    the_only_day_is_reported(world, campaign)
    one_commune_stays_below_the_band(world, campaign)
    four_are_commended(world, campaign)


def every_commune_says_how_many_it_has(world, campaign):
    world.comes(-7)
    for unit, n in PEOPLE.items():
        page = world.at(unit).page(f"/dot-khao-sat/{campaign.id}/cac-xa/{world.place[unit].id}")
        assert page.submit("Lưu", headcount=str(n)).status == 200


def teams_are_led_by_the_union(world, campaign):
    page = world.at(ONE).page(acts.under(campaign, "trien-khai"))
    assert "Tổ trưởng: Chủ tịch công đoàn cơ quan cấp xã" in page.text
    assert "Danh sách, lịch" not in [link.text for link in page.links]
    for unit in PEOPLE:
        assert "Đã nộp" in acts.sends_its_team(world, campaign, unit).text


def the_plan_is_public_in_the_offices(world, campaign):
    world.comes(-2)
    page = acts.makes_public(world, campaign, ONE, "niem_yet", "plan")
    assert "1/4 mục" in page.text


def at_noon_everybody_sees_who_is_missing(world, campaign):
    world.comes(0, hour=11, minute=29)
    acts.people_answer(world, campaign, ONE, 24)
    assert "hôm nay là ngày duy nhất" not in world.home("Tỉnh").text
    world.comes(0, hour=11, minute=30)
    text = world.home("Huyện A").text
    assert "Đến 11:30, PKS 01" in text
    assert "đã nhận 24 phiếu trên 70 người" in text
    assert "1 xã chưa có phiếu nào: Xã 2." in text
    assert "Kính gửi Xã 2: đợt PKS 01" in text
    assert "đã nhận 24 phiếu trên 40 người" in world.home(ONE).text


def the_only_day_is_reported(world, campaign):
    acts.people_answer(world, campaign, TWO, 12)
    world.comes(0, hour=16)
    for unit in PEOPLE:
        assert "Đã nộp báo cáo ngày." in acts.reports_its_day(world, unit).text


def one_commune_stays_below_the_band(world, campaign):
    world.comes(1, hour=7)
    text = world.at("Huyện A").page("/giao-ban").text
    assert "Nhận 36 phiếu, cộng đến nay 36 phiếu." in text
    assert "Ngoài khoảng (1): Xã 2 40,0%." in text
    page = world.at(TWO).page(acts.under(campaign, "bao-cao-ngay"))
    page = page.submit("Gửi giải trình", text="Nhiều cán bộ đi tập huấn ở tỉnh.")
    assert "Đã gửi giải trình" in page.text


def four_are_commended(world, campaign):
    world.comes(4)
    found = [
        acts.proposes(world, campaign, ONE), acts.proposes(world, campaign, ONE, "Lê Văn C"),
        acts.proposes(world, campaign, TWO, "Trần Thị B"),
        acts.proposes(world, campaign, TWO, "Vũ Thị G"),
    ]  # fmt: skip
    for one in found:
        acts.approves(world, one, by_district=False)
    assert "Đã chốt danh sách trình." in acts.closes_the_list(world, campaign).text
