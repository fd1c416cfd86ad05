"""What issuing a document would do: tasks by duty, inboxes, days off, units left out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.features.documents import schedule
from portal.features.documents.body import Body, Duty
from portal.features.documents.deadlines import Span
from portal.features.documents.models import Document
from portal.features.documents.parties import Standing, Territory
from portal.features.org_units.fallbacks import kind_label
from portal.features.org_units.models import Organisation, Unit


@dataclass(frozen=True)
class Day:
    """A day on which something is due."""

    day: date
    holiday: str
    """msgid; "" if it is none."""

    @property
    def weekday(self) -> str:
        """Give its name (msgid)."""
        return clock.weekday_name(self.day)

    @property
    def is_off(self) -> bool:
        """Say whether offices are closed."""
        return bool(self.holiday) or self.day.weekday() > 4


@dataclass(frozen=True)
class Line:
    """One duty, and what becomes of it."""

    duty: Duty
    leads: tuple[Organisation, ...]
    days: tuple[Day, ...]
    lacking: tuple[Unit, ...]
    """Units within the group where nobody acts for it: the task is the unit's, and it waits."""
    standing_in: tuple[Standing, ...]
    """Those who lead because a unit has no organisation of the kind that should."""

    @property
    def days_off(self) -> tuple[Day, ...]:
        """Give its days on which offices are closed."""
        return tuple(day for day in self.days if day.is_off)

    @property
    def tasks(self) -> int:
        """Give how many tasks it makes; without a day it is one for each who leads."""
        return self.doers * max(len(self.days), 1)

    @property
    def doers(self) -> int:
        """Count who leads, and the units where nobody does yet: each gets a task a day."""
        return len(self.leads) + len(self.lacking)

    @property
    def unit_ids(self) -> frozenset[int]:
        """Give the units that have it to do."""
        return frozenset({one.unit_id for one in self.leads} | {unit.id for unit in self.lacking})

    @property
    def instead(self) -> Mapping[str, Sequence[Standing]]:
        """Give those who stand in by the name (msgid) of the body that should lead."""
        found: dict[str, list[Standing]] = defaultdict(list)
        for one in self.standing_in:
            found[kind_label(one.instead)].append(one)
        return found


@dataclass(frozen=True)
class Sent:
    """A line of “Nơi nhận”, and whom it reaches."""

    name: str
    to: tuple[Organisation, ...]
    """Who gets it in the portal; those that an earlier line reaches are left out."""
    outside: bool
    """The portal knows nobody: the clerk sends it by other ways."""


@dataclass(frozen=True)
class DryRun:
    """What issuing would do."""

    lines: tuple[Line, ...]
    sent: tuple[Sent, ...]
    windows: tuple[Span, ...]
    """When people are asked."""

    @property
    def tasks(self) -> int:
        """Give how many tasks there will be."""
        return sum(line.tasks for line in self.lines)

    @property
    def units(self) -> int:
        """Give how many units have something to do."""
        return len({unit for line in self.lines for unit in line.unit_ids})

    @property
    def lacking(self) -> int:
        """Give how many units have something to do that nobody receives yet."""
        return len({unit.id for line in self.lines for unit in line.lacking})

    @property
    def inboxes(self) -> tuple[Organisation, ...]:
        """Give who gets it in the portal."""
        return tuple(one for line in self.sent for one in line.to)

    @property
    def on_paper(self) -> tuple[str, ...]:
        """Give the recipients that the portal does not know; a line without a name is none."""
        return tuple(line.name for line in self.sent if line.outside and line.name.strip())

    @property
    def calendar(self) -> Mapping[Day, Sequence[Line]]:
        """Give every day on which something is due, in order, with what is."""
        found: dict[Day, list[Line]] = defaultdict(list)
        for line in self.lines:
            for day in line.days if line.doers else ():
                found[day].append(line)
        return dict(sorted(found.items(), key=lambda one: one[0].day))


def of(document: Document) -> DryRun:
    """Work out what issuing a document as it stands would do; nothing is stored."""
    body, year = document.body, schedule.year_of(document)
    windows = schedule.windows(body, year)
    within = Territory(document.unit_id)
    return DryRun(
        lines=tuple(
            _line(duty, schedule.days(duty, windows, year), within) for duty in body.duties
        ),
        sent=tuple(_sent(body, document.organisation_id, within)),
        windows=windows,
    )  # fmt: skip


def _line(duty: Duty, days: tuple[date, ...], within: Territory) -> Line:
    return Line(
        duty=duty, leads=within.organisations(duty.lead), days=tuple(map(_day, days)),
        lacking=within.lacking(duty.lead),
        standing_in=tuple(one for one in within.standing(duty.lead) if one.instead),
    )  # fmt: skip


def _day(day: date) -> Day:
    return Day(day, clock.public_holidays(day.year).get(day, ""))


def _sent(body: Body, issuer_id: int, within: Territory) -> Iterator[Sent]:
    """Tell whom each line reaches, as `deliveries.deliver` does: once, and never the issuer."""
    seen = {issuer_id}
    for recipient in body.recipients:
        known = within.organisations(recipient.party)
        yield Sent(
            recipient.party.name, tuple(one for one in known if one.id not in seen), not known
        )
        seen |= {one.id for one in known}
