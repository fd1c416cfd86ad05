"""Lists of units on their way into the database, all or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.database import write
from portal.core.text import N_, fold, sort_key
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.org_units import reading
from portal.features.org_units.models import Level, Organisation, Unit, UnitSuccession
from portal.features.org_units.reading import BadCellError, Draft, Row, RowError
from portal.features.org_units.scopes import rebuild_scopes

TWO_TIERS_SINCE = date(2025, 7, 1)
"""The district level ended the day before (Law 72/2025/QH15)."""
_ABOVE = {Level.DISTRICT: {Level.PROVINCE}, Level.COMMUNE: {Level.DISTRICT, Level.PROVINCE}}
_ORDER = list(Level)


@dataclass
class ImportReport:
    """What an import did; with errors it did nothing."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)


class _UnusableError(Exception):
    """Leaves the write without a trace, with what was wrong."""

    def __init__(self, errors: list[RowError]) -> None:
        super().__init__()
        self.errors = errors


def import_units(rows: Iterable[Row], *, ignore_end_dates: bool = False) -> ImportReport:
    """Take a list of units, all or nothing.

    A unit is known by its code and its first day; one that exists already is brought in line with
    the list. Parents are found in the list or the database, among units of the same time.

    Args:
        rows: code, name, full_name, level, parent_code, valid_from, valid_to, source, licence.
        ignore_end_dates: treat every unit as still existing (sample data of a former year).

    Returns:
        Counts, or the errors with their line numbers.
    """
    drafts, errors = reading.read(rows, ignore_end_dates=ignore_end_dates)
    try:
        with write("org_units") as current:
            report = _Import(current, drafts, errors).run()
            if report.errors:
                raise _UnusableError(report.errors)
            _fold_names(current)
            rebuild_scopes()
            audit.record(audit.OPERATOR, Act(
                "units:imported", "unit_list", "", changes={"added": report.added,
                                                            "changed": report.changed},
            ))  # fmt: skip
            return report
    except _UnusableError as unusable:
        return ImportReport(errors=sorted(unusable.errors, key=lambda error: error.line))


class _Import:
    """One list on its way into the database."""

    def __init__(self, current: Session, drafts: list[Draft], errors: list[RowError]) -> None:
        self.current, self.drafts, self.report = current, drafts, ImportReport(errors=errors)
        self.by_code: dict[str, list[Unit]] = defaultdict(list)
        for unit in current.scalars(select(Unit).order_by(Unit.id)):
            self.by_code[unit.code].append(unit)

    def run(self) -> ImportReport:
        """Place the units from the top level down, so that parents come first."""
        seen: set[tuple[str, date]] = set()
        for draft in sorted(self.drafts, key=lambda one: (_ORDER.index(one.level), one.line)):
            try:
                if (draft.code, draft.valid_from) in seen:
                    raise BadCellError(N_("mã %(code)s có hai lần trong tệp"), code=draft.code)
                seen.add((draft.code, draft.valid_from))
                self._place(draft)
            except BadCellError as bad:
                self.report.errors.append(RowError(draft.line, bad.message, bad.values))
        return self.report

    def _place(self, draft: Draft) -> None:
        same = [unit for unit in self.by_code[draft.code] if unit.valid_from == draft.valid_from]
        others = [unit for unit in self.by_code[draft.code] if unit not in same]
        if any(_overlap(draft, unit) for unit in others):
            raise BadCellError(
                N_("mã %(code)s đã có, thời gian hiệu lực chồng lên nhau"), code=draft.code
            )
        parent = self._parent(draft) if draft.parent_code else None
        unit = same[0] if same else Unit(code=draft.code, valid_from=draft.valid_from)
        before = _facts(unit)
        unit.name, unit.full_name, unit.level = draft.name, draft.full_name, draft.level
        unit.parent, unit.valid_to, unit.source = parent, draft.valid_to, draft.source
        unit.sort_key, unit.folded = sort_key(draft.name), unit.folded or ""
        self._count(unit, is_new=not same, before=before)

    def _count(self, unit: Unit, *, is_new: bool, before: tuple[object, ...]) -> None:
        if is_new:
            self.by_code[unit.code].append(unit)
            self.current.add(unit)
            self.report.added += 1
        elif _facts(unit) == before:
            self.report.unchanged += 1
        else:
            self.report.changed += 1

    def _parent(self, draft: Draft) -> Unit:
        # Overlapping is enough: a commune may be older than its town, and outlive its province.
        known = [unit for unit in self.by_code[draft.parent_code] if _overlap(draft, unit)]
        if not known:
            raise BadCellError(
                N_("không có cấp trên mã %(code)s trong thời gian hiệu lực của đơn vị"),
                code=draft.parent_code,
            )
        parent = max(known, key=lambda unit: unit.valid_from)
        if parent.level not in _ABOVE[draft.level]:
            raise BadCellError(N_("cấp trên mã %(code)s sai cấp"), code=draft.parent_code)
        return parent


