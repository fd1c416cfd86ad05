"""The operator is told what communes chose in a campaign and the new one does not keep."""

import pytest

from portal.core import clock
from portal.core.database import session, write
from portal.features.campaigns.issuing import issue
from portal.features.campaigns.models import CampaignUnit
from portal.features.org_units.models import Unit
from portal.policy.roles import Role
from tests.support import surveyed

REFORM = "/quan-tri/don-vi/sap-xep"


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện A": ["Xã 1", "Xã 2"]})


@pytest.fixture
def previewed(client, place):
    campaign = surveyed.campaign(place)
    with write() as current:
        for name, helper in (("Xã 1", "Hội Nông dân xã 1"), ("Xã 2", "Khối Dân vận xã 2")):
            current.get_one(CampaignUnit, (campaign.id, place[name].id)).supporter = helper
        issue(current, campaign.id, [(place[name].id, None) for name in ("Xã 1", "Xã 2")])
        current.add(Unit(
            code="09999", name="Mới", full_name="Xã Mới", level="commune",
            valid_from=clock.today(), parent_id=place["Huyện A"].id, folded="", sort_key="",
        ))  # fmt: skip
    client.sign_in(surveyed.account(place, "Tỉnh", Role.ADMIN))
    lines = ["Mã cũ\tĐơn vị cũ\tMã mới\tĐơn vị mới"]
    lines += [f"{place[name].code}\t{name}\t09999\tXã Mới" for name in ("Xã 1", "Xã 2")]
    day = clock.format_date(clock.today())
    return client.page(REFORM).submit("Xem trước", text="\n".join(lines), day=day)


def test_the_preview_and_the_result_say_what_has_to_be_chosen_anew(previewed):
    assert "Phải chọn lại sau sắp xếp" in previewed.text
    assert "Xã 1: Hội Nông dân xã 1 hỗ trợ; Xã 2: Khối Dân vận xã 2 hỗ trợ" in previewed.text
    done = previewed.submit("Xác nhận sắp xếp")
    [told] = [said for said in done.alerts if "Mời chọn lại" in said]
    assert "xã Mới (" in told
    assert session().query(Unit).filter_by(code="09999").one().valid_to is None
