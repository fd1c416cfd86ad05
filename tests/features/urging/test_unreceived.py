"""The board of reminders says where no body has received a task, or nobody reads a notice."""

import pytest

from portal.core import clock
from portal.features.documents.body import Duty, Party
from portal.features.urging import board, exports, pages, queries
from portal.features.urging.pages import Wanted
from portal.policy.roles import Role
from tests.support import carried, papers, surveyed, urged, workbooks
from tests.support.officials import PLACES

TEAM = "viec-farmers"
BASE = "https://danchu.example.vn"


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    lead = Party("Hội Nông dân cấp xã", group="commune:farmers")
    due = f"trong ngày {clock.format_date(clock.today())}"
    return carried.carry_out(place, besides=[Duty(TEAM, "Hướng dẫn người dân", lead, due=due)])


@pytest.fixture
def shown(place, campaign):
    reader = urged.district(place)

    def page():
        return pages.of(reader, campaign, Wanted(duty=TEAM), BASE, "Ban Huyện A")

    return page


def test_a_unit_without_the_body_is_on_it_and_counted(shown):
    page = shown()
    assert [one.unit.name for one in page.chosen.lacks] == ["Xã 1", "Xã 2"]
    assert (page.chosen.unreceived, page.unreceived) == (2, 2)
    assert all(line.text for line in page.lines)


def test_what_a_body_has_received_is_not_counted(place, campaign):
    found = {one.duty: one for one in board.groups(urged.district(place), campaign)}
    assert [one.unreceived for one in found.values() if one.duty != TEAM] == [0] * (len(found) - 1)


def test_where_an_office_has_an_account_it_reads_the_notice(place, shown):
    assert shown().unread == 2
    papers.worker(place, Role.COMMUNE, at="Xã 1")
    assert [line.is_read for line in shown().lines] == [True, False]
    assert queries.reading({place["Xã 1"].id, place["Xã 2"].id}, ()) == {place["Xã 1"].id}


def test_the_spreadsheet_says_so(shown):
    [rows] = workbooks.sheets_of(lambda stream: exports.write(stream, shown())).values()
    assert [row[6] for row in rows] == ["Cơ quan nhận việc", "Chưa có cơ quan", "Chưa có cơ quan"]