def _facts(unit: Unit) -> tuple[object, ...]:
    parent = unit.parent.code if unit.parent else None
    return unit.name, unit.full_name, unit.level, parent, unit.valid_to, unit.source


def _overlap(draft: Draft, unit: Unit) -> bool:
    last, other_last = draft.valid_to or date.max, unit.valid_to or date.max
    return draft.valid_from <= other_last and unit.valid_from <= last


def _fold_names(current: Session) -> None:
    """Let a unit be found by the names above it too, also after one of them was corrected."""
    current.flush()
    units = current.scalars(select(Unit).order_by(Unit.id)).all()
    for unit in units:
        unit.folded = fold(f"{unit.code} {unit.full_name} {unit.line_above}")
    for body in current.scalars(select(Organisation).order_by(Organisation.id)):
        body.folded = fold(f"{body.name} {body.unit.folded}")


def import_crosswalk(rows: Iterable[Row], *, day: date = TWO_TIERS_SINCE) -> ImportReport:
    """Say which units took over from which, all or nothing.

    Args:
        rows: old_code and new_code; other columns are for the reader.
        day: the first day of the new units; the old ones began before, and may have ended before.

    Returns:
        Counts, or the errors with their line numbers.
    """
    try:
        with write("org_units") as current:
            report = _successions(current, rows, day)
            if report.errors:
                raise _UnusableError(report.errors)
            rebuild_scopes()
            audit.record(
                audit.OPERATOR,
                Act("units:succeeded", "unit_list", day, changes={"added": report.added}),
            )
            return report
    except _UnusableError as unusable:
        return ImportReport(errors=unusable.errors)


def _successions(current: Session, rows: Iterable[Row], day: date) -> ImportReport:
    report = ImportReport()
    units = current.scalars(select(Unit).order_by(Unit.valid_from, Unit.id)).all()
    old = {unit.code: unit for unit in units if unit.valid_from < day}
    new = {unit.code: unit for unit in units if _exists(unit, day)}
    for line, row in enumerate(rows, start=2):
        try:
            before, after = _known(row, "old_code", old), _known(row, "new_code", new)
        except BadCellError as bad:
            report.errors.append(RowError(line, bad.message, bad.values))
            continue
        key = (before.id, after.id)
        if before is after or current.get(UnitSuccession, key) is not None:
            report.unchanged += 1
        else:
            current.add(UnitSuccession(unit_id=before.id, successor_id=after.id))
            report.added += 1
    return report


def _known(row: Row, column: str, units: Mapping[str, Unit]) -> Unit:
    code = reading.code(row, column)
    if code not in units:
        raise BadCellError(N_("không có đơn vị mã %(code)s vào ngày chuyển đổi"), code=code)
    return units[code]


def _exists(unit: Unit, day: date) -> bool:
    return unit.valid_from <= day and (unit.valid_to is None or day <= unit.valid_to)
