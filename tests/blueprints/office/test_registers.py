"""Papers get their numbers through the pages; the register is found, kept and taken along."""

import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from portal.core import clock
from portal.core.database import session
from portal.features.registers import queries, services
from portal.features.registers.models import EntryState, Mode, RegisterEntry
from portal.policy.roles import Duty, Role
from tests.support import numbered, surveyed
from tests.support.numbered import wanted
from tests.support.officials import PLACES, official

PAPER = {"type_code": "ke_hoach", "summary": "Tổ chức khảo sát", "recipients": "Như trên; Lưu VT"}


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    numbered.letterhead(made)
    return made


@pytest.fixture
def clerk(place):
    return official(place, Role.PROVINCE, Duty.CLERK)


@pytest.fixture
def signed_in(place, client):
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.CLERK})))


def entries() -> list[RegisterEntry]:
    return list(session().query(RegisterEntry).order_by(RegisterEntry.id))


def day(days: int) -> str:
    return clock.format_date(clock.today() + timedelta(days=days))


def test_any_paper_gets_its_number_and_stands_in_the_register(client, signed_in):
    page = client.page("/so-van-ban").follow("Lấy số").submit("Lấy số", **PAPER, pages="4")
    assert (page.status, page.h1) == (200, "Số 01/KH-UBND")
    assert "Đã lấy số 01/KH-UBND" in page.text
    page = page.follow("Sổ văn bản đi")
    [_, row] = page.rows()
    assert row[0] == "01/KH-UBND"
    assert "Kế hoạch: Tổ chức khảo sát" in row[2]


def test_what_is_missing_or_wrong_is_said_and_no_number_is_lost(client, signed_in):
    panel = client.page("/so-van-ban").follow("Lấy số")
    wrong = {"day": "31/02/2026", "pages": "bốn", "summary": "", "signer": "A"}
    page = panel.submit("Lấy số", **PAPER | wrong)
    assert page.status == 422
    assert "Ngày văn bản: Không có ngày 31/02/2026." in page.text
    assert "Số trang: Ghi một số nguyên" in page.text
    assert "Trích yếu: Cần ghi trích yếu." in page.text
    assert page.form("Lấy số").fields["recipients"] == "Như trên; Lưu VT"
    page = page.submit("Lấy số", day=day(1), pages="4")
    assert "Ngày văn bản không thể sau hôm nay." in page.text
    page = page.submit("Lấy số", day=day(0))
    assert "Cần ghi trích yếu." in page.text
    assert page.submit("Lấy số", summary="Đủ rồi").h1 == "Số 01/KH-UBND"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9/11/26", "Năm cần viết đủ bốn chữ số"),
        ("01/01/1990", "Ngày này đã qua hơn một năm."),
        ("", "Mục này chưa được điền."),
    ],
)
def test_a_day_that_cannot_be_is_said_beside_its_field(client, signed_in, typed, said):
    page = client.page("/so-van-ban").follow("Lấy số").submit("Lấy số", **PAPER, day=typed)
    assert f"Ngày văn bản: {said}" in page.text
    assert page.form("Lấy số").fields["day"] == typed
    assert entries() == []


def test_the_button_pressed_twice_takes_one_number(client, signed_in):
    panel = client.page("/so-van-ban").follow("Lấy số")
    pages = [panel.submit("Lấy số", **PAPER) for _ in range(2)]
    assert [page.h1 for page in pages] == ["Số 01/KH-UBND"] * 2
    kept = client.page("/so-van-ban").follow("Giữ số")
    pages = [kept.submit("Giữ số", **PAPER, reason="Chờ ký") for _ in range(2)]
    assert [page.h1 for page in pages] == ["Số 02/KH-UBND"] * 2
    used = client.page(pages[0].path).follow("Dùng số này")
    pages = [used.submit("Dùng số này", summary="Đã ký") for _ in range(2)]
    assert [page.h1 for page in pages] == ["Số 02/KH-UBND"] * 2
    assert [entry.state for entry in entries()] == [EntryState.USED] * 2


