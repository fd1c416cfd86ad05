"""The territory of the sample: Bắc Giang as it was in 2024, and one ward of two tiers."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import select

from portal.core.database import session
from portal.features.org_units import services as org_units
from portal.features.org_units.models import Unit

_LISTS = Path(__file__).parents[2] / "library" / "units"
_TWO_TIERS = {"19", "01843"}
"""Tỉnh Thái Nguyên and phường Bắc Kạn, which has no district above it."""


def load() -> dict[str, Unit]:
    """Import the units; give them by code.

    The list of 2024 is taken as if it still held (end dates are ignored): the plans that the
    sample shows were made for it.
    """
    _take(_rows("units_bac_giang_2024.csv"), ignore_end_dates=True)
    _take(row for row in _rows("units_vn_2025.csv") if row["code"] in _TWO_TIERS)
    return {unit.code: unit for unit in session().scalars(select(Unit).order_by(Unit.id))}


def _rows(name: str) -> list[dict[str | None, object]]:
    with (_LISTS / name).open(encoding="utf-8", newline="") as stream:
        return [dict(row) for row in csv.DictReader(stream)]


def _take(rows: Iterable[Mapping[str | None, object]], *, ignore_end_dates: bool = False) -> None:
    report = org_units.import_units(rows, ignore_end_dates=ignore_end_dates)
    if report.errors:
        first = report.errors[0]
        raise RuntimeError(f"list of units, line {first.line}: {first.message} {first.values}")
