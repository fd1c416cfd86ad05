"""Making a roster: rows typed, tapped, pasted or copied, and sending it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.core.pasting import Remark, Table
from portal.core.text import N_, fold
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.documents.body import Job
from portal.features.rosters import checking, queries
from portal.features.rosters.entries import Entry
from portal.features.rosters.models import Half, Kind, Roster, RosterRow, State
from portal.features.rosters.queries import Desk
from portal.features.rosters.workflow import still_on
from portal.features.tasks import services as tasks
from portal.policy.predicates import Actor

MOST_ROWS = 5_000
JOBS = {Kind.SUPPORT: Job.ROSTER, Kind.INSPECTORS: Job.INSPECTORS}
"""The task that each kind of roster does."""


class Doer(Actor, Protocol):
    """An account that acts."""

    @property
    def display_name(self) -> str:
        """The account's name, for the record."""


class Wrong(Exception):
    """What was typed cannot be taken; `faults` says why, by field."""

    def __init__(self, faults: Mapping[str, Remark]) -> None:
        super().__init__()
        self.faults = dict(faults)


def add(doer: Doer, desk: Desk, cells: Mapping[str, str]) -> RosterRow:
    """Put a person on the roster.

    Args:
        doer: of the unit.
        desk: where its roster is made.
        cells: what was typed, by the names of `checking.COLUMNS`.

    Raises:
        Wrong: a cell cannot be read, or the person stands elsewhere then.
        Refused: the campaign is over.
    """
    entry = _read(desk, cells)
    with write(_lock(desk)) as current:
        roster, rows = _opened(current, doer, desk)
        same = next((one for one in rows if Entry.of(one) == entry), None)
        if same is not None:  # sent twice
            return same
        _check_free(entry, rows)
        row = entry.into(RosterRow(roster_id=roster.id))
        current.add(row)
        _touch(current, doer, roster, {"added": [None, _told(entry)]})
    return row


def change(
    doer: Doer, desk: Desk, row_id: int, cells: Mapping[str, str], version: int
) -> RosterRow:
    """Change a row.

    Raises:
        Missing: there is no such row any more.
        Stale: somebody else changed it first.
        Wrong, Refused: as `add`.
    """
    with write(_lock(desk)) as current:
        roster, rows = _opened(current, doer, desk)
        row = _row(rows, row_id)
        before = Entry.of(row)
        entry = _read(desk, cells, before.person)
        if before == entry:
            return row
        if row.version != version:
            raise Stale(STALE, checking.cells_of(before))
        _check_free(entry, [one for one in rows if one is not row])
        entry.into(row)
        _touch(current, doer, roster, {"changed": [_told(before), _told(entry)]})
    return row


def remove(doer: Doer, desk: Desk, row_id: int) -> None:
    """Take a row from the roster; one that is gone already is gone.

    Raises:
        Refused: the campaign is over.
    """
    with write(_lock(desk)) as current:
        roster, rows = _opened(current, doer, desk)
        row = next((one for one in rows if one.id == row_id), None)
        if row is None:
            return
        current.delete(row)
        _touch(current, doer, roster, {"removed": [_told(Entry.of(row)), None]})


def put(doer: Doer, desk: Desk, row_id: int, day: date, half: str, place: str) -> None:
    """Put somebody who is on the roster at a place in one more half-day; once is enough.

    Args:
        doer: of the unit.
        desk: where its roster is made.
        row_id: any row of the person.
        day: when.
        half: morning or afternoon.
        place: where; "" for where that row says.

    Raises:
        Missing: there is no such row.
        Wrong: the person stands elsewhere then, or the day is none of the campaign's.
    """
    person = queries.row(desk.roster, row_id)
    if person is None or half not in set(Half):
        raise Missing
    known = Entry.of(person)
    cells = checking.cells_of(replace(known, day=day, half=half, place=place or known.place))
    cells["half"] = {Half.MORNING: "sáng", Half.AFTERNOON: "chiều"}.get(Half(half), "cả ngày")
    add(doer, desk, cells)


