"""The pages of daily reports: one screen for a commune, the list above, the province's form."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from PIL import Image

from portal.core import clock
from portal.core.database import session, write
from portal.features.evidence.models import Evidence
from portal.features.field_reports import queries
from portal.features.rosters.models import Roster, RosterRow
from portal.policy.roles import Duty, Role
from tests.support import carried, reported, surveyed
from tests.support.officials import PLACES
from tests.support.queries import counted
from tests.support.workbooks import read

SEND, FIX = "Nộp báo cáo ngày", "Nộp bản sửa"


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def asked(place):
    return reported.campaign(place)


@pytest.fixture
def address(asked):
    return f"/dot-khao-sat/{asked.id}/bao-cao-ngay"


@pytest.fixture
def commune(place, asked):
    return carried.doer(place)


@pytest.fixture
def signed(client, place):
    def sign(role=Role.COMMUNE, at="Xã 1", duties=frozenset({Duty.DRAFT})):
        client.sign_in(surveyed.account(place, at, role, duties))
        return client

    return sign


def of(address, place, name="Xã 1"):
    return f"{address}/{place[name].id}"


def picture() -> tuple[BytesIO, str]:
    stream = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(stream, "JPEG")
    stream.seek(0)
    return stream, "bai-dang.jpg"


def test_a_commune_comes_to_its_own_form_and_reports_in_one_go(signed, place, address):
    page = signed().page(address)
    assert page.path == of(address, place)
    page = page.submit(SEND, visits="41", helped="33", link="https://zalo.me/bai")
    assert "Đã nộp báo cáo ngày." in page.text
    assert "https://zalo.me/bai" in page.text
    assert "Lũy kế: 41 lượt" in page.text


def test_the_answers_received_stand_there_and_cannot_be_typed(signed, place, asked, address):
    reported.answers(asked, place, "Xã 1", 7, clock.today())
    form = signed().page(address).form(SEND)
    assert {"visits", "helped", "link", "photos", "remarks", "staff"} <= set(form.names)
    assert 'id="da-nhan" value="7" readonly' in signed_text(signed, address)


def signed_text(signed, address):
    return (
        signed(duties=frozenset({Duty.CLERK, Duty.DRAFT})).get(address, follow_redirects=True).text
    )


def test_few_answers_are_kept_back_on_the_form_too(signed, place, asked, address):
    reported.answers(asked, place, "Xã 1", 3, clock.today())
    assert 'id="da-nhan" value="chưa hiện" readonly' in signed_text(signed, address)


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(signed, address):
    page = signed().page(address).submit(SEND, visits="bốn mốt", helped="", remarks="Mưa to")
    assert page.status == 422
    assert "Ghi một số nguyên, ví dụ 4." in page.text
    assert page.form(SEND).fields["remarks"] == "Mưa to"


def test_an_unlikely_number_is_asked_about_beside_its_field_and_taken_when_confirmed(
    signed, address, place
):
    page = signed().page(of(address, place))
    page = page.submit(SEND, visits="10", helped="50", remarks="Ngày chợ phiên")
    assert page.status == 422
    assert "Số người được hỗ trợ (50) lớn hơn số lượt đến (10)" in page.text
    fields = page.form(SEND).fields
    assert (fields["helped"], fields["remarks"]) == ("50", "Ngày chợ phiên")
    assert page.submit(SEND, sure="helped:50").status == 200
    assert queries.of_day(address_id(address), place["Xã 1"].id, clock.today())[0].helped == 50


def address_id(address):
    return int(address.split("/")[2])


def test_a_bad_link_is_refused_at_its_field(signed, place, asked, address):
    page = signed().page(address).submit(SEND, visits="1", helped="1", link="ftp://bai")
    assert page.status == 422
    assert queries.of_day(asked.id, place["Xã 1"].id, clock.today()) == []


def test_a_photo_of_the_day_is_kept_and_shown(signed, place, address):
    page = signed().page(address).submit(SEND, visits="41", helped="33", photos=picture())
    assert session().query(Evidence).one().subject_kind == "daily_entry"
    assert "/bang-chung/" in page.response.text


def test_staff_stands_there_the_next_day(signed, place, asked, address, commune):
    reported.report(commune, asked, reported.day(-1), staff="Nguyễn Văn A, Hội Nông dân xã")
    assert signed().page(address).form(SEND).fields["staff"] == "Nguyễn Văn A, Hội Nông dân xã"


def test_whoever_is_on_the_roster_that_day_stands_there_already(signed, place, asked, address):
    with write() as current:
        roster = Roster(
            campaign_id=asked.id, unit_id=place["Xã 1"].id, kind="support", changed_at=clock.now()
        )
        current.add(roster)
        current.flush()
        for n, on in ((1, 0), (2, 0), (3, 1)):
            current.add(RosterRow(
                roster_id=roster.id, person=f"Nguyễn Văn {n}", position="hội viên", folded="",
                sort_key=str(n), place="Một cửa", day=reported.day(on), half="day",
            ))  # fmt: skip
    staff = signed().page(address).form(SEND).fields["staff"]
    assert staff.splitlines() == ["Nguyễn Văn 1, hội viên", "Nguyễn Văn 2, hội viên"]


def test_a_report_at_one_minute_past_five_is_marked(signed, place, address):
    with time_machine.travel(clock.day_start(clock.today()) + timedelta(hours=17, minutes=1)):
        page = signed().page(address).submit(SEND, visits="41", helped="33")
    assert "Nộp muộn" in page.text


def test_a_correction_says_why_and_the_history_shows_both(signed, place, address):
    page = signed().page(address).submit(SEND, visits="41", helped="33")
    page = page.follow("Sửa hoặc thêm ảnh")
    assert page.submit(FIX, visits="42").status == 422
    page = page.submit(FIX, visits="42", reason="Cộng sót một lượt")
    assert "41 lượt, 33 người được hỗ trợ" in page.text
    assert "42 lượt, 33 người được hỗ trợ. Lý do sửa: Cộng sót một lượt" in page.text
    assert "Đã sửa" in page.text


def test_of_two_at_once_the_second_sees_both_and_may_correct(
    app, signed, place, asked, address, commune
):
    form = signed(Role.YOUTH).page(address).form(SEND)
    reported.report(commune, asked, clock.today(), 40)
    page = form.submit(SEND, visits="50", helped="5")
    assert page.status == 409
    assert "Cán bộ Xã 1 vừa nộp báo cáo ngày này" in page.text
    page = page.submit(FIX, reason="Tính cả buổi chiều")
    rows = queries.of_day(asked.id, place["Xã 1"].id, clock.today())
    assert [row.visits for row in rows] == [40, 50]


def test_an_earlier_day_can_be_made_up_for(signed, address):
    page = signed().page(address)
    assert "Còn thiếu báo cáo 1 ngày." in page.text
    page = page.follow(clock.format_date(reported.day(-1))).submit(SEND, visits="9", helped="1")
    assert "Nộp muộn" in page.text


@pytest.mark.parametrize("odd", ["2020-01-01", "x", ""])
def test_an_odd_day_is_no_day(signed, place, asked, address, odd):
    page = signed().page(address)
    page.form(SEND).submit(SEND, visits="1", helped="1", ngay=odd)
    assert queries.of_day(asked.id, place["Xã 1"].id, clock.today()) == []


def test_another_commune_s_report_is_not_there(signed, place, address):
    client, other = signed(), of(address, place, "Xã 2")
    token = client.page(address).form(SEND).fields["csrf_token"]
    sent = {"csrf_token": token, "visits": "1", "helped": "1", "text": "Vì mưa"}
    assert client.get(other).status_code == 404
    assert client.post(other, data=sent).status_code == 404
    assert client.post(f"{other}/giai-trinh", data=sent).status_code == 404


def test_the_district_reads_and_does_not_report(signed, place, address):
    page = signed(Role.DISTRICT, "Huyện A").page(of(address, place))
    assert SEND not in page.buttons
    assert "Xã chưa báo cáo ngày này." in page.text


def test_an_explanation_goes_up_and_comes_back(signed, place, asked, address, commune):
    reported.report(commune, asked, reported.day(-1), 40)
    reported.answers(asked, place, "Xã 1", 60, reported.day(-1))
    page = signed().page(address)
    assert "Tỷ lệ lũy kế 150,0% ngoài khoảng 50–95% của đợt." in page.text
    page.submit("Gửi giải trình", text="Nhiều người trả lời ở nhà.")
    page = signed(Role.DISTRICT, "Huyện A").page(f"{address}?loc=cho").follow("Xã 1")
    assert "Nhiều người trả lời ở nhà." in page.text
    page = page.submit("Hỏi lại", reason="Nêu cách mời")
    assert page.path == of(address, place)
    assert "Nêu cách mời" in page.text


def test_the_list_counts_filters_and_draws_the_funnel(signed, place, asked, address, commune):
    reported.report(commune, asked, clock.today(), 40)
    page = signed(Role.PROVINCE, "Tỉnh").page(address)
    assert "1/3 xã đã báo cáo hôm nay." in page.text
    assert "Chưa báo cáo hôm nay" in page.text
    names = [row[0] for row in signed(Role.DISTRICT, "Huyện A").page(f"{address}?loc=chua").rows()]
    assert names == ["Xã", "A, 1 xã", "Xã 2"]


def test_the_list_takes_the_same_number_of_queries_however_many_units(
    signed, place, asked, address, commune
):
    client = signed(Role.PROVINCE, "Tỉnh")
    with counted() as few:
        client.page(address)
    for name in ("Xã 1", "Xã 2", "Xã 3"):
        who = commune if name == "Xã 1" else carried.doer(place, name)
        reported.report(who, asked, clock.today(), 40)
    with counted() as many:
        client.page(address)
    assert len(many) == len(few)


def test_the_sheet_has_a_line_for_each_unit_and_day(signed, place, asked, address, commune):
    reported.report(commune, asked, reported.day(-1), 40, 9, staff="Nguyễn Văn A, cán bộ")
    with time_machine.travel(clock.day_start(clock.today()) + timedelta(hours=9)):
        reported.report(commune, asked, clock.today(), 20, 5, remarks="=1+1")
    reported.answers(asked, place, "Xã 1", 30, reported.day(-1))
    content = signed(Role.PROVINCE, "Tỉnh").get(f"{address}/danh-sach.xlsx").data
    head, *every, foot = read(content)["Báo cáo ngày"]
    lines = [line for line in every if line[2] == "Xã 1"]
    assert head[2:7] == [
        "Tên xã", "Họ tên, chức vụ, đơn vị cán bộ được phân công", "Ngày báo cáo",
        "Số lượt làm thủ tục trong ngày", "Số người tham gia trong ngày",
    ]  # fmt: skip
    assert [line[2:8] for line in lines] == [
        ["Xã 1", "Nguyễn Văn A, cán bộ", clock.format_date(reported.day(-1)), 40, 30, 9],
        ["Xã 1", "", clock.format_date(clock.today()), 20, 0, 5],
    ]  # fmt: skip
    assert lines[1][8] == "=1+1"
    assert foot[2:8] == ["Lũy kế", "", "", 60, 30, 14]


def test_a_day_that_nobody_reported_has_its_line_and_the_lines_add_up_to_the_foot(
    signed, place, asked, address, commune
):
    reported.report(commune, asked, clock.today(), 40)
    for name, n, on in (("Xã 1", 7, -1), ("Xã 1", 9, 0), ("Xã 2", 30, -1)):
        reported.answers(asked, place, name, n, reported.day(on))
    client = signed(Role.PROVINCE, "Tỉnh")
    yesterday = clock.format_date(reported.day(-1))
    for query, sent in (("", 46), ("?loc=thieu", 46), (f"?huyen={place['Huyện A'].id}", 46)):
        _, *lines, foot = read(client.get(f"{address}/danh-sach.xlsx{query}").data)["Báo cáo ngày"]
        assert lines[0][2:] == ["Xã 1", "", yesterday, "", 7, "", "chưa báo cáo"]
        assert (sum(line[6] for line in lines), foot[6]) == (sent, sent)
        assert len(lines) % 2 == 0
    assert client.page(f"{address}/in").rows()[1][7] == "chưa báo cáo"


def test_answers_of_communes_kept_back_stand_together_above_the_foot(
    signed, place, asked, address, commune
):
    for name, n in (("Xã 1", 3), ("Xã 2", 4), ("Xã 3", 30)):
        reported.answers(asked, place, name, n, clock.today())
    client = signed(Role.PROVINCE, "Tỉnh")
    *_, kept, foot = read(client.get(f"{address}/danh-sach.xlsx").data)["Báo cáo ngày"]
    assert (kept[2], kept[6], foot[6]) == ("Các xã chưa hiện số", 7, 37)
    assert client.page(f"{address}/in").rows()[-2][5] == "7"


def test_the_sheet_of_officials_has_their_number_in_place_of_visits(signed, place):
    asked = reported.campaign(place, "headcount")
    reported.headcount(asked, place, "Xã 1", 25)
    reported.report(carried.doer(place), asked, clock.today(), None)
    where = f"/dot-khao-sat/{asked.id}/bao-cao-ngay/danh-sach.xlsx?loc=chua"
    assert len(read(signed(Role.PROVINCE, "Tỉnh").get(where).data)["Báo cáo ngày"]) == 6
    rows = read(signed(Role.DISTRICT, "Huyện A").get(where.partition("?")[0]).data)["Báo cáo ngày"]
    assert (rows[0][5], rows[1][5]) == ("Số cán bộ, công chức", 25)


@pytest.mark.parametrize(("kind", "heads", "words"), [
    ("none", ["Đã gửi mã QR", "Phiếu"], "Xã chưa khai tổ dân vận cộng đồng nào."),
    ("headcount", ["Cán bộ", "Phiếu", "Tỷ lệ"], "Xã chưa ghi số cán bộ, công chức"),
    ("households", ["Số hộ", "Phiếu", "Tỷ lệ"], "Chưa có số hộ nên chưa tính được tỷ lệ."),
])  # fmt: skip
def test_each_campaign_shows_what_its_answers_are_measured_against(
    signed, place, kind, heads, words
):
    asked = reported.campaign(place, kind)
    reported.report(carried.doer(place), asked, clock.today(), None)
    address = f"/dot-khao-sat/{asked.id}/bao-cao-ngay"
    page = signed(Role.PROVINCE, "Tỉnh").page(address)
    assert page.rows()[0][3:-1] == heads
    assert words in page.follow("Xã 1").text
    assert page.follow("Bản in").rows()[-1][1] == "Lũy kế"


def test_few_answers_are_kept_back_in_the_sheet_and_on_paper(
    signed, place, asked, address, commune
):
    reported.report(commune, asked, clock.today(), 40)
    reported.answers(asked, place, "Xã 1", 3, clock.today())
    client = signed(Role.PROVINCE, "Tỉnh")
    rows = read(client.get(f"{address}/danh-sach.xlsx").data)["Báo cáo ngày"]
    assert (rows[1][6], rows[-1][6]) == ("chưa hiện", "<5")
    page = client.page(f"{address}/in")
    assert "chưa hiện" in page.text
    assert page.rows()[-1][5] == "<5"


def test_a_commune_s_sheet_holds_nothing_of_its_district(signed, place, asked, address, commune):
    reported.report(commune, asked, clock.today(), 40)
    reported.answers(asked, place, "Xã 1", 9, clock.today())
    reported.answers(asked, place, "Xã 2", 30, clock.today())
    client = signed()
    for query in ("", f"?huyen={place['Huyện A'].id}"):
        rows = read(client.get(f"{address}/danh-sach.xlsx{query}").data)["Báo cáo ngày"]
        assert (len(rows), rows[-1][6]) == (4, 9)
    district = signed(Role.DISTRICT, "Huyện A")
    where = f"{address}/danh-sach.xlsx?huyen={place['Huyện A'].id}"
    assert read(district.get(where).data)["Báo cáo ngày"][-1][6] == 39


def test_where_only_a_post_is_asked_for_the_form_asks_for_nothing_else(signed, place):
    rules = replace(carried.RULES, reports=False)
    asked = reported.campaign(place, rules=rules)
    page = signed().page(f"/dot-khao-sat/{asked.id}/bao-cao-ngay")
    assert {"visits", "helped"}.isdisjoint(page.form(SEND).names)
    page = page.submit(SEND, link="https://zalo.me/bai")
    assert "https://zalo.me/bai" in page.text


def test_a_campaign_without_daily_reports_says_so(signed, place):
    rules = replace(carried.RULES, reports=False, daily_post=False)
    asked = reported.campaign(place, rules=rules)
    page = signed().page(f"/dot-khao-sat/{asked.id}/bao-cao-ngay")
    assert "Đợt này không yêu cầu báo cáo ngày" in page.text


def test_before_the_first_day_the_page_says_when_it_begins(signed, place):
    asked = carried.carry_out(place, opens_in=3)
    page = signed().page(f"/dot-khao-sat/{asked.id}/bao-cao-ngay")
    assert "Chưa tới ngày báo cáo" in page.text
