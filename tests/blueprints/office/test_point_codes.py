"""Codes of points: issued, listed below their units, exchanged; and trying a code by phone."""

from datetime import date

import pytest

from portal.core.database import write
from portal.features.campaigns import code_queries, issuing, services
from portal.features.campaigns.codes import grouped
from portal.policy.roles import Duty, Role
from tests.support import drafted, placed, surveyed
from tests.support.officials import PLACES


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def points(place):
    return [placed.point(place["Xã 1"], name) for name in ("Thôn Đông", "Thôn Tây")]


@pytest.fixture
def campaign(place, points):
    return drafted.announced(place)


@pytest.fixture
def commune(place, client):
    user = surveyed.account(place, "Xã 1", Role.COMMUNE)
    client.sign_in(user)
    return user


def unit_page(campaign, place) -> str:
    return f"/dot-khao-sat/{campaign.id}/ma-qr/{place['Xã 1'].id}"


def issued(client, campaign, place):
    client.page(unit_page(campaign, place)).submit("Cấp mã cho các điểm")
    return code_queries.of_points(campaign.id)


def test_a_commune_gives_its_points_codes_of_their_own(client, campaign, place, commune):
    page = client.page(unit_page(campaign, place)).submit("Cấp mã cho các điểm")
    assert "Đã cấp mã riêng cho 2 điểm" in page.text
    assert [row[0] for row in page.rows()][1:] == ["Thôn Đông", "Thôn Tây"]
    assert "Cấp mã cho các điểm" not in page.buttons


def test_issuing_again_makes_only_what_is_missing(client, campaign, place, commune):
    before = {code.code for code in issued(client, campaign, place)}
    placed.point(place["Xã 1"], "Thôn Bắc")
    after = {code.code for code in issued(client, campaign, place)}
    assert before < after
    assert len(after) == 3


def test_a_code_of_a_point_has_a_page_and_leads_to_the_form(client, campaign, place, commune):
    code = issued(client, campaign, place)[0]
    page = client.page(unit_page(campaign, place)).follow("Thôn Đông")
    assert page.h1 == "Mã QR Thôn Đông, xã 1"
    assert grouped(code.code) in page.text
    client.sign_out()
    assert "Xã 1" in client.page(f"/{code.code}").text


def test_a_code_of_a_point_is_exchanged_with_a_reason(client, campaign, place, commune):
    old = issued(client, campaign, place)[0].code
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.DRAFT})))
    page = client.page(unit_page(campaign, place)).follow("Thôn Đông")
    page = page.submit("Đổi mã", reason="Tờ giấy bị xé")
    assert page.h1 == "Mã QR Thôn Đông, xã 1"
    assert old in page.text
    gone = client.page(f"/{old}", status=410)
    assert "Tờ giấy bị xé" in gone.text
    assert "Xin tìm tờ áp phích mới" in gone.text


def test_the_unit_keeps_its_own_code_when_a_point_is_exchanged(client, campaign, place, commune):
    own = services.live_code(campaign.id, place["Xã 1"].id).code
    issued(client, campaign, place)
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.DRAFT})))
    client.page(unit_page(campaign, place)).follow("Thôn Đông").submit("Đổi mã", reason="x")
    assert services.live_code(campaign.id, place["Xã 1"].id).code == own


def test_the_list_shows_points_below_their_unit(client, campaign, place, commune):
    issued(client, campaign, place)
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    page = client.page(f"/dot-khao-sat/{campaign.id}/ma-qr")
    assert [row[0] for row in page.rows()][:6] == [
        "Xã", "Huyện A 2 xã", "Xã 1", "Thôn Đông", "Thôn Tây", "Xã 2",
    ]  # fmt: skip


def test_a_point_of_another_unit_is_not_there(client, campaign, place, points, commune):
    issued(client, campaign, place)
    foreign = f"/dot-khao-sat/{campaign.id}/ma-qr/{place['Xã 2'].id}"
    point = points[0].id
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    for address in (foreign, f"{foreign}/ma.png", f"{foreign}/in.pdf", f"{foreign}/quet-thu"):
        assert client.get(f"{address}?diem={point}").status_code == 404


def test_codes_are_not_issued_at_a_unit_out_of_reach(client, campaign, place, commune):
    token = client.page(unit_page(campaign, place)).form("/dang-xuat").fields["csrf_token"]
    data = {"csrf_token": token, "don-vi": str(place["Xã 3"].id)}
    answer = client.post(f"/dot-khao-sat/{campaign.id}/ma-qr/cap-cho-diem", data=data)
    assert answer.status_code == 404


def test_whoever_only_inspects_issues_and_ticks_nothing(client, campaign, place):
    reader = surveyed.account(place, "Xã 1", Role.COMMUNE, frozenset({Duty.INSPECT}))
    client.sign_in(reader)
    page = client.page(unit_page(campaign, place))
    assert "Cấp mã cho các điểm" not in page.buttons
    assert client.get(f"{page.path}/quet-thu").status_code == 403


def test_a_scanned_code_is_ticked_by_its_last_signs(client, campaign, place, commune):
    code = services.live_code(campaign.id, place["Xã 1"].id)
    page = client.page(unit_page(campaign, place)).follow("Quét thử")
    assert code.code not in page.text
    page = page.submit("Ghi đã quét thử", typed=code.code[-4:].upper())
    assert "quét được" in page.text
    assert "Cán bộ Xã 1" in page.text
    assert code.tested_on is not None


def test_another_code_on_the_phone_is_no_tick_and_what_was_typed_stays(
    client, campaign, place, commune
):
    other = services.live_code(campaign.id, place["Xã 2"].id)
    page = client.page(f"{unit_page(campaign, place)}/quet-thu")
    page = page.submit("Ghi đã quét thử", typed=f"localhost/{other.code}")
    assert page.status == 422
    assert "Không phải địa chỉ của mã này" in page.text
    assert page.form("Ghi đã quét thử").fields["typed"] == f"localhost/{other.code}"


def test_codes_nobody_has_tried_are_listed_alone(client, campaign, place):
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    code = services.live_code(campaign.id, place["Xã 1"].id)
    tried = client.page(f"{unit_page(campaign, place)}/quet-thu")
    tried.submit("Ghi đã quét thử", typed=code.code)
    page = client.page(f"/dot-khao-sat/{campaign.id}/ma-qr?xem=chua-thu")
    assert "Chưa quét thử (2)" in page.text
    assert "Xã 1" not in [row[0] for row in page.rows()]


def test_a_used_code_says_so_on_its_page_and_on_the_commune_s_home(client, place, commune):
    campaign = surveyed.campaign(place)
    with write() as current:
        [code] = issuing.issue(current, campaign.id, [(place["Xã 1"].id, None)])
        code.used_on = date(2026, 5, 7)
    assert "Có lượt từ 07/05/2026" in client.page(unit_page(campaign, place)).text
    assert "ghi nhận ngày 07/05/2026" in client.page("/xa").text


def test_a_code_nobody_has_used_for_days_is_pointed_out(client, place, commune):
    campaign = surveyed.campaign(place, opens_in=-6, days=20)
    with write() as current:
        for unit in ("Xã 1", "Xã 2"):
            [code] = issuing.issue(current, campaign.id, [(place[unit].id, None)])
            code.issued_on = None
    assert "chưa có lượt nào sau 3 ngày mở" in client.page(unit_page(campaign, place)).text
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    page = client.page(f"/dot-khao-sat/{campaign.id}/ma-qr").follow("Xem các mã này")
    assert [row[0] for row in page.rows()] == ["Xã", "Huyện A 2 xã", "Xã 1", "Xã 2"]
