"""Points in communes: how words are understood, and what a table of them becomes."""

import time

import pytest
from sqlalchemy import func, select

from portal.core import pasting
from portal.core.database import session
from portal.core.errors import Invalid, Refused, Stale
from portal.features.audit.models import AuditEntry
from portal.features.org_units import point_list, points
from portal.features.org_units.kinds import POINT_LABELS, PointKind
from portal.features.org_units.models import Point
from portal.features.org_units.points import Described
from tests.support import surveyed
from tests.support.officials import PLACES


class Doer:
    user_id, display_name = 1, "Cán bộ"


DOER = Doer()


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


def table(unit, text):
    return pasting.read_text(text, point_list.columns(unit))


def checked(unit, text):
    return point_list.checked(unit, table(unit, text))


def faults(found):
    return {
        (row.number, name): one.message % one.values
        for row in found.table.rows for name, one in row.faults.items()
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Thôn Đồng Cống", "village"), ("bản Vua Bà", "village"), ("TDP số 4", "group"),
        ("Tổ 7", "group"), ("Khu phố 3", "group"), ("Nhà văn hóa thôn Hạ", "cultural_house"),
        ("Bộ phận tiếp nhận và trả kết quả", "one_stop"), ("Tổ dân vận cộng đồng 2", "team"),
        ("Trụ sở UBND", "office"), ("Trang Facebook của xã", "online"), ("khác", "other"),
        ("Hội trường", None), ("Bảng tin", None),
    ],
)  # fmt: skip
def test_a_kind_is_known_by_how_a_name_begins(words, kind):
    assert points.kind_of(words) == kind


def test_every_kind_is_known_by_its_own_name():
    assert [points.kind_of(label) for label in POINT_LABELS.values()] == list(PointKind)


def test_a_point_belongs_to_a_commune(place):
    with pytest.raises(Refused):
        points.add(DOER, place["Huyện A"].id, Described("village", "Thôn Hạ"))


def test_the_name_of_an_ended_point_is_not_given_twice(place):
    point = points.add(DOER, place["Xã 1"].id, Described("village", "Thôn Hạ"))
    points.end(DOER, point.id, "Sáp nhập")
    assert points.listed(place["Xã 1"].id) == []
    with pytest.raises(Invalid) as invalid:
        points.add(DOER, place["Xã 1"].id, Described("village", "Thôn Hạ"))
    assert "mở lại" in invalid.value.errors["name"]
    with pytest.raises(Refused):
        points.end(DOER, point.id, "Lần nữa")
    points.reopen(DOER, point.id)
    assert [one.name for one in points.listed(place["Xã 1"].id)] == ["Thôn Hạ"]


def test_a_point_described_by_two_at_once_is_told_to_the_second(place):
    first = Described("village", "Thôn Hạ", 10)
    point = points.add(DOER, place["Xã 1"].id, first)
    points.change(DOER, point.id, Described("village", "Thôn Hạ", 12), first)
    with pytest.raises(Stale):
        points.change(DOER, point.id, Described("village", "Thôn Hạ", 15), first)
    assert point.households == 12


def test_villages_come_first_and_numbers_count(place):
    for kind, name in [("one_stop", "Một cửa"), ("group", "Tổ 10"), ("group", "Tổ 2"),
                       ("village", "Thôn Vàng")]:  # fmt: skip
        points.add(DOER, place["Xã 1"].id, Described(kind, name))
    listed = [one.name for one in points.listed(place["Xã 1"].id)]
    assert listed == ["Thôn Vàng", "Tổ 2", "Tổ 10", "Một cửa"]
    assert points.counted([place["Xã 1"].id, place["Xã 2"].id]) == {place["Xã 1"].id: 4}


def test_each_wrong_cell_says_why(place):
    long = "Thôn " + "a" * 130
    found = checked(
        place["Xã 1"], f"Tháp\tA\t1\nThôn\t\t1\nThôn\t{long}\t1\nThôn\tB\t-3\nThôn\tb\t1\n"
    )
    assert faults(found) == {
        (1, "kind"): "Không có loại “Tháp”.", (2, "name"): points.NO_NAME,
        (3, "name"): points.TOO_LONG,

        (4, "households"): "“-3” chưa đúng: ghi một số nguyên, từ 0 trở lên.",
        (5, "name"): "Điểm này đã có ở dòng 4.",
    }  # fmt: skip
    assert session().scalar(select(func.count(Point.id))) == 0


def test_a_table_brings_what_is_known_in_line(place):
    unit = place["Xã 1"]
    old = points.add(DOER, unit.id, Described("village", "Thôn Hạ", 10))
    points.end(DOER, points.add(DOER, unit.id, Described("village", "Thôn Cũ", 5)).id, "Sai")
    same = points.add(DOER, unit.id, Described("group", "Tổ 1", 7))
    text = "Thôn\tTHÔN HẠ\t12\nThôn\tThôn Cũ\t\nTổ dân phố\tTổ 1\t\nThôn\tThôn Mới\t1.000\n"
    found = checked(unit, text)
    assert [one.fate for one in found.entries] == ["changed", "reopened", "unchanged", "added"]
    fates = point_list.take(DOER, unit, table(unit, text))
    assert fates == {"changed": 1, "reopened": 1, "unchanged": 1, "added": 1}
    assert (old.name, old.households, same.households) == ("THÔN HẠ", 12, 7)
    assert [one.name for one in points.listed(unit.id)] == [
        "Thôn Cũ", "THÔN HẠ", "Thôn Mới", "Tổ 1",
    ]  # fmt: skip
    entry = session().scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert (entry.action, entry.changes) == ("points:imported", '{"added": 1, "changed": 2}')


def test_a_wrong_table_is_not_taken_at_all(place):
    with pytest.raises(Invalid):
        point_list.take(DOER, place["Xã 1"], table(place["Xã 1"], "Thôn\tA\t1\nThôn\tB\tx\n"))
    assert points.listed(place["Xã 1"].id) == []


def test_above_the_communes_a_row_says_which(place):
    text = "Xã\tHuyện\tTên điểm\nXã 1\tHuyện A\tThôn A\nXã 1\tHuyện B\tThôn B\nHuyện A\t\tThôn C\n"
    found = checked(place["Tỉnh"], text)
    assert [entry.unit.name for entry in found.entries] == ["Xã 1"]
    assert set(faults(found)) == {(2, "unit"), (3, "unit")}


def test_two_thousand_points_are_checked_within_two_seconds(place):
    rows = "".join(f"Xã {1 + n % 3}\tThôn\tThôn {n}\t{n}\n" for n in range(2000))
    asked = table(place["Tỉnh"], "Xã\tLoại\tTên\tSố hộ\n" + rows)
    began = time.perf_counter()
    assert not point_list.checked(place["Tỉnh"], asked).table.faults
    assert time.perf_counter() - began < 2
