"""A roster pasted from Excel: what is repaired, what is refused, cell by cell."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from portal.core.clock import format_date
from portal.features.org_units.kinds import PointKind
from portal.features.rosters import checking, queries
from portal.policy.roles import Role
from tests.support import papers, placed, rostered, surveyed
from tests.support.officials import PLACES
from tests.support.rostered import line, table


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    placed.point(made["Xã 1"], "Bộ phận tiếp nhận và trả kết quả xã", PointKind.ONE_STOP)
    placed.point(made["Xã 2"], "Nhà văn hóa thôn Đông")
    return made


@pytest.fixture
def campaign(place):
    return rostered.asked(place)


@pytest.fixture
def desk(campaign, place):
    return rostered.desk(campaign, place)


@pytest.fixture
def check(desk):
    def checked(*rows, stored=()):
        return checking.checked(desk, table(*rows), stored)

    return checked


def told(found, row, column):
    remark = found.table.rows[row].faults.get(column) or found.table.rows[row].notes.get(column)
    return remark.message % remark.values if remark else None


def test_a_right_row_has_nothing_to_be_said_of(check, campaign):
    found = check(line(campaign, phone="0912 000 001"))
    [entry] = found.entries
    assert (entry.person, entry.phone, entry.half) == ("Nguyễn Văn A", "0912 000 001", "morning")
    assert set(found.table.rows[0].notes) == {"place"}


@pytest.mark.parametrize(
    ("typed", "kept", "note"),
    [
        ("HOÀNG VĂN E", "Hoàng Văn E", "gốc HOÀNG VĂN E"),
        (unicodedata.normalize("NFD", "Đỗ Thị Hường"), "Đỗ Thị Hường", None),
        ("đ/c Lê Văn C", "Lê Văn C", "gốc đ/c Lê Văn C"),
    ],
)
def test_names_are_repaired_and_it_is_said(check, campaign, typed, kept, note):
    found = check(line(campaign, typed))
    assert found.entries[0].person == kept
    assert told(found, 0, "person") == note


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("912000004", "0912 000 004"), ("+84 912.000.004", "0912 000 004"), ("", "")],
)
def test_numbers_get_their_zero_back(check, campaign, typed, kept):
    assert check(line(campaign, phone=typed)).entries[0].phone == kept


def test_letters_in_a_number_are_refused(check, campaign):
    found = check(line(campaign, phone="0912 000 0O7"))
    assert set(found.table.rows[0].faults) == {"phone"}


def test_days_are_read_as_text_as_serials_and_without_a_year(check, campaign):
    day = rostered.day(campaign)
    serial = str((day - date(1899, 12, 30)).days)
    for typed in (serial, f"{day:%d/%m}", f"Thứ Hai, {format_date(day)}", f"{day:%d-%m-%y}"):
        found = check(line(campaign, day=typed))
        assert [one.day for one in found.entries] == [day], typed
        assert told(found, 0, "day") == f"gốc {typed}"


def test_a_day_that_is_none_or_is_none_of_the_campaign_is_refused(check, campaign):
    assert told(check(line(campaign, day="31/4/2024")), 0, "day") == "Tháng 4 không có ngày 31."
    assert "ngoài ngày khảo sát" in told(check(line(campaign, day="01/01/2020")), 0, "day")
    assert "Ghi ngày" in told(check(line(campaign, day="hôm nào rảnh")), 0, "day")


def test_halves_are_read_as_people_write_them(check, campaign):
    words = {"buổi sáng": "morning", "CHIỀU": "afternoon", "S+C": "day", "": "day"}
    for typed, half in words.items():
        assert check(line(campaign, half=typed)).entries[0].half == half
    assert told(check(line(campaign, half="tối")), 0, "half") == "Ghi sáng, chiều hoặc cả ngày."


def test_one_person_twice_in_a_half_day_names_the_other_row(check, campaign):
    found = check(line(campaign), line(campaign, "Lê Văn C"), line(campaign, place="Nhà văn hóa"))
    assert told(found, 2, "place") == "Trùng buổi với dòng 2."
    same = check(line(campaign), line(campaign, half="cả ngày"))
    assert told(same, 1, "half") == "Lặp lại dòng 2."


def test_two_numbers_say_that_a_name_is_two_people(check, campaign):
    found = check(
        line(campaign, phone="0912000001"), line(campaign, phone="0912000002", place="Thôn Đông")
    )
    assert found.table.faults == 0


def test_the_same_person_with_other_diacritics_is_flagged(check, campaign):
    found = check(line(campaign, "Nguyễn Thị Hòa"), line(campaign, "Nguyễn Thị Hoa", half="chiều"))
    assert "Dòng 2 ghi “Nguyễn Thị Hòa”" in told(found, 1, "person")
    alike = check(line(campaign, "Nguyễn Thị Hòa"), line(campaign, "Nguyễn Thị Hoà", half="chiều"))
    assert [one.person for one in alike.entries] == ["Nguyễn Thị Hòa"] * 2


def test_a_missing_place_is_refused_and_a_known_one_is_known(check, campaign):
    assert told(check(line(campaign, place="")), 0, "place") == "Chưa có địa điểm."
    found = check(line(campaign, place="một cửa"))
    assert found.entries[0].place == "Bộ phận tiếp nhận và trả kết quả xã"
    assert found.entries[0].point_id is not None


def test_a_place_of_another_commune_is_but_words_here(check, campaign):
    [entry] = check(line(campaign, place="Nhà văn hóa thôn Đông")).entries
    assert entry.point_id is None


def test_merged_cells_are_filled_down_with_a_note(check, campaign):
    names = ("Lê Văn A", "Lê Văn B", "Lê Văn C", "Lê Văn D")
    rows = [line(campaign, name, day="", place="") for name in names]
    found = check(line(campaign, names[0]), *rows[1:])
    assert {one.day for one in found.entries} == {rostered.day(campaign)}
    assert told(found, 3, "day") == told(found, 3, "place") == "lấy theo dòng trên"
    assert found.table.filled == {"Ngày": 3, "Địa điểm": 3}
    assert found.table.rows[3].said("day") == ""


def test_a_row_without_a_name_goes_on_with_the_person_above(check, campaign):
    whole = line(campaign, "Lê Văn A", body="Hội Nông dân", phone="0912 000 001")
    rest = line(campaign, "", half="chiều", body="", phone="", position="")
    found = check(whole, rest)
    assert [(one.person, one.body, one.phone) for one in found.entries] == [
        ("Lê Văn A", "Hội Nông dân", "0912 000 001")
    ] * 2
    assert told(found, 1, "person") == told(found, 1, "body") == "lấy theo dòng trên"


def test_whoever_goes_on_stays_at_the_place_and_on_the_day_above(check, campaign):
    rest = line(campaign, "", half="chiều", body="", day="", place="")
    found = check(line(campaign, half="sáng"), rest)
    assert [(one.day, one.half, one.place) for one in found.entries] == [
        (rostered.day(campaign), half, found.entries[0].place) for half in ("morning", "afternoon")
    ]
    assert told(found, 1, "place") == told(found, 1, "day") == "lấy theo dòng trên"


def test_a_unit_beside_another_name_is_noted_as_taken_from_above(check, campaign):
    names = ("Lê Văn A", "Lê Văn B", "Lê Văn C")
    rows = [line(campaign, name, body="") for name in names[1:]]
    found = check(line(campaign, names[0], body="Hội Nông dân"), *rows)
    assert {one.body for one in found.entries} == {"Hội Nông dân"}
    assert told(found, 2, "body") == "lấy theo dòng trên"
    assert found.table.filled == {"Đơn vị": 2}


def test_capitals_of_some_words_are_put_right_or_kept_as_typed(desk, campaign):
    typed = table(line(campaign, "NGUYỄN THỊ Hà"))
    found = checking.checked(desk, typed, ())
    assert (found.entries[0].person, told(found, 0, "person")) == (
        "Nguyễn Thị Hà", "gốc NGUYỄN THỊ Hà",
    )  # fmt: skip
    assert found.table.rows[0].notes["person"].offers
    sure = replace(typed, rows=(replace(typed.rows[0], sure=frozenset({"person"})),))
    assert checking.checked(desk, sure, ()).entries[0].person == "NGUYỄN THỊ Hà"


def test_kept_capitals_go_on_with_the_person(desk, campaign):
    rest = line(campaign, "", half="chiều", body="")
    typed = table(line(campaign, "NGUYỄN THỊ Hà"), rest)
    first = replace(typed.rows[0], sure=frozenset({"person"}))
    found = checking.checked(desk, replace(typed, rows=(first, typed.rows[1])), ())
    assert [one.person for one in found.entries] == ["NGUYỄN THỊ Hà"] * 2


def test_one_forgotten_cell_is_not_taken_for_a_merged_one(check, campaign):
    rows = [line(campaign, f"Lê Văn {sign}") for sign in "ABCDE"]
    found = check(*rows, line(campaign, "Lê Văn G", place=""))
    assert told(found, 5, "place") == "Chưa có địa điểm."


def test_what_is_there_already_is_kept_once(check, campaign, desk):
    stored = [check(line(campaign)).entries[0]]
    found = check(line(campaign), line(campaign, half="chiều"), stored=stored)
    assert (len(found.entries), found.kept) == (1, 1)
    clash = check(line(campaign, place="Nhà văn hóa"), stored=stored)
    assert "danh sách đã có" in told(clash, 0, "place")


def test_a_paste_sent_twice_is_stored_once(place, campaign, desk):
    commune = papers.worker(place, Role.COMMUNE)
    for _ in range(2):
        roster = rostered.listed(commune, desk, line(campaign), line(campaign, "Lê Văn C"))
    assert len(queries.rows(roster)) == 2
