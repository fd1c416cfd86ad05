"""Plan 001, told from the empty installation to the report.

The province asks people by PKS 03 how democracy is kept in their commune; four communes stand
for the 209 of the plan.
"""

import itertools
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from portal.core import clock
from tests.journeys import days, files
from tests.journeys.people import Citizen, Official, Operator
from tests.support.live import PROJECT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

UNITS = PROJECT / "portal/library/units/units_bac_giang_2024.csv"
NAME = "PKS 03 lần một"
MANY, SOME, FEW, NOBODY = "Phường Ngô Quyền", "Phường Mỹ Độ", "Phường Thọ Xương", "Xã Quý Sơn"
PEOPLE = {MANY: 12, SOME: 7, FEW: 2}
SATISFIED = 14
"""The number of the question that the headline figure stands on."""
STEERING, CITY, TEAM = "BCĐ thực hiện QCDC tỉnh", "UBND thành phố", "Tổ công tác phường"
BODIES = [
    ("Tỉnh Bắc Giang", "Ban Chỉ đạo thực hiện Quy chế dân chủ", STEERING),
    ("Thành phố Bắc Giang", "Ủy ban nhân dân", CITY),
    (MANY, "Cơ quan, tổ chức khác", TEAM),
]
ACCOUNTS = {
    "tinh.soan": (STEERING, "Cấp tỉnh", "Soạn thảo"),
    "tinh.duyet": (STEERING, "Cấp tỉnh", "Lãnh đạo duyệt"),
    "huyen.tp": (CITY, "Cấp huyện", "Soạn thảo"),
    "xa.nq": (TEAM, "Cấp xã", "Soạn thảo"),
}


@pytest.fixture
def officials(live_server, windows):
    """Import the units, make the accounts, and sign everybody in for the first time."""
    live_server.flask("units", "import", str(UNITS), "--ignore-end-dates")
    printed = live_server.flask("accounts", "admin", "quantri", "--unit", "24")
    once = re.search(r"dùng một lần: (\S+)", printed)[1]
    operator = Operator(windows.open(live_server.url))
    operator.sign_in_first_time("quantri", once)
    for unit, kind, name in BODIES:
        operator.adds_body(unit, kind, name)
    handed_out = {name: operator.gives_account(name, *where) for name, where in ACCOUNTS.items()}
    people = [Official(windows.open(live_server.url)) for _ in ACCOUNTS]
    for official, (name, password) in zip(people, handed_out.items(), strict=True):
        official.sign_in_first_time(name, password)
    return people


def test_a_province_asks_its_communes_and_takes_the_answers_away(
    officials, live_server, windows, tmp_path
):
    drafter, leader, district, commune = officials
    windows.expect("status of (403|422)")  # refusals that the story asks for
    a_campaign_is_drafted(drafter)
    a_draft_is_hidden_from(commune)
    the_leadership_approves(leader)
    address = a_poster_is_taken_home(commune, tmp_path)
    people_answer(windows, live_server.url, addresses_listed_for(drafter), address)

    participation_reads(commune, "Đã nhận 12 phiếu")
    participation_reads(district, "Đã nhận 21 phiếu; 3/3 xã đã có phiếu")
    participation_reads(drafter, "Đã nhận 21 phiếu; 3/4 xã đã có phiếu")
    each_commune_has_its_mark(drafter)
    for judged in (commune, district):
        results_are_closed_to(judged)

    days.let_the_window_pass(live_server, NAME)
    the_province_reads_the_results(drafter)
    the_summary_says_no_more_than_the_page(drafter, tmp_path)
    rows_are_exported_with_a_reason(drafter, tmp_path)
    a_commune_reads_its_own_results(commune)
    the_leadership_notes_the_report(leader)


# --- before the first answer


def a_campaign_is_drafted(drafter):
    today = clock.format_date(clock.today())
    drafter.follow("Đợt khảo sát", "nav")
    drafter.follow("Tạo đợt khảo sát")
    drafter.follow("Chọn PKS 03")
    page = drafter.page
    page.get_by_label("Tên đợt").fill(NAME)
    page.get_by_label("Ngày bắt đầu").fill(today)
    page.get_by_label("Đến hết ngày").fill(today)
    page.get_by_label("Ai hỗ trợ người dân").fill("Hội Nông dân xã, phường, thị trấn")
    page.get_by_label("Chọn từng xã").check()
    for district in ("Thành phố Bắc Giang", "Huyện Lục Ngạn"):
        page.locator("summary", has_text=district).click()
    for unit in (MANY, SOME, FEW, NOBODY):
        page.get_by_label(unit, exact=True).check()
    drafter.press("Lưu bản nháp")
    drafter.reads(NAME)


