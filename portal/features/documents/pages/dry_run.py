"""What issuing a document would do: tasks by duty, inboxes, days off, units left out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from portal.core import clock
from portal.core.database import session
from portal.features.documents import parties, schedule
from portal.features.documents.body import Body, Duty, Party
from portal.features.documents.deadlines import Span
from portal.features.documents.models import Document
from portal.features.documents.parties import Standing
from portal.features.org_units.fallbacks import kind_label
from portal.features.org_units.models import Organisation, Unit, UnitScope


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
    """Units within the group that have no such organisation: nobody there gets the task."""
    standing_in: tuple[Standing, ...]
    """Those who lead because a unit has no organisation of the kind that should."""

    @property
    def days_off(self) -> tuple[Day, ...]:
        """Give its days on which offices are closed."""
        return tuple(day for day in self.days if day.is_off)

    @property
    def tasks(self) -> int:
        """Give how many tasks it makes; without a day it is one for each who leads."""
        return len(self.leads) * max(len(self.days), 1)

    @property
    def units(self) -> int:
        """Give in how many units it is done."""
        return len({lead.unit_id for lead in self.leads})

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
        return len({lead.unit_id for line in self.lines for lead in line.leads})

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
            for day in line.days if line.leads else ():
                found[day].append(line)
        return dict(sorted(found.items(), key=lambda one: one[0].day))


def of(document: Document) -> DryRun:
    """Work out what issuing a document as it stands would do; nothing is stored."""
    body, year = document.body, schedule.year_of(document)
    windows = schedule.windows(body, year)
    within = _Territory(document.unit_id)
    return DryRun(
        lines=tuple(
            _line(duty, schedule.days(duty, windows, year), within) for duty in body.duties
        ),
        sent=tuple(_sent(body, document.organisation_id, within)),
        windows=windows,
    )  # fmt: skip


class _Territory:
    """Who there is below the issuer; each group is asked for once."""

    def __init__(self, unit_id: int) -> None:
        self.unit_id = unit_id
        self._standing: dict[Party, tuple[Standing, ...]] = {}
        self._units: dict[str, tuple[Unit, ...]] = {}

    def standing(self, party: Party) -> tuple[Standing, ...]:
        """Give who acts for a party."""
        address = Party("", party.organisation_id, party.group)
        if address not in self._standing:
            self._standing[address] = tuple(parties.standing(address, self.unit_id))
        return self._standing[address]

    def organisations(self, party: Party) -> tuple[Organisation, ...]:
        """Give the organisations a party stands for, each once."""
        found = {one.organisation.id: one.organisation for one in self.standing(party)}
        return tuple(found.values())

    def lacking(self, party: Party) -> tuple[Unit, ...]:
        """Give the units of a group's level where nobody acts for it."""
        if not party.group or party.organisation_id:
            return ()
        level = party.group.partition(":")[0]
        if level not in self._units:
            self._units[level] = tuple(_units(level, self.unit_id))
        having = {one.unit.id for one in self.standing(party)}
        return tuple(unit for unit in self._units[level] if unit.id not in having)


def _units(level: str, above_id: int) -> list[Unit]:
    today = clock.today()
    query = (
        select(Unit)
        .join(UnitScope, UnitScope.unit_id == Unit.id)
        .where(UnitScope.above_id == above_id, Unit.level == level, Unit.valid_from <= today)
        .where(or_(Unit.valid_to.is_(None), Unit.valid_to >= today))
        .order_by(Unit.sort_key, Unit.id)
    )
    return list(session().scalars(query))


def _line(duty: Duty, days: tuple[date, ...], within: _Territory) -> Line:
    return Line(
        duty=duty, leads=within.organisations(duty.lead), days=tuple(map(_day, days)),
        lacking=within.lacking(duty.lead),
        standing_in=tuple(one for one in within.standing(duty.lead) if one.instead),
    )  # fmt: skip


def _day(day: date) -> Day:
    return Day(day, clock.public_holidays(day.year).get(day, ""))


def _sent(body: Body, issuer_id: int, within: _Territory) -> Iterator[Sent]:
    """Tell whom each line reaches, as `deliveries.deliver` does: once, and never the issuer."""
    seen = {issuer_id}
    for recipient in body.recipients:
        known = within.organisations(recipient.party)
        yield Sent(
            recipient.party.name, tuple(one for one in known if one.id not in seen), not known
        )
        seen |= {one.id for one in known}
