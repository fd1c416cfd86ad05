"""“Đơn vị của tôi”: what a unit says of itself, and the units below it."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from portal.core.database import session, write
from portal.features.org_units.models import Unit
from portal.policy.roles import Duty, Role
from tests.support import surveyed
from tests.support.officials import PLACES


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def signed_in(place, client):
    def sign_in(name: str, role: Role, *duties: Duty):
        client.sign_in(surveyed.account(place, name, role, frozenset(duties or {Duty.DRAFT})))
        return client

    return sign_in


def unit(place, name):
    return f"/don-vi/{place[name].id}"


def test_everybody_comes_to_the_own_unit(signed_in, place):
    page = signed_in("Xã 1", Role.COMMUNE).page("/don-vi")
    assert (page.path, page.h1) == (unit(place, "Xã 1"), "Xã 1")
    assert "chưa ghi" in page.text


def test_the_province_opens_every_unit_below(signed_in, place):
    page = signed_in("Tỉnh", Role.PROVINCE).page("/don-vi")
    assert [row[0] for row in page.rows(1)][1:] == ["Huyện A", "Xã 1", "Xã 2", "Huyện B", "Xã 3"]
    assert page.follow("Xã 3").h1 == "Xã 3"


@pytest.mark.parametrize("duty", [Duty.CLERK, Duty.APPROVE])
def test_who_may_not_choose_is_told_who_can(signed_in, place, duty):
    surveyed.account(place, "Huyện A", Role.DISTRICT, frozenset({duty}))
    text = signed_in("Xã 1", Role.COMMUNE, Duty.INSPECT).page(unit(place, "Xã 1")).text
    assert "tài khoản của đồng chí không có" in text
    assert ("Nhờ: Cán bộ Huyện A (" in text) == (duty == Duty.CLERK)
    assert ("nhờ quản trị Cổng giao phần việc" in text) == (duty == Duty.APPROVE)


def test_a_foreign_unit_is_not_there(signed_in, place):
    signed_in("Xã 1", Role.COMMUNE).page(unit(place, "Xã 2"), status=404)


def test_a_unit_notes_its_people_and_households(signed_in, place):
    page = signed_in("Xã 1", Role.COMMUNE).page("/don-vi").follow("Sửa số dân, số hộ")
    page = page.submit("Lưu", population="8.421", households="2 105")
    assert "Đã lưu" in page.text
    assert (place["Xã 1"].population, place["Xã 1"].households) == (8421, 2105)
    assert "8.421" in page.text


def test_what_is_no_number_stays_where_it_was_typed(signed_in, place):
    page = signed_in("Xã 1", Role.COMMUNE).page(f"{unit(place, 'Xã 1')}/so-lieu")
    page = page.submit("Lưu", population="khoảng 8 nghìn", households="9000")
    assert page.status == 422
    assert "“khoảng 8 nghìn” chưa đúng: ghi một số nguyên" in page.text
    assert page.form("Lưu").fields["population"] == "khoảng 8 nghìn"


def test_whoever_saves_second_is_told_first(signed_in, place):
    page = signed_in("Xã 1", Role.COMMUNE).page(f"{unit(place, 'Xã 1')}/so-lieu")
    with write():
        session().get_one(Unit, place["Xã 1"].id).population = 8000
    page = page.submit("Lưu", population="9.000", households="")
    assert page.status == 409
    assert "8.000" in page.text
    page.submit("Lưu")
    assert place["Xã 1"].population == 9000


def test_who_neither_drafts_nor_is_clerk_only_reads(signed_in, place):
    client = signed_in("Xã 1", Role.COMMUNE, Duty.INSPECT)
    page = client.page("/don-vi")
    assert "Thêm điểm" not in page.text
    client.page(f"{page.path}/so-lieu", status=403)


def test_figures_of_many_units_are_pasted_and_mended_in_place(signed_in, place):
    client = signed_in("Tỉnh", Role.PROVINCE)
    page = client.page("/don-vi").follow("Nhập số dân, số hộ")
    text = f"Mã đơn vị\tDân số\tSố hộ\n{place['Xã 1'].code}\t8.000\t2.000\n9\t1\t1\n"
    page = page.submit("Kiểm tra bảng", text=text + "\t4000\tnhiều\n")
    assert page.status == 422
    assert "Không có đơn vị mã 9 ở đây" in page.text
    assert place["Xã 1"].population is None
    page = page.submit("Kiểm tra lại", **{
        "cell-2-code": "", "cell-2-unit": "xa 2", "cell-2-population": "50",
        "cell-3-unit": "Xã 3", "cell-3-households": "900",
    })  # fmt: skip
    page = page.submit("Lưu số liệu của 3 đơn vị")
    assert "Đã lưu số liệu mới của 3 đơn vị" in page.text
    assert [place[name].households for name in ("Xã 1", "Xã 2", "Xã 3")] == [2000, 1, 900]


def test_the_workbook_of_figures_can_be_filled_in_and_sent_back(signed_in, place):
    client = signed_in("Huyện A", Role.DISTRICT)
    content = client.get(f"{unit(place, 'Huyện A')}/so-lieu.xlsx").data
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["Mã đơn vị", "Đơn vị", "Thuộc", "Dân số", "Số hộ"]
    assert [row[1] for row in rows[1:]] == ["Xã 1", "Xã 2"]
    page = client.page(f"{unit(place, 'Huyện A')}/so-lieu/nhap")
    page = page.submit("Kiểm tra bảng", file=(BytesIO(content), "bang.xlsx"))
    assert "dòng nào cũng đúng" in page.text


def test_what_is_missing_below_can_be_listed(signed_in, place):
    with write():
        first = session().get_one(Unit, place["Xã 1"].id)
        first.population, first.households = 8000, 2000
    client = signed_in("Huyện A", Role.DISTRICT)
    page = client.page(f"{unit(place, 'Huyện A')}?thieu=so-lieu")
    assert [row[0] for row in page.rows(1)][1:] == ["Xã 2, Huyện A"]
    page = client.page(f"{unit(place, 'Huyện A')}?tim=khong+co")
    assert "Không có đơn vị nào như vậy" in page.text


def test_the_operator_looks_after_every_unit(signed_in, place):
    page = signed_in("Tỉnh", Role.ADMIN).page(unit(place, "Xã 3")).follow("Sửa số dân, số hộ")
    page.submit("Lưu", population="100", households="30")
    assert place["Xã 3"].households == 30
