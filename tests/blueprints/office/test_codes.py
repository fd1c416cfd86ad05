"""Codes of units: the list, the page of one, what is downloaded, exchanging it."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from python_calamine import CalamineWorkbook

from portal.features.campaigns import queries, services
from portal.features.campaigns.codes import grouped
from portal.policy.roles import Duty, Role
from tests.support import drafted, surveyed
from tests.support.officials import PLACES

STRANGE = {"X-Forwarded-Host": "xau.vn"}


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    return drafted.announced(place)


@pytest.fixture
def drafter(place, client):
    user = surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.DRAFT}))
    client.sign_in(user)
    return user


@pytest.fixture
def code(place, campaign):
    return services.live_code(campaign.id, place["Xã 1"].id)


def base(campaign) -> str:
    return f"/dot-khao-sat/{campaign.id}/ma-qr"


def names(client, address: str) -> list[str]:
    """Give the first cell of each row, head and rows of districts included."""
    return [row[0] for row in client.page(address).rows()]


def test_a_province_sees_every_code_and_a_district_its_own(client, place, campaign, drafter):
    below_a, below_b = ["Huyện A 2 xã", "Xã 1", "Xã 2"], ["Huyện B 1 xã", "Xã 3"]
    assert names(client, base(campaign)) == ["Xã", *below_a, *below_b]
    client.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    assert names(client, base(campaign)) == ["Xã", *below_a]


def test_codes_are_found_by_name_code_and_district(client, place, campaign, drafter, code):
    assert names(client, f"{base(campaign)}?tim={grouped(code.code)}")[2:] == ["Xã 1"]
    assert names(client, f"{base(campaign)}?tim=3+XA")[1:] == ["Huyện B 1 xã", "Xã 3"]
    district = place["Huyện B"].id
    assert names(client, f"{base(campaign)}?huyen={district}")[1:] == ["Huyện B 1 xã", "Xã 3"]


def test_a_commune_comes_straight_to_its_own_code(client, place, campaign, code):
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))
    page = client.page(base(campaign))
    assert page.path == f"{base(campaign)}/{place['Xã 1'].id}"
    assert f"http://localhost/{code.code}" in page.text
    assert f"localhost/{grouped(code.code)}" in page.text


def test_the_picture_leads_to_the_form_whatever_the_host(client, drafter, code):
    answer = client.get(f"{base(code.campaign)}/{code.unit_id}/ma.png", headers=STRANGE)
    picture = Image.open(BytesIO(answer.data))
    assert zxingcpp.read_barcode(picture).text == f"http://localhost/{code.code}"


def test_the_list_of_codes_opens_as_numbers_and_plain_strings(client, campaign, drafter):
    book = CalamineWorkbook.from_filelike(
        BytesIO(client.get(f"{base(campaign)}/danh-sach.xlsx").data)
    )
    rows = book.get_sheet_by_index(0).to_python()
    codes = queries.codes(campaign.id)
    first = codes[0].code
    assert rows[0][:6] == ["STT", "Huyện", "Xã", "Điểm", "Mã", "Địa chỉ"]
    expected = [1, "Huyện A", "Xã 1", "", grouped(first), f"http://localhost/{first}"]
    assert rows[1][:6] == expected


def test_a_code_is_exchanged_on_its_page_with_a_reason(client, drafter, code):
    page = client.page(f"{base(code.campaign)}/{code.unit_id}")
    page = page.submit("Đổi mã", reason="Áp phích bị dán đè")
    assert "Đã cấp mã mới" in page.text
    assert code.code in page.text
    assert "Áp phích bị dán đè" in page.text


def test_a_code_is_not_exchanged_without_a_reason(client, drafter, code):
    page = client.page(f"{base(code.campaign)}/{code.unit_id}").submit("Đổi mã", reason=" ")
    assert page.status == 422
    assert "Cần ghi lý do" in page.text


def test_a_commune_cannot_exchange_its_code(client, place, code):
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))
    page = client.page(f"{base(code.campaign)}/{code.unit_id}")
    assert "Đổi mã" not in page.buttons
    data = {"csrf_token": page.form("/dang-xuat").fields["csrf_token"], "reason": "x"}
    assert client.post(f"{page.path}/cap-lai", data=data).status_code == 403
