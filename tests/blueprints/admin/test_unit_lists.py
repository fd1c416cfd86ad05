"""Lists of units through the operator's pages: looked at first, all or nothing, one at a time."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from portal.core.database import session, write
from portal.features.audit.models import AuditEntry
from portal.features.campaigns.models import QrCode
from portal.features.campaigns.phase import State
from portal.features.org_units import queries as org_units
from portal.features.org_units.models import Unit
from portal.features.users import queries as users
from portal.policy.roles import Role
from tests.support import reformed, surveyed

LIST, REFORM = "/quan-tri/don-vi/nhap", "/quan-tri/don-vi/sap-xep"
HEADS = "Mã\tTên\tTên đầy đủ\tCấp\tMã cấp trên\tTừ ngày\tĐến hết ngày\n"
LAM_DONG = HEADS + (
    "68\tLâm Đồng\tTỉnh Lâm Đồng\ttỉnh\t\t01/07/2025\t\n"
    "24769\tXuân Hương\tPhường Xuân Hương\txã\t68\t01/07/2025\t\n"
)
MERGED = "Mã cũ\tĐơn vị cũ\tMã mới\tĐơn vị mới\n"


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện A": ["Xã 1", "Xã 2"]})


@pytest.fixture
def admin(client, place):
    client.sign_in(surveyed.account(place, "Tỉnh", Role.ADMIN))
    return client


def looked_at(admin, text, **more):
    return admin.page(LIST).submit("Kiểm tra danh sách", text=text, **more)


def total():
    return session().scalar(select(func.count(Unit.id)))


@pytest.fixture
def heir(admin, place):
    """A ward that begins while Xã 1 and Xã 2 are still there."""
    line = f"900\tMới\tPhường Mới\txã\t{place['Tỉnh'].code}\t01/07/2025\t\n"
    looked_at(admin, HEADS + line).submit("Nhập danh sách")
    return session().scalars(select(Unit).where(Unit.code == "900")).one()


def merger(place, *, into="900", named="Phường Mới"):
    codes = [place[name].code for name in ("Xã 1", "Xã 2")]
    return MERGED + "".join(f"{code}\t\t{into}\t{named}\n" for code in codes)


def previewed(admin, text, day="01/07/2025"):
    return admin.page(REFORM).submit("Xem trước", text=text, day=day)


def test_a_province_of_its_own_comes_in_by_its_own_list(admin):
    before = total()
    page = looked_at(admin, LAM_DONG)
    assert "Cấp tỉnh: 1; Cấp xã: 1" in page.text
    assert total() == before
    done = page.submit("Nhập danh sách")
    assert "thêm 2, sửa 0, kết thúc 0" in done.text
    assert org_units.current_by_code("24769").line_above == "tỉnh Lâm Đồng"
    assert session().scalars(select(AuditEntry.actor_name).where(
        AuditEntry.action == "units:imported")).all() == ["Cán bộ Tỉnh"]  # fmt: skip


def test_a_list_comes_as_a_file_too(admin):
    file = (BytesIO(reformed.OLD.read_bytes()), "don-vi.csv")
    page = admin.page(LIST).form("Kiểm tra danh sách")
    response = admin.post(LIST, data={"csrf_token": page.fields["csrf_token"], "file": file},
                          follow_redirects=True)  # fmt: skip
    assert "220 dòng" in response.text


def test_a_wrong_cell_is_named_and_corrected_in_its_place(admin):
    before = total()
    page = looked_at(admin, LAM_DONG.replace("xã\t68", "phố\t86"))
    assert (page.status, total()) == (422, before)
    assert "cấp “phố” không có" in page.text
    again = page.submit("Kiểm tra lại", **{"cell-2-level": "xã"})
    assert "không có cấp trên mã 86" in again.text
    fine = again.submit("Kiểm tra lại", **{"cell-2-parent_code": "68"})
    assert fine.submit("Nhập danh sách").status == 200
    assert total() == before + 2


def test_a_code_that_lost_its_zero_gets_it_back(admin):
    page = looked_at(admin, LAM_DONG + "7207\tX\tXã X\txã\t68\t01/07/2025\t\n")
    assert "đọc là 07207" in page.text
    page.submit("Nhập danh sách")
    assert org_units.current_by_code("07207").full_name == "Xã X"


def test_a_list_as_offices_have_it_is_understood(admin):
    text = (
        "STT\tMã ĐVHC\tTên đơn vị\tCấp\tMã cấp trên\n1\t68\tTỉnh Lâm Đồng\t\t\n"
        "2\t24769\tPhường Xuân Hương\tPhường\t68\n3\t24770\tXã Hiệp Thạnh\t\t68\nTổng cộng\t\t3\n"
    )
    page = looked_at(admin, text)
    assert page.status == 200
    assert "Cấp tỉnh: 1; Cấp xã: 2" in page.text
    assert "Giấy phép dữ liệu" not in page.text
    page.submit("Nhập danh sách")
    assert org_units.current_by_code("24769").name == "Xuân Hương"


def test_a_column_that_is_missing_is_said_once(admin):
    page = looked_at(admin, "Mã số ấy\tTên đơn vị\tCấp\n24769\tPhường Xuân Hương\tPhường\n")
    assert page.status == 422
    assert "chưa thấy cột: Mã." in page.text


def test_a_row_is_counted_as_excel_counts_it_also_after_a_correction(admin):
    page = looked_at(admin, "DANH SÁCH\n\n" + LAM_DONG.replace("xã\t68", "phố\t86"))
    assert "Dòng 5, Cấp" in page.text
    again = page.submit("Kiểm tra lại", **{"cell-2-level": "xã"})
    assert "Dòng 5, Mã cấp trên" in again.text


def test_a_list_that_changes_nothing_is_neither_offered_nor_on_record(admin):
    looked_at(admin, LAM_DONG).submit("Nhập danh sách")
    page = looked_at(admin, LAM_DONG)
    assert "Nhập danh sách" not in page.buttons
    rows = select(AuditEntry.changes).where(AuditEntry.action == "units:imported")
    assert ["ended" in changes for changes in session().scalars(rows)] == [False]


def test_what_a_unit_that_ends_still_holds_is_said_before(admin, place):
    surveyed.campaign(place)
    line = f"{place['Xã 1'].code}\tXã 1\tXã 1\txã\t{place['Huyện A'].code}\t\t30/06/2025\n"
    page = looked_at(admin, HEADS + line)
    row = next(row for row in page.rows() if row[0].startswith("Xã 1"))
    assert "1 đợt đang chạy, 1 cơ quan" in row[-1]


def test_whoever_confirms_after_somebody_else_changed_the_units_is_told(admin, app, place):
    first = looked_at(admin, LAM_DONG)
    other = app.test_client()
    other.sign_in(surveyed.account(place, "Huyện A", Role.ADMIN))
    looked_at(other, LAM_DONG).submit("Nhập danh sách")
    told = first.submit("Nhập danh sách")
    assert told.status == 409
    assert "Có người vừa thay đổi danh sách đơn vị" in told.text
    assert "Không có gì để nhập" in told.text


@pytest.mark.parametrize("which", ["danh-sach", "sap-xep"])
def test_the_templates_are_tables_that_come_back_right(admin, which):
    content = admin.get(f"/quan-tri/don-vi/mau-{which}.xlsx").data
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert str(rows[0][0]).startswith("Mã")
    assert len(rows) > 1


def test_two_communes_become_a_ward_with_all_that_they_have(admin, place, heir):
    campaign = surveyed.campaign(place)
    commune = surveyed.account(place, "Xã 1", Role.COMMUNE)
    page = previewed(admin, merger(place))
    row = next(row for row in page.rows(0) if "Ban Xã 1" in row[0])
    assert "1 tài khoản" in row[1]
    done = page.submit("Xác nhận sắp xếp")
    assert "2 đơn vị kết thúc" in done.text
    assert users.get(commune.id).organisation.unit_id == heir.id
    code = select(QrCode.code).where(QrCode.unit_id == heir.id)
    assert session().scalar(code.where(QrCode.campaign_id == campaign.id)) is not None


def test_what_becomes_of_each_body_can_be_chosen(admin, place, heir):
    commune = surveyed.account(place, "Xã 1", Role.COMMUNE)
    chosen = {f"body-{commune.organisation_id}": "stay"}
    previewed(admin, merger(place)).submit("Xác nhận sắp xếp", **chosen)
    assert users.get(commune.id).organisation.unit_id == place["Xã 1"].id


@pytest.fixture
def late(admin, place, heir):
    """An account at a unit that has ended, whose line the table lacks."""
    account = surveyed.account(place, "Huyện A", Role.DISTRICT)
    with write() as current:
        current.get(Unit, place["Huyện A"].id).valid_to = date(2025, 6, 30)
    return account


def test_a_unit_that_holds_work_needs_an_heir_or_a_tick_of_its_own(admin, place, late):
    name = f"alone-{place['Huyện A'].id}"
    page = previewed(admin, merger(place))
    assert "1 tài khoản không thấy đơn vị mới" in page.text
    refused = page.submit("Xác nhận sắp xếp")
    assert (refused.status, "Chưa có nơi nhận" in refused.text) == (422, True)
    assert org_units.successors(place["Xã 1"].id) == []
    assert "2 đơn vị kết thúc" in refused.submit("Xác nhận sắp xếp", **{name: "1"}).text
    assert users.get(late.id).active


def test_a_line_more_does_as_well_as_the_tick(admin, place, late):
    above = f"{place['Huyện A'].code}\t\t{place['Tỉnh'].code}\t\n"
    page = previewed(admin, merger(place) + above)
    assert "Không có nơi nhận" not in page.text
    assert page.submit("Xác nhận sắp xếp").status == 200


def test_campaigns_that_units_share_are_counted_once_and_by_what_they_do(admin, place, heir):
    surveyed.campaign(place)
    surveyed.campaign(place, state=State.DRAFT)
    surveyed.campaign(place, opens_in=2)
    assert "1 đợt đang chạy, 2 đợt chưa mở" in previewed(admin, merger(place)).text


def test_a_unit_that_has_ended_gets_no_more_organisations(admin, place):
    address = f"/quan-tri/don-vi/{place['Xã 1'].id}"
    page = admin.page(address)
    with write() as current:
        current.get(Unit, place["Xã 1"].id).valid_to = date(2025, 6, 30)
    assert "Thêm tổ chức" not in admin.page(address).text
    told = page.submit("Thêm tổ chức", kind="youth", name="Đoàn xã")
    assert (told.status, "đã kết thúc" in told.text) == (409, True)


def test_a_table_without_the_new_units_is_refused_beside_its_cells(admin, place):
    page = previewed(admin, merger(place, into=place["Xã 2"].code))
    assert page.status == 422
    assert "đã nhập danh sách đơn vị mới chưa?" in page.text


@pytest.mark.parametrize(("day", "said"), [("1/7", "ngày/tháng/năm"), ("31/06/2025", "31/06/2025")])
def test_a_day_that_is_none_keeps_what_was_pasted(admin, place, day, said):
    page = previewed(admin, merger(place), day=day)
    assert (page.status, said in page.text) == (422, True)
    assert "Phường Mới" in page.form("Xem trước").fields["text"]


def test_a_day_to_come_can_be_looked_at_and_not_confirmed(admin, place, heir):
    page = previewed(admin, merger(place), day="01/07/2999")
    assert "chưa tới" in page.text
    told = page.submit("Xác nhận sắp xếp")
    assert told.status == 409
    assert org_units.successors(place["Xã 1"].id) == []


def test_the_second_of_two_who_confirm_at_once_is_told(admin, place, heir):
    first, second = previewed(admin, merger(place)), previewed(admin, merger(place))
    first.submit("Xác nhận sắp xếp")
    told = second.submit("Xác nhận sắp xếp")
    assert told.status == 409
    assert "2 dòng đã được nhập từ trước" in told.text


@pytest.mark.parametrize("address", [LIST, REFORM, "/quan-tri/don-vi/mau-danh-sach.xlsx"])
def test_nobody_but_the_operator_gets_there(app, place, address):
    other = app.test_client()
    other.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))
    other.page(address, status=403)
