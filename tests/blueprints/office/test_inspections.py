"""Planning an inspection, recording it on a phone, and what the unit sees and says."""

from datetime import timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from portal.core import clock
from portal.core.clock import format_date
from portal.core.database import session
from portal.features.inspections import checklist
from portal.features.inspections.models import Inspection
from portal.features.users.models import User
from portal.policy.roles import Duty, Role
from tests.support import carried, numbered, papers, pictures, surveyed, urged
from tests.support.officials import PLACES
from tests.support.queries import counted

TODAY = clock.today()


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    return carried.carry_out(place)


@pytest.fixture
def works(place, client):
    """Sign somebody with every duty of a role in."""

    def signed_in(role, *duties):
        at = {Role.PROVINCE: "Tỉnh", Role.DISTRICT: "Huyện A"}.get(role, "Xã 1")
        user = surveyed.account(place, at, role, frozenset(duties or papers.WORKS[:2]))
        client.sign_in(user)
        return surveyed.actor(user)

    return signed_in


@pytest.fixture
def planned(place, campaign, works):
    urged.plan(works(Role.DISTRICT), campaign, place, "Xã 1")
    return session().query(Inspection).one()


def address(campaign, tail=""):
    return f"/dot-khao-sat/{campaign.id}/kiem-tra{tail}"


def test_an_empty_list_says_the_next_step(client, campaign, works):
    works(Role.DISTRICT)
    page = client.page(address(campaign))
    assert "Đã kiểm tra 0/2 xã" in page.text
    assert page.follow("Lên lịch kiểm tra").h1 == "Lên lịch kiểm tra"


def test_visits_are_planned_for_several_communes(client, campaign, place, works):
    works(Role.DISTRICT)
    page = client.page(address(campaign, "/len-lich?ngay=dau"))
    assert page.form("Lên lịch").fields["day"] == format_date(campaign.opens_on)
    both = [str(place[name].id) for name in ("Xã 1", "Xã 2")]
    page = page.submit("Lên lịch", unit_ids=both, inspectors="Nguyễn Văn A")
    assert "Đã lên lịch kiểm tra 2 xã." in page.text
    assert [row[0] for row in page.rows()[1:]] == ["Xã 1", "Xã 2"]
    assert "Quá ngày, chưa ghi" in page.text


def test_nothing_typed_is_lost_when_a_day_is_wrong(client, campaign, place, works):
    works(Role.DISTRICT)
    page = client.page(address(campaign, "/len-lich"))
    one = str(place["Xã 2"].id)
    page = page.submit("Lên lịch", unit_ids=[one], inspectors="Nguyễn Văn A", day="31/2/2026")
    assert page.status == 422
    assert "31/2/2026" in page.text
    assert page.form("Lên lịch").fields.getlist("unit_ids") == [one]


def test_it_is_recorded_on_the_spot_with_a_photo(client, planned):
    page = client.page(f"/kiem-tra/{planned.id}").follow("Ghi kết quả")
    page = page.submit("Lưu tạm", **{"v-scan": "met", "findings": "Có chỗ ngồi"})
    assert "Đã lưu tạm" in page.text
    form = page.follow("Ghi kết quả").form("Hoàn thành")
    assert form.fields["v-scan"] == "met"
    fields = dict(form.fields.items()) | {
        "v-roster": "missed",
        "r-roster": "Chưa treo",
        "command": "finish",
        "sure": "y",
    }
    fields["photos"] = (BytesIO(pictures.picture()), "anh.jpg")
    answer = client.post(form.action, data=fields, follow_redirects=True)
    text = answer.get_data(as_text=True)
    assert "Đã ghi kết quả" in text
    assert "Chưa treo" in text
    assert "/bang-chung/" in text


def test_points_nobody_looked_at_are_asked_about_before_it_is_finished(client, planned):
    page = client.page(f"/kiem-tra/{planned.id}/ghi")
    unseen = len(checklist.points(planned))
    page = page.submit("Hoàn thành", **{"v-scan": "met", "findings": "Có chỗ ngồi"})
    assert page.status == 422
    assert f"Còn {unseen - 1} mục chưa xem." in page.text
    assert page.form("Hoàn thành").fields["findings"] == "Có chỗ ngồi"
    assert "Đã ghi kết quả" in page.submit("Hoàn thành", sure="y").text


def test_a_missed_point_without_a_word_is_told_at_its_place(client, planned):
    page = client.page(f"/kiem-tra/{planned.id}/ghi")
    page = page.submit("Hoàn thành", **{"v-scan": "missed", "findings": "giữ nguyên"})
    assert page.status == 422
    assert ": Mục chưa đạt cần một câu nói rõ thiếu gì." in page.text
    assert page.form("Hoàn thành").fields["v-scan"] == "missed"
    assert page.form("Hoàn thành").fields["findings"] == "giữ nguyên"


