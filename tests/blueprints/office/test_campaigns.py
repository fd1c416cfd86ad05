"""A draft is made, changed, approved and seen, through the pages."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from portal.core import clock
from portal.core.database import session
from portal.features.campaigns import queries
from portal.features.campaigns.models import Campaign
from portal.policy.roles import Duty, Role
from tests.support import drafted, surveyed
from tests.support.officials import PLACES
from tests.support.queries import counted


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def drafter(place, client):
    user = surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.DRAFT}))
    client.sign_in(user)
    return user


def day(days: int) -> str:
    return clock.format_date(clock.today() + timedelta(days=days))


def test_the_home_of_an_account_is_that_of_its_role(client, place):
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))
    assert client.get("/lam-viec").location == "/xa"


def test_a_draft_is_made_from_a_questionnaire_with_words_suggested(client, drafter):
    drafted.version()
    page = client.page("/dot-khao-sat").follow("Tạo đợt khảo sát").follow("Chọn THU")
    typed = {"audience": "Người dân", "supporter": "Hội"}
    page = page.submit("Lưu bản nháp", opens_on=day(2), closes_on=day(4), **typed)
    assert (page.status, page.h1) == (200, f"THU năm {clock.today().year}")
    assert "Mã QR của từng xã đã có" in page.text


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(client, drafter):
    drafted.version()
    page = client.page("/dot-khao-sat/moi").follow("Chọn THU")
    page = page.submit("Lưu bản nháp", opens_on="31/02/2027", closes_on=day(4), name="Đợt này")
    assert page.status == 422
    fields = page.form("Lưu bản nháp").fields
    assert (fields["opens_on"], fields["name"]) == ("31/02/2027", "Đợt này")
    assert "Ai hỗ trợ người dân: Mục này chưa được điền." in page.text
    assert "Ngày bắt đầu: Không có ngày 31/02/2027." in page.text


def test_the_last_day_is_judged_although_the_first_cannot_be_read(client, drafter):
    drafted.version()
    page = client.page("/dot-khao-sat/moi").follow("Chọn THU")
    page = page.submit("Lưu bản nháp", opens_on="mai", closes_on=day(-2))
    assert "Ngày bắt đầu: Ghi ngày theo mẫu ngày/tháng/năm" in page.text
    assert "Đến hết ngày: Ngày kết thúc đã qua." in page.text


def test_a_name_used_before_is_warned_of_and_taken(client, drafter, place):
    first = drafted.draft(place)
    page = client.page("/dot-khao-sat/moi").follow("Chọn THU")
    assert "Đã có đợt khác cùng tên" not in page.text
    typed = {"name": first.name, "audience": "Người dân", "supporter": "Hội"}
    page = page.submit("Lưu bản nháp", opens_on=day(2), closes_on=day(4), **typed)
    assert (page.status, page.h1) == (200, first.name)
    assert "Đã có đợt khác cùng tên" in page.text
    page = page.follow("Sửa").submit("Lưu bản nháp", name="Tên riêng")
    assert "Đã có đợt khác cùng tên" not in page.text


def test_what_who_may_not_approve_is_told_to_hand_on_leads_to_the_draft(client, drafter, place):
    campaign = drafted.draft(place)
    page = client.page(f"/dot-khao-sat/{campaign.id}")
    assert "Bản nháp đang chờ lãnh đạo duyệt" in page.text
    addresses = [field.get("value") for field in page.html.elements("input")]
    assert f"http://localhost/dot-khao-sat/{campaign.id}" in addresses


def test_what_the_service_refuses_is_said_at_its_field(client, drafter):
    drafted.version()
    page = client.page("/dot-khao-sat/moi").follow("Chọn THU")
    typed = {"audience": "Người dân", "supporter": "Hội"}
    page = page.submit("Lưu bản nháp", opens_on=day(4), closes_on=day(2), **typed)
    assert page.status == 422
    assert "đứng trước ngày bắt đầu" in page.text


def test_chosen_districts_are_still_chosen_when_the_draft_is_opened_again(client, drafter, place):
    campaign = drafted.draft(place)
    page = client.page(f"/dot-khao-sat/{campaign.id}").follow("Sửa")
    page.submit("Lưu bản nháp", scope="districts", districts=[str(place["Huyện B"].id)])
    assert queries.unit_ids(campaign.id) == {place["Xã 3"].id}
    fields = client.page(f"/dot-khao-sat/{campaign.id}/sua").form("Lưu bản nháp").fields
    assert (fields["scope"], fields["districts"]) == ("districts", str(place["Huyện B"].id))


def test_who_saves_second_sees_both_texts_and_may_then_decide(client, drafter, place):
    address = f"/dot-khao-sat/{drafted.draft(place).id}/sua"
    mine, theirs = client.page(address), client.page(address)
    theirs.submit("Lưu bản nháp", name="Của người kia")
    conflict = mine.submit("Lưu bản nháp", name="Của tôi")
    assert conflict.status == 409
    assert conflict.rows()[1:] == [["Tên đợt", "Của người kia", "Của tôi"]]
    assert conflict.submit("Lưu bản nháp").h1 == "Của tôi"


def test_who_may_approve_does_and_the_page_tells_what_happened(client, place):
    campaign = drafted.draft(place)
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.APPROVE})))
    page = client.page(f"/dot-khao-sat/{campaign.id}")
    assert "chờ lãnh đạo duyệt" not in page.text
    page = page.submit("Duyệt đợt")
    assert page.path == f"/dot-khao-sat/{campaign.id}"
    assert "Đã duyệt đợt" in page.text
    assert "Rút về sửa" in page.buttons


def test_an_action_leads_nowhere_outside(client, place):
    campaign = drafted.draft(place)
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.APPROVE})))
    token = client.page(f"/dot-khao-sat/{campaign.id}").form("Duyệt đợt").fields["csrf_token"]
    data = {"csrf_token": token, "next": "//kẻ.xấu/"}
    answer = client.post(f"/xu-ly/campaign/{campaign.id}/approve", data=data)
    assert answer.location == f"/dot-khao-sat/{campaign.id}"


def test_a_button_pressed_twice_has_worked_and_one_pressed_too_late_says_so(client, place):
    campaign = drafted.draft(place)
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.APPROVE})))
    page = client.page(f"/dot-khao-sat/{campaign.id}")
    page.submit("Duyệt đợt")
    assert "vừa được người khác xử lý" not in page.submit("Duyệt đợt").text
    session().execute(update(Campaign).values(state="cancelled"))
    session().commit()
    late = page.submit("Duyệt đợt")
    assert late.path == f"/dot-khao-sat/{campaign.id}"
    assert "vừa được người khác xử lý" in late.text


@pytest.mark.parametrize("path", ["nothing/{}/approve", "campaign/{}/fly"])
def test_an_unknown_workflow_or_transition_is_not_there(client, drafter, place, path):
    campaign = drafted.draft(place)
    token = client.page(f"/dot-khao-sat/{campaign.id}").form("/dang-xuat").fields["csrf_token"]
    address = f"/xu-ly/{path.format(campaign.id)}"
    assert client.post(address, data={"csrf_token": token}).status_code == 404


def test_a_commune_sees_what_was_announced_without_its_history(client, place):
    campaign = drafted.announced(place)
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))
    page = client.page("/dot-khao-sat").follow("PKS 03")
    assert page.path == f"/dot-khao-sat/{campaign.id}"
    assert "Diễn biến" not in page.text
    assert "Nơi hỏi 1 xã" in page.text


def test_before_anything_is_announced_the_list_says_what_will_come(client, place):
    drafted.draft(place)
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))
    assert "Chưa có đợt khảo sát nào" in client.page("/dot-khao-sat").text


def test_a_tab_shows_its_phase_alone(client, drafter, place):
    drafted.draft(place)
    surveyed.campaign(place)
    page = client.page("/dot-khao-sat").follow("Bản nháp 1")
    assert [row[0] for row in page.rows()[1:]] == ["PKS 03"]


def test_the_list_takes_the_same_number_of_queries_however_long_it_is(client, drafter, place):
    surveyed.campaign(place)
    client.page("/dot-khao-sat")
    with counted() as few:
        client.page("/dot-khao-sat")
    for _ in range(4):
        surveyed.campaign(place)
    with counted() as many:
        client.page("/dot-khao-sat")
    assert len(many) == len(few)


def test_cancelling_a_draft_needs_a_reason_and_keeps_it(client, drafter, place):
    campaign = drafted.draft(place)
    page = client.page(f"/dot-khao-sat/{campaign.id}").submit("Hủy bản nháp", reason="Trùng đợt")
    assert "Trùng đợt" in page.text
    assert session().get_one(Campaign, campaign.id).state == "cancelled"