def a_draft_is_hidden_from(commune):
    commune.follow("Đợt khảo sát", "nav")
    expect(commune.page.locator("#main")).not_to_contain_text(NAME)


def the_leadership_approves(leader):
    leader.follow("Việc cần làm", "nav")
    leader.follow("Mở đợt")
    leader.reads(NAME)
    leader.confirms("Duyệt đợt")
    leader.sees("Đang mở")


def a_poster_is_taken_home(commune, folder):
    """Take the poster and give the address that a phone reads on it."""
    commune.opens(NAME, "Mã QR và áp phích")
    poster = commune.saves(commune.page.get_by_role("link", name="Tải áp phích A4"), folder)
    [scanned] = files.scanned(poster)
    return urlsplit(scanned).path


def addresses_listed_for(drafter):
    """Give the typed address of every commune as the province's list has it."""
    drafter.opens(NAME, "Mã QR và áp phích")
    rows = drafter.page.locator("tr:has(.typed)").all()
    typed = [(row.locator("th").inner_text(), row.locator(".typed b").inner_text()) for row in rows]
    return {unit: f"/{code}" for unit, code in typed}


# --- the answers


def people_answer(windows, url, typed, scanned):
    """Let a few answer on phones of their own, and the rest one after the other on another."""
    with_script = Citizen(windows.open(url, width=375))
    with_script.opens(scanned)
    with_script.sees(MANY)
    with_script.answers_part_by_part()
    with_script.sends()
    shared = Citizen(windows.open(url, width=375, script=False))
    left = PEOPLE | {MANY: PEOPLE[MANY] - 1}
    for unit in itertools.chain.from_iterable([unit] * n for unit, n in left.items()):
        shared.opens(typed[unit])
        shared.sees(unit)
        shared.answers_in_one_go()
        shared.sends()


def participation_reads(official, sentence):
    official.opens(NAME, "Tình hình tham gia")
    official.sees(sentence)


def each_commune_has_its_mark(drafter):
    """Too few to tell, enough to hide these behind, plainly many, nobody."""
    drafter.follow("Bảng", "#main")
    for unit, mark in {FEW: "<5", SOME: "≥5", MANY: "12", NOBODY: "0"}.items():
        row = drafter.page.get_by_role("row").filter(has_text=unit).first
        expect(row.get_by_role("cell")).to_have_text(mark)


def results_are_closed_to(judged):
    judged.opens(NAME)
    expect(judged.page.get_by_role("link", name="Kết quả", exact=True)).to_have_count(0)
    answer = judged.page.goto(f"{judged.page.url}/ket-qua")
    assert answer.status == 403
    judged.page.go_back()


# --- after the close


def the_province_reads_the_results(drafter):
    drafter.opens(NAME, "Kết quả")
    drafter.sees("21 phiếu, hỏi ở 4 xã")
    drafter.sees("số liệu đã niêm phong")
    expect(drafter.page.locator(".figure-hero")).to_have_text("100,0%")


def the_summary_says_no_more_than_the_page(drafter, folder):
    link = drafter.page.get_by_role("link", name="Tải .xlsx")
    sheets = files.opened(drafter.saves(link, folder))
    assert list(sheets) == ["Tổng hợp", "Theo huyện", "Theo xã", "Ghi chú"]
    rows = [(row[1], row[4], row[5]) for row in sheets["Theo xã"] if row[2] == SATISFIED]
    assert (MANY, "Số người có trả lời", PEOPLE[MANY]) in rows
    assert (MANY, "Hài lòng", PEOPLE[MANY]) in rows
    assert [row for row in rows if row[0] in {SOME, FEW}] == [
        (SOME, "không hiện (≥5 phiếu)", ""),
        (FEW, "không hiện (<5 phiếu)", ""),
    ]


def rows_are_exported_with_a_reason(drafter, folder):
    drafter.follow("Xuất từng phiếu")
    drafter.press("Xuất tệp")
    drafter.sees("Những gì đã gõ vẫn còn nguyên.")
    drafter.page.get_by_label("Lý do").fill("Đối chiếu với báo cáo của các xã")
    drafter.press("Xuất tệp")
    link = drafter.page.get_by_role("link", name="Tải về")
    expect(link).to_be_visible(timeout=20_000)
    [rows] = files.opened(drafter.saves(link, folder)).values()
    assert len(rows) == 1 + sum(PEOPLE.values())
    assert not any(unit in str(rows) for unit in PEOPLE)


def a_commune_reads_its_own_results(commune):
    commune.opens(NAME, "Kết quả")
    commune.sees("12 phiếu")


def the_leadership_notes_the_report(leader):
    leader.opens(NAME)
    leader.confirms("Ghi nhận đã báo cáo")
    leader.sees("Đã báo cáo")
