"""Many points at once: pasted or read from a file, checked cell by cell, taken all or nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Final

from sqlalchemy import select

from portal.core.database import session, write
from portal.core.errors import Invalid
from portal.core.pasting import Column, Remark, Row, Table, remark
from portal.core.text import N_
from portal.core.workbook import Column as Wide
from portal.core.workbook import Sheet, workbook
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.org_units import figures, finding, points
from portal.features.org_units.kinds import POINT_LABELS, PointKind
from portal.features.org_units.models import Level, Point, Unit
from portal.features.org_units.points import Described

_OWN: Final = (
    Column("kind", N_("Loại điểm"), ("loại",)),
    Column("name", N_("Tên điểm"), ("tên", "điểm", "thôn", "tổ dân phố", "thôn, tổ dân phố",
                                    "tên thôn", "tên tổ dân phố"), width="wide"),
    Column("households", N_("Số hộ"), ("hộ", "hộ dân", "số hộ dân", "số hộ gia đình"),
           width="narrow"),
)  # fmt: skip
NO_KIND: Final = N_("Không có loại “%(typed)s”.")
UNCLEAR: Final = N_("Chưa ghi loại, và tên không nói rõ loại.")


def columns(unit: Unit) -> tuple[Column, ...]:
    """Give the columns of a table: above the communes it also says which commune."""
    return _OWN if unit.level == Level.COMMUNE else (*finding.COLUMNS, *_OWN)


@dataclass(frozen=True)
class Entry:
    """A row as it was understood."""

    unit: Unit
    described: Described
    stored: Point | None
    """The point that has this name already."""

    @property
    def fate(self) -> str:
        """Say what becomes of it: "added", "changed", "reopened" or "unchanged"."""
        if self.stored is None:
            return "added"
        if self.stored.valid_to is not None:
            return "reopened"
        return "unchanged" if Described.of(self.stored) == self.wanted else "changed"

    @property
    def wanted(self) -> Described:
        """Give how the point will be described; an empty cell keeps what stands there."""
        if self.stored is None or self.described.households is not None:
            return self.described
        return Described(self.described.kind, self.described.name, self.stored.households)


@dataclass(frozen=True)
class Checked:
    """A table that was looked at."""

    table: Table
    """With what was found, cell by cell."""
    entries: tuple[Entry, ...]
    """The rows that are right."""

    @property
    def fates(self) -> Counter[str]:
        """Count what becomes of the rows (`Entry.fate`)."""
        return Counter(entry.fate for entry in self.entries)

    @property
    def by_unit(self) -> dict[Unit, list[Entry]]:
        """Give the rows of each commune."""
        found: dict[Unit, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.unit, []).append(entry)
        return found


def checked(unit: Unit, table: Table) -> Checked:
    """Check a table of points of a commune, or of the communes below a unit."""
    reader = _Reader(unit)
    faults: dict[int, dict[str, Remark]] = {}
    notes: dict[int, dict[str, Remark]] = {}
    entries = []
    for row in table.rows:
        entry, faults[row.number], notes[row.number] = reader.read(row)
        entries += [entry] if entry else []
    return Checked(table.found(faults, notes), tuple(entries))


def take(doer: Doer, unit: Unit, table: Table) -> Counter[str]:
    """Take the points of a whole table, all or nothing; those known by name are brought in line.

    Returns:
        How many were added, changed, reopened and left (`Entry.fate`).

    Raises:
        Invalid: a row is wrong; nothing was saved.
    """
    with write("org_units") as current:
        found = checked(current.get_one(Unit, unit.id), table)
        if found.table.faults:
            raise Invalid({"text": finding.CHANGED})
        fates = found.fates
        for at, entries in found.by_unit.items():
            _record(doer, at, Counter(entry.fate for entry in entries))
            for entry in entries:
                point, _changes = points.put(at, entry.wanted, entry.stored)
                point.valid_to = None
                current.add(point)
        return fates


def spreadsheet(
    stream: IO[bytes], unit: Unit, labels: Mapping[str, str], heads: Sequence[str]
) -> None:
    """Write the points of a unit as a workbook that can be filled in and read again.

    Args:
        stream: where to.
        unit: a commune, or what has communes below it.
        labels: the kinds' names as the reader says them.
        heads: the heads of `columns(unit)` likewise.
    """
    own = unit.level == Level.COMMUNE
    widths = (22, 44, 10) if own else (12, 34, 34, 22, 44, 10)
    known = points.listed(unit.id) if own else points.of_communes(unit.id)
    with workbook(stream) as book:
        wide = [Wide(head, width) for head, width in zip(heads, widths, strict=True)]
        sheet = Sheet(book, "Diem", wide)
        for point in known:
            where = () if own else _where(point.unit)
            sheet.add((*where, labels.get(point.kind, point.kind), point.name, point.households))
        sheet.offer(0 if own else 3, list(labels.values()), rows=5000)
        sheet.close()


def _where(unit: Unit) -> tuple[str, str, str]:
    return unit.code, unit.full_name, unit.parent.full_name if unit.parent else ""


class _Reader:
    """Reads rows against what is stored, which is asked for once."""

    def __init__(self, unit: Unit) -> None:
        self.own = unit if unit.level == Level.COMMUNE else None
        self.below = finding.Below(unit.id, Level.COMMUNE)
        units = [one.id for one in self.below.units]
        query = select(Point).where(Point.unit_id.in_(units)).order_by(Point.id)
        stored = session().scalars(query)
        self.stored = {(one.unit_id, one.name.casefold()): one for one in stored}
        self.seen: dict[tuple[int, str], int] = {}

    def read(self, row: Row) -> tuple[Entry | None, dict[str, Remark], dict[str, Remark]]:
        """Give what a row says, what is wrong in it, and how it was understood."""
        unit, wrong, said = self.below.find(row) if self.own is None else (self.own, {}, {})
        described = self._described(row, wrong)
        if unit is None or described is None:
            return None, wrong, said
        key = unit.id, described.name.casefold()
        if (earlier := self.seen.setdefault(key, row.line)) != row.line:
            wrong["name"] = remark(N_("Điểm này đã có ở dòng %(n)s."), n=earlier)
        if wrong:
            return None, wrong, said
        entry = Entry(unit, described, self.stored.get(key))
        return entry, {}, said | dict(_said(row, entry))

    @staticmethod
    def _described(row: Row, wrong: dict[str, Remark]) -> Described | None:
        """Read what a row says of the point; None, and why in `wrong`, where it cannot be."""
        words, name = row.cells["kind"], row.cells["name"]
        kind = points.kind_of(words or name)
        if kind is None:
            wrong["kind"] = remark(NO_KIND if words else UNCLEAR, typed=words)
        households = None
        try:
            households = figures.count_of(row.cells["households"])
        except ValueError as error:
            wrong["households"] = remark(str(error), typed=row.cells["households"])
        described = Described(kind or PointKind.OTHER, name, households)
        wrong |= {field: remark(message) for field, message in described.faults.items()}
        return None if "name" in wrong else described


def _said(row: Row, entry: Entry) -> Iterator[tuple[str, Remark]]:
    if not row.cells["kind"]:
        yield "kind", remark(POINT_LABELS[PointKind(entry.described.kind)])
    if entry.fate in _SAID:
        yield "name", remark(_SAID[entry.fate])
    before = entry.stored.households if entry.stored else None
    if before is not None and before != entry.wanted.households:
        yield "households", remark(N_("trước là %(n)s"), n=f"{before:,}".replace(",", "."))


_SAID: Final = {
    "reopened": N_("đã ngừng, sẽ mở lại"),
    "changed": N_("đã có, sẽ sửa"),
    "unchanged": N_("đã có, giữ nguyên"),
}


def _record(doer: Doer, unit: Unit, fates: Counter[str]) -> None:
    if any(fates[fate] for fate in ("added", "changed", "reopened")):
        audit.record(doer, Act(
            "points:imported", "unit", unit.id, subject_name=unit.full_name, unit_id=unit.id,
            changes={"added": fates["added"], "changed": fates["changed"] + fates["reopened"]},
        ))  # fmt: skip
