"""The pages on which slips and paper are ordered, typed in, counted and confirmed."""

import pytest
from werkzeug.datastructures import MultiDict

from portal.core import jobs
from portal.core.database import session, write
from portal.features.org_units.models import Point
from portal.features.surveys import batch_acts, fold, form_keys, papers
from portal.features.surveys.models import PaperBatch, SlipBatch
from portal.policy.roles import Duty, Role
from tests.support import handed, surveyed
from tests.support.asked import UNIT, taken

SLIPS, PAPERS = "/dot-khao-sat/1/phieu-mot-lan", "/dot-khao-sat/1/phieu-giay"
WORKS = frozenset({Duty.DRAFT, Duty.APPROVE})


@pytest.fixture
def out(app):
    return handed.hand_out()


def sign_in(client, out, role, *, second=False):
    at = "Tỉnh" if role == Role.PROVINCE else UNIT
    duties = WORKS | {Duty.CLERK} if second else WORKS
    client.sign_in(surveyed.account(out.place, at, role, duties))


def opened(client, out):
    sign_in(client, out, Role.COMMUNE)
    day = out.asked.campaign.opens_on
    return client.page(PAPERS).submit("Mở lô", day=f"{day:%d/%m/%Y}", issued="20")


def test_the_province_orders_slips_and_gets_the_sheets_once(client, out):
    sign_in(client, out, Role.PROVINCE)
    page = client.page(SLIPS).submit("In lô phiếu", unit=str(out.asked.unit_id), size="20")
    jobs.work_once()
    done = client.page(page.path)
    assert "chỉ giữ một ngày" in done.text
    with client.get(f"{page.path}/tep") as sheets:
        assert len(set(handed.read_off(sheets.data))) == 20
    assert "20" in client.page(SLIPS).rows()[1]


def test_an_order_that_cannot_be_keeps_what_was_typed(client, out):
    sign_in(client, out, Role.PROVINCE)
    page = client.page(SLIPS).submit("In lô phiếu", unit=str(out.asked.unit_id), size="3")
    assert (page.status, page.form("In lô phiếu").fields["size"]) == (422, "3")
    assert "Mỗi lô từ 5 đến 1000 tờ" in page.text.replace("1.000", "1000")


def test_the_judged_unit_does_not_print_slips(client, out):
    sign_in(client, out, Role.COMMUNE)
    page = client.page(SLIPS)
    assert "In lô phiếu" not in page.buttons
    token = page.form("/dang-xuat").fields["csrf_token"]
    order = MultiDict({"csrf_token": token, "unit": str(out.asked.unit_id), "size": "20"})
    assert page.send("post", f"{SLIPS}/in", order).status == 403


def test_two_accounts_count_and_confirm_slips(app, client, out, monkeypatch):
    batch, printed = out.slips(20)
    for slip in printed[:12]:
        handed.send(slip)
    surveyed.move_past(out.asked.campaign, monkeypatch)
    fold.seal_closed()
    sign_in(client, out, Role.COMMUNE)
    page = client.page(f"/phieu-mot-lan/{batch.id}").submit(
        "Ghi kiểm đếm", unused="7", spoiled="1", note=""
    )
    assert "Xác nhận khớp" not in page.buttons
    other = app.test_client()
    sign_in(other, out, Role.COMMUNE, second=True)
    done = other.page(f"/phieu-mot-lan/{batch.id}").submit("Xác nhận khớp")
    assert "Đã khép" in done.text
    assert other.get(f"/phieu-mot-lan/{batch.id}/bien-ban.pdf").data[:4] == b"%PDF"


def test_somebody_elses_count_is_shown_beside_ones_own(client, app, out):
    batch, _ = out.slips(20)
    sign_in(client, out, Role.COMMUNE)
    other = app.test_client()
    sign_in(other, out, Role.COMMUNE, second=True)
    mine, theirs = (each.page(f"/phieu-mot-lan/{batch.id}") for each in (client, other))
    theirs.submit("Ghi kiểm đếm", unused="20", spoiled="0")
    page = mine.submit("Ghi kiểm đếm", unused="18", spoiled="2")
    assert page.status == 409
    assert (page.form("Lưu lại").fields["unused"], "20" in page.text) == ("18", True)
    assert page.submit("Lưu lại").status == 200
    assert session().get_one(SlipBatch, batch.id).unused == 18


