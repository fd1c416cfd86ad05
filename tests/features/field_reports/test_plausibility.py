"""Figures that are hardly right are asked about, and taken once they are confirmed."""

import json

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.features.audit.models import AuditEntry
from portal.features.field_reports import services
from portal.features.field_reports.plausibility import Doubtful, Known, doubts
from portal.features.field_reports.queries import Line
from portal.features.field_reports.services import Given
from tests.support import carried, reported, surveyed
from tests.support.officials import PLACES


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def asked(place):
    return reported.campaign(place)


@pytest.fixture
def commune(place, asked):
    return carried.doer(place)


def days(*visits):
    return [Line(n, 0, late=False, corrected=False) for n in visits]


@pytest.mark.parametrize(
    ("visits", "helped", "against", "asked_about"),
    [
        (40, 40, Known(), set()),
        (40, 41, Known(), {"helped"}),
        (None, 41, Known(), set()),
        (399, 0, Known(days(40, 40)), set()),
        (400, 0, Known(days(40, 40)), {"visits"}),
        (19, 0, Known(days(1, 1)), set()),
        (5000, 5000, Known(population=4999), {"visits", "helped"}),
        (0, 0, Known(days(40), 4999), set()),
    ],
)
def test_what_is_asked_about(visits, helped, against, asked_about):
    assert set(doubts({"visits": visits, "helped": helped}, against)) == asked_about


def test_nothing_is_stored_until_it_is_confirmed_and_the_record_says_that_it_was(asked, commune):
    given, today = Given(10, 50), clock.today()
    with pytest.raises(Doubtful):
        services.report(commune, asked, today, given, 0)
    with pytest.raises(Doubtful):
        services.report(commune, asked, today, given, 0, sure=["helped:5"])
    assert services.report(commune, asked, today, given, 0, sure=["helped:50"]).helped == 50
    query = select(AuditEntry.changes).where(AuditEntry.action == "daily_report:sent")
    found = session().scalars(query).one()
    changes = json.loads(found) if isinstance(found, str) else found
    assert changes["confirmed"] == [None, "helped"]


def test_a_day_ten_times_the_others_is_asked_about_and_the_same_figures_are_not_again(
    asked, commune
):
    reported.report(commune, asked, reported.day(-1), 5, 1)
    today = clock.today()
    with pytest.raises(Doubtful) as doubtful:
        services.report(commune, asked, today, Given(50, 1), 0)
    assert set(doubtful.value.doubts) == {"visits"}
    services.report(commune, asked, today, Given(50, 1), 0, sure=["visits:50"])
    again = Given(50, 1, remarks="Thêm ảnh", reason="Thêm ảnh")
    assert services.report(commune, asked, today, again, 1).number == 2


def test_more_than_live_there_is_asked_about(place, asked, commune):
    with write():
        place["Xã 1"].population = 30
    with pytest.raises(Doubtful):
        services.report(commune, asked, clock.today(), Given(31, 1), 0)
