"""The calendar of a roster: a line for each person, a cell for each half-day, put by a tap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.core.pagination import Page, paginate_list
from portal.core.text import person_sort_key
from portal.features.rosters import queries, services
from portal.features.rosters.entries import PARTS, Entry
from portal.features.rosters.models import RosterRow
from portal.features.rosters.queries import Desk

DAYS_A_PAGE = 7
PEOPLE_A_PAGE = 50


@dataclass(frozen=True)
class Spot:
    """One half-day of one person: the row that puts the person there, None where none does."""

    day: date
    half: str
    row: RosterRow | None
    elsewhere: bool = False
    """Whether that row puts the person at another place than the one that is being filled."""


@dataclass(frozen=True)
class PersonLine:
    """One person: any of the rows that name the person, and the half-days shown."""

    row: RosterRow
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class GridPage:
    """Some days of some people."""

    desk: Desk
    days: tuple[date, ...]
    people: Page[PersonLine]
    places: tuple[str, ...]
    """Where people can be put: the unit's points and what is written on the roster."""
    place: str
    week: int
    weeks: int


def grid_page(desk: Desk, place: str = "", week: int = 0, page: int = 1) -> GridPage:
    """Give a week of the roster, people by given name.

    Args:
        desk: whose.
        place: where a tap puts somebody; one that is not known gives the first.
        week: which of the weeks, from 1; 0 for that of today.
        page: of the people.
    """
    rows = queries.rows(desk.roster)
    weeks = max(1, -(-len(desk.days) // DAYS_A_PAGE))
    week = min(max(week or _this_week(desk), 1), weeks)
    days = desk.days[(week - 1) * DAYS_A_PAGE : week * DAYS_A_PAGE]
    places = _places(desk, rows)
    place = place if place in places else ""
    people = paginate_list(_lines(rows, days, place), page, PEOPLE_A_PAGE)
    return GridPage(desk, days, people, places, place, week, weeks)


def _this_week(desk: Desk) -> int:
    """Give the week in which the next day lies."""
    gone = sum(day < clock.today() for day in desk.days)
    return gone // DAYS_A_PAGE + 1


def _places(desk: Desk, rows: Sequence[RosterRow]) -> tuple[str, ...]:
    known = {Entry.of(row).place_key: row.place for row in rows}
    for point in desk.read_places.points:
        known.setdefault(Entry("", point.name, "day").place_key, point.name)
    return tuple(known[key] for key in sorted(known))


def _lines(rows: Sequence[RosterRow], days: Sequence[date], place: str) -> list[PersonLine]:
    people: dict[str, list[RosterRow]] = {}
    for row in rows:
        people.setdefault(Entry.of(row).key, []).append(row)
    lines = [
        PersonLine(found[0], tuple(
            _spot(day, half, next((one for one in found if _covers(one, day, half)), None), place)
            for day in days for half in PARTS
        ))
        for found in people.values()
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (person_sort_key(line.row.person), line.row.id))


def _spot(day: date, half: str, row: RosterRow | None, place: str) -> Spot:
    return Spot(day, half, row, elsewhere=row is not None and services.is_elsewhere(row, place))


def _covers(row: RosterRow, day: date, half: str) -> bool:
    return row.day == day and half in Entry.of(row).parts
