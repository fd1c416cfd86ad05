"""What the report and the tờ trình say, and that the checks of documents find nothing in it."""

import json
from datetime import timedelta
from typing import NamedTuple

import pytest

from portal.core.database import write
from portal.features.consolidation import papers, told
from portal.features.consultations import publishing
from portal.features.consultations import warnings as case_warnings
from portal.features.consultations.drafting import Window
from portal.features.consultations.models import Consultation, TrackKind
from portal.features.documents.checks import warnings
from portal.features.documents.formats import format_of, type_of
from portal.features.documents.models import Document, Letterhead
from portal.features.documents.pages.facts import facts_of
from portal.policy.roles import Duty
from tests.support import answering, cased, gathered
from tests.support.gathered import NOTICE, OTHER, SAME
from tests.support.voiced import CLAUSE, FIRST


def weekend():
    """Give windows as in plan 004: two ways begin on one day, the last days are a weekend."""
    sunday = next(cased.day(n) for n in range(5, 12) if cased.day(n).weekday() == 6)
    saturday = sunday - timedelta(days=1)
    return {
        TrackKind.AGENCY: Window(cased.day(0), cased.day(3)),
        TrackKind.HOUSEHOLD: Window(saturday, sunday, saturday, sunday),
        TrackKind.PUBLIC: Window(cased.day(0), sunday),
    }


class Drafted(NamedTuple):
    case: Consultation
    report: Document
    petition: Document


@pytest.fixture(name="made")
def ward(app):
    return cased.ward()


@pytest.fixture(name="case", params=[True, False], ids=["with plan", "without plan"])
def answered(made, request):
    cased.letterhead(made.host)
    with write() as current:
        current.query(Letterhead).one().issuer_name = "PHÒNG VĂN HÓA - XÃ HỘI"
    days = [cased.day(n) for n in (0, 0, 6, 1, 4, 5, 6, 7, 9)]
    plan = cased.plan(made.actor(), *days) if request.param else None
    case = made.published(
        made.actor(), windows=weekend(), sum_due_on=cased.day(20), report_due_on=cased.day(21),
        plan_id=plan.id if plan else None,
    )  # fmt: skip
    said = [
        gathered.agency(case, "UBMTTQ phường", CLAUSE, NOTICE),
        gathered.households(case, "Tổ dân phố 1", CLAUSE, SAME, 1070),
        *gathered.voice(case, FIRST, OTHER),
    ]
    for opinion in said:
        answering.answer(made, opinion)
    return case


@pytest.fixture(name="drafted")
def both(made, case):
    publishing.supervise(made.actor(body=made.front), case, "Niêm yết đủ.\nKiểm phiếu công khai.")
    answering.let_days_pass(case)
    with write() as current:
        current.refresh(case)
        kept = {one.key: "Theo kế hoạch đã ban hành." for one in case_warnings.of(case)}
        case.kept_warnings = json.dumps(kept)
    made_now = papers.draft(made.actor(Duty.DRAFT), case)
    return Drafted(case, made_now.report, made_now.petition)


def test_the_checks_find_nothing_in_either_paper(drafted):
    for paper in (drafted.report, drafted.petition):
        found = warnings(
            paper.body, type_of(paper.type_code), format_of(paper.format_code), facts_of(paper)
        )
        assert not found, [(one.key, one.message, one.values) for one in found]


def words(paper):
    return "\n".join(
        [*paper.body.bases, paper.body.opening, *(s.text for s in paper.body.sections)]
    )


def test_warnings_that_were_kept_are_told_as_a_report_tells_them(drafted):
    said = words(drafted.report)
    assert "9 ngày, ngắn hơn 20 ngày theo khoản 2 Điều 28 Luật Thực hiện dân chủ ở cơ sở; " in said
    assert said.count("; lý do: Theo kế hoạch đã ban hành.\n") == len(
        case_warnings.of(drafted.case)
    )
    assert not [w for w in ("Đợt này", "chưa gắn", "Điều 28 cần") if w in said]


def test_the_report_says_how_many_comments_lie_behind_the_opinions_in_numbers_with_points(drafted):
    assert (
        "Có 1.072 lượt ý kiến về nội dung dự thảo: cơ quan, tổ chức, đơn vị 1; hộ gia đình 1.070; "
        "người dân, trực tuyến 1."
    ) in words(drafted.report)


def test_both_papers_rest_on_the_law_and_the_plan(drafted):
    for paper in (drafted.report, drafted.petition):
        law, *plan = paper.body.bases
        assert law.startswith("Căn cứ Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15")
        assert len(plan) == bool(drafted.case.plan)
        assert all(one.startswith("Căn cứ Kế hoạch số 01/KH-UBND ngày") for one in plan), plan


def test_the_front_is_told_of_with_what_it_saw(drafted):
    assert "Niêm yết đủ. Kiểm phiếu công khai." in words(drafted.report)
    assert "Mặt trận Tổ quốc giám sát" in words(drafted.report)


def test_the_report_goes_to_council_committee_and_front(drafted):
    names = [one.party.name for one in drafted.report.body.recipients]
    assert names == [
        "Thường trực Hội đồng nhân dân", "Ủy ban nhân dân phường Ngô Quyền",
        "Ủy ban Mặt trận Tổ quốc Việt Nam",
    ]  # fmt: skip


def test_every_warning_of_a_case_has_words_in_the_report():
    named = vars(case_warnings).items()
    every = {text for name, text in named if name.isupper() and isinstance(text, str)}
    assert every == set(told._KEPT)
