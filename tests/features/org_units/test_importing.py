"""Lists of units: all or nothing, with what is wrong by line."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

import portal
from portal.core.database import session
from portal.core.text import fold
from portal.features.org_units import queries
from portal.features.org_units.models import Organisation, Unit
from portal.features.org_units.services import (
    add_organisation,
    import_crosswalk,
    import_units,
)

LISTS = Path(portal.__file__).parent / "library" / "units"
HEAD = "code,name,full_name,level,parent_code,valid_from,valid_to\n"
GOOD = HEAD + (
    "24,Bắc Giang,Tỉnh Bắc Giang,province,,,2025-06-30\n"
    "213,Bắc Giang,Thành phố Bắc Giang,district,24,,2025-06-30\n"
    "07207,Ngô Quyền,Phường Ngô Quyền,commune,213,,2025-06-30\n"
)


def rows(text):
    return csv.DictReader(io.StringIO(text))


def listed(name):
    return rows((LISTS / name).read_text(encoding="utf-8"))


def units():
    return session().scalar(select(func.count(Unit.id)))


def test_a_list_of_three_tiers_is_taken_whole(app):
    report = import_units(listed("units_bac_giang_2024.csv"), ignore_end_dates=True)
    assert (report.added, report.errors) == (220, [])
    assert queries.count_present() == {"province": 1, "district": 10, "commune": 209}


def test_the_lists_of_both_years_stand_side_by_side_with_their_successors(app):
    assert not import_units(listed("units_bac_giang_2024.csv")).errors
    assert not import_units(listed("units_vn_2025.csv")).errors
    report = import_crosswalk(listed("units_bac_giang_crosswalk_2025-07-01.csv"))
    assert not report.errors
    old = session().scalar(select(Unit).where(Unit.full_name == "Phường Ngô Quyền"))
    assert [new.full_name for new in queries.successors(old.id)] == ["Phường Bắc Giang"]


def test_the_same_list_again_changes_nothing_and_a_corrected_one_corrects(app):
    import_units(rows(GOOD))
    again = import_units(rows(GOOD))
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    report = import_units(rows(GOOD.replace("Phường Ngô Quyền", "Phường Ngô Quyền Mới")))
    assert (report.changed, units()) == (1, 3)


def test_a_name_corrected_above_is_found_below(app):
    import_units(rows(GOOD))
    import_units(rows(GOOD.replace("Tỉnh Bắc Giang", "Tỉnh Kinh Bắc")))
    ward = queries.current_by_code("07207") or session().scalar(
        select(Unit).where(Unit.code == "07207")
    )
    assert "kinh bac" in ward.folded


def test_decomposed_names_are_stored_composed(app):
    import_units(rows(GOOD.replace("Ngô", "Ngo\u0302")))
    assert session().scalar(select(Unit.name).where(Unit.code == "07207")) == "Ngô Quyền"


@pytest.mark.parametrize(
    ("bad", "line", "said"),
    [
        ("999,X,Xã X,commune,555,,\n", 5, "không có cấp trên"),
        ("999,X,Xã X,commune,,,\n", 5, "chưa ghi mã cấp trên"),
        ("999,X,Xã X,thon,213,,\n", 5, "cấp “%(level)s” không có"),
        ("999,,,commune,213,,\n", 5, "thiếu tên"),
        ("99 9,X,Xã X,commune,213,,\n", 5, "không dùng được"),
        ("999,X,Huyện X,district,213,,\n", 5, "sai cấp"),
        ("999,X,Xã X,commune,213,hôm qua,\n", 5, "không đọc được"),
        ("999,X,Xã X,commune,213,2025-01-02,2025-01-01\n", 5, "đứng trước"),
        ("07207,X,Xã X,commune,213,,\n", 5, "hai lần"),
        ("07207,X,Xã X,commune,213,2024-01-01,\n", 5, "chồng lên nhau"),
        ("999,X,Xã X,commune,213,,,,,,\n", 5, "thừa ô"),
        ("888,X,Tỉnh X,province,24,,\n", 5, "không có cấp trên"),
    ],
)
def test_one_bad_line_is_named_and_leaves_nothing(app, bad, line, said):
    report = import_units(rows(GOOD + bad))
    assert [error.line for error in report.errors] == [line]
    assert said in report.errors[0].message
    assert units() == 0


def test_every_bad_line_is_named_at_once(app):
    report = import_units(rows(GOOD + "1,,,commune,213,,\n2,A,Xã A,commune,777,,\n"))
    assert [error.line for error in report.errors] == [5, 6]


def test_a_file_without_the_columns_says_which(app):
    report = import_units(rows("ma,ten\n1,A\n"))
    assert "thiếu cột" in report.errors[0].message


def test_an_unknown_code_in_a_crosswalk_leaves_no_succession(app):
    import_units(rows(GOOD))
    report = import_crosswalk(rows("old_code,new_code\n07207,99999\n"), day=date(2025, 7, 1))
    assert [error.line for error in report.errors] == [2]


def test_an_organisation_is_found_by_the_names_of_its_unit(app):
    import_units(rows(GOOD), ignore_end_dates=True)
    ward = session().scalar(select(Unit.id).where(Unit.code == "07207"))
    body = add_organisation(ward, "youth", "Đoàn phường")
    assert fold("thành phố bắc giang") in body.folded
    found = session().scalars(queries.search_organisations("giang doan quyen ngo")).all()
    assert [one.id for one in found] == [session().scalar(select(Organisation.id))]
