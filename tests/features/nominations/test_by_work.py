"""What the pages of the field work tell of a unit that is proposed."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.database import write
from portal.features.campaigns import fieldwork
from portal.features.campaigns.fieldwork import Rules
from portal.features.field_reports.models import DailyEntry
from portal.features.inspections.models import Inspection, Point, to_json
from portal.features.nominations import criteria
from portal.features.nominations.criteria import Met
from portal.features.publicity.models import Posting
from portal.features.rosters.models import Roster, RosterSubmission
from portal.policy.roles import Role
from tests.support import nominated, surveyed
from tests.support.officials import official

TODAY, NOW = clock.today(), clock.now()
DAY = timedelta(days=1)
RULES = Rules(
    roster_of="cán bộ Hội", roster_due_on=TODAY - DAY, objects=("plan",),
    channels=("zalo", "loa_truyen_thanh"), reports=True, band_low=50, band_high=95,
    nominations_max=5,
)  # fmt: skip


@pytest.fixture
def place(app):
    return surveyed.province(nominated.PLACES)


@pytest.fixture
def unit(place):
    return place["Xã 1"]


@pytest.fixture
def campaign(place):
    """One that opened the day before yesterday."""
    made = surveyed.campaign(place, opens_in=-2, days=5)
    with write():
        made.denominator = "visits"
        fieldwork.set_first(made, RULES)
    return made


@pytest.fixture
def known(place, campaign, unit):
    def told():
        actor = official(place, Role.PROVINCE)
        found = criteria.measured(actor, campaign, [unit.id])[unit.id]
        return {one.name: (one.text % one.values, one.met) for one in found}

    return told


def put(*rows):
    with write() as current:
        for row in rows:
            current.add(row)
            current.flush()


def sent(campaign, unit, *days):
    """Send a roster on these days, the first one first."""
    roster = Roster(campaign_id=campaign.id, unit_id=unit.id, kind="support", changed_at=NOW)
    put(roster)
    roster_id = roster.id
    put(*(
        RosterSubmission(
            roster_id=roster_id, number=n, content="[]", due_on=RULES.roster_due_on, sent_by="Xã",
            sent_at=clock.day_start(day) + timedelta(hours=9),
        )
        for n, day in enumerate(days, 1)
    ))  # fmt: skip


def test_before_anything_was_done_nothing_is_met(known):
    found = known()
    assert found["roster_on_time"] == ("chưa gửi", Met.NO)
    assert found["publicity"] == ("0/2", Met.NO)
    assert found["reports_on_time"] == ("0/2", Met.NO)
    assert found["band"] == ("chưa đủ số liệu", Met.UNKNOWN)
    assert "inspected" not in found


def test_a_roster_counts_from_its_first_sending(known, campaign, unit):
    sent(campaign, unit, TODAY - DAY, TODAY)
    said, met = known()["roster_on_time"]
    assert (said, met) == (f"gửi ngày {clock.format_date(TODAY - DAY)}", Met.YES)


def test_a_roster_after_its_day_says_by_how_much(known, campaign, unit):
    sent(campaign, unit, TODAY)
    said, met = known()["roster_on_time"]
    assert said.endswith("muộn 1 ngày")
    assert met == Met.NO


def test_publicity_counts_what_is_shown_by_something(known, campaign, unit):
    where = {"campaign_id": campaign.id, "unit_id": unit.id, "object": "plan",
             "added_by": "Xã", "added_at": NOW, "from_on": TODAY}  # fmt: skip
    put(Posting(channel="loa_truyen_thanh", times="06:00", **where))
    put(Posting(channel="zalo", **where), Posting(channel="niem_yet", **where))
    assert known()["publicity"] == ("1/2", Met.NO)


def test_a_report_in_the_evening_is_late_for_ever(known, campaign, unit):
    for offset, late in ((2, False), (1, True)):
        put(DailyEntry(
            campaign_id=campaign.id, unit_id=unit.id, day=TODAY - offset * DAY, number=1,
            visits=10, helped=1, late=late, reported_at=NOW, reported_by="Xã",
        ))  # fmt: skip
    assert known()["reports_on_time"] == ("1/2", Met.NO)


def test_what_inspectors_found_in_order(known, campaign, unit, place):
    body = official(place, Role.PROVINCE)
    points = [Point("a", "Niêm yết", "met"), Point("b", "Trực", "missed"), Point("c", "Loa")]
    where = {"campaign_id": campaign.id, "unit_id": unit.id, "ordered_by_unit_id": body.unit_id,
             "organisation_id": body.organisation_id, "inspectors": "Đoàn"}  # fmt: skip
    put(
        Inspection(planned_on=TODAY, done_on=TODAY, state="done", answers=to_json(points), **where),
        Inspection(planned_on=TODAY - DAY, state="planned", **where),
    )
    assert known()["inspected"] == ("1/2", Met.NO)


def test_a_unit_that_is_not_asked_has_no_such_criteria(place, campaign):
    actor, above = official(place, Role.PROVINCE), place["Huyện A"]
    assert criteria.measured(actor, campaign, [above.id]) == {above.id: ()}


def test_what_a_campaign_does_not_ask_for_is_no_criterion(place):
    plain, unit = nominated.asked(place), place["Xã 1"]
    actor = official(place, Role.PROVINCE)
    assert criteria.measured(actor, plain, [unit.id]) == {unit.id: ()}
