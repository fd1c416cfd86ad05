"""Nominations on their pages: from a commune's draft to the list that goes up."""

import pytest
from sqlalchemy import select

from portal.core.database import session
from portal.features.nominations.models import Nomination
from portal.policy.roles import Duty, Role
from tests.support import nominated, numbered, papers, surveyed, workbooks
from tests.support.pictures import upload


@pytest.fixture
def place(app):
    made = surveyed.province(nominated.PLACES)
    numbered.letterhead(made)
    return made


@pytest.fixture
def campaign(place):
    return nominated.asked(place)


@pytest.fixture
def at(campaign):
    return f"/dot-khao-sat/{campaign.id}/bieu-duong"


@pytest.fixture
def commune(client, place):
    user = surveyed.account(place, "Xã 1", Role.COMMUNE)
    client.sign_in(user)
    return user


@pytest.fixture
def province(client, place):
    user = surveyed.account(place, "Tỉnh", Role.PROVINCE)
    client.sign_in(user)
    return user


def only(campaign) -> Nomination:
    query = select(Nomination).where(Nomination.campaign_id == campaign.id)
    return session().scalars(query).one()


def test_a_commune_drafts_with_a_photo_and_proposes(client, campaign, at, commune):
    page = client.page(at).follow("Đề cử")
    page = page.submit(
        "Lưu bản nháp", kind="person", name="Nguyễn Văn A", position="Tổ trưởng",
        achievement="Giúp người cao tuổi.", photos=[upload()],
    )  # fmt: skip
    assert (page.status, page.h1) == (200, "Nguyễn Văn A")
    assert "chỉ đơn vị đồng chí thấy" in page.text
    page = page.submit("Đề cử")
    assert "Chờ huyện xét" in page.text
    assert "Đã đề cử" in page.text
    assert only(campaign).state == "proposed"


def test_what_was_typed_stays_beside_what_is_wrong(client, at, commune):
    page = client.page(f"{at}/them").submit(
        "Lưu bản nháp", kind="person", name="", achievement="Giúp người cao tuổi."
    )
    assert page.status == 422
    assert "Mời ghi họ và tên." in page.text
    assert "Giúp người cao tuổi." in page.text


def test_those_above_choose_the_unit_first(client, place, at, province):
    page = client.page(at).follow("Đề cử")
    page = page.submit("Tiếp tục", **{"don-vi": str(place["Xã 9"].id)})
    assert page.h1 == "Đề cử ở xã 9"


def test_of_the_province_itself_a_body_is_to_be_chosen(client, place, at, province):
    page = client.page(f"{at}/them?don-vi={place['Tỉnh'].id}")
    page = page.submit("Lưu bản nháp", kind="collective", achievement="Làm tốt")
    assert page.status == 422
    assert "Mời chọn một tổ chức" in page.text


def test_the_capitals_of_a_person_are_put_right(client, campaign, at, commune):
    given = {"kind": "person", "name": "TRẦN THỊ Bình", "achievement": "Làm tốt"}
    page = client.page(f"{at}/them").submit("Lưu bản nháp", **given)
    assert "đã sửa thành “Trần Thị Bình”" in page.text
    assert only(campaign).name == "Trần Thị Bình"


def test_two_people_who_edit_a_draft_see_each_others_words(client, place, campaign, at, commune):
    one = nominated.drafted(surveyed.actor(commune), campaign, place["Xã 1"])
    mine = client.page(f"{at}/{one.id}/sua")
    client.page(f"{at}/{one.id}/sua").submit("Lưu bản nháp", achievement="Bản của người kia")
    page = mine.submit("Lưu bản nháp", achievement="Bản của tôi")
    assert page.status == 409
    assert "Bản của người kia" in page.text
    assert page.submit("Lưu bản nháp").status == 200
    assert one.achievement == "Bản của tôi"


