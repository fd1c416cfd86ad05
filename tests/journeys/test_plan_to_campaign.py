"""A plan from its template to the inboxes: drafted, returned, signed, numbered, issued.

Issuing it is all that anybody does: its campaign is ready in 209 communes, the clock opens it on
its day, and every recipient finds the paper and its own tasks.
"""

import re
import zipfile
from datetime import timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pypdfium2
import pytest
from playwright.sync_api import expect

from portal.core import clock
from tests.journeys import days, files
from tests.journeys.people import Citizen, Official, Operator
from tests.support import processes
from tests.support.live import PROJECT

pytestmark = [pytest.mark.browser, pytest.mark.slow]
expect.set_options(timeout=20_000)

UNITS = PROJECT / "portal/library/units/units_bac_giang_2024.csv"
STEERING, CITY, TEAM = "BCĐ thực hiện QCDC tỉnh", "BCĐ thành phố Bắc Giang", "Tổ công tác phường"
WARD = "Phường Ngô Quyền"
BODIES = [
    ("Tỉnh Bắc Giang", "Ban Chỉ đạo thực hiện Quy chế dân chủ", STEERING),
    ("Thành phố Bắc Giang", "Ban Chỉ đạo thực hiện Quy chế dân chủ", CITY),
    (WARD, "Tổ công tác", TEAM),
]
ACCOUNTS = {
    "tinh.soan": (STEERING, "Cấp tỉnh", "Soạn thảo"),
    "tinh.duyet": (STEERING, "Cấp tỉnh", "Lãnh đạo duyệt"),
    "tinh.vanthu": (STEERING, "Cấp tỉnh", "Văn thư"),
    "huyen.tp": (CITY, "Cấp huyện", "Soạn thảo"),
    "xa.nq": (TEAM, "Cấp xã", "Soạn thảo"),
}
LETTERHEAD = {
    "Cơ quan cấp trên": "TỈNH ỦY BẮC GIANG", "Cơ quan ban hành": "BCĐ THỰC HIỆN QCDC TỈNH",
    "Ký hiệu cơ quan": "BCĐ", "Địa danh": "Bắc Giang", "Nhiệm kỳ": "2025-2030",
    "Thẩm quyền ký": "T/M BAN CHỈ ĐẠO", "Chức vụ người ký": "TRƯỞNG BAN",
    "Họ tên người ký": "Lãnh đạo mẫu",
}  # fmt: skip
TEMPLATE = "Khảo sát người dân làm thủ tục hành chính (PKS 03)"
ZALO = "https://zalo.me/g/abcdef123"
TODAY = clock.today()
OPENS, CLOSES = TODAY + timedelta(days=8), TODAY + timedelta(days=10)
NAME = f"PKS 03 năm {OPENS.year}"
PLAN = "Kế hoạch tổ chức khảo sát ý kiến người dân"
SCAN = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
TASK = "Lập danh sách, lịch phân công người hướng dẫn"


@pytest.fixture
def officials(live_server, windows):
    """Import the units, make the accounts, and sign everybody in for the first time."""
    live_server.flask("units", "import", str(UNITS), "--ignore-end-dates")
    printed = live_server.flask("accounts", "admin", "quantri", "--unit", "24")
    operator = Operator(windows.open(live_server.url))
    operator.sign_in_first_time("quantri", re.search(r"dùng một lần: (\S+)", printed)[1])
    for unit, kind, name in BODIES:
        operator.adds_body(unit, kind, name)
    handed_out = {name: operator.gives_account(name, *where) for name, where in ACCOUNTS.items()}
    people = [Official(windows.open(live_server.url)) for _ in ACCOUNTS]
    for official, (name, password) in zip(people, handed_out.items(), strict=True):
        official.page.set_default_timeout(20_000)
        official.sign_in_first_time(name, password)
    return people


def test_a_plan_is_issued_and_its_survey_opens_by_itself(officials, live_server, windows, tmp_path):
    drafter, leader, clerk, district, commune = officials
    windows.expect("status of (404|409)")  # refusals that the story asks for
    the_clerk_sets_the_letterhead(clerk)
    a_plan_is_drafted(drafter)
    its_campaign_waits_for_it(drafter)
    a_warning_is_kept_with_its_reason(drafter)
    the_leader_returns_it(leader)
    the_drafter_mends_it(drafter)
    the_leader_approves(leader)
    number = the_clerk_signs_numbers_and_issues(clerk)

    the_campaign_is_ready_everywhere(drafter)
    phone = Citizen(windows.open(live_server.url, width=375))
    address = the_poster_leads_to(commune, tmp_path)
    the_form_is_shut(phone, address)
    days.let_the_day_come(live_server, NAME)
    the_form_is_open(phone, address)

    for reader in (district, commune):
        the_paper_lies_in_the_inbox(reader, number)
    the_commune_does_its_task(commune)
    the_province_sees_who_has_it(clerk)
    the_public_copy_hides_the_group(phone, tmp_path)
    the_files_are_what_they_should_be(drafter, tmp_path, number)


