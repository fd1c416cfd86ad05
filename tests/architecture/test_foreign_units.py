"""Another unit's addresses do not exist: 404 for GET and POST, for every role."""

import pytest
from sqlalchemy import select

from portal.core.database import session, write
from portal.core.jobs import enqueue
from portal.features.campaigns.models import CampaignUnit, QrCode
from portal.features.users.models import SignIn, User
from portal.policy.roles import Role
from tests.support import surveyed
from tests.support.officials import HOMES, PLACES

NOT_A_UNIT_S = {
    "admin.": "the operator's pages: they know no unit, others are refused whatever the address",
    "citizen.": "public by code",
    "office.questionnaire": "the library is everybody's",
    "static": "public",
}
NEIGHBOURS = [Role.DISTRICT, Role.COMMUNE, Role.YOUTH, Role.ADMIN]


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def foreign(place, client):
    """What belongs to Xã 3 in Huyện B, or to somebody else: an argument's name and its value."""
    unit = place["Xã 3"]
    campaign = surveyed.campaign(place, opens_in=-9)
    owner = surveyed.account(place, "Xã 3", Role.COMMUNE)
    with write() as current:
        for name in ("Xã 1", "Xã 2"):
            current.delete(current.get_one(CampaignUnit, (campaign.id, place[name].id)))
        current.add(QrCode(code="k7rm4wxq", campaign_id=campaign.id, unit_id=unit.id))
        job = enqueue("tidy", "foreign", owner_id=owner.id)
    campaign_id = campaign.id
    return {
        "campaign_id": campaign_id, "unit_id": unit.id, "job_id": job.id, "item_id": campaign_id,
        "workflow": "campaign", "transition": "withdraw", "sign_in_id": theirs(client, owner),
    }  # fmt: skip


def theirs(client, owner: User) -> int:
    client.sign_in(owner)
    client.sign_out()
    return session().scalars(select(SignIn.id).where(SignIn.user_id == owner.id)).one()


def addresses(app, foreign) -> list[tuple[str, str]]:
    found, address = [], app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if not rule.arguments or rule.endpoint.startswith(tuple(NOT_A_UNIT_S)):
            continue
        missing = rule.arguments - foreign.keys()
        assert not missing, f"say in `foreign` what {missing} of {rule.endpoint} is"
        url = address.build(rule.endpoint, {name: foreign[name] for name in rule.arguments})
        found += [(method, url) for method in sorted(rule.methods & {"GET", "POST"})]
    return found


def statuses(client, targets) -> dict[tuple[str, str], int]:
    page = client.page("/lan-dang-nhap")
    token = page.form("/dang-xuat").fields["csrf_token"]
    return {
        (method, url): (
            client.get(url) if method == "GET" else client.post(url, data={"csrf_token": token})
        ).status_code
        for method, url in targets
    }


@pytest.mark.parametrize("role", NEIGHBOURS)
def test_another_units_addresses_are_not_there(app, client, place, foreign, role):
    client.sign_in(surveyed.account(place, HOMES[role], role))
    found = statuses(client, addresses(app, foreign))
    assert {target: status for target, status in found.items() if status != 404} == {}
