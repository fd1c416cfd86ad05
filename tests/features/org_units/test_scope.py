"""Who reaches whom, and how units are found and ordered."""

import csv
import io

import pytest
from sqlalchemy import select

from portal.core.database import session
from portal.features.org_units import queries
from portal.features.org_units.models import Unit
from portal.features.org_units.services import import_crosswalk, import_units
from portal.policy.roles import Role
from tests.support.officials import Official

UNITS = """code,name,full_name,level,parent_code,valid_from,valid_to
24,Bắc Giang,Tỉnh Bắc Giang,province,,,2025-06-30
213,Bắc Giang,Thành phố Bắc Giang,district,24,,2025-06-30
1,Ngô Quyền,Phường Ngô Quyền,commune,213,,2025-06-30
2,Đồng Tâm,Xã Đồng Tâm,commune,213,,2025-06-30
3,Ẩn Mình,Xã Ẩn Mình,commune,213,,2025-06-30
90,Bắc Ninh,Tỉnh Bắc Ninh,province,,2025-07-01,
91,Bắc Giang,Phường Bắc Giang,commune,90,2025-07-01,
92,Đa Mai,Phường Đa Mai,commune,90,2025-07-01,
4,An Bá,Xã An Bá,commune,213,,2025-06-30
5,Dĩnh Trì,Xã Dĩnh Trì,commune,213,,2025-06-30
6,Anh Sơn,Xã Anh Sơn,commune,213,,2025-06-30
"""
CROSSWALK = "old_code,new_code\n1,91\n2,91\n2,92\n"


@pytest.fixture
def units(app):
    assert not import_units(csv.DictReader(io.StringIO(UNITS))).errors
    assert not import_crosswalk(csv.DictReader(io.StringIO(CROSSWALK))).errors
    return {unit.full_name: unit.id for unit in session().scalars(select(Unit))}


def operator():
    return Official(Role.ADMIN, frozenset(), 0, 0)


def names(query):
    return [unit.full_name for unit in session().scalars(query)]


@pytest.mark.parametrize(
    ("above", "reached"),
    [
        ("Tỉnh Bắc Giang", "Phường Ngô Quyền"),
        ("Thành phố Bắc Giang", "Xã Đồng Tâm"),
        ("Phường Bắc Giang", "Phường Ngô Quyền"),
        ("Phường Bắc Giang", "Xã Đồng Tâm"),
        ("Phường Đa Mai", "Xã Đồng Tâm"),
        ("Tỉnh Bắc Ninh", "Phường Ngô Quyền"),
        ("Xã An Bá", "Xã An Bá"),
    ],
)
def test_a_unit_reaches_itself_what_is_below_and_their_predecessors(units, above, reached):
    assert queries.reaches(units[above], units[reached])


@pytest.mark.parametrize(
    ("above", "other"),
    [
        ("Phường Ngô Quyền", "Phường Bắc Giang"),
        ("Phường Ngô Quyền", "Thành phố Bắc Giang"),
        ("Phường Đa Mai", "Phường Ngô Quyền"),
        ("Xã An Bá", "Xã Anh Sơn"),
        ("Tỉnh Bắc Giang", "Phường Bắc Giang"),
    ],
)
def test_a_unit_reaches_neither_its_successor_nor_its_neighbour(units, above, other):
    assert not queries.reaches(units[above], units[other])


@pytest.mark.parametrize(
    "words", ["bac giang ngo quyen", "Ngô Quyền", "QUYEN  ngo", "quyền thành phố ngô", "ngo giang"]
)
def test_a_unit_is_found_in_any_order_without_accents_and_by_its_district(units, words):
    assert names(queries.matching(operator(), words)) == ["Phường Ngô Quyền"]


def test_signs_of_the_search_language_find_nothing_by_accident(units):
    assert names(queries.matching(operator(), "%")) == []
    assert names(queries.matching(operator(), "_")) == []


def test_units_stand_in_vietnamese_order(units):
    listed = [name.removeprefix("Xã ") for name in names(queries.matching(operator(), "xa"))]
    assert listed == ["An Bá", "Anh Sơn", "Ẩn Mình", "Dĩnh Trì", "Đồng Tâm"]


def test_nobody_but_the_operator_sees_what_lies_outside(units):
    ward = Official(Role.COMMUNE, frozenset(), units["Phường Đa Mai"], 0)
    assert names(queries.matching(ward)) == ["Phường Đa Mai", "Xã Đồng Tâm"]
    assert queries.get_visible(ward, units["Xã An Bá"]) is None
