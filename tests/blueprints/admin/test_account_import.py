"""The operator brings accounts in: pasted, corrected in place, made; then passwords, handover."""

import io

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from portal.core import jobs
from portal.core.database import session, write
from portal.core.jobs import Job
from portal.features.org_units.importing import _fold_names
from portal.features.org_units.models import Organisation
from portal.features.users.models import User
from portal.policy.roles import Role
from tests.support import surveyed

URL = "/quan-tri/tai-khoan/nhap"
HEADS = "Đơn vị\tCơ quan\tLoại cơ quan\tHọ và tên\tNhiệm vụ"


@pytest.fixture
def place(app):
    made = surveyed.province({"Huyện Lạng Giang": ["Xã Đồng Tâm", "Xã An Bá"]})
    with write() as current:
        _fold_names(current)
    return made


@pytest.fixture
def admin(client, place):
    client.sign_in(surveyed.account(place, "Tỉnh", Role.ADMIN))
    return client


def text(*rows):
    return "\n".join((HEADS, *("\t".join(row) for row in rows)))


GOOD = ("Xã Đồng Tâm", "Hội Nông dân xã Đồng Tâm", "", "Trần Thị Mẫu", "soạn thảo")
BAD = ("Xã Đồng Tam", "", "Mặt trận Tổ quốc", "Lê Văn Mẫu", "vẽ")


def paste(admin, *rows):
    return admin.page(URL).submit("Kiểm tra bảng", text=text(*rows))


def accounts():
    return session().scalar(select(func.count(User.id))) - 1


def test_a_right_table_is_shown_with_what_it_will_make_and_then_made(admin):
    page = paste(admin, GOOD)
    assert page.status == 200
    assert "sẽ thêm mới" in page.text
    assert "nongdan.xadongtam" in page.text
    assert accounts() == 0
    done = page.submit("Tạo 1 tài khoản")
    assert any("Đã tạo 1 tài khoản, thêm 1 cơ quan" in alert for alert in done.alerts)
    assert accounts() == 1


def test_wrong_cells_are_corrected_in_place_and_nothing_typed_is_lost(admin):
    page = paste(admin, GOOD, BAD)
    assert page.status == 422
    form = page.form("Kiểm tra lại")
    assert form.fields["cell-2-unit"] == "Xã Đồng Tam"
    assert "cell-1-unit" not in form.fields
    page = page.submit("Kiểm tra lại", **{"cell-2-unit": "xã đồng tâm"})
    assert page.status == 422
    page = page.submit("Kiểm tra lại", **{"cell-2-duties": "lãnh đạo"})
    assert page.status == 200
    page.submit("Tạo 2 tài khoản")
    assert accounts() == 2


def test_a_row_can_be_left_out(admin):
    page = paste(admin, GOOD, BAD).submit("Kiểm tra lại", **{"drop-2": "1"})
    assert page.status == 200
    page.submit("Tạo 1 tài khoản")
    assert accounts() == 1


def test_pasting_again_brings_the_table_back_with_its_corrections(admin):
    page = paste(admin, BAD).submit("Dán lại", **{"cell-1-unit": "Xã An Bá"})
    assert page.status == 200
    held = page.form("Kiểm tra bảng").fields["text"]
    assert "Xã An Bá" in held
    assert "Lê Văn Mẫu" in held
    assert "Tên hiển thị" in held


def test_pressed_twice_everything_is_made_once(admin):
    page = paste(admin, GOOD)
    form = page.form("Tạo 1 tài khoản")
    for _ in range(2):
        form.submit("Tạo 1 tài khoản")
    assert accounts() == 1
    query = select(func.count(Organisation.id)).where(Organisation.kind == "farmers")
    assert session().scalar(query) == 1


def test_somebody_else_was_quicker_and_the_page_says_which_row(admin):
    first, second = paste(admin, GOOD), paste(admin, GOOD)
    first.submit("Tạo 1 tài khoản")
    late = second.submit("Tạo 1 tài khoản")
    assert late.status == 422
    assert "Đã có tài khoản này" in late.text
    assert accounts() == 1


@pytest.mark.parametrize("sent", ["", "\n\n", HEADS])
def test_an_empty_paste_is_refused_beside_its_field(admin, sent):
    page = admin.page(URL).submit("Kiểm tra bảng", text=sent)
    assert page.status == 422
    assert "Chưa thấy dòng nào" in page.text


def test_a_broken_file_is_refused_beside_its_field(admin):
    page = admin.page(URL).submit("Kiểm tra bảng", file=(io.BytesIO(b"PK\3\4"), "ds.xlsx"))
    assert page.status == 422
    assert "Tệp này không đọc được" in page.text


def sheets(answer):
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_template_has_a_row_for_every_seat_still_empty_and_comes_back_right(admin):
    paste(admin, GOOD).submit("Tạo 1 tài khoản")
    answer = admin.get("/quan-tri/tai-khoan/mau.xlsx?loai=farmers&loai=front&cap=commune")
    book = sheets(answer)
    assert len(book["Tài khoản"]) == 1 + 3
    assert {row[1] for row in book["Mã đơn vị"][1:]} >= {"Xã An Bá", "Tỉnh"}
    page = admin.page(URL).submit("Kiểm tra bảng", file=(io.BytesIO(answer.data), "mau.xlsx"))
    assert page.status == 200
    assert "chưa có phần việc" not in page.text
    assert {row[7] for row in book["Tài khoản"][1:]} == {"Soạn thảo"}
    assert "Quản trị" not in {cell for row in book["Danh mục"] for cell in row}
    page.submit("Tạo 3 tài khoản")
    assert accounts() == 4


