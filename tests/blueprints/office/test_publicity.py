"""What a commune makes public, entered on its pages and looked over from above."""

from datetime import timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from portal.core import clock
from portal.core.database import session
from portal.features.documents.models import Document
from portal.features.publicity import queries, services
from portal.features.publicity.taking import NewPosting
from portal.policy.roles import Duty, Role
from tests.support import carried, numbered, rostered, surveyed
from tests.support.officials import PLACES
from tests.support.papers import WORKS, worker
from tests.support.pictures import upload

TODAY = clock.format_date(clock.today())


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    return carried.carry_out(place, opens_in=0)


@pytest.fixture
def commune(place, client):
    user = surveyed.account(place, "Xã 1", Role.COMMUNE, frozenset(WORKS))
    client.sign_in(user)
    return surveyed.actor(user)


def at(campaign, rest=""):
    return f"/dot-khao-sat/{campaign.id}/cong-khai{rest}"


def test_a_commune_records_two_contents_with_one_photo(client, commune, campaign):
    page = client.page(at(campaign))
    assert "0/4 mục" in page.text
    page = client.page(at(campaign, "/ghi?hinh-thuc=niem_yet&noi-dung=plan&noi-dung=roster"))
    page = page.submit("Ghi", photos=[upload()], link="https://xa1.vn/tin")
    assert page.path == at(campaign)
    assert "2/4 mục" in page.text
    assert page.text.count(f"Đã công khai {TODAY[:5]}") == 2
    page = client.page(at(campaign, "/ghi?hinh-thuc=zalo&noi-dung=plan"))
    page = page.submit("Ghi")
    assert "1 thiếu bằng chứng" in page.text


def test_the_days_of_the_first_are_repeated(client, commune, campaign):
    services.record(commune, NewPosting(("plan",), "niem_yet", campaign.opens_on), campaign)
    form = client.page(at(campaign, "/ghi?hinh-thuc=zalo&noi-dung=roster")).form("Ghi")
    assert form.fields["from_on"] == clock.format_date(campaign.opens_on)
    assert form.fields["objects"] == "roster"


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    client, commune, campaign
):
    page = client.page(at(campaign, "/ghi")).submit(
        "Ghi", from_on="31/02/2024", link="https://xa1.vn", note="Bảng tin"
    )
    assert page.status == 422
    assert page.form("Ghi").fields["note"] == "Bảng tin"
    page = client.page(at(campaign, "/ghi")).submit("Ghi", photos=[upload(b"<html>", "a.jpg")])
    assert page.status == 422
    assert "a.jpg: không phải ảnh" in page.text
    assert queries.of_unit(campaign.id, commune.unit_id) == []


def test_a_posting_gets_its_evidence_later_and_is_taken_down(client, commune, campaign):
    [one] = services.record(commune, NewPosting(("plan",), "niem_yet", clock.today()), campaign)
    page = client.page(f"/cong-khai-cua-toi/{one.id}")
    assert "Thiếu bằng chứng" in page.text
    page = page.submit("Lưu", photos=[upload()], note="Dán lại")
    assert "Đang công khai" in page.text
    assert page.submit("Ghi đã gỡ", reason="").status == 422
    page = client.page(f"/cong-khai-cua-toi/{one.id}").submit("Ghi đã gỡ", reason="Mưa ướt")
    assert "Đã gỡ sớm" in page.text


def test_whoever_saves_second_sees_both(client, commune, campaign):
    [one] = services.record(commune, NewPosting(("plan",), "niem_yet", clock.today()), campaign)
    page = client.page(f"/cong-khai-cua-toi/{one.id}")
    client.page(f"/cong-khai-cua-toi/{one.id}").submit("Lưu", note="Một")
    page = page.submit("Lưu", note="Hai")
    assert page.status == 409
    assert "Một" in page.text
    assert page.form("Lưu").fields["note"] == "Hai"
    assert page.submit("Lưu").status == 200
    assert one.note == "Hai"


def test_a_wrong_photo_leads_back_to_its_posting(client, commune, campaign):
    [one] = services.record(commune, NewPosting(("plan",), "niem_yet", clock.today()), campaign,
                            links=["https://a.vn"])  # fmt: skip
    page = client.page(f"/cong-khai-cua-toi/{one.id}").follow("Gỡ bằng chứng 1")
    page = page.submit("Gỡ đường dẫn", reason="Nhầm bài")
    assert page.path == f"/cong-khai-cua-toi/{one.id}"
    assert "Nhầm bài" in page.text


