"""The pages of the deployment pack: what is ready, the words to copy, one button for all of it."""

import zipfile
from io import BytesIO

import docx
import pytest

from portal.core import jobs, spreadsheet
from portal.core.database import write
from portal.features.campaigns import issuing
from portal.policy.roles import Role
from tests.support import carried, surveyed
from tests.support.officials import PLACES


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    campaign = carried.carry_out(place, opens_in=2)
    with write(issuing.LOCK) as current:
        issuing.issue(current, campaign.id, [(place[f"Xã {n}"].id, None) for n in (1, 2, 3)])
    return campaign


@pytest.fixture
def commune(place, client, campaign):
    account = surveyed.account(place, "Xã 1", Role.COMMUNE)
    client.sign_in(account)
    return account


def home(campaign) -> str:
    return f"/dot-khao-sat/{campaign.id}/bo-trien-khai"


def test_a_commune_sees_what_is_ready_and_the_words(client, commune, campaign):
    page = client.page(home(campaign))
    assert "4/6 thứ" in page.text
    assert "Kính thưa bà con nhân dân" in page.text
    assert "chỉ hướng dẫn kỹ thuật" in page.text
    assert "Mở tổ công tác" in page.text


def test_one_button_gives_one_file(client, commune, campaign):
    page = client.page(home(campaign)).submit("Tải cả bộ .zip")
    assert page.h1 == "Đang chuẩn bị tệp"
    while jobs.work_once():
        pass
    with client.get(f"{page.path}/tep") as answer:
        names = zipfile.ZipFile(BytesIO(answer.data)).namelist()
    assert "4 Bản tin phát thanh.docx" in names
    assert "3 Áp phích A4.pdf" in names


def test_pressed_twice_it_is_one_job(client, commune, campaign):
    page = client.page(home(campaign))
    assert page.submit("Tải cả bộ .zip").path == page.submit("Tải cả bộ .zip").path


def test_the_sheets_are_files_of_their_own(client, commune, campaign):
    unit = commune.organisation.unit_id
    for sheet, words in {"phat-thanh": "Kính thưa", "huong-dan": "Không làm:"}.items():
        answer = client.get(f"{home(campaign)}/{unit}/{sheet}.docx")
        read = docx.Document(BytesIO(answer.data))
        assert words in "\n".join(one.text for one in read.paragraphs)


def test_those_above_see_what_each_unit_lacks(app, place, commune, campaign):
    above = app.test_client()
    above.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    page = above.page(home(campaign))
    assert "0/2 xã đã đủ bộ" in page.text
    assert "Còn thiếu 2 thứ" in page.text
    assert "Bộ triển khai của xã 1" in page.follow("Xã 1").h1
    nowhere = above.page(f"{home(campaign)}?muc=con-thieu&huyen=999999")
    assert "Không có xã nào như vậy" in nowhere.text


def test_the_sheet_has_the_lines_of_the_filter(app, place, commune, campaign):
    above = app.test_client()
    above.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    answer = above.get(f"{home(campaign)}/danh-sach.xlsx?muc=con-thieu")
    [rows] = spreadsheet.read_sheets(answer.data).values()
    assert [row[2] for row in rows[1:]] == ["Xã 1", "Xã 2"]


def test_another_units_pack_is_not_there(client, place, commune, campaign):
    client.page(f"{home(campaign)}/{place['Xã 3'].id}", status=404)
