"""What is printed and taken along: spreadsheets, the duty list, calendars, opened again."""

from io import BytesIO

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from portal.core.clock import format_date
from portal.features.rosters import calendars, duty_list, exports, queries
from portal.features.rosters.consolidation import Listed
from portal.features.rosters.entries import Entry
from portal.features.rosters.gaps import cover
from portal.policy.roles import Role
from tests.support import papers, rostered, surveyed
from tests.support.officials import PLACES
from tests.support.rostered import line

BASE = "https://danchu.example.vn"


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    return rostered.asked(place)


@pytest.fixture
def desk(place, campaign):
    commune = papers.worker(place, Role.COMMUNE)
    where = rostered.desk(campaign, place)
    rostered.listed(
        commune, where,
        line(campaign, "Nguyễn Văn Ân", phone="0912000001"),
        line(campaign, "Đỗ Thị Bình", half="chiều"),
        line(campaign, "Lê Văn An", place="Nhà văn hóa; tổ 4, phố Hàng Đào"),
    )  # fmt: skip
    return rostered.desk(campaign, place)


def rows_of(content):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def text_of(pdf):
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_the_duty_sheet_is_by_day_half_and_place_and_people_by_given_name(desk, campaign):
    rows = rows_of(exports.duty_sheet(desk))[1:]
    assert [row[4] for row in rows] == ["Nguyễn Văn Ân", "Lê Văn An", "Đỗ Thị Bình"]
    assert rows[0][1] == format_date(campaign.opens_on)
    assert rows[0][7] == "0912 000 001"


def test_the_consolidated_list_has_every_person_of_every_unit(desk, place):
    one = Listed(1, "Xã 1", "Huyện A", 0, tuple(_entries(desk)))
    rows = rows_of(exports.consolidated_sheet([one, one]))[1:]
    assert len(rows) == 6
    assert [row[3] for row in rows[:3]] == ["Lê Văn An", "Nguyễn Văn Ân", "Đỗ Thị Bình"]


def _entries(desk):
    return [Entry.of(row) for row in queries.rows(desk.roster)]


def test_nothing_anybody_wrote_becomes_a_formula(place, campaign):
    where = rostered.desk(campaign, place, "Xã 2")
    doer = papers.worker(place, Role.COMMUNE, at="Xã 2")
    rostered.listed(doer, where, line(campaign, body='=HYPERLINK("x")'))
    [row] = rows_of(exports.duty_sheet(rostered.desk(campaign, place, "Xã 2")))[1:]
    assert row[5] == '=HYPERLINK("x")'


def test_the_duty_list_is_a_page_with_names_days_and_the_reminder(desk, campaign):
    text = text_of(duty_list.pdf(desk))
    for expected in ("XÃ 1", "Đỗ Thị Bình", "người dân tự trả lời"):
        assert expected in text


def test_what_is_put_up_has_no_telephone_numbers(desk):
    assert "0912 000 001" in str(rows_of(exports.duty_sheet(desk)))
    assert "0912" not in text_of(duty_list.pdf(desk))


def test_a_calendar_has_an_event_for_each_duty_in_vietnams_time(desk, campaign):
    content = calendars.calendar(desk, BASE)
    text = content.decode()
    day = f"{campaign.opens_on:%Y%m%d}"
    assert text.count("BEGIN:VEVENT") == 3
    assert f"DTSTART;TZID=Asia/Ho_Chi_Minh:{day}T073000" in text
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")


def test_its_lines_are_folded_ended_and_escaped_as_rfc_5545_asks(desk):
    content = calendars.calendar(desk, BASE)
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(len(one) for one in content.split(b"\r\n")) <= 75
    for piece in content.split(b"\r\n"):
        piece.decode()
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert "LOCATION:Nhà văn hóa\\; tổ 4\\, phố Hàng Đào\\, Xã 1" in unfolded


def test_events_keep_their_names_however_often_they_are_taken(desk):
    def uids():
        text = calendars.calendar(desk, BASE).replace(b"\r\n ", b"").decode()
        return [one for one in text.split("\r\n") if one.startswith("UID:")]

    assert uids() == uids()
    assert len(set(uids())) == 3
    assert uids()[0].endswith("@danchu.example.vn")


def test_one_person_takes_the_own_duties_alone(desk):
    row = queries.rows(desk.roster)[0]
    text = calendars.calendar(desk, BASE, row.id).replace(b"\r\n ", b"").decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert row.person in text


def test_gaps_are_counted_at_each_place_in_each_half_day(desk):
    found = cover(_entries(desk), desk.days)
    assert {one.place: one.empty for one in found.places} == {
        rostered.PLACE: 4, "Nhà văn hóa; tổ 4, phố Hàng Đào": 5,
    }  # fmt: skip
    assert found.empty == 9
