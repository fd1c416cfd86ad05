"""Who was commended: everybody reads it once it is decided, never more than was decided."""

import pytest

from portal.core.database import write
from portal.features.campaigns.models import QrCode
from portal.features.documents.models import State as Paper
from portal.features.documents.workflow import DOCUMENT
from portal.features.nominations import papers, shortlist
from portal.policy.roles import Role
from tests.support import nominated, numbered, surveyed
from tests.support import papers as officials
from tests.support.asked import CODE


@pytest.fixture
def place(app):
    made = surveyed.province(nominated.PLACES)
    numbered.letterhead(made)
    return made


@pytest.fixture
def campaign(place):
    return nominated.asked(place)


@pytest.fixture
def province(place):
    return officials.worker(place)


@pytest.fixture
def decision(place, campaign, province):
    """Three communes on the closed list, the decision drafted."""
    nominated.shortlisted(place, campaign, 3, province)
    shortlist.close(province, campaign)
    return papers.draft(province, campaign, papers.DECISION)


@pytest.fixture
def address(campaign):
    return f"/cong-khai/khen-thuong/{campaign.id}"


def unit_page(place, name="Xã 1"):
    return f"/cong-khai/don-vi/{place[name].id}"


def test_nobody_is_named_before_the_decision_is_issued(client, place, decision, address, province):
    client.page(address, status=404)
    assert "Được khen thưởng" not in client.page(unit_page(place)).text
    officials.bring(decision, Paper.ISSUED, province)
    page = client.page(address)
    assert [name in page.text for name in ("Xã 1", "Xã 2", "Xã 3", "Xã 9")] == [1, 1, 1, 0]
    assert decision.symbol in page.text
    assert "có thành tích tiêu biểu trong đợt khảo sát" in page.text
    assert "Làm tốt" not in page.text  # What was written to propose them stays inside.


def test_the_unit_s_page_leads_there_and_so_does_the_code_of_a_closed_campaign(
    client, place, campaign, decision, address, province, monkeypatch
):
    officials.bring(decision, Paper.ISSUED, province)
    assert client.page(unit_page(place)).follow(campaign.name).path == address
    with write() as current:
        current.add(QrCode(code=CODE, campaign_id=campaign.id, unit_id=place["Xã 1"].id))
    surveyed.move_past(campaign, monkeypatch)
    page = client.page(f"/{CODE}")
    assert page.follow("Tập thể, cá nhân được khen thưởng trong đợt").path == address


def test_a_withdrawn_decision_takes_the_names_away(client, decision, address, province):
    officials.bring(decision, Paper.ISSUED, province)
    DOCUMENT.fire(province, decision.id, "withdraw", "Có đơn phản ánh")
    client.page(address, status=404)


def test_a_unit_leaves_its_name_off_and_puts_it_there_again(
    client, app, place, decision, address, province
):
    officials.bring(decision, Paper.ISSUED, province)
    commune = app.test_client()
    commune.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))
    found = nominated.of(place["Xã 1"])
    page = commune.page(f"/bieu-duong/{found.id}").submit("Không nêu trên trang công khai")
    assert "Xã 1" not in client.page(address).text
    assert "Được khen thưởng" not in client.page(unit_page(place)).text
    page.submit("Nêu trên trang công khai")
    assert "Xã 1" in client.page(address).text


def test_a_draft_campaign_names_nobody(client, campaign, decision, address, province):
    officials.bring(decision, Paper.ISSUED, province)
    with write():
        campaign.state = "draft"
    client.page(address, status=404)
