"""What the operator does, page by page, and that nobody else does it."""

import re
from datetime import date

import pytest
from sqlalchemy import update

from portal.core import jobs
from portal.core.database import session, write
from portal.core.jobs import Job, JobStatus
from portal.features.audit.services import OPERATOR, Act, record
from portal.features.org_units.importing import _fold_names
from portal.features.org_units.models import Unit
from portal.features.users import queries, services
from portal.policy.roles import Role
from tests.support import surveyed
from tests.support.queries import counted

PAGES = [
    "/quan-tri", "/quan-tri/don-vi", "/quan-tri/tai-khoan", "/quan-tri/tai-khoan/moi",
    "/quan-tri/thiet-lap", "/quan-tri/nhat-ky", "/quan-tri/nhat-ky/kiem-tra",
    "/quan-tri/thanh-phan",
]  # fmt: skip


@pytest.fixture
def place(app):
    made = surveyed.province({"Huyện Lạng Giang": ["Xã Đồng Tâm", "Xã An Bá", "Phường Ngô Quyền"]})
    with write() as current:
        _fold_names(current)
    return made


@pytest.fixture
def admin(client, place):
    client.sign_in(surveyed.account(place, "Tỉnh", Role.ADMIN))
    return client


def create(admin, **values):
    page = admin.page("/quan-tri/tai-khoan/moi?tim=dong tam").follow("Chọn")
    given = {
        "username": "xa.dongtam",
        "display_name": "Cán bộ",
        "role": "commune",
        "duties": "draft",
    }
    return page.submit("Tạo và hiện mật khẩu", **{**given, **values})


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_for_the_operator_and_for_nobody_else(app, admin, place, address):
    assert admin.page(address).h1
    other = app.test_client()
    assert other.page(address).h1 == "Đăng nhập"
    other.sign_in(surveyed.account(place, "Xã An Bá", Role.COMMUNE))
    other.page(address, status=403)


def test_a_unit_is_found_by_its_district_without_accents(admin):
    page = admin.page("/quan-tri/don-vi").submit("Tìm", tim="lang giang quyen")
    assert [row[0] for row in page.rows()[1:]] == ["Phường Ngô Quyền"]
    assert page.follow("Phường Ngô Quyền").h1 == "Phường Ngô Quyền"


def test_a_search_without_a_find_says_what_to_try(admin):
    assert "Không tìm thấy" in admin.page("/quan-tri/don-vi?tim=zzz").text


def test_an_organisation_is_added_once(admin, place):
    page = admin.page(f"/quan-tri/don-vi/{place['Xã An Bá'].id}")
    again = page.submit("Thêm tổ chức", kind="youth", name="Đoàn xã An Bá")
    assert "Đoàn xã An Bá" in again.text
    twice = again.submit("Thêm tổ chức", kind="youth", name="Đoàn  xã An Bá ")
    assert twice.status == 422
    assert "đã có tổ chức" in twice.alerts[0]


def test_a_new_account_s_password_is_shown_once_and_opens_the_door(app, admin):
    sheet = create(admin)
    password = re.search(r"[a-z0-9]{4}(-[a-z0-9]{4}){2}", sheet.text)[0]
    assert password not in sheet.path
    account = sheet.follow("Xong, về tài khoản")
    assert password not in account.text
    assert "Chưa đăng nhập lần đầu" in account.text
    page = app.test_client().page("/dang-nhap")
    assert (
        page.submit("Đăng nhập", username="xa.dongtam", password=password).path == "/doi-mat-khau"
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"username": "Xã An Bá"}, "chữ thường"),
        ({"username": ""}, "Chưa ghi tên đăng nhập"),
        ({"display_name": ""}, "Chưa ghi tên hiển thị"),
        ({"role": "province"}, "Chưa chọn vai trò"),
        ({"role": []}, "Chưa chọn vai trò"),
    ],
)
def test_what_is_missing_is_named_and_what_was_typed_is_kept(admin, values, said):
    page = create(admin, **values)
    assert page.status == 422
    assert said in page.alerts[0]
    kept = page.form("Tạo").fields
    assert "Cán bộ" in kept["display_name"] or not values.get("display_name", "x")
    assert queries.by_username("xa.dongtam") is None


def test_two_who_save_at_once_see_both_texts_and_choose(admin):
    create(admin)
    number = queries.by_username("xa.dongtam").id
    mine = admin.page(f"/quan-tri/tai-khoan/{number}")
    admin.page(f"/quan-tri/tai-khoan/{number}").submit("Lưu", display_name="Người kia")
    conflict = mine.submit("Lưu", display_name="Của tôi")
    assert conflict.status == 409
    assert "Người kia" in conflict.text
    assert conflict.form("Lưu bản của tôi").fields["display_name"] == "Của tôi"
    assert conflict.submit("Lưu bản của tôi").h1 == "Của tôi"


def test_settings_saved_second_are_shown_beside_the_first(admin):
    mine = admin.page("/quan-tri/thiet-lap")
    admin.page("/quan-tri/thiet-lap").submit("Lưu", name="Xã A")
    conflict = mine.submit("Lưu", name="Xã B")
    assert conflict.status == 409
    saved = conflict.submit("Lưu bản của tôi")
    assert saved.form("Lưu").fields["name"] == "Xã B"


def test_settings_sent_without_their_version_are_refused(admin):
    page = admin.page("/quan-tri/thiet-lap")
    fields = page.form("Lưu").fields.to_dict() | {"name": "Xã B"}
    del fields["version"]
    assert admin.post("/quan-tri/thiet-lap", data=fields).status_code == 409