# --- until it is issued


def the_clerk_sets_the_letterhead(clerk):
    clerk.follow("Sổ văn bản", "nav")
    clerk.follow("Thể thức", "#main")
    clerk.follow("Đặt thể thức", "#main")
    clerk.page.get_by_label(re.compile("Đảng")).first.check()
    for label, text in LETTERHEAD.items():
        clerk.page.get_by_label(label).fill(text)
    clerk.press("Lưu thể thức")


def a_plan_is_drafted(drafter):
    drafter.follow("Văn bản", "nav")
    drafter.follow("Soạn văn bản", "#main")
    drafter.follow(TEMPLATE, "#main")
    answers = {
        "Khảo sát từ ngày": OPENS, "Đến hết ngày": CLOSES,
        "Hạn gửi danh sách, lịch phân công": TODAY + timedelta(days=4),
        "Hạn báo cáo kết quả": CLOSES,
    }  # fmt: skip
    for label, day in answers.items():
        drafter.page.get_by_label(label, exact=True).fill(clock.format_date(day))
    drafter.page.get_by_label("Năm", exact=True).fill(str(OPENS.year))
    drafter.page.get_by_label("Đường dẫn nhóm Zalo").fill(ZALO)
    drafter.press("Tạo bản thảo")
    drafter.sees("Đã tạo bản thảo.")


def its_campaign_waits_for_it(drafter):
    drafter.page.locator(".crumbs").get_by_role("link", name="Kế hoạch").click()
    drafter.sees("Đợt khảo sát theo kế hoạch")
    drafter.follow(NAME, "#main")
    drafter.sees("Kế hoạch chưa ban hành")
    drafter.sees(f"Từ {clock.format_date(OPENS)} đến hết {clock.format_date(CLOSES)}")
    drafter.follow("Kế hoạch chưa ban hành", "#main")
    drafter.follow("Soạn tiếp", "#main")


def a_warning_is_kept_with_its_reason(drafter):
    warning = drafter.page.locator(".warning", has_text="báo cáo").first
    warning.locator("summary", has_text="Giữ và ghi lý do").click()
    warning.get_by_placeholder("Lý do giữ nguyên").fill("Báo cáo nhanh ngay trong ngày cuối.")
    warning.get_by_role("button", name="Giữ", exact=True).click()
    drafter.sees("Giữ vì: “Báo cáo nhanh ngay trong ngày cuối.”")
    drafter.press("Trình duyệt")
    drafter.sees("Đã trình, chờ lãnh đạo duyệt.")


def the_leader_returns_it(leader):
    leader.follow("Văn bản", "nav")
    leader.follow(PLAN, "#main")
    leader.page.locator("summary", has_text="Trả lại để sửa").click()
    leader.page.get_by_label("Lý do").fill("Ghi rõ nơi đặt bàn hướng dẫn.")
    leader.press("Trả lại để sửa")
    leader.sees("Lãnh đạo trả lại để sửa.")


def the_drafter_mends_it(drafter):
    drafter.page.reload()
    drafter.follow("Soạn tiếp", "#main")
    drafter.sees("Ghi rõ nơi đặt bàn hướng dẫn.")
    drafter.page.locator("summary", has_text="Phần kết").click()
    drafter.page.get_by_label("Lời kết").fill("Bàn hướng dẫn đặt ở sảnh bộ phận một cửa.")
    drafter.press("Trình duyệt")
    drafter.sees("Đã trình, chờ lãnh đạo duyệt.")


def the_leader_approves(leader):
    leader.page.reload()
    leader.confirms("Duyệt")
    leader.sees("Đã duyệt. In ra ký")


def the_clerk_signs_numbers_and_issues(clerk):
    """Upload the scan, take the number, make the copy public, issue; give the number."""
    clerk.follow("Văn bản", "nav")
    clerk.follow(PLAN, "#main")
    scan = {"name": "ke-hoach-da-ky.pdf", "mimeType": "application/pdf", "buffer": SCAN}
    clerk.page.get_by_label("Bản đã ký").set_input_files(scan)
    clerk.press("Ghi nhận đã ký")
    clerk.press("Lấy số")
    clerk.sees("Số 01-KH/BCĐ")
    clerk.press("Công khai văn bản")
    clerk.confirms("Ban hành")
    clerk.sees("Đã ban hành, không sửa được nữa.")
    return "01-KH/BCĐ"


# --- what follows from it


def the_campaign_is_ready_everywhere(drafter):
    drafter.opens(NAME)
    drafter.sees("Sẵn sàng")
    drafter.sees("209 xã")
    drafter.sees("Số 01-KH/BCĐ")


