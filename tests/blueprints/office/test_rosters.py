"""The pages of rosters: pasting, adding, tapping, sending, and what everybody may read of it."""

import pytest
from sqlalchemy import select

from portal.core.clock import format_date
from portal.core.database import session, write
from portal.features.campaigns.models import CampaignUnit
from portal.features.rosters import queries
from portal.features.rosters.models import RosterRow, State
from portal.features.rosters.workflow import ROSTER
from portal.policy.roles import Duty, Role
from tests.support import rostered, surveyed
from tests.support.officials import PLACES
from tests.support.rostered import HEADS, line


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    return rostered.asked(place)


@pytest.fixture
def commune(place, client):
    user = surveyed.account(place, "Xã 1", Role.COMMUNE)
    client.sign_in(user)
    return surveyed.actor(user)


@pytest.fixture
def url(campaign, place):
    return f"/dot-khao-sat/{campaign.id}/danh-sach/{place['Xã 1'].id}"


@pytest.fixture
def listed(commune, campaign, place):
    return rostered.listed(
        commune, rostered.desk(campaign, place), line(campaign, phone="0912000001"),
        line(campaign, "Lê Văn C", half="chiều"),
    )  # fmt: skip


def pasted(*rows):
    return "\n".join("\t".join(row) for row in (HEADS, *rows))


def rows():
    return list(session().scalars(select(RosterRow).order_by(RosterRow.id)))


def test_a_commune_comes_straight_to_its_own_roster(client, commune, campaign, url):
    page = client.page(f"/dot-khao-sat/{campaign.id}/danh-sach")
    assert page.path == url
    assert "Chưa có ai trong danh sách" in page.text


def test_a_table_is_checked_cell_by_cell_before_anything_is_saved(client, commune, campaign, url):
    text = pasted(line(campaign, "HOÀNG VĂN E", phone="912000004"),
                  line(campaign, phone="0912 000 0O7", day="31/4/2024"))  # fmt: skip
    page = client.page(f"{url}/dan").submit("Kiểm tra bảng", text=text)
    assert page.status == 422
    assert "2 ô cần sửa" in page.text
    assert "gốc HOÀNG VĂN E" in page.text
    assert rows() == []
    fixed = {"cell-2-phone": "0912000007", "cell-2-day": format_date(campaign.opens_on)}
    page = page.submit("Kiểm tra lại", **fixed).submit("Lưu 2 dòng")
    assert "Đã lưu 2 dòng mới" in page.text
    assert {row.person for row in rows()} == {"Hoàng Văn E", "Nguyễn Văn A"}


def test_what_is_taken_from_the_row_above_is_saved_when_it_was_confirmed(
    client, commune, campaign, url
):
    body = {"body": "Hội Nông dân"}
    table = pasted(line(campaign, "Lê Văn A", **body), line(campaign, "Lê Văn B", body=""),
                   line(campaign, "Lê Văn C", body=""))  # fmt: skip
    page = client.page(f"{url}/dan").submit("Kiểm tra bảng", text=table)
    assert "lấy theo dòng trên" in page.text
    page = page.submit("Lưu 3 dòng")
    assert "Mời xem các ô lấy theo dòng trên" in page.text
    assert not rows()
    assert page.submit("Lưu 3 dòng", filled="1").path == url
    assert {row.body for row in rows()} == {"Hội Nông dân"}


def test_a_looked_at_table_has_an_address_so_that_back_never_sends_it_again(
    app, client, commune, campaign, place, url
):
    answer = client.page(f"{url}/dan").form("Kiểm tra bảng")
    text = pasted(line(campaign, "NGUYỄN THỊ Hà"))
    sent = client.post(f"{url}/dan", data=answer.fields.to_dict() | {"text": text})
    assert sent.status_code == 303
    looked = client.page(sent.location)
    assert "gốc NGUYỄN THỊ Hà" in looked.text
    other = app.test_client()
    other.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE, frozenset({Duty.DRAFT})))
    assert "Kiểm tra bảng" in other.page(sent.location).buttons
    assert looked.submit("Lưu 1 dòng", **{"sure-1-person": "1"}).path == url
    assert [row.person for row in rows()] == ["NGUYỄN THỊ Hà"]
    assert "Kiểm tra bảng" in client.page(sent.location).buttons


