"""Population and households of units: what a survey of everybody is measured against."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Final

from portal.core.database import write
from portal.core.errors import Invalid, Missing, Stale
from portal.core.pasting import Column, Remark, Table, remark
from portal.core.text import N_
from portal.core.workbook import Column as Wide
from portal.core.workbook import Sheet, workbook
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.org_units import finding
from portal.features.org_units.models import Unit

MOST: Final = 20_000_000
"""The largest province has about half of them."""
NO_NUMBER: Final = N_("“%(typed)s” chưa đúng: ghi một số nguyên, từ 0 trở lên.")
TOO_LARGE: Final = N_("Số này lớn quá mức có thể.")
MORE_HOUSES: Final = N_("Số hộ lớn hơn số dân.")
_COUNT: Final = re.compile(r"\d{1,9}|\d{1,3}([., ])\d{3}(\1\d{3})*")
_NONE: Final = frozenset({"", "-", "–", "—"})

COLUMNS: Final = (
    *finding.COLUMNS,
    Column("population", N_("Dân số"), ("số dân", "nhân khẩu", "số nhân khẩu"), width="narrow"),
    Column("households", N_("Số hộ"), ("hộ", "hộ dân", "số hộ dân", "số hộ gia đình"),
           width="narrow"),
)  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """What is known of a unit; None where nobody said."""

    population: int | None
    households: int | None

    @classmethod
    def of(cls, unit: Unit) -> "Figures":
        """Give those that stand at a unit."""
        return cls(unit.population, unit.households)


def count_of(text: str) -> int | None:
    """Read a number as people write it: 1234, 1.234, 1 234; nothing is None.

    Raises:
        ValueError: it is none; the message is a msgid with `typed`.
    """
    if text.strip() in _NONE:
        return None
    if not _COUNT.fullmatch(text.strip()):
        raise ValueError(NO_NUMBER)
    number = int(re.sub(r"\D", "", text))
    if number > MOST:
        raise ValueError(TOO_LARGE)
    return number


def set_figures(doer: Doer, unit_id: int, figures: Figures, seen: Figures) -> bool:
    """Note population and households of a unit.

    Args:
        doer: who says so.
        unit_id: the unit.
        figures: what is known now.
        seen: what the doer saw before.

    Returns:
        Whether anything changed.

    Raises:
        Missing: there is no such unit.
        Invalid: there are more households than people.
        Stale: somebody else noted other figures meanwhile.
    """
    if fault := _fault(figures):
        raise Invalid({"households": fault})
    with write("org_units") as current:
        unit = current.get(Unit, unit_id)
        if unit is None:
            raise Missing
        stored = Figures.of(unit)
        if stored not in {seen, figures}:
            raise Stale(
                N_("Có người vừa sửa số liệu của đơn vị này."),
                {"population": stored.population, "households": stored.households},
            )
        return _set(doer, unit, figures)


def checked(above_id: int, table: Table) -> Table:
    """Check a table of units below one: which unit each row means, and its figures."""
    known = finding.Below(above_id)
    faults: dict[int, dict[str, Remark]] = {}
    notes: dict[int, dict[str, Remark]] = {}
    seen: dict[int, int] = {}
    for row in table.rows:
        unit, wrong, said = known.find(row)
        if unit is not None and (earlier := seen.setdefault(unit.id, row.line)) != row.line:
            wrong["code"] = remark(N_("Đơn vị này đã có ở dòng %(n)s."), n=earlier)
        figures = _figures(row.cells, wrong)
        if unit is not None and not wrong:
            said |= _said(Figures.of(unit), figures)
        faults[row.number], notes[row.number] = wrong, said
    return table.found(faults, notes)


def take(doer: Doer, above_id: int, table: Table) -> int:
    """Note the figures of a whole table, all or nothing; an empty cell leaves what stands there.

    Returns:
        Of how many units they changed.

    Raises:
        Invalid: a row is wrong; nothing was saved.
    """
    with write("org_units"):
        if checked(above_id, table).faults:
            raise Invalid({"text": finding.CHANGED})
        known = finding.Below(above_id)
        changed = 0
        for row in table.rows:
            unit, _wrong, _said = known.find(row)
            assert unit is not None
            changed += _set(doer, unit, _merged(Figures.of(unit), _figures(row.cells, {})))
        return changed


def spreadsheet(stream: IO[bytes], units: Iterable[Unit], heads: Sequence[str]) -> None:
    """Write units with their figures as a workbook that can be filled in and read again.

    Args:
        stream: where to.
        units: which, in order.
        heads: the heads of `COLUMNS` as the reader says them.
    """
    widths = (12, 34, 34, 12, 12)
    with workbook(stream) as book:
        wide = [Wide(head, width) for head, width in zip(heads, widths, strict=True)]
        sheet = Sheet(book, "So lieu", wide)
        for one in units:
            above = one.parent.full_name if one.parent else ""
            sheet.add((one.code, one.full_name, above, one.population, one.households))
        sheet.close()


def _figures(cells: Mapping[str, str], wrong: dict[str, Remark]) -> Figures:
    """Read the cells of a row; what is wrong with them goes to `wrong`."""
    found: dict[str, int | None] = {}
    for name in ("population", "households"):
        try:
            found[name] = count_of(cells[name])
        except ValueError as error:
            wrong[name], found[name] = remark(str(error), typed=cells[name]), None
    figures = Figures(**found)
    if "households" not in wrong and (fault := _fault(figures)):
        wrong["households"] = remark(fault)
    return figures


def _fault(figures: Figures) -> str:
    people, houses = figures.population, figures.households
    return MORE_HOUSES if people is not None and houses is not None and houses > people else ""


def _merged(stored: Figures, figures: Figures) -> Figures:
    return Figures(
        stored.population if figures.population is None else figures.population,
        stored.households if figures.households is None else figures.households,
    )


def _said(stored: Figures, figures: Figures) -> dict[str, Remark]:
    """Say beside a cell what stood there before, where it becomes another number."""
    pairs = {
        "population": (stored.population, figures.population),
        "households": (stored.households, figures.households),
    }
    return {
        name: remark(N_("trước là %(n)s"), n=f"{before:,}".replace(",", "."))
        for name, (before, after) in pairs.items()
        if before is not None and after is not None and before != after
    }


def _set(doer: Doer, unit: Unit, figures: Figures) -> bool:
    before = Figures.of(unit)
    changes = {
        name: [getattr(before, name), getattr(figures, name)]
        for name in ("population", "households")
        if getattr(before, name) != getattr(figures, name)
    }
    if changes:
        unit.population, unit.households = figures.population, figures.households
        audit.record(doer, Act(
            "unit:figures_changed", "unit", unit.id, subject_name=unit.full_name,
            unit_id=unit.id, changes=changes,
        ))  # fmt: skip
    return bool(changes)
