"""What the portal knows of a unit: by its tasks and their record; frozen when it is proposed."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.clock import VN
from portal.features.nominations import by_tasks, criteria
from portal.features.nominations.criteria import Met
from portal.features.nominations.workflow import NOMINATION
from portal.features.tasks.models import State, Task
from portal.features.tasks.workflow import TASK
from portal.policy.roles import Role
from tests.features.tasks.test_tasks import row, tasks, written
from tests.support import nominated, numbered, papers, surveyed
from tests.support.officials import official
from tests.support.queries import counted

TODAY = clock.today()
DAY = timedelta(days=1)


@pytest.fixture
def place(app):
    made = surveyed.province(nominated.PLACES)
    numbered.letterhead(made)
    return made


@pytest.fixture
def campaign(place):
    return nominated.asked(place)


@pytest.fixture
def province(place):
    return papers.worker(place)


@pytest.fixture
def commune(place):
    return papers.worker(place, Role.COMMUNE)


@pytest.fixture
def ordered(place, campaign, province):
    """Issue a plan of such duties for the campaign, and give the tasks of Xã 1."""

    def issue(*rows):
        plan = papers.issued(province, duties=rows)
        nominated.plan(campaign, plan)
        ours = (task for task in tasks(plan) if task.unit_id == place["Xã 1"].id)
        return sorted(ours, key=lambda task: task.id)

    return issue


@pytest.fixture
def known(place, campaign):
    """Give what is known of Xã 1 now: by name, what is said and whether it is met."""

    def told():
        unit, actor = place["Xã 1"], official(place, Role.PROVINCE)
        found = criteria.measured(actor, campaign, [unit.id])[unit.id]
        return {one.name: (one.text % one.values, one.met) for one in found}

    return told


def test_without_a_plan_nothing_is_known(known):
    assert known() == {}


def test_what_was_handed_in_by_its_day_is_on_time(known, commune, ordered):
    first, _second = ordered(row(f"trong ngày {written(TODAY)}"), row("thường xuyên"))
    assert known()["tasks_on_time"] == ("chưa có gì để xét", Met.UNKNOWN)
    TASK.fire(commune, first.id, "submit", "Đã niêm yết")
    assert known()["tasks_on_time"] == ("1/1", Met.YES)


def test_a_day_that_went_by_counts_against_it(known, ordered):
    ordered(row(f"trong ngày {written(TODAY - DAY)}"))
    assert known()["tasks_on_time"] == known()["tasks_accepted"] == ("0/1", Met.NO)


def test_what_is_returned_was_on_time_all_the_same_but_speaks_against_the_evidence(
    known, commune, province, ordered
):
    [task] = ordered(row(f"trong ngày {written(TODAY)}"))
    TASK.fire(commune, task.id, "submit")
    TASK.fire(province, task.id, "return", "Ảnh mờ")
    TASK.fire(commune, task.id, "submit")
    TASK.fire(province, task.id, "accept")
    found = known()
    assert found["tasks_on_time"] == found["tasks_accepted"] == ("1/1", Met.YES)
    assert found["evidence"] == ("0/1", Met.NO)


def test_what_its_doer_took_back_counts_from_when_it_came_again():
    due = clock.now().astimezone(VN).date()
    task = Task(due_on=due, state=State.SUBMITTED, changed_at=clock.now())
    acts = [("task:submit", -2), ("task:reopen", -1), ("task:submit", 1), ("task:return", 2),
            ("task:submit", 3)]  # fmt: skip
    events = [(act, clock.now() + days * DAY) for act, days in acts]
    went = by_tasks.course(task, events)
    assert (went.handed_in, went.on_time, went.returned) == (due + DAY, False, True)


def test_what_was_delivered_before_the_record_has_its_last_day():
    task = Task(due_on=TODAY, state=State.ACCEPTED, changed_at=clock.now())
    assert by_tasks.course(task, []).on_time
    assert by_tasks.course(Task(due_on=TODAY, state=State.TODO), []).handed_in is None


def test_what_does_not_apply_is_not_counted(known, commune, province, ordered):
    [task] = ordered(row(f"trong ngày {written(TODAY - DAY)}"))
    TASK.fire(commune, task.id, "claim", "Không có chợ")
    TASK.fire(province, task.id, "exempt")
    assert known()["tasks_on_time"][1] == Met.UNKNOWN


def test_what_is_known_is_frozen_when_it_is_proposed(known, campaign, place, commune, ordered):
    [task] = ordered(row(f"trong ngày {written(TODAY)}"))
    TASK.fire(commune, task.id, "submit")
    one = nominated.drafted(commune, campaign, place["Xã 1"])
    assert one.criteria == ""
    NOMINATION.fire(commune, one.id, "propose")
    TASK.fire(commune, task.id, "reopen", "Thay ảnh")
    frozen = {each.name: each.met for each in criteria.from_json(one.criteria)}
    assert frozen["tasks_on_time"] == Met.YES
    assert known()["tasks_on_time"][1] != Met.YES


def test_many_units_take_as_many_queries_as_one(campaign, place, province, ordered):
    ordered(row(f"trong ngày {written(TODAY)}"))
    units = [unit.id for unit in place.units.values()]
    assert campaign.plan_id
    with counted() as one:
        criteria.measured(province, campaign, units[-1:])
    with counted() as many:
        criteria.measured(province, campaign, units)
    assert len(one) == len(many)