def test_capitals_that_are_typed_once_more_are_kept(client, commune, campaign, url):
    first = {"person": "Trần VH Anh", "place": "Nhà văn hóa"}
    page = client.page(f"{url}/them").submit("Lưu", **first)
    assert "Chữ hoa trong tên đã sửa thành “Trần Vh Anh”" in page.text
    client.page(f"{url}/sua/{rows()[0].id}").submit("Lưu", person="Trần VH Anh")
    assert rows()[0].person == "Trần VH Anh"


def test_an_accepted_roster_says_nothing_of_the_deadline(
    client, commune, listed, campaign, place, url
):
    assert "Hạn gửi" in client.page(url).text
    rostered.send(commune, rostered.desk(campaign, place))
    district = surveyed.actor(surveyed.account(place, "Huyện A", Role.DISTRICT))
    ROSTER.fire(district, listed.id, "accept")
    assert "Hạn gửi" not in client.page(url).text


def test_the_receiver_opens_what_waits_from_its_row(client, commune, listed, campaign, place, url):
    rostered.send(commune, rostered.desk(campaign, place))
    client.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    page = client.page(f"/dot-khao-sat/{campaign.id}/danh-sach/tong-hop").follow("Xem và nhận")
    assert (page.path, "Nhận danh sách" in page.buttons) == (url, True)


def test_a_pasted_table_may_take_the_place_of_everything(client, listed, campaign, url):
    page = client.page(f"{url}/dan")
    page = page.submit("Kiểm tra bảng", text=pasted(line(campaign, "Vũ Thị G")), replaces="1")
    assert "thay cho 2 dòng đang có" in page.text
    page.submit("Lưu 1 dòng")
    assert [row.person for row in rows()] == ["Vũ Thị G"]


def test_one_person_is_added_changed_and_taken_off_without_script(client, commune, campaign, url):
    page = client.page(f"{url}/them").submit(
        "Lưu", person="Nguyễn Văn A", day=format_date(campaign.opens_on), half="sáng",
        place="Bộ phận một cửa",
    )  # fmt: skip
    assert "Đã thêm Nguyễn Văn A" in page.text
    page = page.follow("Sửa Nguyễn Văn A").submit("Lưu", half="cả ngày")
    assert rows()[0].half == "day"
    page.submit("Bỏ Nguyễn Văn A, Cả ngày")
    assert rows() == []


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    client, listed, campaign, url
):
    page = client.page(f"{url}/them").submit(
        "Lưu", person="Nguyễn Văn A", phone="0912 000 001", half="sáng", place="Nhà văn hóa",
        day=format_date(campaign.opens_on),
    )  # fmt: skip
    assert page.status == 422
    assert "Trùng buổi" in page.text
    assert page.form("Lưu").fields["place"] == "Nhà văn hóa"


def test_two_people_changing_one_row_see_both(client, listed, place, url):
    mine = client.page(f"{url}/sua/{rows()[0].id}")
    theirs = client.page(f"{url}/sua/{rows()[0].id}")
    theirs.submit("Lưu", place="Nhà văn hóa")
    page = mine.submit("Lưu", place="Trụ sở")
    assert page.status == 409
    assert "Nhà văn hóa" in page.text
    assert page.submit("Lưu").status == 200
    assert rows()[0].place == "Trụ sở"


def test_a_tap_puts_somebody_on_a_half_day_and_a_second_takes_the_person_off(
    client, listed, campaign, url
):
    page = client.page(f"{url}/lich")
    day = format_date(campaign.opens_on)
    page = page.submit(f"Xếp Nguyễn Văn A, chiều {day}")
    assert len(rows()) == 3
    page.submit(f"Bỏ Nguyễn Văn A, chiều {day}, đang ở Bộ phận một cửa")
    assert len(rows()) == 2


