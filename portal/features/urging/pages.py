"""What the pages about reminding show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from portal.core import clock
from portal.core.pagination import Page, paginate
from portal.features.campaigns.models import Campaign
from portal.features.org_units import queries as org_units
from portal.features.org_units.models import Level, Unit
from portal.features.urging import board, queries, wording
from portal.features.urging.board import Group
from portal.features.urging.models import Lack, NoticeMark, Reminder
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows


@dataclass(frozen=True)
class Wanted:
    """What the board is narrowed to."""

    duty: str = ""
    district_id: int | None = None
    ahead: int = 0


@dataclass(frozen=True)
class Line:
    """A unit that has not done the chosen duty, with the words to send."""

    lack: Lack
    last: Reminder | None
    is_reminded_today: bool
    text: str
    is_read: bool
    """Whether an account at the unit would read a notice."""


@dataclass(frozen=True)
class Board:
    """Who has not done what."""

    campaign: Campaign
    wanted: Wanted
    groups: tuple[Group, ...]
    chosen: Group | None
    lines: tuple[Line, ...]
    words: str
    """To all units at once that were not reminded today; "" where there are none."""
    districts: tuple[Unit, ...]
    may_send: bool

    @property
    def units(self) -> int:
        """Count the units that lack something."""
        return len({one.unit.id for group in self.groups for one in group.lacks})

    @property
    def unreceived(self) -> int:
        """Count the units where something lacks that no body has received."""
        found = (one for group in self.groups for one in group.lacks if one.unreceived)
        return len({one.unit.id for one in found})

    @property
    def unread(self) -> int:
        """Count the units of the chosen duty where nobody would read a notice today."""
        return sum(not line.is_read and not line.is_reminded_today for line in self.lines)

    @property
    def reminded_today(self) -> int:
        """Count the units that were reminded of something today."""
        return len({
            one.unit.id for group in self.groups
            for one in group.lacks if group.is_reminded_today(one)
        })  # fmt: skip

    @property
    def by_district(self) -> list[tuple[Unit | None, list[Line]]]:
        """Give the lines under the district of each."""
        found = groupby(self.lines, key=lambda line: line.lack.unit.parent)
        return [(district, list(lines)) for district, lines in found]


def of(actor: Actor, campaign: Campaign, wanted: Wanted, base_url: str, body: str) -> Board:
    """Give the board.

    Args:
        actor: who looks over the units.
        campaign: announced.
        wanted: what it is narrowed to.
        base_url: the configured address of the portal.
        body: who reminds, in the words.
    """
    found = board.groups(actor, campaign, ahead=wanted.ahead, district_id=wanted.district_id)
    group = board.chosen(found, wanted.duty)
    left = group.open_today if group else ()
    words = wording.many(campaign.name, left, base_url, body) if left else ""
    return Board(
        campaign, wanted, tuple(found), group,
        tuple(_lines(group, campaign, base_url, body)) if group else (), words,
        _districts(actor), allows(actor, Permission.REMINDER_SEND, campaign),
    )  # fmt: skip


def _lines(group: Group, campaign: Campaign, base_url: str, body: str) -> list[Line]:
    bodies = {one.organisation_id for one in group.lacks} - {None}
    reading = queries.reading({one.unit.id for one in group.lacks}, bodies)
    return [
        Line(
            one, group.reminded.get(one.unit.id), group.is_reminded_today(one),
            wording.one(campaign.name, one, base_url, body), one.unit.id in reading,
        )
        for one in group.lacks
    ]  # fmt: skip


def _districts(actor: Actor) -> tuple[Unit, ...]:
    below = org_units.children(actor.unit_id)
    return tuple(unit for unit in below if unit.level == Level.DISTRICT)


def log(actor: Actor, campaign: Campaign, page: int = 1) -> Page[Reminder]:
    """Give a page of the log of a campaign."""
    return paginate(queries.log(actor, campaign.id), page)


@dataclass(frozen=True)
class Digest:
    """The notices of one day."""

    day: date
    reminders: tuple[Reminder, ...]
    unread: int


@dataclass(frozen=True)
class Notices:
    """What an account was told."""

    days: tuple[Digest, ...]

    @property
    def unread(self) -> int:
        """Count the notices that were not read."""
        return sum(day.unread for day in self.days)

    @property
    def latest(self) -> int:
        """Give the latest of them, 0 for none."""
        return max((one.id for day in self.days for one in day.reminders), default=0)


def notices(actor: Actor) -> Notices:
    """Give the digests of an account, the latest first."""
    found = queries.notices(actor, clock.today() - queries.KEPT)
    mark = queries.mark_of(actor.user_id)
    days = groupby(found, key=lambda one: one.day)
    return Notices(tuple(_digest(day, list(of_day), mark) for day, of_day in days))


def _digest(day: date, of_day: Sequence[Reminder], mark: NoticeMark | None) -> Digest:
    read_to = mark.read_to_id if mark else 0
    return Digest(day, tuple(of_day), sum(one.id > read_to for one in of_day))
