"""What the page of one unit's daily reports shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from portal.core import clock
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Denominator, State
from portal.features.evidence import queries as evidence
from portal.features.field_reports import queries, standing
from portal.features.field_reports.listing import Delivery, deliveries
from portal.features.field_reports.models import DailyEntry, Explanation
from portal.features.field_reports.services import EVIDENCE
from portal.features.field_reports.standing import Standing
from portal.features.surveys import turnout
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows


@dataclass(frozen=True)
class DayRow:
    """One day of a unit: what is valid, and what was reported before."""

    day: date
    entries: tuple[DailyEntry, ...]
    """The last one first; () for a day that nobody has reported."""
    answers: int | None
    """None where they are kept back."""

    @property
    def entry(self) -> DailyEntry | None:
        """Give what is valid."""
        return next(iter(self.entries), None)

    @property
    def is_late(self) -> bool:
        """Say whether the first report came late."""
        return bool(self.entries) and self.entries[-1].late


@dataclass(frozen=True)
class UnitPage:
    """The daily reports of one unit."""

    campaign: Campaign
    stands: Standing
    rows: tuple[DayRow, ...]
    """Every day that has begun, the latest first."""
    day: date | None
    """The one that is reported or looked at; None before the first."""
    explanations: Sequence[Explanation]
    evidence: Mapping[int, Sequence[Any]]
    """By entry."""
    delivery: Delivery | None
    """Where answers are measured against nothing."""
    may_enter: bool
    on_duty: Sequence[str] = ()
    """Who stands on the roster for the day."""

    @property
    def rules(self) -> Rules:
        """Give what the campaign asks for."""
        return self.stands.rules

    @cached_property
    def row(self) -> DayRow | None:
        """Give the day that is looked at."""
        return next((row for row in self.rows if row.day == self.day), None)

    @property
    def seen(self) -> int:
        """Give the number of the last entry of that day, 0 for none."""
        return self.row.entry.number if self.row and self.row.entry else 0

    @property
    def staff(self) -> str:
        """Give who is on the roster, else who was assigned last: nobody types it again."""
        if self.on_duty:
            return "\n".join(self.on_duty)
        entries = (row.entry for row in self.rows if row.entry)
        return next((entry.staff for entry in entries), "")

    @property
    def is_today(self) -> bool:
        """Say whether the day is today."""
        return self.day == clock.today()

    @property
    def is_past_hour(self) -> bool:
        """Say whether a report of the day would be late by now."""
        return self.day is not None and clock.now() >= standing.deadline(self.day, self.rules)

    @property
    def proofs(self) -> list[Any]:
        """Give the photos and links of the day."""
        entries = self.row.entries if self.row else ()
        return [one for entry in entries for one in self.evidence.get(entry.id, ())]

    @property
    def must_explain(self) -> bool:
        """Say whether an explanation is due: none was given, or the last one did not do."""
        return self.stands.is_outside and not (
            self.explanations and self.explanations[0].state != "asked_again"
        )


def unit_page(
    actor: Actor, campaign: Campaign, unit_id: int, wanted: date | None = None
) -> UnitPage | None:
    """Give the page of one unit.

    Args:
        actor: the reader.
        campaign: one that the reader may know of.
        unit_id: the unit.
        wanted: the day that is looked at; if not given the one that is most in want of a report.

    Returns:
        None where the reader does not see the unit, or the campaign does not ask there.
    """
    found = turnout.of(actor, campaign, unit_id)
    stands = next((one for one in standing.of(found) if one.unit_id == unit_id), None) if found \
        else None  # fmt: skip
    if found is None or stands is None:
        return None
    members = found.territory.below(unit_id)
    rows = _rows(stands, queries.history(actor, campaign.id, members))
    entries = [entry.id for row in rows for entry in row.entries]
    day = wanted if wanted in stands.begun else _most_wanted(stands)
    return UnitPage(
        campaign, stands, rows, day,
        queries.explanations_of(actor, campaign.id, unit_id),
        evidence.of(EVIDENCE, entries) if entries else {},
        _delivery(campaign, unit_id),
        unit_id == actor.unit_id and stands.reports and campaign.state == State.READY
        and allows(actor, Permission.DAILY_REPORT_ENTER, campaign),
        queries.on_duty(campaign.id, unit_id, day) if day else (),
    )  # fmt: skip


def _rows(stands: Standing, entries: Sequence[DailyEntry]) -> tuple[DayRow, ...]:
    by_day: dict[date, list[DailyEntry]] = {}
    for entry in entries:
        by_day.setdefault(entry.day, []).append(entry)
    days = sorted({*stands.begun, *by_day}, reverse=True)
    return tuple(
        DayRow(
            day, tuple(by_day.get(day, ())),
            None if stands.answers is None else stands.answers.get(day, 0),
        )
        for day in days
    )  # fmt: skip


def _most_wanted(stands: Standing) -> date | None:
    """Give today if it is one of the days, else the first that is missing, else the last."""
    today = clock.today()
    if today in stands.begun:
        return today
    return next(iter(stands.missing), stands.begun[-1] if stands.begun else None)


def _delivery(campaign: Campaign, unit_id: int) -> Delivery | None:
    if campaign.denominator != Denominator.NONE:
        return None
    return deliveries(campaign, [unit_id]).get(unit_id, Delivery(0, 0))