def test_a_tap_at_one_place_takes_nobody_off_another(client, commune, listed, campaign, place, url):
    rostered.listed(commune, rostered.desk(campaign, place),
                    line(campaign, half="chiều", place="Nhà văn hóa"))  # fmt: skip
    page = client.page(f"{url}/lich?diem=Nhà+văn+hóa")
    day = format_date(campaign.opens_on)
    assert f"Nguyễn Văn A, sáng {day}: Bộ phận một cửa" in page.text
    page.submit(f"Bỏ Nguyễn Văn A, chiều {day}, đang ở Nhà văn hóa")
    assert len(rows()) == 2
    there = next(row for row in rows() if row.person == "Nguyễn Văn A")
    token = page.form("/dang-xuat").fields["csrf_token"]
    client.post(f"{url}/lich", data={
        "csrf_token": token, "diem": "Nhà văn hóa", "tap": f"off|{there.id}|{day}|morning",
    })  # fmt: skip
    assert len(rows()) == 2


def test_sending_asks_whether_the_supporters_were_told(client, listed, url):
    page = client.page(url).submit("Gửi danh sách")
    assert page.status == 422
    assert "người dân tự trả lời" in page.text
    page = page.submit("Gửi danh sách", told="y")
    assert "Đã gửi danh sách" in page.text
    assert listed.state == State.SUBMITTED


def test_an_addendum_shows_what_was_added_and_the_first_copy_stays(
    client, commune, listed, campaign, place, url
):
    client.page(url).submit("Gửi danh sách", told="y")
    rostered.listed(commune, rostered.desk(campaign, place), line(campaign, "Vũ Thị G"))
    page = client.page(url)
    assert "Thêm Vũ Thị G: sáng" in page.text
    page = page.submit("Gửi bản bổ sung", told="y", reason="Đông người")
    assert "Đã gửi bản bổ sung số 1" in page.text
    assert "Lý do: Đông người" in page.follow("Bản bổ sung số 1").text
    assert "Vũ Thị G" not in page.follow("Bản gửi lần đầu").text


def test_the_district_accepts_one_and_returns_another_with_a_reason(
    client, commune, listed, campaign, place, url
):
    rostered.send(commune, rostered.desk(campaign, place))
    client.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    way = f"/dot-khao-sat/{campaign.id}/danh-sach/tong-hop"
    page = client.page(way).submit("Trả lại các danh sách đã chọn", roster=[str(listed.id)])
    assert "Cần ghi lý do" in page.text
    page = page.submit(
        "Trả lại các danh sách đã chọn", roster=[str(listed.id)], reason="Thiếu buổi chiều"
    )
    assert "Thiếu buổi chiều" in page.text
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE, frozenset({Duty.DRAFT})))
    assert "Danh sách bị trả lại: Thiếu buổi chiều" in client.page(url).text


def test_a_page_opened_before_a_colleague_judged_overturns_nothing(
    client, commune, listed, campaign, place
):
    rostered.send(commune, rostered.desk(campaign, place))
    client.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    old = client.page(f"/dot-khao-sat/{campaign.id}/danh-sach/tong-hop")
    old.submit("Nhận các danh sách đã chọn", roster=[str(listed.id)])
    page = old.submit("Trả lại các danh sách đã chọn", roster=[str(listed.id)], reason="Thiếu")
    assert "1 danh sách vừa được người khác xử lý" in page.text
    assert listed.state == "accepted"


def test_the_district_sends_on_and_the_province_receives(client, commune, listed, campaign, place):
    rostered.send(commune, rostered.desk(campaign, place))
    client.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    way = f"/dot-khao-sat/{campaign.id}/danh-sach/tong-hop"
    page = client.page(way).submit("Nhận các danh sách đã chọn", roster=[str(listed.id)])
    page = page.submit("Gửi lên")
    assert "Đã gửi danh sách tổng hợp: 1 xã, 2 người" in page.text
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    page = client.page(way).follow("Huyện A").submit("Nhận danh sách tổng hợp")
    assert "Đã nhận danh sách tổng hợp" in page.text
    assert "đã nhận 1/3 xã" in client.page(way).text


def test_those_above_see_where_every_unit_stands(client, commune, listed, campaign, place):
    rostered.send(commune, rostered.desk(campaign, place))
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    page = client.page(f"/dot-khao-sat/{campaign.id}/danh-sach")
    assert "1/3 xã đã gửi danh sách" in page.text
    page = page.submit("Lọc", **{"tinh-trang": "todo"})
    assert "Xã 1" not in page.text
    answer = client.get(f"/dot-khao-sat/{campaign.id}/danh-sach.xlsx?tinh-trang=todo")
    assert answer.status_code == 200