def the_poster_leads_to(commune, folder):
    """Take the poster and give the address that a phone reads on it."""
    commune.opens(NAME, "Mã QR và áp phích")
    poster = commune.saves(commune.page.get_by_role("link", name="Tải áp phích A4"), folder)
    [scanned] = files.scanned(poster)
    return urlsplit(scanned).path


def the_form_is_shut(phone, address):
    phone.opens(address)
    phone.sees(clock.format_date(OPENS))
    expect(phone.page.get_by_role("link", name="Bắt đầu trả lời")).to_have_count(0)


def the_form_is_open(phone, address):
    """What a form is about is kept for ten seconds before it is looked up again."""
    begin = phone.page.get_by_role("link", name="Bắt đầu trả lời")
    assert processes.soon(lambda: phone.page.goto(address) and begin.is_visible(), 30)
    phone.sees(WARD)
    phone.answers_part_by_part()
    phone.sends()


def the_paper_lies_in_the_inbox(reader, number):
    reader.follow("Việc cần làm", "nav")
    reader.sees("Xử lý 1 văn bản đến")
    reader.follow("Văn bản đến", "nav")
    reader.sees("1 văn bản chưa xử lý, 1 chưa mở.")
    reader.follow(PLAN, ".inbox")
    reader.sees(number)
    reader.sees("ke-hoach-da-ky.pdf")
    reader.follow("Văn bản đến", "nav")
    reader.sees("1 văn bản chưa xử lý, 0 chưa mở.")
    reader.press("Đã nhận")
    reader.sees("đã nhận: Cán bộ")
    reader.press("Đã xử lý")
    reader.sees("Không còn văn bản nào chưa xử lý.")


def the_commune_does_its_task(commune):
    commune.follow("Việc cần làm", "nav")
    commune.sees(TASK)
    commune.follow("Nhiệm vụ", "nav")
    row = commune.page.locator(".tasks > li", has_text=TASK)
    expect(row).to_contain_text(f"{TODAY + timedelta(days=3):%d}")  # before the fourth day
    row.get_by_role("link", name=TASK).click()
    commune.page.get_by_role("textbox", name="Kết quả").fill("Đã gửi danh sách 6 người.")
    commune.press("Nộp kết quả")
    commune.sees("Đã nộp kết quả.")
    commune.follow("Nhiệm vụ", "nav")
    expect(commune.page.locator(".tasks > li", has_text=TASK)).to_have_count(0)
    commune.page.locator("#main").get_by_role("link", name="Đã nộp, đã xong").click()
    commune.sees("Đã gửi danh sách 6 người.")


def the_province_sees_who_has_it(clerk):
    clerk.page.reload()
    clerk.sees("2/2 nơi đã mở")
    clerk.sees("2 nơi đã nhận, 2 nơi đã xử lý")
    clerk.follow("Nhiệm vụ", "nav")
    clerk.page.locator("#main").get_by_role("link", name="Cấp dưới, theo việc").click()
    row = clerk.page.get_by_role("row", name=TASK)
    expect(row).to_contain_text("1/209")
    expect(row).to_contain_text("208 chưa có nơi nhận")


def the_public_copy_hides_the_group(phone, folder):
    phone.page.goto("/cong-khai")
    phone.page.get_by_label("Tìm văn bản").fill("khao sat y kien")
    phone.page.get_by_role("button", name="Tìm").click()
    phone.page.get_by_role("link", name=re.compile("khảo sát ý kiến")).click()
    phone.sees("Kế hoạch số 01-KH/BCĐ")
    expect(phone.page.locator("body")).not_to_contain_text("zalo.me")
    with phone.page.expect_download() as started:
        phone.page.get_by_role("link", name="Tải bản PDF").click()
    started.value.save_as(folder / "cong-khai.pdf")
    text = read(folder / "cong-khai.pdf")
    assert "KẾ HOẠCH" in text
    assert "zalo.me" not in text


def the_files_are_what_they_should_be(drafter, folder, number):
    drafter.follow("Số 01-KH/BCĐ", "#main")
    links = drafter.page.locator(".page-head").get_by_role("link")
    for suffix in (".docx", ".pdf"):
        text = read(drafter.saves(links.filter(has_text=suffix), folder))
        for said in (number, "TỈNH ỦY BẮC GIANG", "Bàn hướng dẫn đặt ở sảnh", "zalo.me", WARD):
            assert said in text, (suffix, said)


def read(file):
    """Give the words of a file, seen by other eyes than those that wrote it."""
    if file.suffix == ".pdf":
        pages = pypdfium2.PdfDocument(file)
        text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    else:
        with zipfile.ZipFile(file) as packed:
            tree = ElementTree.fromstring(packed.read("word/document.xml"))
        text = "".join(tree.itertext())
    return re.sub(r"\s+", " ", text)
