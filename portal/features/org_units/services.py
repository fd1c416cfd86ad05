"""Importing units, attaching organisations, and who reaches whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from portal.core.database import write
from portal.core.errors import Invalid, Missing
from portal.core.text import N_, clean, fold, sort_key
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.org_units import reading
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import (
    Level,
    Organisation,
    Unit,
    UnitScope,
    UnitSuccession,
)
from portal.features.org_units.reading import BadCell, Draft, Row, RowError

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


class _Unusable(Exception):
    """Leaves the write without a trace, with what was wrong."""

    def __init__(self, errors: list[RowError]) -> None:
        super().__init__()
        self.errors = errors


def import_units(rows: Iterable[Row], *, ignore_end_dates: bool = False) -> ImportReport:
    """Take a list of units, all or nothing.

    A unit is known by its code and its first day; one that exists already is brought in line with
    the list. Parents are found in the list or the database, and must exist as long as the unit.

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
                raise _Unusable(report.errors)
            _fold_names(current)
            rebuild_scopes()
            audit.record(audit.OPERATOR, Act(
                "units:imported", "unit_list", "", changes={"added": report.added,
                                                            "changed": report.changed},
            ))  # fmt: skip
            return report
    except _Unusable as unusable:
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
                    raise BadCell(N_("mã %(code)s có hai lần trong tệp"), code=draft.code)
                seen.add((draft.code, draft.valid_from))
                self._place(draft)
            except BadCell as bad:
                self.report.errors.append(RowError(draft.line, bad.message, bad.values))
        return self.report

    def _place(self, draft: Draft) -> None:
        same = [unit for unit in self.by_code[draft.code] if unit.valid_from == draft.valid_from]
        others = [unit for unit in self.by_code[draft.code] if unit not in same]
        if any(_overlap(draft, unit) for unit in others):
            raise BadCell(
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
        known = self.by_code[draft.parent_code]
        parent = next((unit for unit in known if _lasts(unit, draft)), None)
        if parent is None:
            raise BadCell(
                N_("không có cấp trên mã %(code)s còn hiệu lực suốt thời gian của đơn vị"),
                code=draft.parent_code,
            )
        if parent.level not in _ABOVE[draft.level]:
            raise BadCell(N_("cấp trên mã %(code)s sai cấp"), code=draft.parent_code)
        return parent


def _facts(unit: Unit) -> tuple[object, ...]:
    parent = unit.parent.code if unit.parent else None
    return unit.name, unit.full_name, unit.level, parent, unit.valid_to, unit.source


def _overlap(draft: Draft, unit: Unit) -> bool:
    last, other_last = draft.valid_to or date.max, unit.valid_to or date.max
    return draft.valid_from <= other_last and unit.valid_from <= last


def _lasts(unit: Unit, draft: Draft) -> bool:
    last = draft.valid_to or date.max
    return unit.valid_from <= draft.valid_from and last <= (unit.valid_to or date.max)


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
        day: the first day of the new units; the old ones existed the day before.

    Returns:
        Counts, or the errors with their line numbers.
    """
    try:
        with write("org_units") as current:
            report = _successions(current, rows, day)
            if report.errors:
                raise _Unusable(report.errors)
            rebuild_scopes()
            audit.record(
                audit.OPERATOR,
                Act("units:succeeded", "unit_list", day, changes={"added": report.added}),
            )
            return report
    except _Unusable as unusable:
        return ImportReport(errors=unusable.errors)


def _successions(current: Session, rows: Iterable[Row], day: date) -> ImportReport:
    report = ImportReport()
    units = current.scalars(select(Unit).order_by(Unit.valid_from, Unit.id)).all()
    old = {unit.code: unit for unit in units if _exists(unit, day - timedelta(days=1))}
    new = {unit.code: unit for unit in units if _exists(unit, day)}
    for line, row in enumerate(rows, start=2):
        try:
            before, after = _known(row, "old_code", old), _known(row, "new_code", new)
        except BadCell as bad:
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
        raise BadCell(N_("không có đơn vị mã %(code)s vào ngày chuyển đổi"), code=code)
    return units[code]


def _exists(unit: Unit, day: date) -> bool:
    return unit.valid_from <= day and (unit.valid_to is None or day <= unit.valid_to)


def rebuild_scopes() -> int:
    """Derive anew which units a unit reaches: itself, those below, and their predecessors.

    Returns:
        How many pairs there are.
    """
    with write("org_units") as current:
        current.flush()
        parents = {one: above for one, above in current.execute(select(Unit.id, Unit.parent_id))}
        before: dict[int, list[int]] = defaultdict(list)
        for successor, old in current.execute(
            select(UnitSuccession.successor_id, UnitSuccession.unit_id)
        ):
            before[successor].append(old)
        pairs = {
            (above, reached)
            for unit in parents
            for above in _line(unit, parents)
            for reached in _with_predecessors(unit, before)
        }
        current.execute(delete(UnitScope))
        if pairs:
            current.execute(
                insert(UnitScope),
                [{"above_id": above, "unit_id": unit} for above, unit in sorted(pairs)],
            )
        return len(pairs)


def _line(unit: int, parents: Mapping[int, int | None]) -> list[int]:
    line, above = [], unit
    while above is not None:
        line.append(above)
        above = parents[above]  # type: ignore[assignment]  # the loop ends at None
    return line


def _with_predecessors(unit: int, before: Mapping[int, list[int]]) -> set[int]:
    reached, waiting = set(), [unit]
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting.extend(before.get(one, ()))
    return reached


def add_organisation(
    unit_id: int, kind: str, name: str, *, doer: audit.Doer = audit.OPERATOR
) -> Organisation:
    """Attach an organisation to a unit.

    Raises:
        Missing: there is no such unit.
        Invalid: the name is empty or taken at this unit, or the kind unknown.
    """
    name = clean(name)
    if kind not in set(OrganisationKind):
        raise Invalid({"kind": N_("Chưa chọn loại tổ chức.")})
    if not name or len(name) > 160:
        raise Invalid({"name": N_("Tên tổ chức cần từ 1 đến 160 ký tự.")})
    with write("org_units") as current:
        unit = current.get(Unit, unit_id)
        if unit is None:
            raise Missing
        taken = select(Organisation.id).where(
            Organisation.unit_id == unit_id, Organisation.name == name
        )
        if current.scalar(taken) is not None:
            raise Invalid({"name": N_("Đơn vị này đã có tổ chức tên như vậy.")})
        body = Organisation(
            unit_id=unit_id, kind=kind, name=name, sort_key=sort_key(name),
            folded=fold(f"{name} {unit.folded}"),
        )  # fmt: skip
        current.add(body)
        current.flush()
        audit.record(doer, Act(
            "organisation:added", "organisation", body.id, subject_name=name, unit_id=unit_id,
            changes={"kind": [None, kind]},
        ))  # fmt: skip
        return body