def test_an_equal_paper_on_a_new_form_or_another_on_the_old_takes_a_new_number(client, signed_in):
    old = client.page("/so-van-ban").follow("Lấy số")
    old.submit("Lấy số", **PAPER)
    new = client.page("/so-van-ban").follow("Lấy số")
    assert new.submit("Lấy số", **PAPER).h1 == "Số 02/KH-UBND"
    assert old.submit("Lấy số", **PAPER | {"summary": "Khác"}).h1 == "Số 03/KH-UBND"
    for forged in ("", "hôm qua", "2026-01-01T00:00:00"):
        assert old.submit("Lấy số", **PAPER, shown=forged).status == 200
    assert len(entries()) == 6


@pytest.mark.parametrize(("hour", "year"), [(16, "2026"), (18, "2027")])
def test_the_year_on_new_years_eve_is_that_of_viet_nam(client, place, monkeypatch, hour, year):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 31, hour, tzinfo=UTC))
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.CLERK})))
    page = client.page("/so-van-ban").follow("Lấy số").submit("Lấy số", **PAPER)
    assert page.h1 == "Số 01/KH-UBND"
    assert f"sổ {year}" in page.text


def test_a_date_before_that_of_an_earlier_number_is_asked_about_first(
    client, signed_in, clerk, place
):
    services.take(clerk, wanted(place))
    panel = client.page("/so-van-ban").follow("Lấy số")
    if clock.today().timetuple().tm_yday == 1:
        pytest.fail("there is no earlier day in this year's register")
    page = panel.submit("Lấy số", **PAPER, day=day(-1))
    assert "Ngày này trước ngày của số đã cấp" in page.text
    assert len(entries()) == 1
    page = page.submit("Lấy số", backdated="y")
    assert page.h1 == "Số 02/KH-UBND"
    assert "Ngày này trước ngày của số đứng trước" in page.text


def test_a_number_is_reserved_with_a_reason_and_used_later(client, signed_in):
    page = client.page("/so-van-ban").follow("Giữ số")
    page = page.submit("Giữ số", type_code="ke_hoach", day=day(0))
    assert "Cần ghi lý do giữ số." in page.text
    page = page.submit("Giữ số", reason="Chờ lãnh đạo ký")
    assert "Đã giữ số 01/KH-UBND" in page.text
    page = page.follow("Dùng số này").submit("Dùng số này", summary="Đã ký", day=day(0))
    assert "Đã dùng số 01/KH-UBND" in page.text
    assert [(e.number, e.state, e.summary) for e in entries()] == [(1, EntryState.USED, "Đã ký")]


def test_no_number_is_reserved_for_a_day_years_from_now(client, signed_in):
    page = client.page("/so-van-ban").follow("Giữ số")
    page = page.submit("Giữ số", **PAPER, reason="Chờ ký", day=day(800))
    assert "Chỉ giữ được số cho văn bản trong vòng một năm." in page.text
    assert entries() == []


def test_a_cancelled_number_stays_visible_with_its_reason(client, signed_in, clerk, place):
    entry = services.take(clerk, wanted(place))
    page = client.page(f"/so-van-ban/so/{entry.id}")
    page = page.form(f"/xu-ly/register_entry/{entry.id}/cancel").submit(reason="In sai mẫu")
    assert "Đã hủy số" in page.text
    [_, row] = client.page("/so-van-ban").rows()
    assert "In sai mẫu" in row[2]
    assert row[5] == "Đã hủy"


def test_the_clerk_enters_the_number_where_the_office_counts_itself(client, signed_in):
    page = client.page("/so-van-ban").follow("Thiết lập sổ")
    page = page.submit("Lưu thiết lập", type_code="ke_hoach", mode="clerk", first_number="1")
    assert "Đã lưu thiết lập sổ" in page.text
    panel = client.page("/so-van-ban").follow("Lấy số")
    page = panel.submit("Lấy số", **PAPER)
    assert "Số: Sổ này do văn thư ghi số" in page.text
    assert page.submit("Lấy số", number="191").h1 == "Số 191/KH-UBND"
    other = PAPER | {"summary": "Việc khác"}
    assert "Số này đã có trong sổ" in panel.submit("Lấy số", **other, number="191").text


