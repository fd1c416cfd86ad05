"""Rosters without a browser: a campaign with a way upwards, and who makes and receives lists."""

from collections.abc import Sequence
from datetime import date, timedelta

from portal.core import clock
from portal.core.clock import format_date
from portal.core.database import write
from portal.core.pasting import Table, of_rows
from portal.features.campaigns import fieldwork
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign, CampaignStep
from portal.features.rosters import queries, sending, services
from portal.features.rosters.checking import COLUMNS
from portal.features.rosters.models import Roster, RosterSubmission
from portal.features.rosters.queries import Desk
from portal.features.rosters.sending import Sending
from portal.features.rosters.services import Doer
from tests.support import surveyed
from tests.support.surveyed import Place

HEADS = ("Họ và tên", "Đơn vị", "Điện thoại", "Ngày", "Buổi", "Địa điểm")
PLACE = "Bộ phận một cửa"
BY_DISTRICT = ("commune:working_team", "district:mass_mobilisation", "province:mass_mobilisation")
"""The way of plan 002."""
BY_ASSOCIATION = ("commune:working_team", "province:farmers", "province:mass_mobilisation")
"""The way of plan 001."""


def asked(
    place: Place, *, steps: Sequence[str] = BY_DISTRICT, due_in: int = 2, **rules: object
) -> Campaign:
    """Make a campaign of three days that opens in four, with a way and a deadline."""
    made = surveyed.campaign(place, opens_in=4, days=3)
    due = clock.today() + timedelta(days=due_in)
    given = {"roster_of": "hội viên", "roster_due_on": due} | rules
    with write() as current:
        for number, step in enumerate(steps, 1):
            level, _, kind = step.partition(":")
            current.add(CampaignStep(campaign_id=made.id, number=number, level=level, kind=kind))
        fieldwork.set_first(made, Rules(**given))  # type: ignore[arg-type]
    return made


def desk(campaign: Campaign, place: Place, name: str = "Xã 1") -> Desk:
    """Give where a unit makes its roster."""
    found = queries.desk_of(campaign, place[name].id)
    assert found is not None
    return found


def day(campaign: Campaign, number: int = 0) -> date:
    """Give a day of a campaign, from 0."""
    return campaign.opens_on + timedelta(days=number)


def line(campaign: Campaign, name: str = "Nguyễn Văn A", **given: str) -> tuple[str, ...]:
    """Give a row as it is typed: somebody of Hội Nông dân, on the first morning."""
    cells = {
        "body": "Hội Nông dân", "phone": "", "day": format_date(day(campaign)), "half": "Sáng",
        "place": PLACE,
    } | given  # fmt: skip
    return (name, *(cells[one] for one in ("body", "phone", "day", "half", "place")))


def table(*rows: Sequence[str]) -> Table:
    """Give rows as a table with heads."""
    return of_rows([HEADS, *rows], COLUMNS)


def listed(doer: Doer, where: Desk, *rows: Sequence[str]) -> Roster:
    """Store rows as a roster."""
    services.take(doer, where, table(*rows), replaces=False)
    found = queries.of_unit(where.campaign.id, where.unit.id, where.kind)
    assert found is not None
    return found


def send(doer: Doer, where: Desk, reason: str = "") -> RosterSubmission:
    """Send a roster as it is."""
    roster = queries.of_unit(where.campaign.id, where.unit.id, where.kind)
    assert roster is not None
    return sending.send(doer, where, Sending(True, roster.version, reason))
