"""The week's work of an account: from tasks, campaigns, reports and boxes, each thing once."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.database import write
from portal.features.briefing import lines, pages
from portal.features.briefing.lines import Kind, Line
from portal.features.documents.body import Job
from portal.features.field_reports import services as field_reports
from portal.features.field_reports.services import Given
from portal.features.surveys.tasks import Task as Derived
from portal.features.surveys.tasks import TaskKind
from portal.features.tasks import services as tasks
from portal.features.tasks.models import Task
from portal.policy.roles import Duty, Role
from tests.support import carried, papers, surveyed
from tests.support.officials import PLACES

TODAY = clock.today()
NOTHING = {"documents": 0, "inbox": 0, "unread": 0, "notices": 0}


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def asked(place):
    return carried.carry_out(place)


@pytest.fixture
def doer(place, asked):
    return carried.doer(place)


def of(actor, **waiting):
    return pages.home(actor, NOTHING | waiting)


def told(page):
    """Give what a page says, derived lines of campaigns apart."""
    own = (line for line in page.lines if line.kind != Kind.SURVEY)
    return [(line.kind, line.task.job if line.task else "") for line in own]


def follow(actor, asked, job, name, reason=""):
    with write():
        tasks.follow(actor, asked.plan_id, job, actor.unit_id, name, reason=reason)


def test_a_commune_reads_what_is_late_first_and_its_report_once(doer):
    page = of(doer)
    assert told(page)[0] == (Kind.ASSIGNED, Job.TEAM)
    assert sorted(told(page)[1:]) == [
        (Kind.ASSIGNED, Job.PUBLICITY), (Kind.ASSIGNED, Job.ROSTER), (Kind.REPORT, ""),
    ]  # fmt: skip
    [report] = [line for line in page.lines if line.kind == Kind.REPORT]
    assert report.days == (TODAY - timedelta(days=1), TODAY)


def test_what_is_reported_has_no_line_any_more(doer, asked):
    for day in (TODAY - timedelta(days=1), TODAY):
        field_reports.report(doer, asked, day, Given(None, 3), 0)
    assert Kind.REPORT not in {line.kind for line in of(doer).lines}
    assert [one.unit_id for one in of(doer).own] == [doer.unit_id]


def test_what_is_handed_in_leaves_the_commune_and_comes_to_whom_is_above(place, doer, asked):
    follow(doer, asked, Job.TEAM, "submit")
    assert (Kind.ASSIGNED, Job.TEAM) not in told(of(doer))
    district = papers.worker(place, Role.DISTRICT)
    [judged] = [line for line in of(district).lines if line.kind == Kind.JUDGE]
    assert (judged.n, judged.duties) == (1, (("Thành lập Tổ công tác", 1),))


def test_each_tier_receives_from_the_tier_below_alone(place, doer, asked):
    follow(doer, asked, Job.TEAM, "submit")
    province = papers.worker(place, Role.PROVINCE, Duty.DRAFT, Duty.APPROVE)
    assert Kind.JUDGE not in {line.kind for line in of(province).lines}


def test_what_was_returned_comes_back_at_once_with_the_reason(place, doer, asked):
    follow(doer, asked, Job.TEAM, "submit")
    with write():
        district = papers.worker(place, Role.DISTRICT)
        tasks.follow(district, asked.plan_id, Job.TEAM, doer.unit_id, "return", reason="Thiếu số")
    [line] = [one for one in of(doer).lines if one.task and one.task.job == Job.TEAM]
    assert (line.urgent, line.task.note) == (True, "Thiếu số")


def test_those_above_read_how_many_units_are_late_with_what(place, asked):
    page = of(papers.worker(place, Role.DISTRICT))
    [urged] = [line for line in page.lines if line.kind == Kind.URGE]
    assert urged.duties == (
        ("Thành lập Tổ công tác", 2), ("Lập danh sách, lịch phân công", 2),
        ("Công khai kế hoạch", 2), ("Nhập báo cáo trong ngày", 2),
    )  # fmt: skip
    assert [(one.name, one.duties) for one in page.late] == [("Xã 1", 4), ("Xã 2", 4)]
    assert page.behind == 2


def test_whoever_only_reads_is_asked_for_nothing(place, asked):
    reader = surveyed.actor(
        surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.INSPECT}))
    )
    assert told(of(reader)) == []
    assert of(reader).late == ()


def test_boxes_have_a_line_while_something_lies_in_them(doer):
    page = of(doer, documents=2, inbox=3, unread=1, notices=1)
    boxes = [line for line in page.lines if line.kind in {Kind.PAPERS, Kind.INBOX, Kind.NOTICES}]
    assert [(line.kind, line.n, line.more) for line in boxes] == [
        (Kind.NOTICES, 1, 0), (Kind.PAPERS, 2, 0), (Kind.INBOX, 3, 1),
    ]  # fmt: skip


def test_codes_that_are_a_task_to_send_are_said_once(asked):
    hang = Derived(TaskKind.HANG_POSTERS, asked, TODAY)
    sends = Task(document_id=asked.plan_id, job=Job.KIT)
    assert list(lines.survey_lines([hang], [sends])) == []
    assert len(list(lines.survey_lines([hang], []))) == 1


def test_urging_is_said_by_the_line_that_names_the_units(asked):
    urges = Task(document_id=asked.plan_id, duty="u", organisation_id=1, job=Job.URGING,
                 due_on=TODAY, state="todo")  # fmt: skip
    campaigns = {asked.plan_id: asked}
    assert not list(lines.assigned_lines([urges], campaigns, (), frozenset({asked.id})))
    assert len(list(lines.assigned_lines([urges], campaigns, (), frozenset()))) == 1


def test_several_days_of_one_duty_are_one_line():
    days = [TODAY - timedelta(days=n) for n in (2, 1)]
    posts = [
        Task(document_id=1, duty="p", organisation_id=1, job=Job.DAILY_POST, due_on=day,
             state="todo")
        for day in days
    ]  # fmt: skip
    [line] = lines.assigned_lines(posts, {}, (), frozenset())
    assert (line.days, line.urgent) == (tuple(days), True)


def test_what_is_urgent_comes_before_what_is_early():
    late = Line(Kind.ASSIGNED, TODAY, urgent=True)
    soon = Line(Kind.ASSIGNED, TODAY - timedelta(days=1))
    assert lines.merged([soon, late]) == [late, soon]
