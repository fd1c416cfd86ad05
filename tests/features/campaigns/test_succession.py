"""What units chose in a campaign when they end: kept where they agree, told where they do not."""

from datetime import date, timedelta

import pytest

from portal.core import clock
from portal.core.database import session, write
from portal.features.audit import queries as audit
from portal.features.audit.services import OPERATOR
from portal.features.campaigns.issuing import issue
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.documents.deadlines import Span
from portal.features.org_units.models import Unit
from portal.features.reforms import plan, services
from tests.support import surveyed

DAY = date(2025, 7, 1)
OLD = ("Xã 1", "Xã 2", "Xã 3")
FIRST, SECOND = (clock.today() + timedelta(days=n) for n in (3, 5))


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện": OLD})


@pytest.fixture
def campaign(place):
    """Give a campaign that asks on one of two days, and a unit that is to take over."""
    made = surveyed.campaign(place)
    with write() as current:
        campaign = current.get_one(Campaign, made.id)
        campaign.opens_on, campaign.closes_on = FIRST, SECOND
        campaign.rounds, campaign.one_round = (Span(FIRST, FIRST), Span(SECOND, SECOND)), True
        current.add(Unit(
            code="99", name="Mới", full_name="Xã Mới", level="commune", valid_from=DAY,
            parent_id=place["Huyện"].id, folded="", sort_key="",
        ))  # fmt: skip
        issue(current, made.id, [(place[name].id, None) for name in OLD])
    return campaign


def choose(campaign, place, name, number, supporter=""):
    with write() as current:
        part = current.get_one(CampaignUnit, (campaign.id, place[name].id))
        part.round_number, part.supporter = number, supporter


def rows(place):
    return [{"old_code": place[name].code, "new_code": "99"} for name in OLD]


def merge(place):
    outcome = services.carry_out(OPERATOR, rows(place), DAY)
    assert not outcome.errors
    return outcome


def part_now(campaign):
    new = session().query(Unit).filter_by(code="99").one()
    return session().get_one(CampaignUnit, (campaign.id, new.id))


def test_whoever_has_not_chosen_does_not_disagree(campaign, place):
    choose(campaign, place, "Xã 1", 2, "Khối Dân vận xã")
    outcome = merge(place)
    kept = part_now(campaign)
    assert (kept.round_number, kept.supporter) == (2, "Khối Dân vận xã")
    assert outcome.losses == ()


def test_what_is_chosen_differently_is_lost_and_told_before_and_after(campaign, place):
    choose(campaign, place, "Xã 1", 1, "Hội Nông dân xã")
    choose(campaign, place, "Xã 2", 2, "Khối Dân vận xã")
    [seen] = plan.of(rows(place), DAY).losses
    assert (seen.campaign.id, seen.unit.full_name) == (campaign.id, "Xã Mới")
    assert [(unit.name, span.first) for unit, span in seen.rounds] == [
        ("Xã 1", FIRST), ("Xã 2", SECOND),
    ]  # fmt: skip
    assert [name for _, name in seen.supporters] == ["Hội Nông dân xã", "Khối Dân vận xã"]
    assert merge(place).losses == (seen,)
    kept = part_now(campaign)
    assert (kept.round_number, kept.supporter) == (None, "")
    acts = {act.action: act for act in audit.of_subject("campaign", campaign.id)}
    assert "Xã Mới" in acts["campaign:units_succeeded"].changes.rpartition("to_choose")[2]


def test_a_common_supporter_is_kept_though_the_days_differ(campaign, place):
    choose(campaign, place, "Xã 1", 1, "Khối Dân vận")
    choose(campaign, place, "Xã 2", 2, "Khối Dân vận")
    [lost] = merge(place).losses
    assert (part_now(campaign).supporter, lost.supporters) == ("Khối Dân vận", ())


def test_a_day_that_is_over_is_not_put_on_those_who_had_not_chosen(campaign, place):
    yesterday = clock.today() - timedelta(days=1)
    with write():
        campaign.opens_on = yesterday
        campaign.rounds = (Span(yesterday, yesterday), Span(SECOND, SECOND))
    choose(campaign, place, "Xã 1", 1)
    [lost] = merge(place).losses
    assert part_now(campaign).round_number is None
    assert [(unit.name, span.first) for unit, span in lost.rounds] == [("Xã 1", yesterday)]


def test_a_second_time_nothing_is_lost_again(campaign, place):
    choose(campaign, place, "Xã 1", 1)
    choose(campaign, place, "Xã 2", 2)
    merge(place)
    assert merge(place).losses == ()
