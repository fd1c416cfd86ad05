"""A roster for the calendar of a phone (RFC 5545), of one person or of all."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlsplit

from portal.core import clock
from portal.features.rosters import queries
from portal.features.rosters.entries import Entry, in_order
from portal.features.rosters.models import Half, Roster
from portal.features.rosters.queries import Desk

_ZONE: Final = "Asia/Ho_Chi_Minh"
_HOURS: Final = {
    Half.MORNING: (time(7, 30), time(11, 30)),
    Half.AFTERNOON: (time(13, 30), time(17, 0)),
    Half.DAY: (time(7, 30), time(17, 0)),
}
"""When the one-stop unit is open."""
_HEAD: Final = (
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cong Dan chu co so//Lich truc//VI",
    "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "BEGIN:VTIMEZONE", f"TZID:{_ZONE}",
    "BEGIN:STANDARD", "DTSTART:19750613T000000", "TZOFFSETFROM:+0700", "TZOFFSETTO:+0700",
    "TZNAME:+07", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip
_MOST_OCTETS: Final = 75


def calendar(
    desk: Desk, base_url: str, row_id: int | None = None, entries: Sequence[Entry] | None = None
) -> bytes | None:
    """Give the roster of a unit as a calendar; None if there is nobody, or no such row.

    Args:
        desk: whose roster.
        base_url: the configured address of the portal; its host ends the events' names.
        row_id: any row of the one person whose calendar is wanted; all people's else.
        entries: a copy that was sent; the roster as it is now if none is given.
    """
    if entries is None:
        entries = [Entry.of(row) for row in queries.rows(desk.roster)]
    if row_id is not None:
        row = queries.row(desk.roster, row_id)
        entries = [one for one in entries if row is not None and one.key == Entry.of(row).key]
    if desk.roster is None or not entries:
        return None
    host = urlsplit(base_url).hostname or "localhost"
    events = (
        line for entry in in_order(entries) for line in _event(desk, desk.roster, entry, host)
    )
    lines = (*_HEAD, *events, "END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(desk: Desk, roster: Roster, entry: Entry, host: str) -> Iterator[str]:
    named = f"{desk.campaign.id}|{desk.unit.id}|{entry.key}|{entry.day}|{entry.half}"
    about = ", ".join(filter(None, (entry.position, entry.body)))
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(named.encode()).hexdigest()[:32]}@{host}"
    yield f"DTSTAMP:{roster.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{roster.version}"
    yield from _times(desk, entry)
    yield f"SUMMARY:{_escaped(f'{desk.campaign.name}: {entry.person}')}"
    yield f"LOCATION:{_escaped(f'{entry.place}, {desk.unit.full_name}')}"
    if about:
        yield f"DESCRIPTION:{_escaped(about)}"
    yield "END:VEVENT"


def _times(desk: Desk, entry: Entry) -> Iterator[str]:
    if entry.day is None:
        yield f"DTSTART;VALUE=DATE:{desk.days[0]:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{desk.days[-1] + timedelta(days=1):%Y%m%d}"
        return
    begins, ends = _HOURS[Half(entry.half)]
    for name, hour in (("DTSTART", begins), ("DTEND", ends)):
        yield f"{name};TZID={_ZONE}:{_at(entry.day, hour):%Y%m%dT%H%M%S}"


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, clock.VN)


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Write a line in pieces of at most 75 octets, each but the first behind a space.

    No sign is torn: a piece ends before one that has no room.
    """
    pieces: list[bytes] = []
    piece = b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > _MOST_OCTETS - bool(pieces):
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
