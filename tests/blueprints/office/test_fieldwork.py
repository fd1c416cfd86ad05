"""The form of what a campaign asks of its units, for its owner alone, also while it runs."""

import pytest

from portal.core.database import session
from portal.features.campaigns import fieldwork
from portal.features.campaigns.models import Campaign
from portal.policy.roles import Duty, Role
from tests.support import carried, surveyed
from tests.support.officials import PLACES


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    return carried.carry_out(place)


@pytest.fixture
def owner(place, client, campaign):
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.DRAFT})))


def address(campaign) -> str:
    return f"/dot-khao-sat/{campaign.id}/trien-khai/sua"


def test_the_owner_changes_what_is_asked_while_the_campaign_runs(client, owner, campaign):
    page = client.page(address(campaign))
    page = page.submit("Lưu yêu cầu", team_head="Bí thư đảng ủy", roster_due_on="04/05/2027")
    assert "Đã lưu yêu cầu triển khai" in page.text
    rules = fieldwork.of(campaign)
    assert (rules.team_head, rules.roster_due_on.year) == ("Bí thư đảng ủy", 2027)
    assert rules.channels == carried.RULES.channels
    history = client.page(f"/dot-khao-sat/{campaign.id}").text
    assert "Đổi yêu cầu triển khai" in history
    assert "tổ trưởng tổ công tác" in history


def test_faults_stand_beside_their_fields_and_nothing_typed_is_lost(client, owner, campaign):
    page = client.page(address(campaign))
    page = page.submit("Lưu yêu cầu", band_low="95", band_high="50", roster_due_on="31/4/2026")
    assert page.status == 422
    assert page.form("Lưu yêu cầu").fields["band_low"] == "95"
    assert page.form("Lưu yêu cầu").fields["roster_due_on"] == "31/4/2026"


def test_whoever_saves_second_sees_both(client, owner, campaign):
    page = client.page(address(campaign))
    client.page(address(campaign)).submit("Lưu yêu cầu", team_head="Bí thư đảng ủy")
    page = page.submit("Lưu yêu cầu", team_head="Chủ tịch")
    assert page.status == 409
    assert page.rows()[1] == ["Tổ trưởng tổ công tác", "Bí thư đảng ủy", "Chủ tịch"]
    page.submit("Lưu yêu cầu")
    assert fieldwork.of(campaign).team_head == "Chủ tịch"


@pytest.mark.parametrize("role", [Role.DISTRICT, Role.COMMUNE, Role.YOUTH])
def test_those_below_do_not_change_it(app, place, campaign, role):
    at = "Huyện A" if role == Role.DISTRICT else "Xã 1"
    below = app.test_client()
    below.sign_in(surveyed.account(place, at, role))
    below.page(address(campaign), status=403)


def test_a_campaign_that_is_copied_by_the_form_keeps_what_it_asks(client, owner, campaign):
    page = client.page(f"/dot-khao-sat/moi?theo={campaign.id}")
    page.submit("Lưu bản nháp", opens_on="06/05/2027", closes_on="08/05/2027")
    copied = session().query(Campaign).order_by(Campaign.id.desc()).first()
    assert copied.id != campaign.id
    assert fieldwork.of(copied).team_head == carried.RULES.team_head
    assert fieldwork.of(copied).roster_due_on is None
