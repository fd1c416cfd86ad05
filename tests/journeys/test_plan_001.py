"""Plan 001, told from the empty installation to the report.

The province asks people about democracy in their commune by PKS 03; four communes stand for 209.
"""

import itertools
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from portal.core import clock
from portal.settings import PROJECT
from tests.journeys import days, files
from tests.journeys.people import Citizen, Official, Operator

pytestmark = [pytest.mark.browser, pytest.mark.slow]

UNITS = PROJECT / "portal/library/units/units_bac_giang_2024.csv"
NAME = "PKS 03 thử"
MANY, SOME, FEW, NONE = "Phường Ngô Quyền", "Phường Mỹ Độ", "Phường Thọ Xương", "Xã Quý Sơn"
ANSWERS = {MANY: 12, SOME: 7, FEW: 2}
STEERING = "BCĐ thực hiện QCDC tỉnh"


@pytest.fixture
def office(live_server, windows):
    """Import the units, make the accounts, and sign everybody in for the first time."""
    live_server.flask("units", "import", str(UNITS), "--ignore-end-dates")
    printed = live_server.flask("accounts", "admin", "quantri", "--unit", "24")
    one_time = re.search(r"dùng một lần: (\S+)", printed)[1]
    operator = Operator(windows.open(live_server.url)).sign_in_first_time("quantri", one_time)

    operator.adds_body("Tỉnh Bắc Giang", "Ban Chỉ đạo thực hiện Quy chế dân chủ", STEERING)
    operator.adds_body("Thành phố Bắc Giang", "Ủy ban nhân dân", "UBND thành phố")
    operator.adds_body(MANY, "Cơ quan, tổ chức khác", "Tổ công tác phường")
    given = {
        "drafter": operator.gives_account(STEERING, "tinh.soan", "Tỉnh", ["Soạn thảo"]),
        "approver": operator.gives_account(STEERING, "tinh.duyet", "Tỉnh", ["Duyệt"]),
        "district": operator.gives_account("UBND thành phố", "huyen.tp", "Huyện", ["Soạn thảo"]),
        "commune": operator.gives_account("Tổ công tác phường", "xa.nq", "Xã", ["Soạn thảo"]),
    }
    names = dict(zip(given, ("tinh.soan", "tinh.duyet", "huyen.tp", "xa.nq"), strict=True))
    return {
        who: Official(windows.open(live_server.url)).sign_in_first_time(names[who], one_time)
        for who, one_time in given.items()
    }


def test_a_province_asks_its_communes_and_takes_the_answers_away(
    office, live_server, windows, tmp_path
):
    drafter, approver = office["drafter"], office["approver"]
    district, commune = office["district"], office["commune"]

    draft(drafter)
    commune.follow("Đợt khảo sát", "nav")
    expect(commune.page.locator("#main")).not_to_contain_text(NAME)

    approve(approver)
    commune.page.reload()
    address = poster_of(commune, tmp_path)

    addresses = addresses_of(drafter)
    assert addresses[MANY] == address
    everybody_answers(windows, live_server.url, addresses)

    judged_see_participation_only(commune, windows, "12", hidden=(SOME, FEW))
    judged_see_participation_only(district, windows, "21")
    marks_are_shown(drafter)

    days.let_the_window_pass(live_server, NAME)
    results_come_out(drafter)
    summary_opens(drafter, tmp_path)
    rows_are_exported_with_a_reason(drafter, tmp_path)
    commune_reads_its_results(commune)
    report(approver)
