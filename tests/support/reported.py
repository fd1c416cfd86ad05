"""Daily reports of communes that carry a campaign out."""

from dataclasses import replace
from datetime import date, timedelta

from portal.core import clock
from portal.core.database import write
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.field_reports import queries, services, standing
from portal.features.field_reports.models import DailyEntry
from portal.features.field_reports.services import Given
from portal.features.field_reports.standing import Standing
from portal.features.surveys import turnout
from portal.policy.predicates import Actor
from portal.web.actor import Account
from tests.support import carried, surveyed
from tests.support.surveyed import Place

LINE = "5|co|loa"


def campaign(
    place: Place, kind: str = "visits", rules: Rules = carried.RULES, *, days: int = 3
) -> Campaign:
    """Make a campaign that opened yesterday, its answers measured against something."""
    asked = carried.carry_out(place, rules, days=days)
    with write() as current:
        current.add(asked)
        asked.denominator = kind
    return asked


def day(n: int) -> date:
    """Give a day so many days from today: yesterday is -1."""
    return clock.today() + timedelta(days=n)


def report(
    who: Account, asked: Campaign, on: date, visits: int | None = 40, helped: int = 10, **words: str
) -> DailyEntry:
    """Report a day, or correct it if it was reported."""
    seen = len(queries.of_day(asked.id, who.unit_id, on))
    given = replace(Given(visits, helped), **words)  # type: ignore[arg-type] # its texts
    return services.report(who, asked, on, given, seen)


def answers(asked: Campaign, place: Place, name: str, n: int, on: date) -> None:
    """Let people of a commune answer on a day."""
    surveyed.answer(asked, place[name], [LINE] * n, day=on)


def headcount(asked: Campaign, place: Place, name: str, n: int) -> None:
    """Say how many are to be asked in a commune."""
    with write() as current:
        current.get_one(CampaignUnit, (asked.id, place[name].id)).headcount = n


def stands(actor: Actor, asked: Campaign, place: Place, name: str = "Xã 1") -> Standing:
    """Give where a commune stands, as somebody sees it."""
    found = turnout.of(actor, asked)
    assert found is not None
    return next(one for one in standing.of(found) if one.unit_id == place[name].id)