def is_elsewhere(row: RosterRow, place: str) -> bool:
    """Say whether a row is of another place than the one that is being filled ("" for all)."""
    return bool(place) and Entry.of(row).place_key != fold(place)


def take_off(doer: Doer, desk: Desk, row_id: int, half: str, place: str = "") -> None:
    """Take somebody off one half of a day; of a whole day the other half stays.

    Args:
        doer: of the unit.
        desk: where its roster is made.
        row_id: the row that puts the person there.
        half: morning or afternoon.
        place: only at this place; "" wherever it is.

    Raises:
        Refused: the row is of another place, or the campaign is over.
    """
    with write(_lock(desk)) as current:
        roster, rows = _opened(current, doer, desk)
        row = next((one for one in rows if one.id == row_id), None)
        if row is None or half not in Entry.of(row).parts:
            return
        if is_elsewhere(row, place):
            raise Refused(ELSEWHERE)
        before = Entry.of(row)
        if row.half == Half.DAY:
            row.half = Half.AFTERNOON if half == Half.MORNING else Half.MORNING
            told = _told(Entry.of(row))
        else:
            current.delete(row)
            told = None
        _touch(current, doer, roster, {"changed": [_told(before), told]})


def take(doer: Doer, desk: Desk, table: Table, *, replaces: bool) -> tuple[int, int]:
    """Store a pasted roster whole, or nothing of it.

    Args:
        doer: of the unit.
        desk: where its roster is made.
        table: as it was looked at.
        replaces: whether it takes the place of everything that is there.

    Returns:
        How many rows are new, and how many had been there.

    Raises:
        Invalid: it is not right any more: somebody else has changed the roster meanwhile.
        Refused: the campaign is over.
    """
    with write(_lock(desk)) as current:
        roster, rows = _opened(current, doer, desk)
        stored = [Entry.of(row) for row in rows]
        found = checking.checked(desk, table, () if replaces else stored)
        if found.table.faults or len(found.entries) > MOST_ROWS:
            raise Invalid({"text": CHANGED})
        if replaces:
            return _replace(current, doer, roster, found.entries)
        current.add_all(one.into(RosterRow(roster_id=roster.id)) for one in found.entries)
        if found.entries:
            _touch(current, doer, roster, {"pasted": [len(rows), len(rows) + len(found.entries)]})
    return len(found.entries), found.kept


def _replace(
    current: Session, doer: Doer, roster: Roster, entries: Sequence[Entry]
) -> tuple[int, int]:
    """Let these be the whole roster; rows that say the same stay."""
    rows = {Entry.of(row): row for row in queries.rows(roster)}
    wanted = set(entries)
    gone = [row for entry, row in rows.items() if entry not in wanted]
    new = [entry for entry in entries if entry not in rows]
    for row in gone:
        current.delete(row)
    current.add_all(one.into(RosterRow(roster_id=roster.id)) for one in new)
    if gone or new:
        _touch(current, doer, roster, {"pasted": [len(rows), len(wanted)]})
    return len(new), len(wanted) - len(new)


def copy_earlier(doer: Doer, desk: Desk) -> tuple[int, int]:
    """Take the roster of the campaign before over, its days mapped by their order.

    Returns:
        How many rows were taken over, and how many could not: this campaign has fewer days, or
        the person stands elsewhere already.

    Raises:
        Missing: there is none.
        Refused: the campaign is over.
    """
    with write(_lock(desk)) as current:
        source = queries.earlier(desk)
        if source is None:
            raise Missing
        roster, rows = _opened(current, doer, desk)
        theirs = queries.desk_of(source.campaign, source.unit_id)
        mapped = dict(zip(theirs.days if theirs else (), desk.days, strict=False))
        standing = {point.id for point in desk.read_places.points}
        known = [Entry.of(row) for row in rows]
        lost = 0
        for row in queries.rows(source):
            entry = _moved(Entry.of(row), mapped, standing)
            if entry is None or any(entry.clashes(one) or entry == one for one in known):
                lost += 1
                continue
            known.append(entry)
            current.add(entry.into(RosterRow(roster_id=roster.id)))
        if taken := len(known) - len(rows):
            _touch(current, doer, roster, {"copied": [source.campaign.name, taken]})
    return taken, lost


