"""The pages about how a campaign is carried out, for a commune and for those above."""

import pytest

from portal.core.database import write
from portal.features.campaigns.models import Fieldwork
from portal.policy.roles import Role
from tests.support import carried, surveyed
from tests.support.officials import HOMES, PLACES
from tests.support.queries import counted


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def asked(place):
    return carried.carry_out(place)


@pytest.fixture
def overview(client, place, asked):
    def opened(role):
        client.sign_in(surveyed.account(place, HOMES[role], role))
        return client.page(f"/dot-khao-sat/{asked.id}/trien-khai")

    return opened


def test_a_commune_reads_what_is_left_to_do_and_what_comes_next(overview):
    page = overview(Role.COMMUNE)
    assert page.h1 == "Triển khai Đợt thử"
    assert "Việc tiếp theo: Thành lập Tổ công tác" in page.text
    assert "Quá hạn 2 ngày" in page.text
    assert "Tổ trưởng: Phó bí thư thường trực đảng ủy" in page.text


@pytest.mark.parametrize(("role", "total"), [(Role.PROVINCE, 18), (Role.DISTRICT, 12)])
def test_those_above_read_counts_that_lead_to_lists(overview, role, total):
    page = overview(role)
    assert f"0/{total} việc của cấp dưới đã xong" in page.text
    assert page.follow("Công khai kế hoạch").path == "/nhiem-vu/cap-duoi"


def test_the_campaign_leads_to_its_field_work_and_the_navigation_to_all_of_it(overview, client):
    address = overview(Role.COMMUNE).path
    links = {link.href for link in client.page("/dot-khao-sat").follow("Đợt thử").links}
    assert address in links
    assert "/trien-khai" in links
    assert "Đợt thử" in [row[0] for row in client.page("/trien-khai").rows()]


def test_without_field_work_the_list_says_what_will_be_here(client, place):
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))
    assert "Chưa có đợt nào đang triển khai" in client.page("/trien-khai").text


def test_a_commune_that_is_not_asked_does_not_find_it(client, place, asked):
    other = surveyed.province({"Huyện C": ["Xã 4"]})
    client.sign_in(surveyed.account(other, "Xã 4", Role.COMMUNE))
    assert client.page(f"/dot-khao-sat/{asked.id}/trien-khai", status=404)
    assert "Đợt thử" not in client.page("/trien-khai").text


def test_the_list_takes_the_same_queries_for_one_campaign_and_for_four(client, place, asked):
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    numbers = []
    for _ in range(2):
        with counted() as queries:
            client.page("/trien-khai")
        numbers.append(len(queries))
        for _more in range(3):
            another(asked)
    assert numbers[0] == numbers[1]


def another(asked):
    """Let one more campaign be carried out by the same plan."""
    made = surveyed.campaign(surveyed.Place({"Tỉnh": asked.unit}))
    with write() as current:
        current.add(Fieldwork(campaign_id=made.id, content="{}"))
        made.plan_id = asked.plan_id