def test_a_commune_opens_a_batch_types_sheets_and_counts(client, out):
    page = opened(client, out)
    batch = session().query(PaperBatch).one()
    page = page.follow("Nhập phiếu").submit("Lưu, sang phiếu sau", chung="4", biet="co", qua="loa")
    page = page.submit("Lưu, sang phiếu sau", chung="2")
    assert "Đã nhập 2 trong 20" in page.text
    assert sorted(row.choices for row in taken()) == ["2||", "4|co|loa"]
    page = client.page(f"/phieu-giay/{batch.id}")
    wrong = page.submit("Ghi kiểm đếm", returned="4", blank="1", invalid="0")
    assert wrong.status == 422
    done = wrong.submit("Ghi kiểm đếm", invalid="1")
    assert "Chờ xác nhận" in done.text
    assert client.get(f"/phieu-giay/{batch.id}/bien-ban.pdf").data[:4] == b"%PDF"


def test_a_sheet_with_a_problem_is_given_back_as_typed(client, out):
    page = opened(client, out).follow("Nhập phiếu")
    back = page.submit("Lưu, sang phiếu sau", chung="4", them="x" * 2001)
    assert (back.status, back.form("Lưu").fields["chung"]) == (422, "4")
    blank = client.page("/phieu-giay/1/nhap").submit("Lưu, sang phiếu sau")
    assert "Phiếu trắng không nhập" in blank.text
    assert taken() == []


def test_a_sheet_saved_twice_by_the_back_button_counts_once(client, out):
    page = opened(client, out).follow("Nhập phiếu")
    for _ in range(2):
        after = page.submit("Lưu, sang phiếu sau", chung="4")
    assert papers.entered(session().query(PaperBatch).one()) == 1
    assert after.path != page.path
    back = client.page(page.path)
    assert ("Phiếu này đã lưu" in back.text, "Lưu, sang phiếu sau" in back.buttons) == (True, False)
    assert "Lưu, sang phiếu sau" in back.follow("Nhập phiếu tiếp theo").buttons


def test_a_sheet_with_a_problem_keeps_its_address(client, out):
    page = opened(client, out).follow("Nhập phiếu")
    back = page.submit("Lưu, sang phiếu sau", chung="4", them="x" * 2001)
    back.submit("Lưu, sang phiếu sau", them="")
    assert "Phiếu này đã lưu" in client.page(page.path).text


def test_nobody_makes_up_the_address_of_a_sheet(client, out):
    page = opened(client, out).follow("Nhập phiếu")
    client.page("/phieu-giay/1/nhap/mot-to-nao-do", status=404)
    key = form_keys.new("lo-999")
    client.page(f"/phieu-giay/1/nhap/{key}", status=404)
    token = page.form("Lưu, sang phiếu sau").fields["csrf_token"]
    typed = MultiDict({"csrf_token": token, "chung": "4"})
    again = page.send("post", f"/phieu-giay/1/nhap/{key}", typed)
    assert (again.status, again.form("Lưu").fields["chung"], taken()) == (422, "4", [])
    again.submit("Lưu, sang phiếu sau")
    assert len(taken()) == 1


def test_those_above_read_in_which_commune_a_point_is(client, out):
    with write() as current:
        ward = out.asked.unit_id
        desk = Point(unit_id=ward, kind="group", name="Bộ phận một cửa", folded="", sort_key="")
        current.add(desk)
    day = out.asked.campaign.opens_on
    batch = batch_acts.open_papers(out.counter, out.asked.campaign, day, 10, desk)
    sign_in(client, out, Role.PROVINCE)
    assert f"phường Ngô Quyền, lô {batch.id}" in client.page(PAPERS).rows()[1][0]
    assert "ở Bộ phận một cửa, phường Ngô Quyền" in client.page(f"/phieu-giay/{batch.id}").text


def test_the_form_to_print_bears_the_number_of_its_batch(client, out):
    opened(client, out)
    assert client.get("/phieu-giay/1/phieu.pdf").data[:4] == b"%PDF"


def test_those_above_read_batches_and_type_nothing(client, out):
    batch = out.paper()
    sign_in(client, out, Role.PROVINCE)
    page = client.page(PAPERS)
    assert page.rows()
    assert "Mở lô" not in page.buttons
    client.page(f"/phieu-giay/{batch.id}/nhap", status=403)


def test_a_day_outside_the_window_is_refused_beside_its_field(client, out):
    sign_in(client, out, Role.COMMUNE)
    page = client.page(PAPERS).submit("Mở lô", day="1/1/2020", issued="20")
    assert page.status == 422
    assert "phải nằm trong những ngày đợt hỏi" in page.text
