"""From a plan's page to its campaigns and back, and new days by an amending document alone."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.features.campaigns import queries, tying
from portal.features.documents.body import Level, Section, SectionRole
from portal.features.documents.models import Relation, State
from portal.policy.roles import Role
from tests.support import drafted, numbered, papers, surveyed
from tests.support.officials import PLACES

OPENS = clock.today() + timedelta(days=20)
LATER = OPENS + timedelta(days=7)


def says(day):
    text = f"Trong ngày {clock.format_date(day)}."
    return Section("muc0003", Level.POINT, "Thời gian", text, SectionRole.SURVEY_WINDOW)


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    numbered.letterhead(made, regime="party")
    return made


@pytest.fixture
def author(place, client):
    user = surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset(papers.WORKS))
    client.sign_in(user)
    return surveyed.actor(user)


@pytest.fixture
def plan(author):
    return papers.draft(author, sections=(says(OPENS),))


@pytest.fixture
def tied(author, plan):
    campaign = drafted.draft_by(author)
    tying.tie(author, campaign, plan)
    return campaign


def test_a_campaign_is_made_from_the_page_of_its_plan(client, plan):
    drafted.version()
    page = client.page(f"/van-ban/{plan.id}").follow("Tạo đợt theo kế hoạch này")
    page = page.follow("Chọn THU")
    assert page.form("Lưu bản nháp").fields["opens_on"] == clock.format_date(OPENS)
    page = page.submit("Lưu bản nháp", audience="Người dân", supporter="Hội", opens_on="1/1/2027")
    assert "Kế hoạch chưa ban hành" in page.text
    [campaign] = queries.of_plan(plan.id)
    assert campaign.opens_on == OPENS


def test_a_draft_is_tied_from_the_plan_and_changed_from_the_campaign(client, author, plan):
    campaign = drafted.draft_by(author)
    page = client.page(f"/van-ban/{plan.id}").follow(f"Gắn {campaign.name}").submit("Lưu")
    assert (page.path, campaign.plan_id) == (f"/dot-khao-sat/{campaign.id}", plan.id)
    assert campaign.name in client.page(f"/van-ban/{plan.id}").text
    page.follow("Đổi kế hoạch").submit("Lưu", plan="")
    assert campaign.plan_id is None


def test_a_plan_without_days_says_so_at_the_field(client, author):
    plan, campaign = papers.draft(author), drafted.draft_by(author)
    page = client.page(f"/dot-khao-sat/{campaign.id}").follow("Gắn với kế hoạch")
    page = page.submit("Lưu", plan=str(plan.id))
    assert page.status == 422
    assert "Kế hoạch chưa ghi thời gian khảo sát." in page.text


def test_the_plan_of_another_unit_cannot_be_chosen(client, author, place):
    numbered.letterhead(place, "Huyện A", regime="party")
    theirs = papers.draft(papers.worker(place, Role.DISTRICT), sections=(says(OPENS),))
    campaign = drafted.draft_by(author)
    page = client.page(f"/dot-khao-sat/{campaign.id}/ke-hoach")
    assert page.submit("Lưu", plan=str(theirs.id)).status == 422
    drafted_by = client.page(f"/dot-khao-sat/moi?ke-hoach={theirs.id}")
    assert "ke-hoach" not in "".join(link.href for link in drafted_by.links)


def test_readers_elsewhere_see_the_campaign_of_a_plan_and_cannot_add_one(
    client, author, plan, tied, place
):
    papers.bring(plan, State.ISSUED, author)
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))
    page = client.page(f"/van-ban/{plan.id}")
    assert page.follow(tied.name).path == f"/dot-khao-sat/{tied.id}"
    assert "Tạo đợt theo kế hoạch này" not in page.text


def test_an_announced_campaign_gets_new_days_only_by_an_amending_document(
    client, author, plan, tied
):
    papers.bring(plan, State.ISSUED, author)
    address = f"/dot-khao-sat/{tied.id}"
    assert "Chưa có văn bản sửa đổi kế hoạch" in client.page(address).follow("Đổi ngày").text
    given = {"relation": Relation.AMENDS, "refers_to_id": plan.id}
    amending = papers.issued(author, sections=(says(LATER),), **given)
    page = client.page(f"{address}/doi-ngay")
    other = clock.format_date(LATER + timedelta(1))
    assert page.submit("Đổi ngày", **{"rounds-last": other, "reason": "Bão"}).status == 422
    assert page.submit("Đổi ngày").status == 422
    page = page.submit("Đổi ngày", reason="Tránh bão số 3")
    assert amending.number_text in page.text
    assert "Lý do: Tránh bão số 3" in page.text
    assert (tied.opens_on, tied.closes_on) == (LATER, LATER)


def test_an_issued_plan_offers_new_papers_and_no_change(client, author, plan):
    papers.bring(plan, State.ISSUED, author)
    page = client.page(f"/van-ban/{plan.id}")
    for verb in ("Sửa đổi, bổ sung", "Thay thế", "Đính chính"):
        assert page.follow(verb).status == 200
    assert client.get(f"/van-ban/{plan.id}/soan").location == f"/van-ban/{plan.id}"


def test_who_joined_later_is_sent_the_paper_at_the_press_of_a_button(client, author, plan):
    papers.bring(plan, State.ISSUED, author)
    page = client.page(f"/van-ban/{plan.id}").submit("Gửi nơi mới tham gia")
    assert "Mọi nơi nhận trong Cổng đều đã có văn bản này." in page.text
