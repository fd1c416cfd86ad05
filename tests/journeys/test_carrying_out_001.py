"""Plan 001 carried out: from the issued plan to four commendations (issue 5).

People are asked for three days at the one-stop unit; lists go up by the farmers' association.
Commune 1 does everything in time, commune 2 is late, makes nothing public and counts too many.
"""

import pytest

from tests.journeys import acts, carrying

ONE, TWO = "Xã 1", "Xã 2"
ASSOCIATION, ADVISORY = "farmers", "mass_mobilisation"


@pytest.fixture
def world(app, monkeypatch):
    return carrying.world(app, monkeypatch)


def test_plan_001_is_carried_out(world):
    campaign = carrying.issue(world, "khao_sat_pks03", days=3)
    everybody_finds_the_work_at_home(world, campaign)
    teams_are_sent_and_received(world, campaign)
    one_roster_comes_in_time_and_one_late(world, campaign)
    the_association_consolidates(world, campaign)
    publicity_has_a_gap(world, campaign)
    the_first_day_is_inspected(world, campaign)
    a_unit_outside_the_band_explains_itself(world, campaign)
    the_morning_meeting_reads_it_all(world, campaign)
    four_are_commended(world, campaign)


def everybody_finds_the_work_at_home(world, campaign):
    world.comes(-8)
    page = world.home(ONE)
    assert "Thành lập Tổ công tác cấp xã" in page.text
    assert "Lập danh sách, lịch phân công người hướng dẫn" in page.text
    page = world.at(ONE).page(acts.under(campaign, "trien-khai"))
    assert "Việc tiếp theo:" in page.text
    assert "Danh sách, lịch" in page.text


def teams_are_sent_and_received(world, campaign):
    for unit in (ONE, TWO):
        assert "Đã nộp" in acts.sends_its_team(world, campaign, unit).text
    assert "Nhận hoặc trả lại 2 kết quả đã nộp" in world.home("Huyện A").text
    assert "Đã nhận 2 tổ" in acts.receives_teams(world, campaign).text
    rows = world.at("Huyện A").page(acts.under(campaign, "trien-khai")).rows()
    assert ["Thành lập Tổ công tác cấp xã", "2/2"] in [[row[0], row[2]] for row in rows]


def one_roster_comes_in_time_and_one_late(world, campaign):
    world.comes(-4)
    assert "Đã gửi danh sách" in acts.sends_its_roster(world, campaign, ONE).text
    world.comes(-2)
    page = world.home("Huyện A")
    assert "1 đơn vị quá hạn" in page.text
    assert "Lập danh sách, lịch phân công người hướng dẫn 1" in page.text
    assert "Đã nhắc 1 đơn vị." in acts.reminds(world, campaign).text
    page = world.home(TWO)
    assert "Đọc lời nhắc của cấp trên" in page.text
    assert "Lập danh sách" in page.follow("Đọc lời nhắc").text
    assert "Đã gửi danh sách" in acts.sends_its_roster(world, campaign, TWO).text
    assert "quá hạn" not in world.home("Huyện A").text


def the_association_consolidates(world, campaign):
    page = acts.consolidates(world, campaign, "Tỉnh", ASSOCIATION, ONE, TWO)
    assert "Đã gửi danh sách tổng hợp: 2 xã" in page.text
    page = world.at("Tỉnh", ADVISORY).page(acts.under(campaign, "danh-sach/tong-hop"))
    assert "Hội Nông dân tỉnh" in page.text


def publicity_has_a_gap(world, campaign):
    world.comes(-1)
    page = acts.makes_public(world, campaign, ONE, "niem_yet", "plan", "roster")
    assert "2/12 mục" in page.text
    assert "Niêm yết tại trụ sở" in world.home(ONE).text
    page = world.at("Huyện A").page(acts.under(campaign, "cong-khai?tinh-trang=chua"))
    assert [row[0] for row in page.rows()[1:]] == ["Xã 2"]


def the_first_day_is_inspected(world, campaign):
    world.comes(0, hour=8)
    assert "Kiểm tra, đôn đốc ngày đầu khảo sát" in world.home("Huyện A", "steering").text
    page = acts.inspects(world, campaign, "steering", ONE)
    assert "Đã ghi kết quả" in page.text
    assert "Chưa treo lịch" in page.text


def a_unit_outside_the_band_explains_itself(world, campaign):
    acts.people_answer(world, campaign, ONE, 40)
    acts.people_answer(world, campaign, TWO, 60)
    world.comes(0, hour=16)
    assert "Đã nộp báo cáo ngày." in acts.reports_its_day(world, ONE, 60).text
    page = acts.reports_its_day(world, TWO, 30)
    assert "200,0%" in page.text
    page = world.home(TWO).follow("Viết giải trình")
    page = page.submit("Gửi giải trình", text="Có đoàn thanh niên vận động tại nhà văn hóa.")
    assert "Đã gửi giải trình" in page.text
    page = world.home("Huyện A").follow("Xem giải trình")
    page = page.follow("Xã 2").submit("Chấp nhận")
    assert "Đã chấp nhận" in page.text


def the_morning_meeting_reads_it_all(world, campaign):
    world.comes(1, hour=7)
    text = world.at("Huyện A").page("/giao-ban").text
    assert "Nhận 100 phiếu, cộng đến nay 100 phiếu. 2/2 xã đã có phiếu." in text
    assert "Ngoài khoảng (1): Xã 2 200,0%." in text
    assert "Mọi đơn vị đã báo cáo hôm qua." in text
    world.comes(2, hour=7)
    text = world.at("Huyện A").page("/giao-ban").text
    assert "Chưa báo cáo hôm qua (2): Xã 1, Xã 2." in text


def four_are_commended(world, campaign):
    world.comes(5)
    found = [
        acts.proposes(world, campaign, ONE), acts.proposes(world, campaign, ONE, "Lê Văn C"),
        acts.proposes(world, campaign, TWO, "Trần Thị B"),
        acts.proposes(world, campaign, TWO, "Vũ Thị G"),
    ]  # fmt: skip
    for one in found:
        acts.approves(world, one, by_district=False)
    assert "Đã chốt danh sách trình." in acts.closes_the_list(world, campaign).text