def test_who_saved_second_sees_both(client, planned):
    first = client.page(f"/kiem-tra/{planned.id}/ghi")
    second = client.page(f"/kiem-tra/{planned.id}/ghi")
    first.submit("Lưu tạm", findings="Bài của người kia")
    page = second.submit("Lưu tạm", findings="Bài của tôi")
    assert page.status == 409
    assert "Bài của người kia" in page.text
    assert page.form("Lưu tạm").fields["findings"] == "Bài của tôi"
    assert "Đã lưu tạm" in page.submit("Lưu tạm").text


def test_the_unit_reads_and_answers_only_once_it_is_recorded(client, campaign, planned, works):
    urged.record(urged_by(planned), planned, "roster")
    works(Role.COMMUNE)
    page = client.page(address(campaign))
    assert "Cấp trên đã kiểm tra đơn vị 1 lần" in page.text
    page = client.page(f"/kiem-tra/{planned.id}")
    assert "1 mục chưa đạt" in page.text
    page = page.submit("Gửi ý kiến", text="Đã treo lại")
    assert "Đã treo lại" in page.text
    assert "Giao việc" not in page.buttons


def urged_by(inspection):
    """Give the inspecting unit's own hand once more, without a second account."""
    user = session().query(User).filter_by(role="district").one()
    return surveyed.actor(user)


def test_before_that_it_is_not_there_for_the_unit(client, campaign, planned, works):
    works(Role.COMMUNE)
    assert "Chưa có kết quả kiểm tra" in client.page(address(campaign)).text
    assert client.get(f"/kiem-tra/{planned.id}").status_code == 404
    assert client.get(f"/kiem-tra/{planned.id}/ghi").status_code == 404


def test_what_lacks_is_given_as_a_task(client, planned):
    urged.record(urged_by(planned), planned, "roster")
    page = client.page(f"/kiem-tra/{planned.id}")
    [asked] = [one.text for one in planned.missed]
    what = page.form("Giao việc").fields["what"]
    assert what == f"Khắc phục sau kiểm tra: {asked}: Chưa treo"
    page = page.submit("Giao việc", due_on="32/1/2026")
    assert page.status == 422
    page = page.submit("Giao việc", due_on=format_date(TODAY + timedelta(days=2)))
    assert "Chưa xong" in page.text
    assert "Nhiệm vụ" in page.follow(what).text


def test_the_minutes_are_one_button(client, place, planned):
    urged.record(urged_by(planned), planned)
    page = client.page(f"/kiem-tra/{planned.id}")
    assert page.follow("Đặt thể thức để soạn biên bản").path == "/the-thuc"
    numbered.letterhead(place, "Huyện A", regime="party")
    page = client.page(f"/kiem-tra/{planned.id}").submit("Soạn biên bản")
    assert page.path.startswith("/van-ban/")
    assert "Mở biên bản" in client.page(f"/kiem-tra/{planned.id}").text


def test_whoever_only_inspects_records_and_plans_nothing(client, campaign, planned, works):
    works(Role.DISTRICT, Duty.INSPECT)
    page = client.page(address(campaign))
    assert "Lên lịch kiểm tra" not in page.text
    page = page.follow("Xã 1").follow("Ghi kết quả")
    page = page.submit("Hoàn thành", findings="Đã xem").submit("Hoàn thành", sure="y")
    assert "Giao việc" not in page.buttons
    assert "Soạn biên bản" not in page.buttons


def test_the_sheet_is_what_is_filtered(client, campaign, place, planned):
    urged.record(urged_by(planned), planned, "roster")
    never = client.get(address(campaign, "/danh-sach.xlsx?muc=chua-kiem-tra"))
    done = client.get(address(campaign, "/danh-sach.xlsx?muc=da-kiem-tra"))
    [_heads, row] = sheet(never)
    assert row[2] == "Xã 2"
    [_heads, row] = sheet(done)
    assert row[2] == "Xã 1"
    assert "Chưa treo" in row[10]


def sheet(answer):
    return CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()


def test_the_list_takes_the_same_few_queries_however_many_there_are(
    client, campaign, place, planned
):
    client.page(address(campaign))
    with counted() as few:
        client.page(address(campaign))
    urged.plan(urged_by(planned), campaign, place, "Xã 1", "Xã 2", day=campaign.opens_on)
    with counted() as many:
        client.page(address(campaign))
    assert len(many) == len(few) <= 20
