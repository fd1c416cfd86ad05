"""The page of the meeting at seven: what yesterday brought, who is behind, what today asks for.

A district reads it aloud before the day begins (issue 5); its queries do not grow with what it
tells.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal.core import clock
from portal.features.briefing import queries
from portal.features.briefing.queries import Reminded, Undone
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.field_reports import overview
from portal.features.field_reports.overview import Overview
from portal.features.field_reports.standing import Standing
from portal.features.inspections.models import Inspection
from portal.features.surveys import turnout
from portal.features.surveys.turnout import Turnout
from portal.features.tasks import queries as tasks
from portal.features.tasks.models import Task
from portal.policy.predicates import Actor

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class OfCampaign:
    """One campaign that asked yesterday or asks today."""

    turnout: Turnout
    reports: Overview | None
    yesterday: date

    @property
    def campaign(self) -> Campaign:
        """Give the campaign."""
        return self.turnout.campaign

    @property
    def answers(self) -> int | None:
        """Give yesterday's answers; None where nobody was asked, or where they are kept back."""
        known = {day.day: day.count for day in self.turnout.days}
        return known.get(self.yesterday)

    @property
    def unreported(self) -> list[Standing]:
        """List the units that have not reported yesterday."""
        missing = self.reports.missing if self.reports else ()
        return [unit for unit in missing if self.yesterday in unit.missing]

    @property
    def outside(self) -> Sequence[Standing]:
        """List the units out of the band."""
        return self.reports.outside if self.reports else ()


@dataclass(frozen=True)
class Behind:
    """A unit below with what it is late with."""

    name: str
    district: str
    duties: tuple[tuple[str, date], ...]
    """Each with its earliest day."""


@dataclass(frozen=True)
class DueToday:
    """A duty of units below whose day is today."""

    what: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class Morning:
    """The page."""

    today: date
    yesterday: date
    campaigns: tuple[OfCampaign, ...]
    behind: tuple[Behind, ...]
    due: tuple[DueToday, ...]
    own: tuple[Task, ...]
    """What the reader's own office has to do up to today."""
    inspections: tuple[Inspection, ...]
    reminded: tuple[Reminded, ...]
    unreceived: tuple[str, ...]
    """Units below with something to do that no body there has received."""

    @property
    def unreported(self) -> int:
        """Count the reports of yesterday that are missing."""
        return sum(len(one.unreported) for one in self.campaigns)

    @property
    def outside(self) -> int:
        """Count the units out of the band."""
        return sum(len(one.outside) for one in self.campaigns)


def morning(actor: Actor) -> Morning:
    """Give the page of today's morning."""
    today = clock.today()
    yesterday = today - _DAY
    listed = [one for one in campaigns.listed(actor) if _asks(one, {yesterday, today})]
    seen = turnout.of_all(actor, listed)
    reports = {one.campaign.id: one for one in overview.overview(actor, seen)}
    undone = queries.undone(actor)
    return Morning(
        today, yesterday,
        tuple(OfCampaign(one, reports.get(one.campaign.id), yesterday) for one in seen),
        tuple(_behind(one for one in undone if one.due_on < today)),
        tuple(_due(one for one in undone if one.due_on == today)),
        tuple(tasks.due_by(actor, today)),
        tuple(queries.planned_today(actor)), tuple(queries.reminded_yesterday(actor)),
        tuple(queries.unreceived(actor)),
    )  # fmt: skip


def _asks(campaign: Campaign, days: set[date]) -> bool:
    """Say whether people are, or were, asked on one of some days."""
    spans = campaign.all_rounds
    return campaign.is_announced and any(a <= day <= b for a, b in spans for day in days)


def _behind(late: Iterable[Undone]) -> list[Behind]:
    units: dict[int, list[Undone]] = {}
    for one in late:
        units.setdefault(one.unit_id, []).append(one)
    found = [Behind(of[0].name, of[0].district or "", _duties(of)) for of in units.values()]
    return sorted(found, key=lambda one: -len(one.duties))


def _duties(of_unit: Sequence[Undone]) -> tuple[tuple[str, date], ...]:
    """Give each duty with its earliest day; the rows come by day."""
    first: dict[tuple[int, str], Undone] = {}
    for one in of_unit:
        first.setdefault((one.document_id, one.duty), one)
    return tuple((one.what, one.due_on) for one in first.values())


def _due(due: Iterable[Undone]) -> list[DueToday]:
    duties: dict[tuple[int, str], list[Undone]] = {}
    for one in due:
        duties.setdefault((one.document_id, one.duty), []).append(one)
    return [DueToday(of[0].what, tuple(one.name for one in of)) for of in duties.values()]
