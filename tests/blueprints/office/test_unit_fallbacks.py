"""Naming who stands in, for one unit and for all below by a rule."""

import pytest
from sqlalchemy import select

from portal.core.database import session, write
from portal.core.text import fold, sort_key
from portal.features.audit.services import OPERATOR
from portal.features.org_units import fallbacks
from portal.features.org_units.models import BodyFallback, Organisation
from portal.policy.roles import Duty, Role
from tests.support import surveyed
from tests.support.officials import PLACES


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


def add(place, unit, kind, name=""):
    name = name or f"{kind} {unit}"
    with write() as current:
        body = Organisation(unit_id=place[unit].id, kind=kind, name=name, folded=fold(name),
                            sort_key=sort_key(name))  # fmt: skip
        current.add(body)
    return body


@pytest.fixture
def province(place, client):
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.CLERK})))
    return client


def named(place):
    rows = session().scalars(select(BodyFallback).order_by(BodyFallback.unit_id))
    return {row.unit.name: (row.kind, row.organisation.name) for row in rows}


def test_a_commune_names_who_does_what_nobody_there_does(place, client):
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))
    block = add(place, "Xã 1", "mass_mobilisation", "Khối Dân vận")
    page = client.page("/don-vi")
    assert ["Hội Nông dân", "không có", "Chưa có ai"] in page.rows()
    page = page.follow("Chọn nơi làm thay").submit("Lưu", **{"noi-farmers": str(block.id)})
    assert ["Hội Nông dân", "Khối Dân vận", "Làm thay"] in page.rows()
    assert named(place) == {"Xã 1": ("farmers", "Khối Dân vận")}
    page.follow("Chọn nơi làm thay").submit("Lưu", **{"noi-farmers": ""})
    assert named(place) == {}


def test_neither_the_operator_nor_the_province_is_offered_to_a_commune(place, client):
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))
    for unit, kind in (("Xã 1", "operator"), ("Tỉnh", "mass_mobilisation"), ("Huyện A", "front")):
        add(place, unit, kind)
    kept = add(place, "Tỉnh", "party", "Tỉnh ủy")
    offered = fallbacks.offered(place["Xã 1"])
    kinds = {(at.name, body.kind) for at, found in offered for body in found}
    assert ("Huyện A", "front") in kinds
    assert not {kind for kind in kinds if kind[0] == "Tỉnh" or kind[1] == "operator"}
    with write() as current:
        fallbacks.put(current, OPERATOR, place["Xã 1"], "farmers", kept.id)
    [(_at, still)] = [one for one in fallbacks.offered(place["Xã 1"]) if one[0].name == "Tỉnh"]
    assert [body.id for body in still] == [kept.id]


def test_a_body_of_another_place_cannot_be_named(place, client):
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))
    foreign = add(place, "Xã 2", "front")
    page = client.page(f"/don-vi/{place['Xã 1'].id}/lam-thay")
    form = page.form("Lưu")
    fields = {**form.fields, "noi-farmers": str(foreign.id)}
    answer = client.post(page.path, data=fields)
    assert answer.status_code == 422
    assert "Chọn một nơi có trong danh sách" in answer.text
    assert named(place) == {}


def test_a_rule_is_looked_at_before_it_names_anybody(place, province):
    add(place, "Xã 1", "farmers")
    add(place, "Xã 2", "mass_mobilisation", "Khối Dân vận Xã 2")
    page = province.page("/don-vi").follow("Quy tắc làm thay")
    page = page.submit("Xem trước", thieu="farmers", thay="k:mass_mobilisation")
    assert "Sẽ ghi ở 1 đơn vị. 1 đơn vị có Hội Nông dân" in page.text
    assert "1 đơn vị vẫn chưa có ai" in page.text
    assert named(place) == {}
    page = page.submit("Ghi ở 1 đơn vị")
    assert "Đã ghi nơi làm thay ở 1 đơn vị" in page.text
    assert named(place) == {"Xã 2": ("farmers", "Khối Dân vận Xã 2")}


def test_a_rule_keeps_what_was_chosen_unless_told_otherwise(place, province):
    front = add(place, "Xã 1", "front", "Mặt trận Xã 1")
    home = f"/don-vi/{place['Xã 1'].id}"
    province.page(f"{home}/lam-thay").submit("Lưu", **{"noi-farmers": str(front.id)})
    page = province.page(f"/don-vi/{place['Huyện A'].id}/quy-tac-lam-thay")
    whole = {"thieu": "farmers", "thay": "k:committee"}
    page = page.submit("Xem trước", **whole).submit("Ghi ở 1 đơn vị")
    assert named(place)["Xã 1"] == ("farmers", "Mặt trận Xã 1")
    page = province.page(f"/don-vi/{place['Huyện A'].id}/quy-tac-lam-thay")
    page = page.submit("Xem trước", **whole, **{"ca-noi-da-chon": "1"})
    page.submit("Ghi ở 1 đơn vị")
    assert named(place)["Xã 1"] == ("farmers", "Ban Xã 1")


def test_a_rule_that_names_nobody_says_so_beside_its_fields(place, province):
    page = province.page(f"/don-vi/{place['Tỉnh'].id}/quy-tac-lam-thay")
    page = page.submit("Xem trước", thieu="", thay="")
    assert page.status == 422
    assert "Chưa chọn tổ chức" in page.text
    page = page.submit("Xem trước", thieu="farmers", thay="k:farmers")
    assert "Nơi làm thay phải khác nơi được thay" in page.text


def test_a_province_without_districts_names_who_does_their_work(app, client):
    place = surveyed.province({"": ["Xã 1"]})
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.DRAFT})))
    front = add(place, "Tỉnh", "front", "Mặt trận tỉnh")
    page = client.page(f"/don-vi/{place['Tỉnh'].id}/lam-thay")
    page = page.submit("Lưu", **{"noi-district:farmers": str(front.id)})
    assert ["Hội Nông dân cấp huyện", "Mặt trận tỉnh", "Làm thay"] in page.rows()
    [row] = fallbacks.of_tier(place["Tỉnh"].id, "district", ["farmers"])
    assert row.organisation.name == "Mặt trận tỉnh"