def test_everybody_reads_names_and_duties_and_no_number_once_it_was_sent(
    app, client, commune, listed, campaign, place
):
    public = f"/cong-khai/lich/{campaign.id}/{place['Xã 1'].id}"
    stranger = app.test_client()
    assert stranger.get(public).status_code == 404
    rostered.send(commune, rostered.desk(campaign, place))
    page = stranger.page(public)
    assert "Nguyễn Văn A" in page.text
    assert "0912" not in page.text
    assert "tự trả lời" in page.text


def test_a_calendar_says_its_letters_once_and_its_name_no_letter_lost(client, listed, url):
    with write():
        listed.unit.name = listed.unit.full_name = "Xã Đông Đô"
    head = client.get(f"{url}/lich-truc.ics").headers
    assert head["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Dong Do" in head["Content-Disposition"].partition("filename*")[0]
    assert "%C4%90%C3%B4ng" in head["Content-Disposition"]


@pytest.mark.parametrize("name", ["lich-truc.pdf", "lich-truc.xlsx", "lich-truc.ics"])
def test_the_files_are_there_for_the_unit_and_once_it_was_sent_for_those_above(
    client, commune, listed, campaign, place, url, name
):
    assert client.get(f"{url}/{name}").status_code == 200
    rostered.send(commune, rostered.desk(campaign, place))
    client.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    assert client.get(f"{url}/{name}").status_code == 200


READ = ("", "/ban/0", "/lich-truc.pdf", "/lich-truc.xlsx", "/lich-truc.ics")
WRITTEN = ("/them", "/dan", "/lich", "/gui", "/chep", "/bo/{row}", "/sua/{row}")


def test_nothing_of_another_commune_is_read_or_written_by_any_address(
    client, commune, listed, campaign, place, url
):
    rostered.send(commune, rostered.desk(campaign, place))
    row = rows()[0].id
    client.sign_in(surveyed.account(place, "Xã 2", Role.COMMUNE))
    own = f"/dot-khao-sat/{campaign.id}/danh-sach/{place['Xã 2'].id}"
    token = client.page(f"{own}/them").form("Lưu").fields["csrf_token"]
    for path in READ:
        assert client.get(f"{url}{path}").status_code == 404
    for path in WRITTEN:
        answer = client.post(f"{url}{path.format(row=row)}", data={"csrf_token": token})
        assert answer.status_code == 404, path
    for path in ("/bo/{row}", "/sua/{row}"):  # by the own address, a row of another
        client.post(f"{own}{path.format(row=row)}", data={"csrf_token": token})
    client.post(f"{own}/lich", data={"csrf_token": token, "tap": f"off|{row}||morning"})
    assert client.get(f"/danh-sach/{listed.id}").status_code == 404
    assert len(rows()) == 2


def test_those_above_read_a_roster_and_change_nothing_in_it(client, listed, place, url):
    client.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    page = client.page(url)
    assert "Thêm người" not in page.text
    assert client.get(f"{url}/them").status_code == 403


def test_those_above_read_the_copy_that_was_sent_not_what_is_being_worked_on(
    client, commune, listed, campaign, place, url
):
    district = surveyed.account(place, "Huyện A", Role.DISTRICT)
    client.sign_in(district)
    assert "Lê Văn C" not in client.page(url).text
    rostered.send(commune, rostered.desk(campaign, place))
    rostered.listed(commune, rostered.desk(campaign, place), line(campaign, "Vũ Thị G"))
    page = client.page(url)
    assert "Lê Văn C" in page.text
    assert "Vũ Thị G" not in page.text


def test_sending_twice_sends_once(client, listed, url):
    page = client.page(url)
    page.submit("Gửi danh sách", told="y")
    again = page.submit("Gửi danh sách", told="y")
    assert "Danh sách không khác bản đã gửi" in again.text
    assert len(queries.submissions(listed)) == 1


def test_a_unit_that_is_not_asked_has_no_roster(client, commune, campaign, place):
    with write() as current:
        current.delete(current.get_one(CampaignUnit, (campaign.id, place["Xã 2"].id)))
    client.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    url = f"/dot-khao-sat/{campaign.id}/danh-sach/{place['Xã 2'].id}"
    assert client.get(url).status_code == 404
    assert queries.desk_of(campaign, place["Xã 2"].id) is None