def test_a_register_with_numbers_cannot_be_set_up_again(client, signed_in, clerk, place):
    page = client.page("/so-van-ban").follow("Thiết lập sổ")
    page.submit("Lưu thiết lập", type_code="ke_hoach", mode="portal", first_number="54")
    services.take(clerk, wanted(place))
    form = client.page("/so-van-ban").follow("Thiết lập sổ")
    again = form.submit("Lưu thiết lập", type_code="ke_hoach", mode="portal", first_number="1")
    assert again.status == 422
    assert "Sổ đã có số nên không đổi được" in again.text
    assert [e.number_text for e in entries()] == ["54/KH-UBND"]


def test_a_register_is_searched_without_accents_and_by_type(client, signed_in, clerk, place):
    services.take(clerk, wanted(place, summary="Khảo sát đợt hai"))
    letter = {"type_code": "cong_van", "symbol": "/UBND", "summary": "Mời họp"}
    services.take(clerk, wanted(place, **letter))
    start = client.page("/so-van-ban")
    assert [row[0] for row in start.submit("Tìm", tim="dot HAI").rows()[1:]] == ["01/KH-UBND"]
    assert [row[0] for row in start.follow("Công văn 1").rows()[1:]] == ["01/UBND"]
    assert "Không có số nào như vậy" in start.submit("Tìm", tim="không đâu").text
    assert "Không có số nào" in start.submit("Tìm", tinh_trang="cancelled").text


def test_a_period_that_never_was_shows_the_present_one(client, signed_in, clerk, place):
    services.take(clerk, wanted(place))
    page = client.page("/so-van-ban?ky=3000").follow("01/KH-UBND")
    assert page.h1 == "Số 01/KH-UBND"
    assert "3000" not in client.page(f"/so-van-ban/{clerk.organisation_id}?ky=3000").text


def test_before_its_first_number_a_year_shows_the_registers_it_begins_with(
    client, signed_in, clerk
):
    year = str(clock.today().year - 1)
    services.configure(clerk, clerk.organisation_id, queries.SHARED, year, Mode.CLERK, 7)
    page = client.page("/so-van-ban").follow("Lấy số")
    assert "Chung cho các loại" in page.text
    assert queries.periods(clerk.organisation_id) == [year]


@pytest.mark.parametrize("suffix", ["so.xlsx", "so.pdf", "so.xml"])
def test_the_files_hold_every_number_and_no_formula(client, signed_in, clerk, place, suffix):
    organ = clerk.organisation_id
    hostile = '=HYPERLINK("http://a.example") #let <b>&amp;'
    services.take(clerk, wanted(place, summary=hostile, recipients="- Sở A; - Sở B; - Lưu: VT."))
    services.cancel(clerk, services.take(clerk, wanted(place)), "In sai")
    answer = client.get(f"/so-van-ban/{organ}/{suffix}")
    assert answer.status_code == 200
    found = {"so.xlsx": read_sheet, "so.pdf": read_pdf, "so.xml": read_xml}[suffix](answer.data)
    assert hostile.replace(" ", "") in found.replace(" ", "")
    assert ("Insai" in found.replace(" ", "")) == (suffix != "so.xml")


def read_sheet(data: bytes) -> str:
    assert not any(b"<f>" in part for part in parts(data))
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    return "\n".join(str(cell) for row in rows for cell in row)


def parts(data: bytes) -> list[bytes]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return [package.read(name) for name in package.namelist() if "sheet" in name]


def read_pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    text = document[0].get_textpage().get_text_bounded()
    assert document[0].get_width() > document[0].get_height()
    return "".join(text.replace("\u200b", "").replace("\ufffe", "-").split())


