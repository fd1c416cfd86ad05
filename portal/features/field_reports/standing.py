"""Where a unit stands: days reported, running total, rate, and whether that is out of the band.

Only the running total is judged, never one day: people may answer at home (DOMAIN R01, R03). It
reaches to the last day before which no report is missing, and the answers are those of the same
days.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from portal.core import clock
from portal.features.campaigns import fieldwork, rounds
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Denominator, State
from portal.features.field_reports import queries
from portal.features.field_reports.queries import Line, Lines
from portal.features.surveys import measures
from portal.features.surveys.asking import Asking
from portal.features.surveys.disclosure import Masked
from portal.features.surveys.measures import Measure
from portal.features.surveys.territory import Place
from portal.features.surveys.threshold import threshold
from portal.features.surveys.turnout import Turnout

LEAST = 20
"""Visits or households from which on a rate is judged: of fewer, one person more or less moves it
by more than five points. A headcount is everybody there is, so nothing is left to chance."""

Days = Mapping[date, int]


class Verdict(StrEnum):
    """What is said of a rate."""

    LOW = "low"
    HIGH = "high"
    WITHIN = "within"
    FEW = "few"
    """Too few visits, or answers below the masking threshold."""
    GAP = "gap"
    """Nothing has been reported, or not of the first day."""
    EARLY = "early"
    """Not so many yet, and the days are not over."""
    UNKNOWN = "unknown"
    """Nobody has said how many there are."""
    UNUSED = "unused"


OUTSIDE = frozenset({Verdict.LOW, Verdict.HIGH})


@dataclass(frozen=True)
class Standing:
    """One unit of a campaign."""

    campaign: Campaign
    rules: Rules
    place: Place
    printed: Masked
    """Its answers, as every reader sees them."""
    days: tuple[date, ...]
    """Its own days of the campaign."""
    lines: Mapping[date, Line]
    """What is valid of each day that was reported."""
    answers: Days | None
    """By day; None where its total is kept back."""
    fixed: int | None
    """What its answers are measured against, where that stands still."""
    k: int

    @property
    def unit_id(self) -> int:
        """Give the unit."""
        return self.place.unit_id

    @property
    def kind(self) -> Denominator:
        """Give what its answers are measured against."""
        return Denominator(self.campaign.denominator)

    @property
    def counts_visits(self) -> bool:
        """Say whether visits are reported."""
        return self.kind == Denominator.VISITS

    @cached_property
    def begun(self) -> tuple[date, ...]:
        """Give the days that have begun."""
        today = clock.today()
        return tuple(day for day in self.days if day <= today)

    @property
    def reports(self) -> bool:
        """Say whether the campaign asks for a report each day."""
        return self.rules.reports or self.rules.daily_post

    @property
    def due_today(self) -> bool:
        """Say whether today's report is still to come."""
        today = clock.today()
        return self.reports and today in self.days and today not in self.lines

    @property
    def today(self) -> str:
        """Say how it stands today: "off" (no day of its own), "due", "late" or "done"."""
        today = clock.today()
        if today not in self.days:
            return "off"
        line = self.lines.get(today)
        return "due" if line is None else "late" if line.late else "done"

    @cached_property
    def missing(self) -> tuple[date, ...]:
        """Give the days before today that nobody has reported."""
        today = clock.today()
        return tuple(day for day in self.begun if day < today and day not in self.lines)

    @property
    def is_over(self) -> bool:
        """Say whether its last day has gone by, or has been reported."""
        return self.days[-1] < clock.today() or self.days[-1] in self.lines

    @cached_property
    def until(self) -> date | None:
        """Give the last day before which no report, and no figure of one, is missing."""
        found = None
        for day in self.begun:
            line = self.lines.get(day)
            if line is None or (self.counts_visits and line.visits is None):
                break
            found = day
        return found

    @property
    def visits(self) -> int:
        """Give the visits of all days that were reported."""
        return sum(line.visits or 0 for line in self.lines.values())

    @property
    def helped(self) -> int:
        """Give the people helped on all of them."""
        return sum(line.helped for line in self.lines.values())

    @cached_property
    def whole(self) -> int | None:
        """Give what the rate is a share of, None while it is not known."""
        if not self.counts_visits:
            return self.fixed
        if self.until is None:
            return None
        return sum(line.visits or 0 for day, line in self.lines.items() if day <= self.until)

    @cached_property
    def counted(self) -> int | None:
        """Give the answers that belong to it, None where they are kept back."""
        if self.answers is None or not self.counts_visits:
            return self.printed.exact
        if self.until is None:
            return None
        if self.until == self.days[-1]:
            return self.printed.exact
        return sum(n for day, n in self.answers.items() if day <= self.until)

    @property
    def share(self) -> float | None:
        """Give the rate, which may be above 1: people may answer at home."""
        return self.counted / self.whole if self.whole and self.counted is not None else None

    @property
    def percent(self) -> int:
        """Give the rate in whole per cent, for the record; only where there is one."""
        return round(100 * (self.share or 0))

    @cached_property
    def verdict(self) -> Verdict:
        """Say whether the rate is out of the band, or why nothing is said."""
        low, high = self.rules.band_low, self.rules.band_high
        if low is None or high is None or self.kind == Denominator.NONE:
            return Verdict.UNUSED
        if self.whole is None:
            return Verdict.GAP if self.counts_visits else Verdict.UNKNOWN
        least = 1 if self.kind == Denominator.HEADCOUNT else LEAST
        if self.counted is None or self.counted < self.k or self.whole < least:
            return Verdict.FEW
        return self._judged(100 * self.counted, low * self.whole, high * self.whole)

    @property
    def is_outside(self) -> bool:
        """Say whether an explanation is due."""
        return self.verdict in OUTSIDE

    def _judged(self, n: int, low: int, high: int) -> Verdict:
        if n > high:
            return Verdict.HIGH
        if n >= low:
            return Verdict.WITHIN
        # Visits and answers grow together; a fixed number is reached on the last day only.
        return Verdict.LOW if self.counts_visits or self.is_over else Verdict.EARLY


