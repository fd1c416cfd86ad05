"""People and households of units, one by one and by a table."""

import json

import pytest
from sqlalchemy import select

from portal.core import pasting
from portal.core.database import session, write
from portal.core.errors import Invalid, Stale
from portal.features.audit.models import AuditEntry
from portal.features.org_units import figures
from portal.features.org_units.figures import Figures, count_of
from portal.features.org_units.models import Unit
from tests.support import surveyed
from tests.support.officials import PLACES

UNKNOWN = Figures(None, None)


class Doer:
    user_id, display_name = 1, "Cán bộ"


DOER = Doer()


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


def table(text):
    return pasting.read_text(text, figures.COLUMNS)


def said(found, kind):
    return {
        (row.number, name): one.message % one.values
        for row in found.rows for name, one in getattr(row, kind).items()
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "count"),
    [("1234", 1234), ("1.234", 1234), ("12 345", 12345), ("1,234,567", 1234567), ("", None),
     ("–", None), ("0", 0)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text, count):
    assert count_of(text) == count


@pytest.mark.parametrize("text", ["12.5", "1.2345", "-3", "nghìn", "1.234,567", "99999999999", "²"])
def test_what_is_no_count_is_refused(text):
    with pytest.raises(ValueError, match="số"):
        count_of(text)


def test_there_are_never_more_households_than_people(place):
    with pytest.raises(Invalid) as invalid:
        figures.set_figures(DOER, place["Xã 1"].id, Figures(10, 11), UNKNOWN)
    assert list(invalid.value.errors) == ["households"]


def test_who_did_not_see_what_is_stored_does_not_overwrite_it(place):
    unit = place["Xã 1"]
    assert figures.set_figures(DOER, unit.id, Figures(100, 30), UNKNOWN)
    assert not figures.set_figures(DOER, unit.id, Figures(100, 30), UNKNOWN)
    with pytest.raises(Stale):
        figures.set_figures(DOER, unit.id, Figures(120, 30), UNKNOWN)
    assert Figures.of(unit) == Figures(100, 30)


def test_what_changed_is_recorded_before_and_after(place):
    unit = place["Xã 1"]
    figures.set_figures(DOER, unit.id, Figures(100, 30), UNKNOWN)
    figures.set_figures(DOER, unit.id, Figures(110, 30), Figures(100, 30))
    last = session().scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert (last.action, last.unit_id) == ("unit:figures_changed", unit.id)
    assert json.loads(last.changes) == {"population": [100, 110]}


def test_units_are_known_by_code_and_by_name_and_only_below(place):
    code = place["Xã 1"].code
    text = (
        f"{code}\tXã 2\t\t1\t1\n{code}\t\t\t1\t1\n{code}\txã 1\t\t2\t2\n\tHuyện B\t\t5\t\n\t\t\t1\t"
    )
    found = figures.checked(place["Huyện A"].id, table(text))
    assert said(found, "faults") == {
        (1, "unit"): f"Mã {code} là Xã 1.",
        (3, "code"): "Đơn vị này đã có ở dòng 2.",
        (4, "unit"): "Không có đơn vị “Huyện B” ở đây.",
        (5, "code"): "Chưa ghi mã hoặc tên đơn vị.",
    }
    assert said(found, "notes") == {(2, "code"): "Xã 1"}


def test_names_that_two_have_need_the_unit_above(place):
    with write():
        for name in ("Xã 1", "Xã 3"):
            unit = session().get_one(Unit, place[name].id)
            unit.name, unit.full_name = "Tân An", "Xã Tân An"
    found = figures.checked(place["Tỉnh"].id, table("\ttan an\t\t5\t\n\tTân An\thuyện B\t7\t2"))
    assert list(said(found, "faults")) == [(1, "unit")]
    assert "Có 2 đơn vị" in said(found, "faults")[1, "unit"]
    assert "mã" in said(found, "notes")[2, "unit"]


def test_an_empty_cell_keeps_what_stands_and_a_new_number_shows_the_old_one(place):
    unit = place["Xã 1"]
    figures.set_figures(DOER, unit.id, Figures(8000, 2000), UNKNOWN)
    text = f"{unit.code}\t\t\t8.100\t\n"
    assert said(figures.checked(place["Tỉnh"].id, table(text)), "notes")[1, "population"] == (
        "trước là 8.000"
    )
    assert figures.take(DOER, place["Tỉnh"].id, table(text)) == 1
    assert Figures.of(unit) == Figures(8100, 2000)


def test_a_table_with_one_fault_changes_nothing(place):
    text = f"{place['Xã 1'].code}\t\t\t8.000\t\n{place['Xã 2'].code}\t\t\t10\t11"
    with pytest.raises(Invalid):
        figures.take(DOER, place["Tỉnh"].id, table(text))
    assert Figures.of(place["Xã 1"]) == UNKNOWN
