"""Which units take over from which, on what day: merged, split, or numbered anew."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import select

from portal.core import clock
from portal.core.clock import format_date
from portal.core.database import session, write
from portal.core.text import N_, fold
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.org_units import reading
from portal.features.org_units.importing import ImportReport
from portal.features.org_units.models import Unit, UnitSuccession
from portal.features.org_units.reading import BadCellError, Row, RowError
from portal.features.org_units.scopes import rebuild_scopes

TWO_TIERS_SINCE = date(2025, 7, 1)
"""The district level ended the day before (Law 72/2025/QH15)."""


@dataclass(frozen=True)
class Pair:
    """A unit and one that takes over from it."""

    old: Unit
    new: Unit
    is_known: bool
    """Whether that has been said before."""


@dataclass(frozen=True)
class Crosswalk:
    """A whole table of old and new units."""

    day: date
    """The first day of the new ones."""
    pairs: tuple[Pair, ...]
    lasting: frozenset[int]
    """Old units that go on under their own number, having taken others in or given some away."""
    errors: tuple[RowError, ...] = ()

    @cached_property
    def heirs(self) -> dict[Unit, tuple[Unit, ...]]:
        """Give who takes over from each unit that ends."""
        found: dict[Unit, list[Unit]] = {}
        for pair in self.pairs:
            if pair.old.id not in self.lasting:
                found.setdefault(pair.old, []).append(pair.new)
        return {old: tuple(new) for old, new in found.items()}

    @cached_property
    def origins(self) -> dict[Unit, tuple[Unit, ...]]:
        """Give from whom each unit takes over."""
        found: dict[Unit, list[Unit]] = {}
        for pair in self.pairs:
            found.setdefault(pair.new, []).append(pair.old)
        return {new: tuple(old) for new, old in found.items()}

    @property
    def last_day(self) -> date:
        """Give the last day of the units that end."""
        return self.day - timedelta(days=1)

    @cached_property
    def ending(self) -> list[Unit]:
        """List the units that this table itself brings to their end."""
        return [unit for unit in self.heirs if unit.valid_to is None or unit.valid_to >= self.day]


def of(rows: Iterable[Row], day: date) -> Crosswalk:
    """Read a table of old and new units.

    Args:
        rows: old_code and new_code; a new_full_name beside them is compared.
        day: the first day of the new units; the old ones began before, and may have ended before.
    """
    units = session().scalars(select(Unit).order_by(Unit.valid_from, Unit.id)).all()
    old = {unit.code: unit for unit in units if unit.valid_from < day}
    new = {unit.code: unit for unit in units if _exists(unit, day)}
    stored = session().execute(select(UnitSuccession.unit_id, UnitSuccession.successor_id))
    known = {(unit, successor) for unit, successor in stored}
    pairs: dict[tuple[int, int], Pair] = {}
    added: dict[tuple[int, int], int] = {}
    lasting, errors = set(), []
    for line, row in enumerate(rows, start=2):
        try:
            before, after = _known(row, "old_code", old), _known(row, "new_code", new)
            _is_named(row, after, day)
            key = (before.id, after.id)
            if before is after:
                lasting.add(before.id)
                continue
            if key not in known:
                _goes_on(after)
                added[key] = line
            pairs[key] = Pair(before, after, key in known)
        except BadCellError as bad:
            errors.append(bad.at(line))
    names = {unit.id: unit.full_name for unit in units}
    errors += _contrary(added, known - pairs.keys(), names)
    return Crosswalk(day, tuple(pairs.values()), frozenset(lasting), tuple(errors))


def _goes_on(unit: Unit) -> None:
    """Refuse a unit that has ended since: nobody could go on with what it would be given."""
    if unit.valid_to is not None and unit.valid_to < clock.today():
        raise BadCellError(
            N_("%(unit)s cũng đã kết thúc ngày %(day)s; cần đơn vị đang có hiệu lực"),
            "new_code", unit=unit.full_name, day=format_date(unit.valid_to),
        )  # fmt: skip


def _contrary(
    added: Mapping[tuple[int, int], int],
    left_out: Collection[tuple[int, int]],
    names: Mapping[int, str],
) -> Iterator[RowError]:
    """Find new lines for a unit of which others are known to have taken over.

    With the lines of those others in the table too it is a split, and nothing is wrong.
    """
    for (old, _new), line in added.items():
        others = sorted(names[successor] for unit, successor in left_out if unit == old)
        if others:
            yield BadCellError(
                N_("trước đã ghi %(old)s thuộc %(units)s; nếu chia ra thì ghi cả dòng ấy vào bảng"),
                "new_code", old=names[old], units=", ".join(others),
            ).at(line)  # fmt: skip


def _known(row: Row, column: str, units: Mapping[str, Unit]) -> Unit:
    code = reading.code(row, column)
    # A spreadsheet takes 07207 for a number; a commune's code has five figures (GSO).
    found = units.get(code) or units.get(code.zfill(5))
    if found is None:
        raise BadCellError(N_("không có đơn vị mã %(code)s vào ngày chuyển đổi"), column, code=code)
    return found


def _is_named(row: Row, unit: Unit, day: date) -> None:
    """Refuse a number that is another unit's: a merged one often keeps the number of a part."""
    named = reading.cell(row, "new_full_name")
    if named and fold(named) != fold(unit.full_name):
        raise BadCellError(
            N_("mã %(code)s vào ngày %(day)s là %(unit)s; đã nhập danh sách đơn vị mới chưa?"),
            "new_code", code=unit.code, unit=unit.full_name, day=format_date(day),
        )  # fmt: skip


def _exists(unit: Unit, day: date) -> bool:
    return unit.valid_from <= day and (unit.valid_to is None or day <= unit.valid_to)


def store(found: Crosswalk) -> ImportReport:
    """Note who took over from whom, end those that have gone, and derive the reach anew."""
    report = ImportReport(unchanged=len(found.lasting))
    with write("org_units") as current:
        for pair in found.pairs:
            report.unchanged += pair.is_known
            if not pair.is_known:
                current.add(UnitSuccession(unit_id=pair.old.id, successor_id=pair.new.id))
                report.added += 1
        for unit in found.ending:
            unit.valid_to = found.last_day
            report.ended += 1
        rebuild_scopes()
    return report


def import_crosswalk(
    rows: Iterable[Row], *, day: date = TWO_TIERS_SINCE, doer: audit.Doer = audit.OPERATOR
) -> ImportReport:
    """Say which units took over from which, all or nothing; `reforms` does what follows from it.

    Returns:
        Counts, or the errors with their line numbers.
    """
    with write("org_units"):
        found = of(rows, day)
        if found.errors:
            return ImportReport(errors=list(found.errors))
        report = store(found)
        audit.record(doer, Act(
            "units:succeeded", "unit_list", day,
            changes={"added": report.added, "ended": report.ended},
        ))  # fmt: skip
        return report
