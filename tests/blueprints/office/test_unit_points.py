"""The points in a commune, as those who look after them see them."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from portal.features.org_units import points
from portal.policy.roles import Duty, Role
from tests.support import surveyed
from tests.support.officials import PLACES


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def commune(place, client):
    duties = frozenset({Duty.DRAFT, Duty.APPROVE, Duty.CLERK})
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE, duties))
    return client


def names(place, unit="Xã 1"):
    return [(one.kind, one.name, one.households) for one in points.listed(place[unit].id)]


def test_a_commune_adds_a_point(commune, place):
    page = commune.page("/don-vi").follow("Hoặc thêm từng điểm")
    page = page.submit("Thêm điểm", kind="group", name="Tổ dân phố số 3", households="152")
    assert "Đã thêm “Tổ dân phố số 3”" in page.text
    assert names(place) == [("group", "Tổ dân phố số 3", 152)]


def test_a_point_without_kind_or_with_a_taken_name_is_told_so_beside_the_field(commune, place):
    page = commune.page(f"/don-vi/{place['Xã 1'].id}/diem/them")
    page = page.submit("Thêm điểm", kind="", name="Thôn Hạ", households="")
    assert page.status == 422
    assert "Chưa chọn loại điểm" in page.text
    assert page.form("Thêm điểm").fields["name"] == "Thôn Hạ"
    page.submit("Thêm điểm", kind="village")
    page = commune.page(f"/don-vi/{place['Xã 1'].id}/diem/them")
    page = page.submit("Thêm điểm", kind="village", name="Thôn Hạ")
    assert "Xã này đã có điểm tên như vậy" in page.text


def test_a_point_ends_with_a_reason_and_comes_back(commune, place):
    page = commune.page(f"/don-vi/{place['Xã 1'].id}/diem/them")
    page = page.submit("Thêm điểm", kind="village", name="Thôn Hạ").follow("Thôn Hạ")
    assert page.submit("Ngừng điểm", reason=" ").status == 422
    page = page.submit("Ngừng điểm", reason="Sáp nhập vào thôn Thượng")
    assert "1 điểm đã ngừng" in page.text
    assert names(place) == []
    page.submit("Mở lại")
    assert names(place) == [("village", "Thôn Hạ", None)]


def test_a_list_is_pasted_looked_at_and_taken_whole(commune, place):
    page = commune.page("/don-vi").follow("Dán từ Excel")
    rows = "Tên điểm\tSố hộ\nThôn Thượng\t120\nNhà văn hóa thôn Thượng\t\nKia\tba\n"
    page = page.submit("Kiểm tra bảng", text=rows)
    assert page.status == 422
    assert "Chưa ghi loại, và tên không nói rõ loại" in page.text
    assert names(place) == []
    cells = {"cell-3-kind": "Tổ dân phố", "cell-3-households": "30"}
    page = page.submit("Kiểm tra lại", **cells)
    assert "Sẽ thêm 3 điểm" in page.text
    page.submit("Lưu 3 điểm")
    assert names(place) == [
        ("village", "Thôn Thượng", 120), ("group", "Kia", 30),
        ("cultural_house", "Nhà văn hóa thôn Thượng", None),
    ]  # fmt: skip


def test_pressing_twice_adds_nothing_twice(commune, place):
    page = commune.page(f"/don-vi/{place['Xã 1'].id}/diem/nhap")
    page = page.submit("Kiểm tra bảng", text="Thôn\tThôn Hạ\t10\nThôn\tThôn Trung\t20")
    form = page.form("Lưu 2 điểm")
    for _ in range(2):
        form.submit("Lưu 2 điểm")
    assert len(names(place)) == 2


def test_the_workbook_comes_back_as_it_went(commune, place):
    page = commune.page(f"/don-vi/{place['Xã 1'].id}/diem/nhap")
    page = page.submit("Kiểm tra bảng", text="Thôn\tThôn Hạ\t10").submit("Lưu 1 điểm")
    content = commune.get(f"/don-vi/{place['Xã 1'].id}/diem.xlsx").data
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows == [["Loại điểm", "Tên điểm", "Số hộ"], ["Thôn, bản", "Thôn Hạ", 10]]
    page = commune.page(f"/don-vi/{place['Xã 1'].id}/diem/nhap")
    page = page.submit("Kiểm tra bảng", file=(BytesIO(content), "diem.xlsx"))
    assert "giữ nguyên 1" in page.text


def test_a_district_brings_in_the_points_of_its_communes(place, client):
    client.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT, frozenset({Duty.CLERK})))
    page = client.page("/don-vi").follow("Nhập điểm của các xã")
    heads = "Xã\tLoại điểm\tTên điểm\tSố hộ\n"
    page = page.submit("Kiểm tra bảng", text=f"{heads}Xã 1\tThôn\tA\t1\nXã 3\tThôn\tB\t1\n")
    assert "Không có đơn vị “Xã 3” ở đây" in page.text
    page = page.submit("Kiểm tra lại", **{"cell-2-unit": "xã 2"}).submit("Lưu 2 điểm")
    assert (names(place), names(place, "Xã 2")) == (
        [("village", "A", 1)], [("village", "B", 1)],
    )  # fmt: skip


def test_a_neighbour_cannot_touch_a_point(commune, place, client):
    point = points.add(_Doer(), place["Xã 3"].id, points.Described("village", "Thôn Xa"))
    assert client.get(f"/don-vi/diem/{point.id}").status_code == 404


class _Doer:
    user_id, display_name = 1, "Cán bộ"