def test_the_list_as_a_spreadsheet_holds_no_secret(admin):
    paste(admin, GOOD).submit("Tạo 1 tài khoản")
    [rows] = sheets(admin.get("/quan-tri/tai-khoan/danh-sach.xlsx?tinh_trang=without")).values()
    assert len(rows) == 2
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["Tên đăng nhập"] == "nongdan.xadongtam"
    assert row["Tình trạng"] == "Chưa in mật khẩu"
    stored = session().scalars(select(User.password_hash).where(User.password_hash != "")).all()
    assert not {cell for line in rows for cell in line} & set(stored)


@pytest.mark.parametrize(
    ("asked", "count"),
    [("loai=farmers", 1), ("loai=front", 0), ("tinh_trang=without", 1), ("tinh_trang=closed", 0),
     ("tinh_trang=new", 1), ("tim=dong+tam", 1)],
)  # fmt: skip
def test_the_list_narrows(admin, asked, count):
    paste(admin, GOOD).submit("Tạo 1 tài khoản")
    page = admin.page(f"/quan-tri/tai-khoan?{asked}")
    assert len(page.rows()[1:] if "Không có tài khoản" not in page.text else []) == count


def test_the_list_of_a_unit_holds_those_below_it_and_can_be_widened(admin, place):
    paste(admin, GOOD).submit("Tạo 1 tài khoản")
    page = admin.page(f"/quan-tri/tai-khoan?don_vi={place['Huyện Lạng Giang'].id}")
    assert len(page.rows()[1:]) == 1
    assert len(page.follow("Bỏ lọc theo đơn vị").rows()[1:]) == 2


def test_passwords_are_printed_by_a_job_whose_file_only_the_operator_gets(app, admin):
    paste(admin, GOOD).submit("Tạo 1 tài khoản")
    waiting = admin.page("/quan-tri/tai-khoan/in-mat-khau").submit("In cho 1 tài khoản chưa in")
    assert waiting.h1 == "Đang chuẩn bị tệp"
    while jobs.work_once():
        pass
    done = admin.page(waiting.path)
    assert "chỉ giữ một ngày" in done.text
    [link] = [link for link in done.links if link.text.strip() == "Tải về"]
    assert admin.get(link.href, buffered=True).data.startswith(b"%PDF")
    other = app.test_client()
    other.sign_in(surveyed.account(surveyed.Place({"x": first_unit()}), "x", Role.PROVINCE))
    other.page(link.href, status=404)


def first_unit():
    return session().scalars(select(Organisation).order_by(Organisation.id)).first().unit


def test_a_unit_above_prints_its_own_alone_or_all_below_and_the_file_says_which(admin):
    above = ("Huyện Lạng Giang", "", "Mặt trận Tổ quốc", "Người huyện", "soạn thảo")
    paste(admin, GOOD, above).submit("Tạo 2 tài khoản")
    forms = admin.page("/quan-tri/tai-khoan/in-mat-khau").forms
    unit = next(form.fields["unit"] for form in forms if "below" in form.fields)
    own = [form for form in forms if form.fields.get("unit") == unit]
    for form in own:
        form.submit()
    query = select(Job).where(Job.kind == "users:print_passwords").order_by(Job.id)
    assert [job.total for job in session().scalars(query)] == [1, 2]
    while jobs.work_once():
        pass
    results = list(session().scalars(select(Job.result).where(Job.result.is_not(None))))
    assert sum("Mật khẩu dùng một lần Huyện Lạng Giang.pdf" in one for one in results) == 2


def test_a_page_sent_twice_orders_one_job(admin):
    paste(admin, GOOD).submit("Tạo 1 tài khoản")
    form = admin.page("/quan-tri/tai-khoan/in-mat-khau").form("In")
    assert form.submit("In").path == form.submit("In").path
    query = select(func.count(Job.id)).where(Job.kind == "users:print_passwords")
    assert session().scalar(query) == 1


def test_a_seat_is_handed_over_and_the_new_password_is_shown_once(admin, place):
    user = surveyed.account(place, "Xã An Bá", Role.COMMUNE)
    page = admin.page(f"/quan-tri/tai-khoan/{user.id}").follow("Bàn giao")
    empty = page.submit("Bàn giao và hiện mật khẩu")
    assert empty.status == 422
    sheet = empty.submit(
        "Bàn giao và hiện mật khẩu", display_name="Lê Thị Mới", reason="Quyết định 12"
    )
    assert "Lê Thị Mới" in sheet.text
    history = admin.page(f"/quan-tri/tai-khoan/{user.id}")
    assert "Bàn giao tài khoản cho người mới" in history.text


def test_unfinished_work_is_moved_from_the_page(admin, place):
    user = surveyed.account(place, "Xã An Bá", Role.COMMUNE)
    page = admin.page(f"/quan-tri/tai-khoan/{user.id}/ban-giao")
    assert "không có tài khoản nào khác" in page.text


@pytest.mark.parametrize(
    "address", [URL, "/quan-tri/tai-khoan/in-mat-khau", "/quan-tri/tai-khoan/mau.xlsx",
                "/quan-tri/tai-khoan/danh-sach.xlsx"],
)  # fmt: skip
def test_nobody_else_gets_at_any_of_it(client, place, address):
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    assert client.get(address).status_code == 403
