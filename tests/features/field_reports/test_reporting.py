"""Reporting a day: late, corrected, sent twice, by two at once; what was reported stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid, Refused, Stale
from portal.features.audit.models import AuditEntry
from portal.features.campaigns.models import Campaign
from portal.features.documents.body import Job
from portal.features.field_reports import queries, services
from portal.features.field_reports.models import DailyEntry
from portal.features.field_reports.services import Given, Proof
from portal.features.tasks.models import State, Task
from portal.policy.roles import Role
from tests.support import carried, papers, reported, surveyed
from tests.support.officials import PLACES


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def asked(place):
    return reported.campaign(place)


@pytest.fixture
def commune(place, asked):
    return carried.doer(place)


def tasks_of(commune, job):
    query = select(Task).where(Task.unit_id == commune.unit_id, Task.job == job)
    return {task.due_on: task.state for task in session().scalars(query)}


@pytest.mark.parametrize(("minutes", "late"), [(0, False), (1, True)])
def test_a_report_is_late_from_one_minute_past_five_in_vietnam(asked, commune, minutes, late):
    five = clock.day_start(clock.today()) + timedelta(hours=17, minutes=minutes)
    assert five.astimezone(clock.VN).hour == 17
    with time_machine.travel(five, tick=False):
        assert reported.report(commune, asked, clock.today()).late is late


def test_yesterday_can_be_reported_and_is_late(asked, commune):
    assert reported.report(commune, asked, reported.day(-1)).late


def test_a_correction_is_a_further_row_and_needs_a_reason(asked, commune):
    reported.report(commune, asked, reported.day(-1), 40)
    with pytest.raises(Invalid) as refused:
        reported.report(commune, asked, reported.day(-1), 41)
    assert set(refused.value.errors) == {"reason"}
    reported.report(commune, asked, reported.day(-1), 41, reason="Cộng sót một lượt")
    rows = queries.of_day(asked.id, commune.unit_id, reported.day(-1))
    assert [(row.number, row.visits, row.reason) for row in rows] == [
        (1, 40, ""), (2, 41, "Cộng sót một lượt"),
    ]  # fmt: skip
    line = queries.lines([asked.id])[asked.id][commune.unit_id][reported.day(-1)]
    assert (line.visits, line.corrected) == (41, True)


def test_the_button_pressed_twice_reports_once(asked, commune):
    given = Given(40, 10)
    first = services.report(commune, asked, clock.today(), given, 0)
    again = services.report(commune, asked, clock.today(), given, 0)
    assert again.id == first.id


def test_of_two_at_once_the_second_is_shown_what_the_first_reported(place, asked, commune):
    other = papers.worker(place, Role.YOUTH, at="Xã 1")
    reported.report(commune, asked, clock.today(), 40)
    with pytest.raises(Stale) as stale:
        services.report(other, asked, clock.today(), Given(50, 9), 0)
    assert stale.value.theirs["visits"] == 40
    assert len(queries.of_day(asked.id, commune.unit_id, clock.today())) == 1


@pytest.mark.parametrize("n", [-2, 1, 2])
def test_only_own_days_that_have_begun_are_reported(asked, commune, n):
    with pytest.raises(Refused):
        reported.report(commune, asked, reported.day(n))


def test_a_unit_reports_its_own_round_only(place, asked, commune):
    with write() as current:
        row = current.get_one(Campaign, asked.id)
        row.rounds = tuple(
            (reported.day(n), reported.day(n)) for n in (-1, 0)
        )  # fmt: skip
        row.one_round = True
        queries.part(row, commune.unit_id).round_number = 2
    with pytest.raises(Refused):
        reported.report(commune, asked, reported.day(-1))
    assert reported.report(commune, asked, reported.day(0)).number == 1


def test_after_the_campaign_was_reported_nothing_is_taken_any_more(asked, commune):
    with write() as current:
        current.execute(update(Campaign).values(state="reported"))
    session().expire_all()
    with pytest.raises(Refused):
        reported.report(commune, session().get_one(Campaign, asked.id), clock.today())


@pytest.mark.parametrize(("visits", "helped", "field"), [
    (None, 1, "visits"), (-1, 1, "helped"), (1, 100_000, "helped"),
])  # fmt: skip
def test_odd_figures_are_refused(asked, commune, visits, helped, field):
    with pytest.raises(Invalid) as refused:
        reported.report(commune, asked, clock.today(), visits, helped)
    assert field in refused.value.errors


def test_visits_are_asked_for_only_where_answers_are_measured_against_them(place):
    asked = reported.campaign(place, "headcount")
    commune = carried.doer(place)
    assert reported.report(commune, asked, clock.today(), None).visits is None
    with pytest.raises(Invalid):
        reported.report(commune, asked, reported.day(-1), 3)


@pytest.mark.parametrize("change", [
    update(DailyEntry).values(visits=1), delete(DailyEntry),
    text("UPDATE daily_entries SET remarks = 'x'"),
])  # fmt: skip
def test_the_database_itself_keeps_what_was_reported(asked, commune, change):
    reported.report(commune, asked, clock.today())
    with pytest.raises(DBAPIError, match="kept for good"), write() as current:
        current.execute(change)


def test_the_day_s_task_is_handed_in_and_no_other(asked, commune):
    reported.report(commune, asked, clock.today())
    states = tasks_of(commune, Job.DAILY_REPORT)
    assert states.pop(clock.today()) == State.SUBMITTED
    assert set(states.values()) == {State.TODO}


def test_the_post_is_handed_in_with_a_link_only(place):
    asked = reported.campaign(place, rules=replace(carried.RULES, daily_post=True))
    commune = carried.doer(place)
    with write() as current:
        for task in current.scalars(select(Task).where(Task.unit_id == commune.unit_id)):
            task.job = Job.DAILY_POST if task.job == Job.DAILY_REPORT else task.job
    reported.report(commune, asked, reported.day(-1))
    proof = Proof(links=("https://zalo.me/bai-dang",))
    services.report(commune, asked, clock.today(), Given(1, 1), 0, proof)
    states = tasks_of(commune, Job.DAILY_POST)
    assert states[reported.day(-1)] == State.TODO
    assert states[clock.today()] == State.SUBMITTED


def test_every_report_and_correction_is_on_the_record(asked, commune):
    reported.report(commune, asked, clock.today())
    reported.report(commune, asked, clock.today(), 41, reason="Đếm lại")
    kept = session().scalars(
        select(AuditEntry.action).where(AuditEntry.subject_kind == "daily_report")
        .order_by(AuditEntry.number)
    )  # fmt: skip
    assert list(kept) == ["daily_report:sent", "daily_report:corrected"]
