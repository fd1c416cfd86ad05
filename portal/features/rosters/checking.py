"""A roster as a table from Excel: what each cell means, who would stand in two places at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from portal.core.clock import format_date
from portal.core.pasting import Column, Remark, Row, Table, remark
from portal.core.people import is_retyped, same_person_key
from portal.core.text import N_
from portal.features.rosters import reading
from portal.features.rosters.entries import HALVES, Entry
from portal.features.rosters.filling import Filled
from portal.features.rosters.models import Half
from portal.features.rosters.queries import Desk
from portal.features.rosters.reading import Days, Found, Places

COLUMNS: Final = (
    Column("person", N_("Họ và tên"),
           ("họ tên", "tên", "họ và tên cán bộ, hội viên", "người hỗ trợ", "người hướng dẫn",
            "cán bộ", "hội viên", "lãnh đạo, cán bộ"), width="wide", needed=True),
    Column("body", N_("Đơn vị"), ("đơn vị công tác", "cơ quan", "cơ quan, đơn vị", "tổ chức",
                                  "chi hội", "tổ"), width="wide"),
    Column("phone", N_("Điện thoại"), ("số điện thoại", "sđt", "số đt", "đt", "di động",
                                       "điện thoại liên hệ"), width="narrow"),
    Column("day", N_("Ngày"), ("ngày trực", "ngày hỗ trợ", "thời gian", "ngày, tháng"),
           width="narrow"),
    Column("half", N_("Buổi"), ("buổi trực", "ca", "ca trực", "sáng/chiều"), width="narrow"),
    Column("place", N_("Địa điểm"), ("nơi trực", "địa điểm hỗ trợ", "nơi hỗ trợ", "điểm", "vị trí",
                                     "địa bàn", "nơi kiểm tra"), width="wide"),
    Column("position", N_("Chức vụ"), ("chức danh", "chức vụ, đơn vị"), hides=True),
)  # fmt: skip
KEPT: Final = N_("đã có, giữ nguyên")

Remarks = dict[str, Remark]


@dataclass(frozen=True)
class Checked:
    """A table with what was found, and what would be stored of it."""

    table: Table
    entries: tuple[Entry, ...]
    """In the order of the rows; those already stored are left out. Empty while a cell is wrong."""
    kept: int
    """How many rows are there already."""


class Reader:
    """Reads cells for one unit; what is stored is asked for once."""

    def __init__(self, desk: Desk) -> None:
        """Ask for the unit's days and points."""
        self.days: Days = desk.read_days
        self.places: Places = desk.read_places

    def read(
        self, cells: Mapping[str, str], *, keep: bool = False
    ) -> tuple[Entry | None, Remarks, Remarks]:
        """Give what cells say, what is wrong with them, and how they were understood.

        Args:
            cells: by the names of `COLUMNS`.
            keep: whether the capitals of the name are meant as they stand.
        """
        found: dict[str, Found] = {
            "person": reading.person(cells["person"], keep=keep),
            "body": reading.text("body", cells["body"]),
            "position": reading.text("position", cells["position"]),
            "phone": reading.phone(cells["phone"]),
            "half": reading.half(cells["half"]),
        }
        day, found["day"] = self.days.read(cells["day"])
        point_id, found["place"] = self.places.read(cells["place"])
        faults = {name: one.fault for name, one in found.items() if one.fault}
        notes = {name: one.note for name, one in found.items() if one.note}
        if faults:
            return None, faults, notes
        values = {name: found[name].value for name in ("person", "body", "position", "phone")}
        half, place = found["half"].value, found["place"].value
        return Entry(day=day, half=half, place=place, point_id=point_id, **values), {}, notes


def checked(desk: Desk, table: Table, stored: Sequence[Entry]) -> Checked:
    """Check a pasted roster.

    Args:
        desk: whose it is.
        table: as it was pasted.
        stored: what stays beside it; () where it takes the place of everything.
    """
    reader, filled = Reader(desk), Filled(table)
    people = _People(stored)
    faults: dict[int, Remarks] = {}
    notes: dict[int, Remarks] = {}
    entries: list[Entry] = []
    shown: list[Row] = []
    keep = False
    for row in table.rows:
        cells, said = filled.cells(row)
        keep = keep if "person" in said else "person" in row.sure
        entry, wrong, noted = reader.read(cells, keep=keep)
        if entry is not None:
            entry, wrong, more = people.take(entry, row)
            noted |= more
            if not wrong and KEPT not in {one.message for one in more.values()}:
                entries.append(entry)
        faults[row.number], notes[row.number] = wrong, noted | said
        right = cells_of(entry) if entry is not None and not wrong else {}
        shown.append(row.read_as(cells | right))
    found = replace(table, rows=tuple(shown)).found(
        {n: one for n, one in faults.items() if one}, notes
    )
    kept = len(table.rows) - len(entries)
    return Checked(found, () if found.faults else tuple(entries), 0 if found.faults else kept)