def test_a_setting_that_cannot_be_taken_stays_in_its_field(admin):
    page = admin.page("/quan-tri/thiet-lap").submit("Lưu", threshold="3")
    assert page.status == 422
    assert page.form("Lưu").fields["threshold"] == "3"


def test_an_account_is_closed_with_a_reason_and_opened_again(admin):
    create(admin)
    number = queries.by_username("xa.dongtam").id
    page = admin.page(f"/quan-tri/tai-khoan/{number}")
    assert page.submit("Ngừng tài khoản", reason=" ").status == 422
    closed = page.submit("Ngừng tài khoản", reason="Chuyển công tác")
    assert "Đã ngừng" in closed.text
    assert "Chuyển công tác" in closed.text
    assert "Đã mở lại" in closed.submit("Mở lại tài khoản").text


def test_a_reset_shows_another_password_and_asks_no_reason(admin):
    first = create(admin).text
    number = queries.by_username("xa.dongtam").id
    sheet = admin.page(f"/quan-tri/tai-khoan/{number}").submit("Cấp lại mật khẩu")
    assert sheet.h1 == "Mật khẩu dùng một lần"
    assert sheet.text != first


def test_a_reset_sent_again_gives_no_other_password(admin):
    create(admin)
    user = queries.by_username("xa.dongtam")
    form = admin.page(f"/quan-tri/tai-khoan/{user.id}").form("Cấp lại mật khẩu")
    form.submit("Cấp lại mật khẩu")
    stored = queries.by_username("xa.dongtam").password_hash
    again = form.submit("Cấp lại mật khẩu")
    assert "Chưa cấp thêm mật khẩu nào" in again.text
    assert queries.by_username("xa.dongtam").password_hash == stored


def test_the_record_is_filtered_and_names_the_change(admin):
    create(admin)
    admin.page("/quan-tri/thiet-lap").submit("Lưu", threshold="7")
    page = admin.page("/quan-tri/nhat-ky").submit("Lọc", loai="setting")
    [row] = page.rows()[1:]
    assert "Sửa thiết lập" in row
    assert "Giá trị: 5 → 7" in row[-1]
    acts = page.submit("Lọc", loai="", viec="account:created")
    assert [row[3] for row in acts.rows()[1:]] == ["Tạo tài khoản"]
    assert len(admin.page("/quan-tri/nhat-ky?tu_ngay=01/01/2099").text.split("Không có dòng")) == 2
    assert "mẫu ngày/tháng/năm" in admin.page("/quan-tri/nhat-ky?tu_ngay=abc").text


def test_a_long_record_is_read_page_by_page(admin):
    with write():
        for n in range(60):
            record(OPERATOR, Act("account:changed", "account", n))
    first = admin.page("/quan-tri/nhat-ky")
    assert (len(first.rows()), len(first.follow("Cũ hơn").rows())) == (51, 11)


def test_the_home_page_says_what_waits(admin):
    create(admin)
    with write() as current:
        current.add(Job(kind="surveys:fold", run_key="x", status=JobStatus.FAILED, attempts=5,
                        run_at=jobs.clock.now(), finished_at=jobs.clock.now()))  # fmt: skip
    text = admin.page("/quan-tri").text
    for said in ("Việc nền không làm xong", "chưa đăng nhập lần đầu", "Chưa có bản sao lưu"):
        assert said in text


@pytest.mark.parametrize("address", ["/quan-tri/don-vi", "/quan-tri/tai-khoan", "/quan-tri"])
def test_a_page_takes_few_queries_however_long_the_list(admin, place, address):
    for n in range(12):
        surveyed.province({f"Huyện {n}": [f"Xã {n}"]})
    with counted() as statements:
        admin.page(address)
    assert len(statements) <= 15, statements


@pytest.mark.parametrize(
    "address",
    [
        "/quan-tri/don-vi/999",
        "/quan-tri/tai-khoan/999",
        "/quan-tri/tai-khoan/moi/999",
        "/quan-tri/don-vi/99999999999999999999",
        "/quan-tri/tai-khoan/99999999999999999999",
        "/quan-tri/tai-khoan/moi/99999999999999999999",
    ],
)
def test_what_does_not_exist_is_not_found(admin, address):
    admin.page(address, status=404)


@pytest.mark.parametrize(
    "odd", ["99999999999999999999", "-1", "x", "%00", "' OR 1=1 --", "ễ" * 500]
)
def test_odd_words_in_an_address_do_no_harm(admin, odd):
    for name in ("trang", "tim", "cap", "vai_tro", "tinh_trang", "loai", "nguoi", "truoc"):
        for address in ("don-vi", "tai-khoan", "nhat-ky", "tai-khoan/moi"):
            assert admin.get(f"/quan-tri/{address}", query_string={name: odd}).status_code == 200


def test_a_stale_ticket_of_a_closed_operator_opens_nothing(admin, place):
    [user] = [one for one in session().scalars(queries.accounts()) if one.role == Role.ADMIN]
    services.deactivate(OPERATOR, user.id, "Thôi việc")
    assert admin.page("/quan-tri").h1 == "Đăng nhập"


def test_an_empty_installation_points_to_the_list_of_units(admin):
    assert "Chưa có đơn vị cấp xã nào" not in admin.page("/quan-tri").text
    with write() as current:
        ended = {"valid_to": date(2020, 1, 1)}
        current.execute(update(Unit).where(Unit.level == "commune").values(ended))
    page = admin.page("/quan-tri")
    assert page.follow("Nhập danh sách đơn vị").h1 == "Nhập danh sách đơn vị"
    assert "Mọi thứ đang ổn" not in page.text