def _moved(entry: Entry, days: Mapping[date, date], points: set[int]) -> Entry | None:
    """Give a row of an earlier campaign on the day of this one; None where there is none."""
    if entry.day is not None and entry.day not in days:
        return None
    point_id = entry.point_id if entry.point_id in points else None
    return replace(entry, day=days[entry.day] if entry.day else None, point_id=point_id)


def _lock(desk: Desk) -> str:
    return f"roster:{desk.campaign.id}:{desk.unit.id}"


def _read(desk: Desk, cells: Mapping[str, str], stored: str = "") -> Entry:
    entry, faults = checking.repaired(desk, cells, stored)
    if entry is None:
        raise Wrong(faults)
    return entry


def _opened(current: Session, doer: Doer, desk: Desk) -> tuple[Roster, list[RosterRow]]:
    """Give the roster of a desk for a change, begun if nobody has, and its rows as they are."""
    current.refresh(desk.campaign)
    roster = queries.of_unit(desk.campaign.id, desk.unit.id, desk.kind)
    if roster is None:
        roster = Roster(
            campaign_id=desk.campaign.id, unit_id=desk.unit.id, kind=desk.kind,
            organisation_id=desk.organisation_id, state=State.DRAFT, changed_at=clock.now(),
            changed_by=doer.display_name,
        )  # fmt: skip
        current.add(roster)
        current.flush()
        follow(doer, roster, "start")
    if refusal := still_on(roster):
        raise Refused(refusal)
    return roster, queries.rows(roster)


def _row(rows: Sequence[RosterRow], row_id: int) -> RosterRow:
    found = next((one for one in rows if one.id == row_id), None)
    if found is None:
        raise Missing
    return found


def _check_free(entry: Entry, rows: Sequence[RosterRow]) -> None:
    """Refuse somebody who would have to be at two places in one half-day."""
    faults = checking.beside_stored(entry, [Entry.of(row) for row in rows])
    if faults:
        raise Wrong(faults)


def _touch(current: Session, doer: Doer, roster: Roster, changes: dict[str, list[object]]) -> None:
    """Note who changed the roster last, on the record too; its version rises."""
    roster.changed_at, roster.changed_by = clock.now(), doer.display_name
    flag_modified(roster, "changed_at")
    current.flush()
    audit.record(doer, Act(
        "roster:edited", "roster", roster.id, subject_name=roster.name, unit_id=roster.unit_id,
        changes=changes,
    ))  # fmt: skip


def follow(doer: Actor, roster: Roster, name: str, reason: str = "") -> None:
    """Move the task of a roster along."""
    job = JOBS[Kind(roster.kind)]
    tasks.follow(
        doer, roster.campaign.plan_id, job, roster.unit_id, name, reason=reason
    )  # fmt: skip


def _told(entry: Entry) -> str:
    """Give an entry for the record; numbers of people stay out of it."""
    day = clock.format_date(entry.day) if entry.day else ""
    return ", ".join(filter(None, (entry.person, checking.half_word(entry.half), day, entry.place)))


STALE = N_("Người khác vừa sửa dòng này. Mời xem lại.")
ELSEWHERE = N_("Buổi ấy được xếp ở nơi khác. Mời chọn nơi ấy ở ô Đang xếp tại rồi bỏ.")
CHANGED = N_("Danh sách vừa đổi trong lúc đồng chí xem. Mời kiểm tra lại.")