def repaired(
    desk: Desk, cells: Mapping[str, str], stored: str = ""
) -> tuple[Entry | None, Remarks]:
    """Read one row that was typed in a form; give it, or what is wrong by field.

    Args:
        desk: whose roster.
        cells: by the names of `COLUMNS`.
        stored: the name that is typed over, "" for a new row.
    """
    keep = is_retyped(cells["person"], {stored})
    entry, wrong, _notes = Reader(desk).read(cells, keep=keep)
    return entry, wrong


def beside_stored(entry: Entry, stored: Iterable[Entry]) -> Remarks:
    """Give what is wrong with a row beside those that are there."""
    for other in stored:
        if same_person_key(entry.person) != same_person_key(other.person):
            continue
        if wrong := _beside(entry, other, 0)[0]:
            return wrong
        if entry.clashes(other):
            return {"half": _said(SAME_LINE, SAME_STORED, other, 0)}
    return {}


class _People:
    """Who stands where already: the rows above, and those stored."""

    def __init__(self, stored: Iterable[Entry]) -> None:
        self._known: dict[str, list[tuple[Entry, int]]] = defaultdict(list)
        for entry in stored:
            self._known[same_person_key(entry.person)].append((entry, 0))

    def take(self, entry: Entry, row: Row) -> tuple[Entry, Remarks, Remarks]:
        """Take a row in; give it, what is wrong beside the others, and what to say of it."""
        known, said = self._known[same_person_key(entry.person)], {}
        for other, line in known:
            if _is_spelt_alike(entry, other):
                said = {"person": remark(reading.ORIGIN, typed=entry.person)}
                entry = replace(entry, person=other.person)
            wrong, noted = _beside(entry, other, line)
            if wrong or noted:
                return entry, wrong, said | noted
        known.append((entry, row.line))
        return entry, {}, said


def _is_spelt_alike(entry: Entry, other: Entry) -> bool:
    """Say whether only the vowel differs on which a tone stands: “Hoà” and “Hòa”."""
    return entry.person != other.person and reading.spelling(entry.person) == reading.spelling(
        other.person
    )


def _beside(entry: Entry, other: Entry, line: int) -> tuple[Remarks, Remarks]:
    """Compare a row with one before it, of a person of the same letters."""
    if entry.person.casefold() != other.person.casefold():
        return _spelt_otherwise(entry, other, line), {}
    if not line and _is_there(entry, other):
        return {}, {"person": remark(KEPT)}
    if not entry.clashes(other):
        return {}, {}
    if entry.place_key == other.place_key:
        return {"half": _said(SAME_LINE, SAME_STORED, other, line)}, {}
    return {"place": _said(CLASH_LINE, CLASH_STORED, other, line)}, {}


def _spelt_otherwise(entry: Entry, other: Entry, line: int) -> Remarks:
    """Tell of a name with other diacritics; two numbers say that they are two people."""
    if entry.phone and other.phone and entry.phone != other.phone:
        return {}
    if not entry.phone and not other.phone and entry.body.casefold() != other.body.casefold():
        return {}
    return {"person": _said(SPELT_LINE, SPELT_STORED, other, line)}


def _is_there(entry: Entry, other: Entry) -> bool:
    return entry.is_same_person(other) and (entry.day, entry.half, entry.place_key) == (
        other.day, other.half, other.place_key
    )  # fmt: skip


def _said(in_table: str, in_store: str, other: Entry, line: int) -> Remark:
    day = format_date(other.day)[:5] if other.day else ""
    return remark(
        in_table if line else in_store, n=line, name=other.person, place=other.place, day=day,
    )  # fmt: skip


SAME_LINE: Final = N_("Lặp lại dòng %(n)s.")
SAME_STORED: Final = N_("Trong danh sách đã có buổi này.")
CLASH_LINE: Final = N_("Trùng buổi với dòng %(n)s.")
CLASH_STORED: Final = N_("Trùng buổi: danh sách đã có %(day)s tại %(place)s.")
SPELT_LINE: Final = N_(
    "Dòng %(n)s ghi “%(name)s”. Một người thì ghi giống nhau; hai người thì ghi số điện thoại."
)
SPELT_STORED: Final = N_(
    "Danh sách đã có “%(name)s”. Một người thì ghi giống nhau; hai người thì ghi số điện thoại."
)


def cells_of(entry: Entry) -> dict[str, str]:
    """Give an entry as it would be typed, by column."""
    return {
        "person": entry.person, "body": entry.body, "position": entry.position,
        "phone": entry.phone, "place": entry.place, "half": half_word(entry.half),
        "day": format_date(entry.day) if entry.day else "",
    }  # fmt: skip


def half_word(half: str) -> str:
    """Give the word for a part of the day (msgid)."""
    return HALVES[Half(half)]
