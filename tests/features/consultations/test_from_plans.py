"""Plan 004: its days, what is asked about, the duties that follow."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.core.database import session, write
from portal.core.errors import Invalid
from portal.features.consultations import from_plans, publishing, queries, services, warnings
from portal.features.consultations.drafting import Window
from portal.features.consultations.models import TrackKind
from portal.features.consultations.workflow import CONSULTATION
from portal.features.documents.body import Job
from portal.features.regulations.models import Draft
from portal.features.tasks.models import Task
from tests.support import cased, voiced


@pytest.fixture
def made(app):
    return cased.ward()


@pytest.fixture
def author(made):
    cased.letterhead(made.host)
    return made.actor()


@pytest.fixture
def plan(author):
    return cased.plan(author, *(date(2026, 6, n) for n in (1, 1, 5, 2, 7, 6, 7, 8, 10)))


def states(job: Job) -> set[str]:
    return set(session().scalars(select(Task.state).where(Task.job == job)))


def test_the_days_of_plan_004_are_those_of_the_case(author, plan):
    given = from_plans.suggestion(author, plan)
    june = [date(2026, 6, n) for n in range(1, 11)]
    assert given.windows == {
        TrackKind.AGENCY: Window(june[0], june[4]),
        TrackKind.HOUSEHOLD: Window(june[5], june[6], june[1], june[6]),
        TrackKind.PUBLIC: Window(june[0], june[6]),
    }
    assert (given.sum_due_on, given.report_due_on) == (june[7], june[8])


def test_the_seven_contents_of_plan_004_are_asked_about(author, plan):
    asked = [one.text for one in from_plans.suggestion(author, plan).groups]
    assert len(asked) == 7
    assert asked[:2] == ["Phạm vi điều chỉnh, đối tượng áp dụng", "Nguyên tắc thực hiện dân chủ"]


def test_the_latest_draft_that_people_can_be_given_to_read_is_suggested(made, author):
    with write() as current:
        for title, frozen in (("Quy ước mới", True), ("Đang viết", False)):
            draft = Draft(
                unit_id=author.unit_id, organisation_id=author.organisation_id, title=title
            )
            current.add(draft)
            current.flush()
            if frozen:
                voiced.version(draft.id, voiced.PROVISIONS)
    assert "Quy ước mới" in from_plans.suggestion(author).name


def test_what_is_still_being_written_is_suggested_where_there_is_nothing_else(app):
    made = cased.ward(publishes=False)
    assert from_plans.suggestion(made.actor()).draft_id == made.draft.id


def test_a_plan_is_offered_until_a_case_follows_it(made, author, plan):
    assert [one.id for one in from_plans.plans_for(author.unit_id)] == [plan.id]
    services.create(author, from_plans.suggestion(author, plan))
    assert from_plans.plans_for(author.unit_id) == []
    assert from_plans.plans_for(made.units["Xã bên"].id) == []


def test_a_plan_is_free_again_when_its_case_is_called_off(author, plan):
    one = services.create(author, from_plans.suggestion(author, plan))
    CONSULTATION.fire(author, one.id, "cancel", "Lập nhầm")
    assert [each.id for each in from_plans.plans_for(author.unit_id)] == [plan.id]
    again = services.create(author, from_plans.suggestion(author, plan))
    assert queries.by_plan(author, [plan.id]) == {(plan.id, again.unit_id): again.id}


def test_the_template_names_council_and_front_and_its_days_are_too_few(author, plan):
    one = services.create(author, from_plans.suggestion(author, plan))
    assert [warning.code for warning in warnings.of(one)] == ["days", "agency", "choice"]


def test_the_duties_of_the_plan_go_along_with_the_case(author):
    days = [cased.day(n) for n in (0, 0, 4, 1, 6, 5, 6, 7, 9)]
    plan = cased.plan(author, *days)
    assert states(Job.CONSULTATION) == {"todo"}
    one = services.create(author, from_plans.suggestion(author, plan))
    assert states(Job.CONSULTATION) == {"doing"}
    cased.keep_all(author, one)
    publishing.publish(author, one, cased.ADDRESS)
    assert states(Job.CONSULTATION) == states(Job.DRAFT_TEXT) == {"submitted"}


def test_a_plan_that_comes_later_is_tied_to_the_draft_case(made, author, plan):
    one = made.case(author)
    assert "plan" in [warning.code for warning in warnings.of(one)]
    services.edit(author, one, made.given(plan_id=plan.id), one.version)
    assert "plan" not in [warning.code for warning in warnings.of(one)]
    with pytest.raises(Invalid):
        services.edit(author, one, made.given(plan_id=plan.id + 99), one.version)
