"""Prints of codes: what comes out is opened again and read by a decoder."""

import zipfile
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from portal.core import jobs
from portal.core.database import session
from portal.core.jobs import Job
from portal.features.campaigns import code_queries, issuing, services
from portal.features.campaigns import jobs as prints
from portal.features.campaigns.posters import Form
from portal.policy.roles import Duty, Role
from tests.support import drafted, placed, surveyed
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
def form(client, campaign, drafter):
    return client.page(f"/dot-khao-sat/{campaign.id}/in-an")


@pytest.fixture
def village(place, campaign, drafter):
    """Give a point with a code of its own."""
    made = placed.point(place["Xã 1"], "Nhà văn hóa: tổ 1/2")
    issuing.issue_for_points(surveyed.actor(drafter), campaign, [made])
    return made


def downloaded(client, page) -> bytes:
    assert page.h1 == "Đang chuẩn bị tệp"
    while jobs.work_once():
        pass
    answer = client.get(f"{page.path}/tep")
    assert answer.status_code == 200
    content = answer.data
    answer.close()
    return content


def files(packed: bytes) -> list[str]:
    return zipfile.ZipFile(BytesIO(packed)).namelist()


def read_code(page) -> set[str]:
    return {each.text for each in zxingcpp.read_barcodes(page.render(scale=2).to_pil())}


@pytest.mark.parametrize("wanted", Form)
def test_a_print_leads_to_the_form_whatever_the_host(client, drafter, campaign, place, wanted):
    code = services.live_code(campaign.id, place["Xã 1"].id)
    address = f"/dot-khao-sat/{campaign.id}/ma-qr/{code.unit_id}/in.pdf?mau={wanted}"
    answer = client.get(address, headers={"X-Forwarded-Host": "xau.vn"})
    assert read_code(pypdfium2.PdfDocument(answer.data)[0]) == {f"http://localhost/{code.code}"}


def test_an_unknown_form_is_not_there(client, drafter, campaign, place):
    address = f"/dot-khao-sat/{campaign.id}/ma-qr/{place['Xã 1'].id}/in.pdf?mau=../x"
    assert client.get(address).status_code == 404


def test_the_poster_comes_as_a_picture_for_zalo(client, drafter, campaign, place):
    code = services.live_code(campaign.id, place["Xã 1"].id)
    answer = client.get(f"/dot-khao-sat/{campaign.id}/ma-qr/{code.unit_id}/ap-phich.png")
    found = zxingcpp.read_barcode(Image.open(BytesIO(answer.data)))
    assert found.text == f"http://localhost/{code.code}"


def test_all_posters_come_as_one_pdf(client, form):
    book = downloaded(client, form.submit("Làm tệp in"))
    assert len(pypdfium2.PdfDocument(book)) == 3


def test_several_forms_come_as_one_file_each(client, form):
    page = form.submit("Làm tệp in", mau=["ap-phich", "tem"])
    assert files(downloaded(client, page)) == ["Áp phích A4.pdf", "Tem dán.pdf"]


def test_a_long_book_comes_in_parts(client, form, monkeypatch):
    monkeypatch.setattr(prints, "A_BOOK", 2)
    packed = downloaded(client, form.submit("Làm tệp in", mau=["the-ban"]))
    assert files(packed) == ["Thẻ để bàn (1).pdf", "Thẻ để bàn (2).pdf"]


def test_prints_come_apart_with_a_folder_a_district(client, form):
    packed = downloaded(client, form.submit("Làm tệp in", tep="rieng", mau=["bien-gap", "tem"]))
    assert [path.partition("/")[0] for path in files(packed)] == ["Huyện A"] * 4 + ["Huyện B"] * 2


def test_points_are_printed_with_their_own_codes_and_names(client, campaign, village):
    form = client.page(f"/dot-khao-sat/{campaign.id}/in-an")
    packed = downloaded(client, form.submit("Làm tệp in", ma="diem", tep="rieng"))
    [path] = files(packed)
    assert "Nhà văn hóa- tổ 1-2" in path
    page = pypdfium2.PdfDocument(zipfile.ZipFile(BytesIO(packed)).read(path))[0]
    [code] = code_queries.of_points(campaign.id)
    assert read_code(page) == {f"http://localhost/{code.code}"}
    assert "Nhà văn hóa: tổ 1/2" in page.get_textpage().get_text_bounded()


def test_units_and_points_can_be_had_together(client, campaign, village):
    form = client.page(f"/dot-khao-sat/{campaign.id}/in-an")
    book = downloaded(client, form.submit("Làm tệp in", ma="ca-hai"))
    assert len(pypdfium2.PdfDocument(book)) == 4


def test_a_district_or_a_commune_can_be_had_alone(client, place, form):
    for name, pages in (("Huyện A", 2), ("Xã 3", 1)):
        page = form.submit("Làm tệp in", **{"don-vi": [str(place[name].id)]})
        assert len(pypdfium2.PdfDocument(downloaded(client, page))) == pages


def test_pressing_twice_makes_one_job(client, form):
    assert len({form.submit("Làm tệp in").path for _ in range(2)}) == 1
    assert session().query(Job).count() == 1


def test_progress_counts_every_form_of_every_code(client, form):
    downloaded(client, form.submit("Làm tệp in", mau=["ap-phich", "tem"], tep="rieng"))
    job = session().query(Job).one()
    assert (job.done, job.total) == (6, 6)


def test_from_the_page_of_a_job_one_goes_back_to_its_campaign(client, campaign, form):
    page = form.submit("Làm tệp in")
    assert page.follow("Về PKS 03").path == f"/dot-khao-sat/{campaign.id}"


def test_nothing_ticked_is_said_and_the_rest_is_kept(client, form):
    page = form.submit("Làm tệp in", mau=[], tep="rieng")
    assert page.status == 422
    assert "Mời chọn ít nhất một mẫu in" in page.text
    assert page.form("Làm tệp in").fields["tep"] == "rieng"


def test_prints_of_a_foreign_district_are_not_there(client, place, campaign):
    client.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    address = f"/dot-khao-sat/{campaign.id}/in-an"
    token = client.page(address).form("Làm tệp in").fields["csrf_token"]
    data = {"csrf_token": token, "mau": "tem", "don-vi": str(place["Huyện B"].id)}
    assert client.post(address, data=data).status_code == 404


def test_a_failed_job_says_what_to_do_and_begins_again(client, form, settings):
    page = form.submit("Làm tệp in")
    while jobs.work_once():
        pass
    for made in (settings.data_dir / "exports").iterdir():
        made.unlink()
    failed = client.page(page.path)
    assert "Bấm Làm lại" in failed.text
    assert failed.submit("Làm lại").h1 == "Đang chuẩn bị tệp"
