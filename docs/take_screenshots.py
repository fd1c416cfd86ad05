"""Takes the pictures of the guides from a fresh sample province: `make screenshots`."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Locator, Page

from docs import take_consultation
from docs.taking import DESK, IMAGES, PHONE, Portal, follow, keep, press
from portal.core import clock
from tests.support import reformed
from tests.support.browser import launch
from tests.support.live import serve

Links = tuple[str, ...]
DESKS: dict[str, dict[str, Links]] = {
    "tinh.soanthao": {
        "trang-chu-tinh": (),
        "tinh-tao-dot": ("Đợt khảo sát", "Tạo đợt khảo sát", "Chọn PKS 03"),
        "tinh-ma-qr": ("Đợt khảo sát", "Đang mở", "Mã QR, áp phích"),
        "tinh-in-an": ("Đợt khảo sát", "Đang mở", "Mã QR, áp phích", "Chọn mẫu để in"),
        "tinh-bao-cao-ngay": ("Triển khai", "PKS 03", "Báo cáo ngày"),
        "tinh-bieu-duong": ("Triển khai", "PKS 03", "Biểu dương"),
        "tinh-ket-qua": ("Đợt khảo sát", "Đã đóng", "Xem kết quả"),
    },
    "tinh.duyet": {"tinh-duyet": ("Đợt khảo sát", "Bản nháp", "Xem để duyệt")},
    "huyen.lucngan": {
        "huyen-trang-chu": (),
        "huyen-giao-ban": ("Giao ban sáng",),
        "huyen-to-cong-tac": ("Triển khai", "PKS 03", "Tổ công tác"),
        "huyen-tham-gia": ("Đợt khảo sát", "Đang mở", "PKS 03", "Tình hình tham gia"),
    },
    "huyen.tpbacgiang": {
        "huyen-kiem-tra": ("Triển khai", "PKS 03", "Kiểm tra"),
        "huyen-danh-sach": ("Triển khai", "PKS 03", "Danh sách, lịch", "Xem và tổng hợp"),
        "huyen-kiem-tra-ket-qua": ("Triển khai", "PKS 03", "Kiểm tra", "Phường Ngô Quyền"),
        "huyen-don-doc": ("Triển khai", "PKS 03", "Đôn đốc"),
    },
    "xa.ngoquyen": {
        "xa-trang-chu": (),
        "xa-ma-qr": ("Đợt khảo sát", "Đang mở", "Mã QR, áp phích"),
        "xa-quet-thu": ("Đợt khảo sát", "Đang mở", "Mã QR, áp phích", "Quét thử"),
        "xa-bo-gui-zalo": ("Đợt khảo sát", "Đang mở", "Mã QR, áp phích", "Mở bộ gửi Zalo"),
        "xa-ket-qua": ("Đợt khảo sát", "Đã đóng", "Xem kết quả"),
        "xa-don-vi": ("Đơn vị của tôi",),
        "xa-cong-khai": ("Công khai", "Mở bảng công khai"),
        "xa-trien-khai": ("Triển khai", "PKS 03"),
        "xa-to-cong-tac": ("Triển khai", "PKS 03", "Tổ công tác"),
        "xa-danh-sach": ("Triển khai", "PKS 03", "Danh sách, lịch"),
        "xa-xep-lich": ("Triển khai", "PKS 03", "Danh sách, lịch", "Xếp lịch"),
        "xa-bo-trien-khai": ("Triển khai", "PKS 03", "Bộ triển khai"),
    },
    "xa.backan": {"van-thu-the-thuc": ("Sổ văn bản", "Thể thức văn bản")},
    "doan.ngoquyen": {"doan-sap-mo": ("Đợt khảo sát", "PKS 01")},
    "quantri": {
        "quan-tri-trang-chu": (),
        "quan-tri-tai-khoan": ("Tài khoản",),
        "quan-tri-nhat-ky": ("Nhật ký",),
    },
}
"""Who sees what: the links to follow, one after the other, from the home page."""
PHONES: dict[str, dict[str, Links]] = {
    "doan.ngoquyen": {"doan-trang-chu": ()},
    "huyen.tpbacgiang": {
        "kiem-tra-ghi": ("Triển khai", "PKS 03", "Kiểm tra", "Phường Mỹ Độ", "Ghi kết quả"),
    },
    "xa.ngoquyen": {"xa-bao-cao-ngay": ("Triển khai", "PKS 03", "Báo cáo ngày")},
}

ISSUED_DESKS: dict[str, dict[str, Links]] = {
    "tinh.soanthao": {"tinh-nhiem-vu": ("Nhiệm vụ", "Bảng nhiệm vụ")},
    "huyen.lucngan": {"huyen-nhiem-vu": ("Nhiệm vụ", "Bảng nhiệm vụ")},
    "xa.ngoquyen": {"xa-van-ban-den": ("Văn bản đến",), "xa-nhiem-vu": ("Nhiệm vụ",)},
}
ISSUED_PHONES: dict[str, dict[str, Links]] = {
    "doan.ngoquyen": {"doan-van-ban-den": ("Mở văn bản đến",)}
}
"""The same, once the plan that is drafted here has been issued."""

PLAN = "Kế hoạch tổ chức khảo sát ý kiến người dân"
FROM_WORD = """\
Căn cứ Chỉ thị số 09-CT/TU, ngày 10/8/2021 của Ban Thường vụ Tỉnh ủy;
Căn cứ Chương trình công tác năm của Ban Chỉ đạo.
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Nắm ý kiến của người dân để sửa cách làm.
2. Yêu cầu
a) Người dân tự trả lời, không ghi tên.
b) Cán bộ chỉ hướng dẫn thao tác.
II. TỔ CHỨC THỰC HIỆN
1. Hội Nông dân cử người trực tại bộ phận một cửa.
2. Tổ công tác báo cáo chậm nhất ngày 30/11/2026.
Nơi nhận:
- Thường trực Tỉnh ủy (b/c);
- Hội Nông dân tỉnh (p/h);
- Lưu: VT.
"""
ACCOUNTS = """\
Đơn vị\tCơ quan\tLoại cơ quan\tTên hiển thị\tPhần việc
Phường Ngô Quyền\tHội Nông dân phường Ngô Quyền\t\tCán bộ Hội Nông dân\tsoạn thảo
Xã Quý Sơn\t\tMặt trận Tổ quốc\tCán bộ Mặt trận\tsoạn thảo, văn thư
Xã Không Có\tVăn phòng\t\tCán bộ văn phòng\tvăn thư
Phường Ngô Quyền\tTổ tuyên truyền\t\tCán bộ tuyên truyền\tchụp ảnh
"""


def take_all() -> None:
    """Start a portal with sample data, take every picture, and stop it."""
    IMAGES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        data = Path(folder)
        database = f"sqlite:///{data / 'portal.sqlite3'}"
        with serve(data, database, PORTAL_SAMPLE="1") as server, launch() as browser:
            portal = Portal.of(server, browser)
            _round(portal, DESKS, PHONES)
            _citizen(portal)
            _letters(portal)
            take_consultation.take(portal)
            _bring_accounts(portal.official("quantri"))
            _questionnaire(portal.official("tinh.soanthao"))
            _slips(portal.official("tinh.soanthao"))
            _paper(portal.official("xa.ngoquyen"))
            _draft(portal.official("tinh.soanthao"))
            _approve(portal.official("tinh.duyet"))
            _issue(portal.official("tinh.vanthu"))
            _round(portal, ISSUED_DESKS, ISSUED_PHONES)
            _reform(portal.official("quantri"))


def _round(
    portal: Portal, desks: dict[str, dict[str, Links]], phones: dict[str, dict[str, Links]]
) -> None:
    for people, size in ((desks, DESK), (phones, PHONE)):
        for username, pictures in people.items():
            page = portal.official(username, size)
            for name, links in pictures.items():
                page.goto("/lam-viec")
                follow(page, *links)
                keep(page, name)


def _citizen(portal: Portal) -> None:
    page = portal.window(PHONE)
    page.goto(portal.links["publicity"])
    keep(page, "nguoi-dan-van-ban")
    page.goto(portal.links["survey"])
    keep(page, "nguoi-dan-mo-dau")
    page.get_by_role("link", name="Bắt đầu trả lời").click()
    page.locator("input[name=tuoi]").nth(1).check()
    keep(page, "nguoi-dan-cau-hoi")
    for _part in range(3):
        page.get_by_role("button", name="Tiếp tục").click()
        for question in page.locator("[data-required]:visible").all():
            question.locator("input").first.check()
    page.get_by_role("button", name="Gửi phiếu").click()
    page.get_by_role("heading", name="Đã nhận phiếu của ông/bà").wait_for()
    keep(page, "nguoi-dan-cam-on")


def _letters(portal: Portal) -> None:
    """Take the suggestion box: who runs it, who reads, who holds the key, who writes."""
    page = portal.official("doan.ngoquyen")
    follow(page, "Hòm thư góp ý", "Hòm thư góp ý điện tử")
    keep(page, "doan-hom-thu")
    box = page.url
    page.goto(f"{box}/tuan")
    page.locator("tbody tr").filter(has_text="khóa").first.get_by_role("link").first.click()
    keep(page, "doan-hom-thu-tuan")
    page = portal.official("doan.ngoquyen", PHONE)
    page.goto(f"{box}/diem")
    keep(page, "doan-diem-dat")
    page = portal.official("xa.danvan")
    page.goto("/thu")
    keep(page, "xa-thu")
    rows = page.locator("tbody tr")
    rows.filter(has_text="niêm phong").first.get_by_role("link").first.click()
    keep(page, "xa-thu-niem-phong")
    page.goto("/thu?trang-thai=can_xu_ly")
    rows.filter(has_not_text="niêm phong").first.get_by_role("link").first.click()
    keep(page, "xa-thu-mot")
    page = portal.official("huyen.tpbacgiang")
    page.goto("/khoa-mo-thu")
    keep(page, "huyen-khoa-mo-thu")
    _write_letter(portal)


def _write_letter(portal: Portal) -> None:
    page = portal.window(PHONE)
    page.goto(portal.links["mailbox"])
    page.get_by_label("Góp ý", exact=True).check()
    page.get_by_label("Một việc, một quy trình").check()
    page.get_by_label("Nội dung").fill("Giờ nghỉ trưa nên ghi lên cửa để bà con khỏi chờ.")
    page.evaluate("window.scrollTo(0, 0)")
    keep(page, "nguoi-dan-viet-thu")
    press(page, "Xem lại trước khi gửi")
    press(page, "Gửi thư")
    receipt = page.locator("#ma").inner_text()
    keep(page, "nguoi-dan-ma-theo-doi")
    page.goto("/t")
    page.get_by_label("Mã theo dõi").fill(receipt)
    press(page, "Xem trả lời")
    keep(page, "nguoi-dan-theo-doi")


def _questionnaire(page: Page) -> None:
    follow(page, "Phiếu mẫu")
    keep(page, "phieu-danh-sach")
    follow(page, "PKS 07", "Nhân bản")
    page.get_by_label("Mã phiếu").fill("PKS 08")
    press(page, "Lập phiếu")
    page.goto(page.url)  # without the line that says it was made
    press(page, "Sửa câu 3")
    page.locator(".phone").wait_for()
    keep(page, "phieu-soan")
    press(page, "Xem thử cả phiếu")
    keep(page, "phieu-xem-thu")


def _paper(page: Page) -> None:
    follow(page, "Đợt khảo sát", "Đang mở", "PKS 03", "Phiếu giấy hỗ trợ")
    page.get_by_label("Số tờ phát ra").fill("40")
    press(page, "Mở lô")
    keep(page, "xa-phieu-giay")
    follow(page, "Nhập phiếu")
    for choice in page.locator("fieldset").all()[:4]:
        choice.locator("input").first.check()
    keep(page, "xa-nhap-phieu-giay")


def _slips(page: Page) -> None:
    follow(page, "Đợt khảo sát", "Đang mở", "PKS 03", "Phiếu dùng một lần")
    page.get_by_label("Nơi phát").select_option(index=1)
    page.get_by_label("Số tờ").fill("200")
    keep(page, "tinh-phieu-mot-lan")


def _bring_accounts(page: Page) -> None:
    page.goto("/quan-tri/tai-khoan/nhap")
    page.get_by_label("Các ô chép từ Excel").fill(ACCOUNTS)
    press(page, "Kiểm tra bảng")
    page.locator(".paste-grid").scroll_into_view_if_needed()
    keep(page, "quan-tri-nhap-tai-khoan")
    for row in (3, 4):
        page.locator(f"[name=drop-{row}]").check()
    press(page, "Kiểm tra lại")
    press(page, "Tạo 2 tài khoản")
    keep(page, "quan-tri-in-mat-khau")


def _reform(page: Page) -> None:
    """Take the units of 2025 in and look at who takes over; nothing of it is confirmed."""
    page.goto("/quan-tri/don-vi/nhap")
    page.get_by_label("Hoặc chọn tệp").set_input_files(reformed.OLD)
    press(page, "Kiểm tra danh sách")
    keep(page, "quan-tri-nhap-don-vi")
    press(page, "Nhập danh sách")
    for address, table, *buttons in (
        ("nhap", reformed.new_units(), "Kiểm tra danh sách", "Nhập danh sách"),
        ("sap-xep", reformed.crosswalk(), "Xem trước"),
    ):
        page.goto(f"/quan-tri/don-vi/{address}")
        page.get_by_label("Các ô chép từ Excel").fill(reformed.as_text(table, table[0]))
        for button in buttons:
            press(page, button)
    keep(page, "quan-tri-sap-xep")


def _draft(page: Page) -> None:
    follow(page, "Văn bản", "Soạn văn bản")
    keep(page, "van-thu-chon-mau")
    follow(page, "Khảo sát người dân làm thủ tục hành chính")
    days = _days()
    page.get_by_label("Năm", exact=True).fill(str(days["Khảo sát từ ngày"].year))
    for label, day in days.items():
        page.get_by_label(label).fill(clock.format_date(day))
    press(page, "Tạo bản thảo")
    draft = page.url
    page.goto(draft)  # without the line that says it was made
    page.locator("[data-sheets] img").first.wait_for()
    keep(page, "van-thu-soan")
    page.get_by_role("button", name="Trình duyệt").scroll_into_view_if_needed()
    keep(page, "van-thu-luu-y")
    press(page, "Dán từ Word")
    page.get_by_label("Văn bản chép từ Word").fill(FROM_WORD)
    press(page, "Xem Cổng nhận ra gì")
    keep(page, "van-thu-dan-word")
    page.goto(draft)
    press(page, "Chạy thử")
    keep(page, "van-thu-chay-thu")
    page.goto(draft)
    press(page, "Trình duyệt")


def _days() -> dict[str, date]:
    """Give the plan's days: a fortnight of asking, and a report on a Saturday, to be warned of."""
    monday = clock.today() + timedelta(days=28 - clock.today().weekday())
    return {
        "Khảo sát từ ngày": monday,
        "Đến hết ngày": monday + timedelta(days=11),
        "Hạn gửi danh sách": monday - timedelta(days=4),
        "Hạn báo cáo kết quả": monday + timedelta(days=19),
    }


