"""1 July 2025 in the sample, through the pages: a ward becomes part of another overnight.

Everybody stays signed in. The codes on the walls, the accounts, the papers and what was answered
before are there afterwards as they were.
"""

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys import files
from tests.journeys.people import Citizen, Official
from tests.support import reformed
from tests.support.reformed import as_text

pytestmark = [pytest.mark.browser, pytest.mark.slow]
expect.set_options(timeout=30_000)

OLD, NEW = "Phường Ngô Quyền", "Phường Bắc Giang"
SAYS = f"{OLD} nay thuộc phường Bắc Giang từ 01/07/2025."
UNIT_HEADS = ("code", "name", "full_name", "level", "parent_code", "valid_from", "valid_to")
PAIR_HEADS = ("old_code", "old_full_name", "new_code", "new_full_name")


@pytest.fixture
def people(sample_server, windows):
    """Sign the operator, the province and the ward in."""
    accounts = json.loads(sample_server.flask("demo", "accounts", "--json"))
    passwords = {each["username"]: each["password"] for each in accounts}
    found = []
    for name in ("quantri", "tinh.soanthao", "xa.ngoquyen"):
        official = Official(windows.open(sample_server.url))
        official.page.set_default_timeout(30_000)
        official.page.goto("/dang-nhap")
        official.page.get_by_label("Tên đăng nhập").fill(name)
        official.page.get_by_label("Mật khẩu").fill(passwords[name])
        official.press("Đăng nhập")
        expect(official.page.locator("#main")).to_be_visible()
        found.append(official)
    return found


def test_a_ward_becomes_part_of_another_and_nothing_is_lost(
    people, sample_server, windows, tmp_path
):
    operator, province, ward = people
    campaign = open_campaign(ward)
    before = closed_results(province)
    phone = Citizen(windows.open(sample_server.url, width=375))
    old_code = the_poster_on_the_wall(ward, campaign, tmp_path)
    a_person_begins_to_answer(phone, old_code)
    windows.expect("status of 409")  # the form that is sent too late is given back
    windows.expect("status of 422")  # who has no successor must be ticked first

    the_old_units_end(operator)
    the_new_units_come(operator)
    they_take_over(operator)

    what_was_typed_is_kept(phone)
    somebody_scans_the_old_poster(windows, sample_server, old_code)
    the_ward_goes_on_under_its_new_name(ward, campaign, old_code, tmp_path)
    the_province_reads_what_it_read_before(province, before)
    it_is_on_the_record(operator)
    assert "nguyên vẹn" in sample_server.flask("audit", "verify").lower()
    sample_server.flask("surveys", "verify")


def open_campaign(ward):
    ward.follow("Đợt khảo sát", "nav")
    row = ward.page.get_by_role("row").filter(has_text="Đang mở")
    return row.get_by_role("rowheader").inner_text().strip()


def closed_results(province):
    """Open the results of a campaign that is over, and give what they say."""
    province.follow("Đợt khảo sát", "nav")
    row = province.page.get_by_role("row").filter(has_text="Xem kết quả").first
    row.get_by_role("link", name="Xem kết quả").click()
    expect(province.page.get_by_role("heading", level=1)).to_contain_text("Kết quả")
    return urlsplit(province.page.url).path, figures(province)


def figures(official):
    """Give what a page of results says below the choice of places, which grows by the new ones."""
    text = official.page.locator("#main").inner_text()
    return text.partition("Hài lòng và rất hài lòng")[2]


def the_poster_on_the_wall(ward, campaign, folder):
    """Print the ward's poster, and give the address that a phone reads on it."""
    ward.opens(campaign, "Mã QR và áp phích")
    poster = ward.saves(ward.page.get_by_role("link", name="Tải áp phích A4"), folder)
    [scanned] = files.scanned(poster)
    return urlsplit(scanned).path


