"""A letterhead is set once by the clerk, seen as it prints, and never overwritten unseen."""

import pytest

from portal.core.database import session
from portal.features.documents import letterheads
from portal.features.documents.models import Letterhead
from portal.features.org_units import queries as org_units
from portal.policy.roles import Duty, Role
from tests.support import numbered, surveyed
from tests.support.officials import PLACES

PARTY = {
    "regime": "party", "parent_name": "TỈNH ỦY MẪU", "issuer_name": "BCĐ THỰC HIỆN QCDC TỈNH",
    "symbol": " / B CĐ", "place": "Mẫu", "term": "2025 – 2030", "authority": "",
    "titles": "TRƯỞNG BAN\nBÍ THƯ", "signer": "Người Ký Mẫu",
}  # fmt: skip


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def seat(place):
    [found] = org_units.organisations([place["Tỉnh"].id])
    return found


@pytest.fixture
def clerk(place, client):
    user = surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.CLERK}))
    client.sign_in(user)
    return user


def test_a_clerk_sets_a_letterhead_and_sees_it_as_it_prints(client, clerk, seat):
    page = client.page("/the-thuc").follow("Đặt thể thức").submit("Lưu thể thức", **PARTY)
    assert "Đã lưu thể thức văn bản" in page.text
    stored = letterheads.of(seat.id)
    assert (stored.symbol, stored.term, stored.version) == ("BCĐ", "2025-2030", 1)
    for words in ("BCĐ THỰC HIỆN QCDC TỈNH", "ĐẢNG CỘNG SẢN VIỆT NAM", "01-KH/BCĐ", "TRƯỞNG BAN"):
        assert words in page.text


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(client, clerk, seat):
    form = client.page(f"/the-thuc/{seat.id}")
    page = form.submit("Lưu thể thức", **PARTY | {"symbol": "- /", "term": "nhiệm kỳ tới"})
    assert page.status == 422
    assert "Ký hiệu cơ quan: Mục này chưa được điền." in page.text
    assert "Nhiệm kỳ: Cơ quan của Đảng đánh số theo nhiệm kỳ" in page.text
    assert page.form("Lưu thể thức").fields["parent_name"] == "TỈNH ỦY MẪU"
    assert letterheads.of(seat.id) is None


def test_who_saves_second_sees_what_the_first_saved_and_decides(client, clerk, seat):
    mine = client.page(f"/the-thuc/{seat.id}")
    client.page(f"/the-thuc/{seat.id}").submit("Lưu thể thức", **PARTY)
    page = mine.submit("Lưu thể thức", **PARTY | {"signer": "Người Khác"})
    assert page.status == 409
    assert ["Họ tên người ký", "Người Ký Mẫu", "Người Khác"] in page.rows()
    assert letterheads.of(seat.id).signer == "Người Ký Mẫu"
    page.submit("Lưu thể thức")
    assert letterheads.of(seat.id).signer == "Người Khác"


def test_a_forged_regime_or_version_changes_nothing(client, clerk, seat, place):
    numbered.letterhead(place)
    form = client.page(f"/the-thuc/{seat.id}").form("Lưu thể thức")
    for forged in ({"regime": "king"}, {"version": "9"}, {"version": "x"}, {"signer": "a" * 51}):
        fields = dict(form.fields) | forged
        assert client.post(f"/the-thuc/{seat.id}", data=fields).status_code in {409, 422}
    assert letterheads.of(seat.id).version == 1


def test_only_the_clerk_may_set_it_and_the_youth_union_sees_its_own_alone(client, place, seat):
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.DRAFT})))
    assert "Đặt thể thức" not in [link.text for link in client.page("/the-thuc").links]
    client.page(f"/the-thuc/{seat.id}", status=403)
    client.sign_in(surveyed.account(place, "Xã 1", Role.YOUTH, frozenset({Duty.CLERK})))
    client.page(f"/the-thuc/{seat.id}", status=404)
    assert "Ban Xã 1" in client.page("/the-thuc").text


def test_the_letterhead_decides_period_and_symbol(app, place):
    from datetime import date

    day = date(2026, 1, 5)
    state, party = numbered.letterhead(place), numbered.letterhead(place, "Xã 1", "party")
    found = [
        letterheads.numbering(head, code, day)
        for head in (state, party)
        for code in ("ke_hoach", "cong_van")
    ]
    assert [(one.period, one.symbol) for one in found] == [
        ("2026", "/KH-UBND"), ("2026", "/UBND"),
        ("2025-2030", "-KH/BCĐ"), ("2025-2030", "-CV/BCĐ"),
    ]  # fmt: skip
    assert session().query(Letterhead).count() == 2
