"""Lists of units on their way into the database, all or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.database import write
from portal.core.errors import Stale
from portal.core.text import N_, fold, sort_key
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.org_units import listing
from portal.features.org_units.listing import Change, Fate, Key, UnitList
from portal.features.org_units.models import Organisation, Unit
from portal.features.org_units.reading import Row, RowError
from portal.features.org_units.scopes import rebuild_scopes


@dataclass
class ImportReport:
    """What an import did; with errors it did nothing."""

    added: int = 0
    changed: int = 0
    """Those ended among them."""
    ended: int = 0
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)


def import_units(
    rows: Iterable[Row],
    *,
    ignore_end_dates: bool = False,
    doer: audit.Doer = audit.OPERATOR,
    seen: str | None = None,
) -> ImportReport:
    """Take a list of units, all or nothing; units that exist are brought in line with it.

    Args:
        rows: see `listing.of`.
        ignore_end_dates: treat every unit as still existing (sample data of a former year).
        doer: who does it.
        seen: the fingerprint of what the doer was shown.

    Returns:
        Counts, or the errors with their line numbers.

    Raises:
        Stale: somebody else has changed these units since.
    """
    with write("org_units") as current:
        found = listing.of(rows, ignore_end_dates=ignore_end_dates)
        if seen is not None and found.fingerprint != seen:
            raise Stale(CHANGED_BY_ANOTHER, {})
        if found.errors:
            return ImportReport(errors=list(found.errors))
        _store(current, found)
        report = _report(found)
        counts = {"added": report.added, "changed": report.changed, "ended": report.ended}
        if done := {name: n for name, n in counts.items() if n}:
            audit.record(doer, Act("units:imported", "unit_list", "", changes=done))
        return report


def _store(current: Session, found: UnitList) -> None:
    units = {(unit.code, unit.valid_from): unit for unit in current.scalars(select(Unit))}
    for change in found.changes:
        key: Key = (change.draft.code, change.draft.valid_from)
        if key not in units:
            units[key] = Unit(code=key[0], valid_from=key[1], folded="")
            current.add(units[key])
        _bring_in_line(units[key], change, units[change.parent] if change.parent else None)
    _fold_names(current)
    rebuild_scopes()


def _bring_in_line(unit: Unit, change: Change, parent: Unit | None) -> None:
    draft = change.draft
    unit.name, unit.full_name, unit.level = draft.name, draft.full_name, draft.level
    unit.parent, unit.valid_to, unit.source = parent, draft.valid_to, draft.source
    unit.sort_key = sort_key(draft.name)


def _fold_names(current: Session) -> None:
    """Let a unit be found by the names above it too, also after one of them was corrected."""
    current.flush()
    units = current.scalars(select(Unit).order_by(Unit.id)).all()
    for unit in units:
        unit.folded = fold(f"{unit.code} {unit.full_name} {unit.line_above}")
    for body in current.scalars(select(Organisation).order_by(Organisation.id)):
        body.folded = fold(f"{body.name} {body.unit.folded}")


def _report(found: UnitList) -> ImportReport:
    counts = found.counts
    return ImportReport(
        added=counts[Fate.ADDED],
        changed=counts[Fate.CHANGED] + counts[Fate.ENDED],
        ended=counts[Fate.ENDED],
        unchanged=counts[Fate.SAME],
    )


CHANGED_BY_ANOTHER = N_(
    "Có người vừa thay đổi danh sách đơn vị. Chưa nhập gì; mời xem lại dưới đây rồi xác nhận."
)