def of(turnout: Turnout) -> list[Standing]:
    """Give where the units of a page stand, in its order."""
    return of_many([turnout])[turnout.campaign.id]


def of_many(turnouts: Collection[Turnout]) -> dict[int, list[Standing]]:
    """Give the same for several campaigns, in as many queries (two, and one for fixed figures).

    Returns:
        By campaign.
    """
    ids = [turnout.campaign.id for turnout in turnouts]
    rules, lines = fieldwork.of_many(ids), queries.lines(ids)
    return {
        t.campaign.id: _of_one(t, rules[t.campaign.id], lines[t.campaign.id]) for t in turnouts
    }  # fmt: skip


def _of_one(turnout: Turnout, rules: Rules, lines: Lines) -> list[Standing]:
    campaign = turnout.campaign
    known = measures.KNOWN.get(Denominator(campaign.denominator))
    fixed = known(campaign.id) if known else {}
    k = threshold(campaign.questionnaire_version.definition)
    found = []
    for cell in turnout.cells:
        unit = cell.place.unit_id
        members = turnout.territory.below(unit)
        by_day = added(turnout.taken.get(one, {}) for one in members)
        found.append(Standing(
            campaign, rules, cell.place, cell.printed,
            days_of(campaign, turnout.chosen.get(unit)),
            _together([lines.get(one, {}) for one in members]),
            None if cell.printed.is_hidden else by_day, fixed.get(unit), k,
        ))  # fmt: skip
    return found


def days_of(campaign: Campaign, number: int | None) -> tuple[date, ...]:
    """Give the days on which a unit asks.

    Args:
        campaign: the campaign.
        number: the round that the unit has chosen, None for all.
    """
    spans = rounds.held(campaign.all_rounds, number if campaign.one_round else None)
    return Asking(State(campaign.state), spans).days


def deadline(day: date, rules: Rules) -> datetime:
    """Give the first moment at which the report of a day is late: 17:00 in Việt Nam has passed."""
    return clock.day_start(day) + timedelta(hours=rules.report_hour, minutes=1)


def reported(turnout: Turnout) -> Measure:
    """Give the visits of a page's units with the answers of the same days (for `measures`)."""
    standings = [one for one in of(turnout) if one.whole is not None]
    return Measure(
        Denominator.VISITS,
        {one.unit_id: one.whole for one in standings if one.whole is not None},
        {one.unit_id: one.counted for one in standings if one.counted is not None},
    )


def added(parts: Iterable[Days]) -> dict[date, int]:
    """Add numbers up by day."""
    found: dict[date, int] = {}
    for part in parts:
        for day, n in part.items():
            found[day] = found.get(day, 0) + n
    return found


def _together(parts: Collection[Mapping[date, Line]]) -> dict[date, Line]:
    """Add the reports of a unit to those of the units that it took over from."""
    found: dict[date, Line] = {}
    for part in parts:
        for day, line in part.items():
            other = found.get(day, Line(None, 0, late=False, corrected=False))
            known = [n for n in (other.visits, line.visits) if n is not None]
            found[day] = Line(
                sum(known) if known else None, other.helped + line.helped,
                late=other.late or line.late, corrected=other.corrected or line.corrected,
            )  # fmt: skip
    return found
