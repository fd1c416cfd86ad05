"""Issuing a document hands its duties out; a task is handed in, and falls with its paper."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.core.errors import Forbidden, Missing, Refused
from portal.features.audit import queries as audit
from portal.features.documents.body import Duty as Row
from portal.features.documents.body import Level, Party, Section, SectionRole
from portal.features.documents.workflow import DOCUMENT
from portal.features.tasks import pages, queries
from portal.features.tasks.models import State, Task
from portal.features.tasks.queries import Filter
from portal.features.tasks.workflow import TASK
from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import numbered, papers, surveyed
from tests.support.officials import PLACES, everybody

COMMUNES = Party("Ủy ban nhân dân xã", group="commune:committee")
TODAY = clock.today()


def written(day):
    return clock.format_date(day)


def row(due, lead=COMMUNES, **given):
    return replace(
        Row(what="Niêm yết kế hoạch", lead=lead, evidence="Ảnh niêm yết"), due=due, **given
    )


def window(first, last):
    text = f"Từ ngày {written(first)} đến hết ngày {written(last)}."
    return Section(
        level=Level.POINT, heading="Thời gian", text=text, role=SectionRole.SURVEY_WINDOW
    )


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    numbered.letterhead(made)
    return made


@pytest.fixture
def author(place):
    return papers.worker(place)


@pytest.fixture
def issue(author):
    def issued(*rows, sections=papers.BODY.sections):
        return papers.issued(author, duties=rows, sections=sections)

    return issued


def tasks(document):
    query = select(Task).where(Task.document_id == document.id)
    return list(session().scalars(query.order_by(Task.due_on, Task.unit_id)))


def test_each_commune_gets_a_task_with_what_the_plan_says(issue, place):
    made = tasks(issue(row(f"chậm nhất ngày {written(TODAY)}")))
    assert {task.unit_id for task in made} == {place[f"Xã {n}"].id for n in (1, 2, 3)}
    assert {(t.what, t.due_on, t.evidence) for t in made} == {
        ("Niêm yết kế hoạch", TODAY, "Ảnh niêm yết")
    }


def test_before_a_day_means_the_day_before(issue):
    made = tasks(issue(row(f"trước ngày {written(TODAY)}")))
    assert {task.due_on for task in made} == {TODAY - timedelta(days=1)}


def test_daily_work_is_a_task_for_each_day_of_the_survey(issue):
    last = TODAY + timedelta(days=2)
    made = tasks(issue(row("hằng ngày"), sections=(window(TODAY, last),)))
    assert [task.due_on for task in made[::3]] == [TODAY + timedelta(days=n) for n in range(3)]


def test_daily_work_of_a_whole_year_is_one_task(issue):
    last = TODAY + timedelta(days=300)
    made = tasks(issue(row("hằng ngày"), sections=(window(TODAY, last),)))
    assert {task.due_on for task in made} == {last}
    assert len(made) == 3


def test_work_without_an_end_has_no_day_and_one_without_an_organisation_no_task(issue):
    made = tasks(issue(row("thường xuyên"), row("thường xuyên", Party("Báo tỉnh"))))
    assert [task.due_on for task in made] == [None] * 3


def test_a_named_organisation_gets_its_task(issue, author):
    own = Party("Ban Tỉnh", organisation_id=author.organisation_id)
    [made] = tasks(issue(row("hằng tuần", own)))
    assert made.organisation_id == author.organisation_id


def test_a_task_is_handed_in_with_a_note_and_taken_back_with_a_reason(issue, place):
    mine = tasks(issue(row("thường xuyên")))[0]
    doer = papers.worker(place, Role.COMMUNE)
    TASK.fire(doer, mine.id, "submit", "Đã dán ở nhà văn hóa")
    said = (mine.state, mine.note, mine.changed_by)
    assert said == (State.SUBMITTED, "Đã dán ở nhà văn hóa", "Cán bộ Xã 1")
    with pytest.raises(Refused):
        TASK.fire(doer, mine.id, "reopen")
    TASK.fire(doer, mine.id, "reopen", "Áp phích rách")
    assert mine.state == State.DOING
    actions = [entry.action for entry in audit.of_subject("task", mine.id)]
    assert actions == ["task:reopen", "task:submit"]


def test_nobody_does_the_task_of_another_unit(issue, place):
    made = tasks(issue(row("thường xuyên")))
    with pytest.raises(Forbidden):
        TASK.fire(papers.worker(place, Role.DISTRICT), made[0].id, "submit")
    with pytest.raises(Missing):
        TASK.fire(papers.worker(place, Role.COMMUNE), made[2].id, "submit")


def test_withdrawing_the_plan_drops_what_is_not_done(issue, author, place):
    document = issue(row("thường xuyên"))
    done = tasks(document)[0]
    TASK.fire(papers.worker(place, Role.COMMUNE), done.id, "submit")
    DOCUMENT.fire(author, document.id, "withdraw", "Hoãn khảo sát")
    assert [t.state for t in tasks(document)] == [
        State.SUBMITTED, State.DROPPED, State.DROPPED,
    ]  # fmt: skip
    assert queries.mine(papers.worker(place, Role.COMMUNE, Duty.CLERK)) == []


def test_a_replaced_plan_loses_its_tasks_to_the_new_one(issue, author):
    old = issue(row("thường xuyên"))
    new = papers.issued(
        author, duties=(row("hằng tuần"),), relation="replaces", refers_to_id=old.id
    )
    assert {task.state for task in tasks(old)} == {State.DROPPED}
    assert {task.state for task in tasks(new)} == {State.TODO}


def test_own_tasks_stand_week_by_week_with_the_late_ones_first(issue, place):
    days = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=70)]
    issue(*(row(f"trong ngày {written(day)}") for day in days), row("thường xuyên"))
    page = pages.mine(papers.worker(place, Role.COMMUNE))
    assert page.todo == 4
    labels = [week.label for week in page.weeks]
    assert labels[0] == "Quá hạn"
    assert labels[1].startswith("Tuần này")
    assert labels[-1] == "Thường xuyên, không có hạn"


def test_those_above_see_counts_by_duty_and_find_the_late_ones(issue, place, author):
    late = written(TODAY - timedelta(days=1))
    document = issue(row(f"trong ngày {late}"), row("thường xuyên", what="Tuyên truyền"))
    TASK.fire(papers.worker(place, Role.COMMUNE), tasks(document)[0].id, "submit")
    counts = {one.what: (one.total, one.done, one.overdue) for one in queries.per_duty(author)}
    assert counts["Tuyên truyền"][0] == counts["Niêm yết kế hoạch"][0] == 3
    assert sum(count[1] for count in counts.values()) == 1
    late_ones = queries.below(author, Filter(document.id, state="overdue"))
    assert late_ones.total == counts["Niêm yết kế hoạch"][2]


def test_a_district_counts_its_own_communes_alone(issue, place):
    issue(row("thường xuyên"))
    [count] = queries.per_duty(papers.worker(place, Role.DISTRICT))
    assert count.total == 2


def test_the_tasks_listed_are_the_tasks_admitted(issue, place):
    everything = tasks(
        issue(row("thường xuyên"), row("hằng tuần", Party(group="province:committee")))
    )
    for actor in everybody(place):
        listed = set(session().scalars(queries.visible_to(actor).with_only_columns(Task.id)))
        assert listed == {t.id for t in everything if allows(actor, Permission.TASK_READ, t)}


def test_ones_own_are_those_that_one_may_do(issue, place):
    everything = tasks(
        issue(row("thường xuyên"), row("hằng tuần", Party(group="province:committee")))
    )
    for actor in everybody(place):
        mine = {task.id for task in queries.mine(actor)}
        assert mine == {t.id for t in everything if allows(actor, Permission.TASK_DO, t)}
