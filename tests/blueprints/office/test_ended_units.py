"""What stays to be read of a unit that has ended: its codes and whom it served, page and table."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from portal.core import clock
from portal.core.database import session, write
from portal.features.audit.services import OPERATOR
from portal.features.campaigns import issuing, services, sharing
from portal.features.campaigns.models import QrCode
from portal.features.campaigns.sharing import Sent
from portal.features.org_units.models import Unit
from portal.features.reforms import services as reforms
from portal.policy.roles import Role
from tests.support import drafted, placed, surveyed
from tests.support.officials import PLACES, official

DAY = date(2025, 7, 1)


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    """Give a campaign at whose first commune a code was exchanged and a team was served."""
    made = drafted.announced(place)
    clerk = official(place, Role.PROVINCE)
    team = placed.team(place["Xã 1"], "Tổ dân vận thôn Đông")
    issuing.reissue(clerk, services.live_code(made.id, place["Xã 1"].id), "Bị dán đè mã lạ")
    sharing.add(clerk, made, place["Xã 1"], Sent(team.id, clock.today(), "nhóm thôn"))
    with write() as current:
        live = current.get_one(QrCode, services.live_code(made.id, place["Xã 1"].id).code)
        live.used_on, live.tested_on, live.tested_by = clock.today(), clock.today(), "Đoàn xã"
        current.add(Unit(
            code="99", name="Mới", full_name="Xã Mới", level="commune", valid_from=DAY,
            parent_id=place["Xã 1"].parent_id, folded="xa moi", sort_key="xa moi",
        ))  # fmt: skip
    rows = [{"old_code": place["Xã 1"].code, "new_code": "99"}]
    assert not reforms.carry_out(OPERATOR, rows, DAY).errors
    return made


@pytest.fixture
def new(campaign):
    return session().query(Unit).filter_by(code="99").one()


@pytest.fixture
def province(place, campaign, client):
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))


def address(campaign, kind, unit):
    return f"/dot-khao-sat/{campaign.id}/{kind}/{unit.id}"


def test_its_codes_stay_to_be_read(client, campaign, place, new, province):
    page = client.page(address(campaign, "ma-qr", place["Xã 1"]))
    assert "Bị dán đè mã lạ" in page.text
    assert f"Từ {clock.format_date(clock.today())}" in page.text
    assert "Đoàn xã" in page.text
    assert "Nay thuộc xã Mới từ 01/07/2025." in page.text
    for gone in ("Tải áp phích", "Cấp mã mới", "Quét thử lại", "Ảnh mã"):
        assert gone not in page.text
    heir = page.follow("Mở mã của xã Mới")
    assert heir.path == address(campaign, "ma-qr", new)
    assert heir.follow("Xã 1").path == page.path


def test_nothing_of_it_can_be_printed_tried_or_exchanged(client, campaign, place, province):
    here = address(campaign, "ma-qr", place["Xã 1"])
    assert client.get(f"{here}/ma.png").status_code == 404
    assert client.get(f"{here}/quet-thu").status_code == 404
    form = client.page(address(campaign, "ma-qr", place["Xã 2"])).form("Đổi mã")
    sent = {"reason": "Thử", "csrf_token": form.fields["csrf_token"]}
    assert client.post(f"{here}/cap-lai", data=sent).status_code == 404


def test_its_log_of_deliveries_stays_to_be_read(client, campaign, place, new, province):
    page = client.page(address(campaign, "zalo", place["Xã 1"]))
    assert "Tổ dân vận thôn Đông" in page.text
    assert "nhóm thôn" in page.text
    assert not {"Gỡ", "Ghi vào nhật ký", "Chép lời mời"} & set(page.buttons)
    heir = page.follow("Mở bộ gửi Zalo của xã Mới")
    assert heir.path == address(campaign, "zalo", new)
    assert heir.follow("Xã 1").path == page.path


def test_the_lists_show_it_apart_from_those_that_ask(client, campaign, province):
    codes = client.page(f"/dot-khao-sat/{campaign.id}/ma-qr")
    assert "3 xã, mỗi xã một mã" in codes.text
    assert "Đơn vị đã kết thúc" in codes.text
    assert codes.follow("Xã 1").status == 200
    kits = client.page(f"/dot-khao-sat/{campaign.id}/zalo")
    assert [row[0] for row in kits.rows(1)[1:]] == ["Xã 1"]


def sheet(client, path):
    content = BytesIO(client.get(path).data)
    return CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()


def test_the_tables_keep_its_rows_and_mark_them(client, campaign, province):
    where = f"/dot-khao-sat/{campaign.id}"
    rows = {row[2]: row for row in sheet(client, f"{where}/ma-qr/danh-sach.xlsx")}
    assert rows["Xã 1"][-1].startswith("Đã kết thúc. Từ 01/07/2025, xã 1 thuộc xã Mới")
    assert rows["Xã Mới"][-1] == ""
    sent = {row[3]: row for row in sheet(client, f"{where}/zalo/danh-sach.xlsx")}
    assert sent["Tổ dân vận thôn Đông"][-2] == "nhóm thôn"
    assert sent["Tổ dân vận thôn Đông"][-1].startswith("Đã kết thúc.")


def test_the_unit_that_took_over_reads_them_and_others_do_not(client, campaign, place, new):
    kinds = ("ma-qr", "zalo")
    client.sign_in(surveyed.account({"Xã Mới": new}, "Xã Mới", Role.COMMUNE))
    assert {client.get(address(campaign, kind, place["Xã 1"])).status_code for kind in kinds} == {
        200
    }
    client.sign_in(surveyed.account(place, "Xã 2", Role.COMMUNE))
    assert {client.get(address(campaign, kind, place["Xã 1"])).status_code for kind in kinds} == {
        404
    }