@pytest.mark.parametrize("down", [False, True])
def test_minutes_are_drafted_as_a_document(app, client, place, commune, campaign, down):
    numbered.letterhead(place, "Xã 1")
    [one] = services.record(commune, NewPosting(("plan",), "niem_yet", clock.today()), campaign)
    if down:
        services.take_down(commune, one, clock.today(), "Hết hạn")
    page = client.page(f"/cong-khai-cua-toi/{one.id}")
    page = page.submit("Biên bản gỡ niêm yết" if down else "Biên bản niêm yết")
    document = session().query(Document).order_by(
        Document.id.desc()).first()  # fmt: skip
    assert document.type_code == "bien_ban"
    assert document.name.startswith("về việc gỡ niêm yết" if down else "về việc niêm yết")
    assert TODAY in document.body.appendices[0].text
    assert client.get(f"/van-ban/{document.id}/van-ban.pdf").status_code == 200
    assert client.get(f"/van-ban/{document.id}/van-ban.docx").status_code == 200


def test_minutes_of_taking_down_tell_only_what_was_taken_down_and_why(
    client, place, commune, campaign
):
    numbered.letterhead(place, "Xã 1")
    _, one = services.record(
        commune, NewPosting(("plan", "roster"), "niem_yet", clock.today()), campaign
    )
    services.take_down(commune, one, clock.today(), "Bảng tin bị dột.")
    client.page(f"/cong-khai-cua-toi/{one.id}").submit("Biên bản gỡ niêm yết")
    document = session().query(Document).order_by(Document.id.desc()).first()
    told = " ".join(section.text for section in document.body.sections)
    assert document.name.startswith("về việc gỡ niêm yết Danh sách, lịch phân công (")
    assert "Lý do gỡ: Bảng tin bị dột." in told
    assert "Tình trạng tài liệu trước khi gỡ: …" in told
    assert "Kế hoạch" not in document.body.appendices[0].text
    assert "còn nguyên" not in told


def test_the_day_is_never_before_the_roster_was_sent_unless_somebody_is_sure(
    client, place, commune, campaign
):
    roster = rostered.listed(
        commune, rostered.desk(campaign, place), rostered.line(campaign, "Nguyễn Văn A")
    )
    rostered.send(commune, rostered.desk(campaign, place))
    page = client.page(at(campaign, "/ghi?hinh-thuc=niem_yet&noi-dung=roster"))
    assert page.form("Ghi").fields["from_on"] == TODAY
    yesterday = clock.format_date(clock.today() - timedelta(days=1))
    page = page.submit("Ghi", from_on=yesterday)
    assert page.status == 422
    assert f"Nội dung này có từ ngày {TODAY}." in page.text
    assert page.submit("Ghi", sure="y").status == 200
    assert queries.of_unit(campaign.id, roster.unit_id)[0].from_on < clock.today()


def test_contents_of_the_law_are_recorded_and_warned_of(client, commune):
    page = client.page("/cong-khai-cua-toi")
    page = page.follow("Ghi nội dung công khai")
    page = page.submit("Ghi", objects="ngan_sach", title="Dự toán 2024", channel="niem_yet",
                       to_on=TODAY, link="https://xa1.vn")  # fmt: skip
    assert "Niêm yết 1 ngày liên tục, cần ít nhất 30 ngày." in page.text
    assert "Đã 1/30 ngày theo luật." in page.text


def test_those_above_look_filter_and_take_it_along(client, place, commune, campaign):
    services.record(commune, NewPosting(("plan",), "niem_yet", clock.today()), campaign,
                    links=["https://a.vn"])  # fmt: skip
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    page = client.page(at(campaign))
    units = [row[0] for row in page.rows()[1:]]
    assert units == ["Xã 1, Huyện A", "Xã 2, Huyện A", "Xã 3, Huyện B"]
    page = client.page(at(campaign, "?tinh-trang=mot-phan"))
    assert len(page.rows()) == 2
    answer = client.get(at(campaign, "/danh-sach.xlsx?thieu=plan.niem_yet"))
    [sheet] = CalamineWorkbook.from_filelike(BytesIO(answer.data)).sheet_names
    assert sheet == "Công khai"
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_name(sheet)
    assert [row[2] for row in rows.to_python()[1:]] == ["Xã 2", "Xã 3"]
    assert "Đã công khai" in client.page(at(campaign, f"/{commune.unit_id}")).text
    client.page(at(campaign, "/ghi"), status=403)


def test_a_commune_opens_no_page_of_another(client, place, commune, campaign):
    other = worker(place, Role.COMMUNE, at="Xã 3")
    [theirs] = services.record(other, NewPosting(("plan",), "niem_yet", clock.today()), campaign)
    client.page(at(campaign, f"/{other.unit_id}"), status=404)
    client.page(f"/cong-khai-cua-toi/{theirs.id}", status=404)


def test_those_who_only_inspect_look_and_do_not_write(client, place, campaign):
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE, frozenset({Duty.INSPECT})))
    assert "Ghi mục" not in client.page(at(campaign)).text
    client.page(at(campaign, "/ghi"), status=403)
