"""The weeks of a box as pages: what is due, two who sign, their papers, the year, the month."""

from io import BytesIO

import pytest

from portal.core import spreadsheet
from portal.policy.roles import Role
from tests.support import surveyed, tallied
from tests.support.tallied import Tallied, week


@pytest.fixture
def box(app) -> Tallied:
    made = tallied.box()
    tallied.letterhead(made)
    return made


def here(box: Tallied, n: int = -1, below: str = "") -> str:
    """Give the address of a week."""
    return f"/hom-thu/{box.box.id}/tuan/{week(n).isoformat()}{below}"


def test_the_list_says_which_weeks_wait_and_leads_to_the_first(box, client):
    box.lock(-6)
    client.sign_in(box.first)
    page = client.page(f"/hom-thu/{box.box.id}/tuan")
    assert "1/6 tuần đã khóa" in page.text
    assert page.follow("Lập và ký").path == here(box, -5)


def test_one_signs_on_the_page_another_confirms_and_a_press_reports(box, client):
    box.letter()
    client.sign_in(box.first)
    page = client.page(here(box)).submit("Lập và ký", position="Bí thư", remark="Đủ.")
    assert "Còn chờ người thứ hai" in page.alerts[0]
    assert "Xác nhận, khóa số liệu" not in page.buttons
    client.sign_in(box.second)
    page = client.page(here(box)).submit("Xác nhận, khóa số liệu", position="Phó Bí thư")
    assert "đã khóa" in page.alerts[0]
    page = page.submit("Gửi báo cáo tới Ban Chỉ đạo")
    assert "Báo cáo đã ban hành." in page.alerts[0]
    client.sign_in(box.reader)
    assert "tổng hợp hòm thư" in client.page("/van-ban-den").text


def test_a_week_without_a_position_keeps_what_was_typed(box, client):
    client.sign_in(box.first)
    page = client.page(here(box)).submit("Lập và ký", position="", remark="Đã soát kỹ.")
    assert page.status == 422
    assert "Đã soát kỹ." in page.text


def test_it_is_returned_with_a_reason_that_the_first_reads(box, client):
    box.sign()
    client.sign_in(box.second)
    client.page(here(box)).submit("Trả lại", reason="Thiếu nhận xét.")
    client.sign_in(box.first)
    assert "Trả lại: Thiếu nhận xét." in client.page(here(box)).text


def test_whoever_signed_takes_it_back_but_cannot_confirm(box, client):
    box.sign()
    client.sign_in(box.first)
    page = client.page(here(box))
    token = page.form("Rút lại để sửa").fields["csrf_token"]
    sent = page.send("post", here(box, below="/xac-nhan"), {"position": "A", "csrf_token": token})
    assert sent.status == 403
    assert client.page(here(box)).submit("Rút lại để sửa").path == here(box)


def test_readers_see_the_numbers_and_sign_nothing(box, client):
    client.sign_in(box.reader)
    page = client.page(here(box))
    assert page.status == 200
    assert not {"Lập và ký", "Xác nhận, khóa số liệu"} & set(page.buttons)


def test_a_week_that_runs_has_no_numbers_yet(box, client):
    box.letter(0)
    client.sign_in(box.first)
    assert "Tuần này chưa có số liệu." in client.page(here(box, 0)).text
    assert client.page(here(box, 0, "/so-lieu.xlsx"), status=404).status == 404


@pytest.mark.parametrize("typed", ["2026-13-01", "2026-01-06", "1999-01-04", "20260105xx"])
def test_what_is_no_week_of_the_box_is_not_there(box, client, typed):
    client.sign_in(box.first)
    assert client.page(f"/hom-thu/{box.box.id}/tuan/{typed}", status=404).status == 404


def test_the_numbers_come_as_a_spreadsheet(box, client):
    for _ in range(3):
        box.letter()
    box.lock()
    client.sign_in(box.first)
    sheets = spreadsheet.read_sheets(client.get(here(box, below="/so-lieu.xlsx")).data)
    assert ["Tiếp nhận trong tuần", "3"] in sheets["Số liệu tuần"]
    assert len(sheets["Người ký"]) == 3


def test_the_year_stands_in_charts_with_tables_and_as_a_spreadsheet(box, client):
    for n in (-3, -1):
        for _ in range(5):
            box.letter(n)
    client.sign_in(box.first)
    year = week(-1).year
    page = client.page(f"/hom-thu/{box.box.id}/nam/{year}")
    assert "10 thư" in page.text
    assert any(row[3:4] == ["5"] for row in page.rows(0))
    sheets = spreadsheet.read_sheets(
        client.get(f"/hom-thu/{box.box.id}/nam/{year}/so-lieu.xlsx").data
    )
    assert set(sheets) == {"Theo tuần", "Theo đợt", "Nội dung thư"}
    assert ["Theo loại", "Góp ý", "10"] in sheets["Nội dung thư"]
    assert client.page(f"/hom-thu/{box.box.id}/nam/1999", status=404).status == 404


def test_the_monthly_sheet_is_a_pdf(box, client):
    client.sign_in(box.first)
    page = client.page(f"/hom-thu/{box.box.id}/tuan")
    link = next(one.href for one in page.links if one.href.endswith(".pdf"))
    assert BytesIO(client.get(link).data).read(5) == b"%PDF-"
    assert client.page(f"/hom-thu/{box.box.id}/thang/1999-01.pdf", status=404).status == 404


def test_another_ward_knows_nothing_of_it(box, client):
    client.sign_in(surveyed.account(box.place.units, "Xã bên", Role.COMMUNE))
    assert client.page(here(box), status=404).status == 404
