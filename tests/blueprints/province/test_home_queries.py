"""The homes and the morning page take a fixed number of queries, however much they tell."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.database import write
from portal.features.campaigns.models import CampaignUnit
from portal.features.documents.body import Duty
from portal.features.field_reports.models import DailyEntry
from portal.features.surveys import fold
from portal.policy.roles import Role
from tests.support import carried, surveyed
from tests.support.queries import counted

MOST = {"/tinh": 15, "/huyen": 15, "/xa": 20, "/giao-ban": 16}
"""With three open campaigns; that of the province's home is a figure of issue 5."""


def twelve_duties():
    """Give eight duties more than a plan of the tests has, all of them late."""
    due = f"trong ngày {clock.format_date(clock.today() - timedelta(days=1))}"
    return [Duty(f"viec-{i}", f"Việc {i}", carried.COMMUNES, due=due) for i in range(8)]


def three_campaigns(size):
    """Let three campaigns be open at once: measured by visits, by headcount, by nothing."""
    place = surveyed.province({f"H{size}": [f"X{size}.{i}" for i in range(size)]})
    author = carried.issuer(place)
    for denominator in ("visits", "headcount", "none"):
        asked = carried.carry_out(
            place, by=author, besides=twelve_duties(), denominator=denominator
        )
        surveyed.answer(asked, place[f"X{size}.0"], ["5|co|loa"] * 12)
        _report(asked, place[f"X{size}.0"])
    fold.fold_pending()
    return place


def _report(asked, unit):
    with write() as session:
        session.get_one(CampaignUnit, (asked.id, unit.id)).headcount = 40
        session.add(DailyEntry(
            campaign_id=asked.id, unit_id=unit.id, day=asked.opens_on, number=1, visits=60,
            helped=5, late=False, reported_at=clock.now(), reported_by="Cán bộ",
        ))  # fmt: skip


@pytest.mark.parametrize(("role", "name", "path"), [
    (Role.PROVINCE, "Tỉnh", "/tinh"), (Role.DISTRICT, "H{}", "/huyen"),
    (Role.COMMUNE, "X{}.0", "/xa"), (Role.PROVINCE, "Tỉnh", "/giao-ban"),
])  # fmt: skip
def test_three_campaigns_and_twelve_duties_take_few_queries(client, app, role, name, path):
    numbers = []
    for size in (2, 12):
        place = three_campaigns(size)
        client.sign_in(surveyed.account(place, name.format(size), role))
        with counted() as queries:
            page = client.page(path)
        assert page.status == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= MOST[path], "\n".join(queries)


def test_the_home_of_the_province_tells_who_is_behind_and_with_what(client, app):
    place = three_campaigns(2)
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    page = client.page("/tinh")
    assert page.text.count("Đôn đốc đơn vị quá hạn, Đợt thử") == 3
    assert "Thành lập Tổ công tác 2" in page.text
    assert "2 đơn vị quá hạn" in page.text
