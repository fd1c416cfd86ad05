"""Codes, posters and downloads: what comes out is opened again."""

import zipfile
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from python_calamine import CalamineWorkbook

from portal.core import jobs
from portal.core.database import session
from portal.core.jobs import Job
from portal.features.campaigns import queries, services
from portal.features.campaigns.codes import grouped
from portal.policy.roles import Duty, Role
from tests.support import drafted, surveyed
from tests.support.officials import PLACES


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


def downloaded(client, page, button: str) -> bytes:
    page = page.submit(button)
    assert page.h1 == "Đang chuẩn bị tệp"
    while jobs.work_once():
        pass
    answer = client.get(f"{page.path}/tep")
    assert answer.status_code == 200
    content = answer.data
    answer.close()
    return content


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


def test_the_picture_and_the_poster_lead_to_the_form_whatever_the_host(client, drafter, code):
    address = f"{base(code.campaign)}/{code.unit_id}"
    picture = Image.open(BytesIO(client.get(f"{address}/ma.png").data))
    assert zxingcpp.read_barcode(picture).text == f"http://localhost/{code.code}"
    poster = client.get(f"{address}/ap-phich.pdf", headers={"X-Forwarded-Host": "xau.vn"})
    page = pypdfium2.PdfDocument(poster.data)[0].render(scale=2).to_pil()
    assert zxingcpp.read_barcode(page).text == f"http://localhost/{code.code}"
    assert "%C3%81p%20ph%C3%ADch" in poster.headers["Content-Disposition"]


def test_all_posters_come_as_one_pdf(client, campaign, drafter):
    book = downloaded(client, client.page(base(campaign)), "Tải tất cả áp phích")
    assert len(pypdfium2.PdfDocument(book)) == 3


def test_posters_come_as_an_archive_with_a_folder_a_district(client, campaign, drafter):
    packed = downloaded(client, client.page(base(campaign)), "Tải .zip")
    files = zipfile.ZipFile(BytesIO(packed)).namelist()
    assert [path.partition("/")[0] for path in files] == ["Huyện A", "Huyện A", "Huyện B"]


def test_a_district_can_be_had_alone(client, place, campaign, drafter):
    page = client.page(f"{base(campaign)}?huyen={place['Huyện A'].id}")
    packed = downloaded(client, page, "Tải .zip của huyện A")
    assert len(zipfile.ZipFile(BytesIO(packed)).namelist()) == 2


def test_pressing_twice_makes_one_job(client, campaign, drafter):
    paths = {client.page(base(campaign)).submit("Tải tất cả áp phích").path for _ in range(2)}
    assert len(paths) == 1
    assert session().query(Job).count() == 1


def test_from_the_page_of_a_job_one_goes_back_to_its_campaign(client, campaign, drafter):
    page = client.page(base(campaign)).submit("Tải tất cả áp phích")
    assert page.follow("Về đợt PKS 03").path == f"/dot-khao-sat/{campaign.id}"


def test_posters_of_a_foreign_district_are_not_there(client, place, campaign):
    client.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    token = client.page(base(campaign)).form("Tải tất cả").fields["csrf_token"]
    data = {"csrf_token": token, "huyen": str(place["Huyện B"].id)}
    assert client.post(f"{base(campaign)}/ap-phich", data=data).status_code == 404


def test_a_failed_job_says_what_to_do_and_begins_again(client, campaign, drafter, settings):
    page = client.page(base(campaign)).submit("Tải tất cả áp phích")
    while jobs.work_once():
        pass
    for made in (settings.data_dir / "exports").iterdir():
        made.unlink()
    failed = client.page(page.path)
    assert "Bấm Làm lại" in failed.text
    assert failed.submit("Làm lại").h1 == "Đang chuẩn bị tệp"


def test_the_list_of_codes_opens_as_numbers_and_plain_strings(client, campaign, drafter):
    book = CalamineWorkbook.from_filelike(
        BytesIO(client.get(f"{base(campaign)}/danh-sach.xlsx").data)
    )
    rows = book.get_sheet_by_index(0).to_python()
    codes = queries.codes(campaign.id)
    assert rows[0] == ["STT", "Huyện", "Xã", "Mã", "Địa chỉ"]
    first = codes[0].code
    assert rows[1] == [1, "Huyện A", "Xã 1", grouped(first), f"http://localhost/{first}"]


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