def _approve(page: Page) -> None:
    follow(page, "Văn bản", PLAN)
    keep(page, "van-thu-duyet")
    press(_asked(page, "Duyệt"), "Duyệt")


def _issue(page: Page) -> None:
    follow(page, "Văn bản", PLAN)
    page.get_by_label("Lý do không có bản đính kèm").fill("Bản giấy lưu tại văn thư.")
    press(page, "Ghi nhận đã ký")
    keep(page, "van-thu-lay-so")
    press(page, "Lấy số")
    question = _asked(page, "Ban hành")
    keep(page, "van-thu-ban-hanh")
    press(question, "Ban hành")
    _number(page, "Lấy số", "Công văn", "Trích yếu", "cử cán bộ dự tập huấn")
    _number(page, "Giữ số", "Báo cáo", "Giữ số để làm gì", "Báo cáo quý IV, ký cuối tháng")
    follow(page, "Sổ văn bản")
    keep(page, "van-thu-so-van-ban")


def _asked(page: Page, verb: str) -> Locator:
    """Press a button that asks once more, and give the question."""
    page.locator("details.confirm > summary").get_by_text(verb, exact=True).click()
    return page.locator("details.confirm[open]")


def _number(page: Page, verb: str, kind: str, label: str, words: str) -> None:
    follow(page, "Sổ văn bản", verb)
    page.get_by_label("Tên loại").select_option(label=kind)
    page.get_by_label(label).fill(words)
    press(page, verb)


if __name__ == "__main__":
    take_all()
