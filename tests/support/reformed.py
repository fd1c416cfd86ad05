"""The reform of 1 July 2025 as tables: the units of the sample, and who takes over from them."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import portal
from portal.features.org_units.reading import Row

LISTS = Path(portal.__file__).parent / "library" / "units"
DAY = date(2025, 7, 1)
OLD = LISTS / "units_bac_giang_2024.csv"
NEW = LISTS / "units_vn_2025.csv"
CROSSWALK = LISTS / "units_bac_giang_crosswalk_2025-07-01.csv"
BAC_NINH = "24"
PROVINCE_TOO = (
    "24,Tỉnh Bắc Giang,24,Tỉnh Bắc Ninh\n213,Thành phố Bắc Giang,24,Tỉnh Bắc Ninh\n"
    "219,Huyện Lục Ngạn,24,Tỉnh Bắc Ninh\n"
)
"""The province, and the districts that have accounts, also have somebody who takes over."""


def rows(text: str) -> list[Row]:
    """Read the lines of a table below their heads."""
    return [dict(row) for row in csv.DictReader(io.StringIO(text))]


def listed(path: Path) -> list[Row]:
    """Read a list that the portal brings along."""
    return rows(path.read_text(encoding="utf-8"))


def new_units() -> list[Row]:
    """Give Tỉnh Bắc Ninh of 2025 with its communes: all that the sample's reform needs."""
    return [row for row in listed(NEW) if BAC_NINH in (row["code"], row["parent_code"])]


def crosswalk() -> list[Row]:
    """Give who takes over from whom, the province and the town among them."""
    more = rows("old_code,old_full_name,new_code,new_full_name\n" + PROVINCE_TOO)
    return [*listed(CROSSWALK), *more]


def as_text(table: Iterable[Row], columns: Iterable[str]) -> str:
    """Write rows as they are copied from a spreadsheet."""
    names = list(columns)
    lines = ("\t".join(str(row.get(name, "")) for name in names) for row in table)
    return "\n".join(("\t".join(names), *lines))