def a_person_begins_to_answer(phone, address):
    phone.opens(address)
    phone.sees(OLD)
    phone.answers_part_by_part()


def the_old_units_end(operator):
    operator.follow("Đơn vị", "nav")
    operator.follow("Nhập danh sách", "#main")
    operator.page.get_by_label("Hoặc chọn tệp").set_input_files(reformed.OLD)
    operator.press("Kiểm tra danh sách")
    operator.sees("220 đơn vị")
    operator.press("Nhập danh sách")
    operator.sees("kết thúc 220 đơn vị")


def the_new_units_come(operator):
    operator.follow("Nhập danh sách", "#main")
    table = as_text(reformed.new_units(), UNIT_HEADS)
    operator.page.get_by_label("Các ô chép từ Excel").fill(table)
    operator.press("Kiểm tra danh sách")
    operator.sees("Cấp tỉnh: 1; Cấp xã: 99")
    operator.press("Nhập danh sách")
    operator.sees("thêm 100, sửa 0, kết thúc 0 đơn vị")


def they_take_over(operator):
    operator.follow("Sắp xếp đơn vị", "#main")
    table = as_text(reformed.crosswalk(), PAIR_HEADS)
    operator.page.get_by_label("Các ô chép từ Excel").fill(table)
    operator.press("Xem trước")
    row = operator.page.get_by_role("row").filter(has_text=f"{NEW}, 07210")
    expect(row).to_contain_text(OLD)
    team = operator.page.get_by_label("Sau sắp xếp: Tổ công tác phường Ngô Quyền")
    team.select_option(label="Chuyển sang phường Bắc Giang")
    operator.press("Xác nhận sắp xếp")
    operator.sees("Chưa có nơi nhận")
    for box in operator.page.get_by_label("Không có nơi nhận").all():
        box.check()
    operator.press("Xác nhận sắp xếp")
    operator.sees("Đã sắp xếp")


def what_was_typed_is_kept(phone):
    """The form was opened before and is sent after: it comes back whole, and is sent again."""
    again = phone.page.get_by_role("heading", name="Phiếu chưa được nhận, xin gửi lại")
    phone.page.get_by_role("button", name="Gửi phiếu").click()
    expect(again).to_be_visible()
    expect(phone.page.locator("input[name=c1][value=co]")).to_be_checked()
    phone.sees(NEW)
    phone.sends()


def somebody_scans_the_old_poster(windows, server, address):
    other = Citizen(windows.open(server.url, width=375))
    other.opens(address)
    for _second in range(20):  # where a code leads is kept in memory for ten seconds
        if SAYS in other.page.locator("body").inner_text():
            break
        other.page.wait_for_timeout(1000)
        other.page.reload()
    other.sees(SAYS)
    other.answers_part_by_part()
    other.sends()


def the_ward_goes_on_under_its_new_name(ward, campaign, old_code, folder):
    ward.page.goto("/lam-viec")
    expect(ward.page.locator("body")).to_contain_text("Tổ công tác phường Bắc Giang")
    new_code = the_poster_on_the_wall(ward, campaign, folder)
    assert new_code != old_code
    ward.opens(campaign, "Tình hình tham gia")
    ward.sees("Trước sắp xếp")
    for name in (OLD, NEW):
        ward.sees(name)


def the_province_reads_what_it_read_before(province, before):
    path, said = before
    province.page.goto(path)
    assert said
    assert figures(province) == said


def it_is_on_the_record(operator):
    operator.follow("Nhật ký", "nav")
    operator.sees("Sắp xếp đơn vị")
    moved = "Chuyển tổ chức sang đơn vị kế tiếp"
    operator.page.get_by_label("Việc", exact=True).select_option(label=moved)
    operator.press("Lọc")
    rows = operator.page.locator("tbody tr")
    expect(rows.filter(has_not_text=moved)).to_have_count(0)
    expect(rows.first).to_contain_text("Tổ công tác")
