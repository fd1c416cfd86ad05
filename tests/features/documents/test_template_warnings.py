"""A plan from a template: sensible answers give no warning, the sources' days give theirs."""

from datetime import date

import pytest

from portal.core import clock
from portal.features.documents import templates
from portal.features.documents.checks import Facts, warnings
from portal.features.documents.formats import format_of, type_of
from tests.support import numbered, surveyed
from tests.support.officials import PLACES

PLANS = [one for one in templates.available() if one.questions]
ANSWERS = {
    "year": "2026", "from": "06/5/2026", "to": "08/5/2026", "roster_due": "04/5/2026",
    "report_due": "29/5/2026", "zalo_link": "https://zalo.me/g/mau123",
}  # fmt: skip
MAILBOX = {"install_due": "20/01/2026"}
CONSULTATION = {
    "posted_on": "11/5/2026", "from": "11/5/2026", "to": "01/6/2026", "list_from": "01/6/2026",
    "list_to": "07/6/2026", "ballot_on": "06/6/2026", "ballot_or": "07/6/2026",
    "sum_due": "08/6/2026", "report_due": "16/6/2026",
}  # fmt: skip
SENSIBLE = {
    "khao_sat_pks03": ANSWERS, "khao_sat_pks07": ANSWERS, "khao_sat_pks01": ANSWERS,
    "hom_thu_gop_y": ANSWERS | MAILBOX, "lay_y_kien_du_thao": ANSWERS | CONSULTATION,
}  # fmt: skip


@pytest.fixture(autouse=True)
def spring(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 1))


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def look(place):
    heads = {
        "party": numbered.letterhead(place, regime="party"),
        "state": numbered.letterhead(place, "Xã 1", regime="state"),
    }

    def warned(code, on=date(2026, 1, 5), links=None, **answers):
        chosen = templates.find(code)
        head = heads[chosen.regime]
        given = templates.suggested(chosen, head) | SENSIBLE[code] | answers
        form = format_of("state-nd30" if chosen.regime == "state" else "party-hd36")
        facts = Facts(today=on, zalo_links=links or {})
        body = templates.fill(chosen, given, head)
        return [
            f"{one.rule}: {one.message % one.values}"
            for one in warnings(body, type_of(chosen.type_code), form, facts)
        ]

    return warned


def test_sensible_answers_give_no_warning(look):
    assert {one.code: look(one.code) for one in PLANS} == {one.code: [] for one in PLANS}


def test_the_days_of_plan_001_give_the_warning_of_its_saturday(look):
    days = {"from": "06/5/2024", "to": "08/5/2024", "roster_due": "04/5/2024",
            "report_due": "31/5/2024", "year": "2024"}  # fmt: skip
    assert look("khao_sat_pks03", on=date(2024, 4, 24), **days) == [
        "day-off: Thời hạn “chậm nhất ngày 04/5/2024” là thứ Bảy."
    ]


def test_the_days_of_plan_002_give_the_warning_of_its_report(look):
    days = {"from": "29/8/2024", "to": "31/8/2024", "roster_due": "26/8/2024",
            "report_due": "30/8/2024", "year": "2024"}  # fmt: skip
    [found] = look("khao_sat_pks07", on=date(2024, 8, 15), **days)
    assert found.startswith("report: Báo cáo “chậm nhất ngày 30/8/2024” nhưng đến 31/8/2024 mới")


def test_the_day_of_plan_003_leaves_too_little_time(look):
    days = {"from": "01/4/2024", "to": "01/4/2024", "report_due": "26/4/2024", "year": "2024"}
    assert look("khao_sat_pks01", on=date(2024, 3, 26), **days) == [
        "late: Kế hoạch ngày 26/3/2024, bắt đầu 01/4/2024: chỉ có 6 ngày chuẩn bị."
    ]


def test_the_rounds_of_plan_000_leave_gaps(look):
    rounds = "22/01/2026 – 25/3/2026\n01/4/2026 – 25/6/2026\n01/7/2026 – 25/9/2026"
    assert [one.partition(":")[0] for one in look("hom_thu_gop_y", rounds=rounds)] == ["gap", "gap"]


def test_the_days_of_plan_004_are_too_few_and_too_near(look):
    days = {"posted_on": "01/6/2026", "from": "01/6/2026", "to": "05/6/2026",
            "list_from": "02/6/2026", "report_due": "10/6/2026"}  # fmt: skip
    found = look("lay_y_kien_du_thao", on=date(2026, 6, 1), **days)
    assert {one.partition(":")[0] for one in found} == {"late", "short"}


def test_a_group_taken_over_from_another_plan_is_named(look):
    links = {"zalo.me/g/mau124": "PKS 01"}
    assert [one.partition(":")[0] for one in look("khao_sat_pks07", links=links)] == ["zalo"]