def read_xml(data: bytes) -> str:
    [paper] = ET.fromstring(data)
    assert [paper.findtext(n) for n in ("CodeNumber", "CodeNotation", "TypeName")] == [
        "01", "KH-UBND", "Kế hoạch",
    ]  # fmt: skip
    assert [to.findtext("OrganName") for to in paper.findall("To")] == ["Sở A", "Sở B"]
    assert paper.findtext("SignerInfo/FullName") == "Người Ký Mẫu"
    assert len(paper.findtext("IssuedDate")) == 10
    return paper.findtext("Subject")


OUTGOING = (
    "FileCode", "DocOrdinal", "TypeName", "CodeNumber", "CodeNotation", "IssuedDate", "OrganName",
    "Subject", "Language", "PageAmount", "Description", "SignerInfo", "To", "Priority",
    "IssuedAmount", "DueDate",
)  # fmt: skip
"""NĐ 30/2020 Annex VI, part II.I, in its order."""


def test_the_metadata_has_every_field_of_the_annex_within_its_length(
    client, signed_in, clerk, place
):
    organ = clerk.organisation_id
    services.take(clerk, wanted(place, summary="Dài " * 200, signer_title="Chủ tịch " * 30))
    [paper] = ET.fromstring(client.get(f"/so-van-ban/{organ}/so.xml").data)
    assert [field.tag for field in paper] == list(OUTGOING)
    assert len(paper.findtext("Subject")) == 500
    assert len(paper.findtext("SignerInfo/Position")) == 100
    assert paper.findtext("FileCode/FileCatalog") == str(clock.today().year)


def test_another_units_register_is_not_there(client, place, clerk):
    numbered.letterhead(place, "Xã 3")
    entry = services.take(clerk, wanted(place))
    client.sign_in(surveyed.account(place, "Xã 3", Role.COMMUNE, frozenset({Duty.CLERK})))
    for path in ("", "/lay-so", "/giu-so", "/thiet-lap", "/so.xlsx", "/so.pdf", "/so.xml"):
        client.page(f"/so-van-ban/{clerk.organisation_id}{path}", status=404)
    client.page(f"/so-van-ban/so/{entry.id}", status=404)
    client.page(f"/so-van-ban/so/{entry.id}/dung", status=404)


def test_who_is_no_clerk_reads_and_takes_nothing(client, place, clerk):
    services.take(clerk, wanted(place))
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.INSPECT})))
    page = client.page("/so-van-ban")
    assert len(page.rows()) == 2
    assert not {"Lấy số", "Giữ số", "Thiết lập sổ"} & {link.text for link in page.links}
    client.page(f"/so-van-ban/{clerk.organisation_id}/lay-so", status=403)


def test_an_organ_without_letterhead_is_told_where_to_begin(client, place):
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE, frozenset({Duty.CLERK})))
    assert client.page("/so-van-ban").follow("Đặt thể thức").h1 == "Thể thức văn bản"


def test_a_forged_setting_changes_nothing(client, signed_in, clerk):
    page = client.page("/so-van-ban").follow("Thiết lập sổ")
    fields = dict(page.form("Lưu thiết lập").fields) | {"first_number": "3"}
    for forged in ({"mode": "king"}, {"type_code": "ghost"}, {"first_number": "0"}):
        path = f"/so-van-ban/{clerk.organisation_id}/thiet-lap"
        assert client.post(path, data=fields | forged).status_code == 422
    assert queries.of_organ(clerk.organisation_id) == []


def test_a_form_with_nothing_in_it_is_answered_in_words(client, signed_in, clerk):
    path = f"/so-van-ban/{clerk.organisation_id}/lay-so"
    token = client.page(path).form("Lấy số").fields["csrf_token"]
    assert client.post(path, data={"csrf_token": token}).status_code == 422
    bare = {"csrf_token": token, "type_code": "ke_hoach", "day": day(0), "summary": "Chỉ có thế"}
    assert client.post(path, data=bare).status_code == 302
