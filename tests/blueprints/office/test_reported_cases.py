"""From the report to the public answers: what the pages say beforehand, and where a case stands."""

import pytest

from portal.core import clock
from portal.core.database import write
from portal.features.consolidation import papers
from portal.features.consultations import pages, publishing, stating
from portal.features.consultations.models import Consultation, Track
from portal.features.documents.models import Document
from portal.policy.roles import Duty
from tests.support import answering, cased, gathered
from tests.support.voiced import CLAUSE

NAMING = "Ông Trần Văn Mẫu thu sai, gọi 0912 345 678."


@pytest.fixture(name="made")
def ward(client):
    return cased.ward()


@pytest.fixture(name="case")
def answered(made):
    case = made.published(made.actor())
    for text in (gathered.NOTICE, NAMING):
        answering.answer(made, gathered.voice(case, CLAUSE, text)[0])
    answering.let_days_pass(case)
    return case


@pytest.fixture(name="reported")
def drafted(made, case):
    cased.letterhead(made.host)
    papers.draft(made.actor(Duty.DRAFT), case)
    return case


def steps(case):
    return {step.label: step for step in pages._steps(case)}


def stored(case, **values):
    with write() as current:
        one = current.get_one(Consultation, case.id)
        for name, value in values.items():
            setattr(one, name, value)
    return one


def test_without_a_letterhead_the_page_says_so_beforehand_and_leads_to_where_it_is_set(
    client, made, case
):
    client.sign_in(made.user())
    page = client.page(f"/lay-y-kien/{case.id}/tong-hop")
    assert "chưa đặt thể thức văn bản" in page.text
    assert "Lập báo cáo và tờ trình từ các giải trình" not in page.text
    link = page.link("Đặt thể thức văn bản của Phòng Văn hóa - Xã hội phường Ngô Quyền")
    assert link.href == f"/the-thuc/{made.host.id}"
    cased.letterhead(made.host)
    again = client.page(page.path)
    assert "chưa đặt thể thức văn bản" not in again.text
    assert "Lập báo cáo và tờ trình từ các giải trình" in again.text


def test_before_the_answers_are_public_the_words_that_may_name_somebody_are_listed(
    client, made, reported
):
    client.sign_in(made.user())
    page = client.page(f"/lay-y-kien/{reported.id}")
    assert "1 ý kiến có chỗ có thể nói tới một người" in page.text
    assert NAMING in page.follow("Ông Trần Văn Mẫu; 0912 345 678").text
    assert "Đã công khai phần tiếp thu" in page.submit("Công khai giải trình").text
    assert "có thể nói tới một người" not in client.page(page.path).text


def test_once_the_answers_are_public_nobody_is_told_that_they_wait(made, reported):
    publishing.open_answers(made.actor(), reported, cased.ADDRESS)
    said = stating.words(reported)
    assert said.tag == "Đã công khai giải trình"
    assert said.message == stating.PUBLIC
    assert stating.words(stored(reported, decided_on=clock.today())).message == stating.DECIDED


def test_a_report_counts_as_done_on_the_day_it_bears_once_it_is_issued(reported):
    step = steps(reported)["Báo cáo tiếp thu, giải trình"]
    assert (step.done_on, step.is_now) == (None, True)
    with write() as current:
        report = current.get_one(Document, reported.report_id)
        report.state, report.number, report.dated_on = "issued", 7, cased.day(-1)
    assert steps(reported)["Báo cáo tiếp thu, giải trình"].done_on == cased.day(-1)


def test_a_step_whose_last_day_is_over_is_late_and_never_still_to_come(client, made, case):
    gathered.invited(case)
    stored(case, sum_due_on=cased.day(-1))
    step = steps(case)["Cơ quan, tổ dân phố gửi tổng hợp"]
    assert (step.done_on, step.is_late) == (None, True)
    client.sign_in(made.user())
    text = client.page(f"/lay-y-kien/{case.id}").text
    assert "Quá hạn" in text[text.index("Cơ quan, tổ dân phố gửi tổng hợp") :]


def test_nobody_is_at_work_on_a_step_before_its_first_day(made):
    case = made.published(made.actor())
    with write() as current:
        for track in current.query(Track).filter_by(consultation_id=case.id):
            track.opens_on, track.closes_on = cased.day(2), cased.day(30)
            track.list_from = track.list_to = None
    assert not any(step.is_now for step in pages._steps(case))
