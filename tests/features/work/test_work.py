"""What a campaign asks for besides answers is one set of pages, and one list of duties."""

import pytest

from portal.core.database import write
from portal.features.campaigns.fieldwork import Rules
from portal.features.documents.body import Job
from portal.features.tasks import services as tasks
from portal.features.work import pages, queries
from portal.policy.roles import Role
from tests.support import carried, papers, surveyed
from tests.support.officials import PLACES, official


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def asked(place):
    return carried.carry_out(place)


def keys(actor, campaign):
    return [tab.key for tab in pages.work(actor, campaign).tabs]


def test_a_campaign_has_the_pages_that_its_rules_ask_for(place, asked):
    assert keys(official(place, Role.PROVINCE), asked) == [
        "overview", "team", "roster", "publicity", "report", "inspection", "urging", "nomination",
        "pack",
    ]  # fmt: skip


def test_only_those_above_urge(place, asked):
    assert "urging" in keys(official(place, Role.DISTRICT), asked)
    assert "urging" not in keys(official(place, Role.COMMUNE), asked)


def test_what_is_not_asked_for_has_no_page(place):
    asked = carried.carry_out(place, Rules(objects=("plan",), channels=("zalo",)))
    assert keys(official(place, Role.COMMUNE), asked) == [
        "overview", "publicity", "inspection", "pack",
    ]  # fmt: skip


def test_a_campaign_that_asks_for_answers_only_is_not_carried_out(place):
    bare = surveyed.campaign(place)
    assert keys(official(place, Role.COMMUNE), bare) == ["overview"]
    assert pages.carried_out(official(place, Role.PROVINCE)) == []


def test_each_campaign_is_listed_with_what_is_done_and_what_is_late(place, asked):
    submit(place, asked, Job.TEAM)
    rows = {
        role: pages.carried_out(official(place, role))[0].tally
        for role in (Role.PROVINCE, Role.DISTRICT, Role.COMMUNE)
    }
    assert rows[Role.PROVINCE] == queries.Tally(total=18, done=1, overdue=11)
    assert rows[Role.DISTRICT] == queries.Tally(total=12, done=1, overdue=7)
    assert rows[Role.COMMUNE] == queries.Tally(total=6, done=1, overdue=3)


def submit(place, asked, job):
    doer = carried.doer(place)
    with write():
        tasks.follow(doer, asked.plan_id, job, doer.unit_id, "submit")
    return doer


def test_a_commune_sees_its_own_duties_and_the_next_one(place, asked):
    doer = submit(place, asked, Job.TEAM)
    page = pages.overview(doer, asked)
    assert [one.shown.job for one in page.own] == [
        Job.TEAM, Job.ROSTER, Job.PUBLICITY, Job.DAILY_REPORT,
    ]  # fmt: skip
    assert page.done == 1
    assert page.next.shown.job == Job.ROSTER
    assert page.below == ()


def test_a_duty_of_several_days_is_one_line(place, asked):
    daily = pages.overview(carried.doer(place), asked).own[-1]
    assert len(daily.tasks) == 3
    assert (daily.done, daily.overdue, daily.is_open) == (0, 1, True)


def test_those_above_see_counts_of_the_units_below(place, asked):
    submit(place, asked, Job.TEAM)
    above = papers.worker(place, Role.DISTRICT)
    page = pages.overview(above, asked)
    assert page.own == ()
    counts = [(one.done, one.total) for one in page.below]
    assert counts == [(1, 2), (0, 2), (0, 2), (0, 6)]
    assert (page.tally.done, page.tally.total) == (1, 12)


def test_a_campaign_without_a_plan_has_its_rules_and_no_duties(place, asked):
    with write():
        asked.plan_id = None
    page = pages.overview(carried.doer(place), asked)
    assert (page.own, page.below, page.next) == ((), (), None)
    assert page.tally == queries.Tally()