def test_a_withdrawn_one_is_corrected_as_a_new_one(client, place, campaign, at, commune):
    one = nominated.proposed(surveyed.actor(commune), campaign, place["Xã 1"])
    page = client.page(f"{at}/{one.id}")
    page = page.submit("Rút đề cử", reason="Ghi thiếu số liệu")
    page = page.submit("Sửa thành bản mới")
    assert page.h1 == "Sửa đề cử"
    assert client.page(f"{at}/{one.id}/sua", status=None).h1 == "Xã 1"
    assert one.achievement == "Làm tốt"


def test_the_province_closes_the_list_and_drafts_both_papers(client, place, campaign, at, province):
    nominated.shortlisted(place, campaign, 3, papers.worker(place, Role.PROVINCE, Duty.APPROVE))
    page = client.page(at).submit("Chốt danh sách trình")
    assert "Đã chốt danh sách trình." in page.text
    assert "đề nghị khen thưởng" in page.submit("Soạn tờ trình").title
    assert "khen thưởng" in client.page(at).submit("Soạn quyết định").title
    page = client.page(at)
    assert page.text.count("Mở bản thảo") == 2
    assert "Mở lại danh sách" not in page.text


def test_the_page_says_how_many_wait_before_the_list_is_closed(
    client, place, campaign, at, commune, province
):
    nominated.shortlisted(place, campaign, 3, papers.worker(place, Role.PROVINCE, Duty.APPROVE))
    nominated.proposed(surveyed.actor(commune), campaign, place["Xã 1"], "Nguyễn Văn B")
    page = client.page(at)
    assert "Còn 1 đề cử chưa xét; chốt mà không chờ" in page.text
    assert "Còn 1 đề cử chưa xét." in page.submit("Chốt danh sách trình").text
    page = page.submit("Chốt danh sách trình", sure="1")
    assert "Đã chốt danh sách trình." in page.text


def test_too_few_names_show_why_and_the_address_refuses_too(client, campaign, at, province):
    page = client.page(at)
    assert "kế hoạch cần từ 3 đến 5" in page.text
    client.post(f"{at}/chot", data={"csrf_token": page.form("/dang-xuat").fields["csrf_token"]})
    assert "Danh sách trình đang có 0" in client.page(at).text


def test_the_list_is_filtered_compared_and_downloaded_as_shown(
    client, place, campaign, at, province
):
    nominated.many(place, campaign, 2)
    colleague = papers.worker(place, Role.PROVINCE, Duty.DRAFT)
    nominated.proposed(colleague, campaign, place["Xã 9"], "Nguyễn Văn A")
    assert "Xã 2" in client.page(at).text
    page = client.page(f"{at}?loai=person&xem=so-sanh")
    assert [row[0] for row in page.rows() if row][1:] == ["Nguyễn Văn AChờ tỉnh xét"]
    content = client.get(f"{at}.xlsx?loai=person").data
    [rows] = workbooks.read(content).values()
    assert [row[2] for row in rows] == ["Tập thể, cá nhân", "Nguyễn Văn A"]


def test_a_colleague_of_the_same_account_is_told_to_wait(client, place, campaign, at, province):
    one = nominated.proposed(surveyed.actor(province), campaign, place["Xã 1"])
    page = client.page(f"{at}/{one.id}")
    assert "không tự xét" in page.text or "Rút đề cử" in page.text
    assert "Đưa vào danh sách trình" not in page.text


def test_the_workflows_address_leads_to_the_page(client, place, campaign, at, commune):
    one = nominated.proposed(surveyed.actor(commune), campaign, place["Xã 1"])
    assert client.page(f"/bieu-duong/{one.id}").path == f"{at}/{one.id}"


def test_a_campaign_that_asks_for_nobody_says_so(client, place, commune):
    campaign = nominated.asked(place, least=0, most=0)
    page = client.page(f"/dot-khao-sat/{campaign.id}/bieu-duong")
    assert "không yêu cầu đề cử" in page.text
