"""Reading a list of units: each row becomes a draft, or an error with its line number."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.core import clock
from portal.core.text import N_, clean, fold
from portal.features.org_units.models import BEGINNING, Level

COLUMNS = frozenset({"code", "name", "full_name", "level", "parent_code"})
"""Without these a list says too little; dates, source and licence may be missing."""
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{0,19}")
_LIMITS = {"name": 120, "full_name": 160}
_LEVELS = {level.value: level for level in Level} | {
    f"{word}{name}": level
    for word in ("", "cap ")
    for name, level in (
        ("tinh", Level.PROVINCE), ("huyen", Level.DISTRICT), ("xa", Level.COMMUNE),
    )
}  # fmt: skip
"""As the lists name the levels, and as people do."""

_KINDS = {
    "tinh": Level.PROVINCE,
    "thanh pho": Level.DISTRICT,
    "thi xa": Level.DISTRICT,
    "huyen": Level.DISTRICT,
    "quan": Level.DISTRICT,
    "phuong": Level.COMMUNE,
    "xa": Level.COMMUNE,
    "thi tran": Level.COMMUNE,
    "dac khu": Level.COMMUNE,
}
"""The kinds of units; a city that lies in nothing is a province."""

Row = Mapping[str | None, object]


@dataclass(frozen=True)
class RowError:
    """What is wrong with one line of the file; the message is a msgid with named values."""

    line: int
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    column: str = "code"
    """The cell beside which it is said."""


@dataclass(frozen=True)
class Draft:
    """A unit as a row describes it."""

    line: int
    code: str
    name: str
    full_name: str
    level: Level
    parent_code: str
    valid_from: date
    valid_to: date | None
    source: str

    def covers(self, day: date) -> bool:
        """Say whether the unit exists on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class BadCellError(Exception):
    """One cell cannot be used."""

    def __init__(self, message: str, column: str = "code", **values: object) -> None:
        super().__init__(message)
        self.message, self.column, self.values = message, column, values

    def at(self, line: int) -> RowError:
        """Say in which line it is."""
        return RowError(line, self.message, self.values, self.column)


def read(
    rows: Iterable[Row], *, ignore_end_dates: bool = False
) -> tuple[list[Draft], list[RowError]]:
    """Read the rows of a list; the first one is line 2, below the head.

    Args:
        rows: as `csv.DictReader` gives them.
        ignore_end_dates: treat every unit as still existing (sample data of a former year).

    Returns:
        The drafts in order, and the errors.
    """
    drafts, errors = [], []
    for line, row in enumerate(rows, start=2):
        try:
            drafts.append(_draft(line, row, ignore_end_dates))
        except BadCellError as bad:
            errors.append(bad.at(line))
    return drafts, errors


def _draft(line: int, row: Row, ignore_end_dates: bool) -> Draft:
    if None in row:
        raise BadCellError(N_("thừa ô so với dòng tiêu đề"))
    if missing := COLUMNS - row.keys():
        raise BadCellError(N_("thiếu cột %(columns)s"), columns=", ".join(sorted(missing)))
    valid_from = _day(row, "valid_from") or BEGINNING
    valid_to = None if ignore_end_dates else _day(row, "valid_to")
    if valid_to is not None and valid_to < valid_from:
        raise BadCellError(N_("ngày hết hiệu lực đứng trước ngày bắt đầu"), "valid_to")
    parent = cell(row, "parent_code")
    level = _level(cell(row, "level"), cell(row, "full_name"), has_parent=bool(parent))
    if (level == Level.PROVINCE) == bool(parent):
        message = N_("cấp tỉnh không có cấp trên") if parent else N_("chưa ghi mã cấp trên")
        raise BadCellError(message, "parent_code")
    return Draft(
        line=line, code=code(row, "code"), name=_short_name(row),
        full_name=_name(row, "full_name"), level=level, parent_code=parent,
        valid_from=valid_from, valid_to=valid_to,
        source=" · ".join(filter(None, (cell(row, "source"), cell(row, "licence")))),
    )  # fmt: skip


def cell(row: Row, column: str) -> str:
    """Give the cleaned text of a cell, empty if there is none."""
    text = row.get(column)
    return clean(text) if isinstance(text, str) else ""


def code(row: Row, column: str) -> str:
    """Give the code in a cell.

    Raises:
        BadCellError: it is missing or has signs a code does not have.
    """
    text = cell(row, column)
    if not _CODE.fullmatch(text):
        raise BadCellError(N_("mã “%(code)s” không dùng được"), column, code=text)
    return text


def _name(row: Row, column: str) -> str:
    text = cell(row, column)
    if not text:
        raise BadCellError(N_("thiếu tên đơn vị"), column)
    if len(text) > _LIMITS[column]:
        raise BadCellError(N_("tên dài quá %(n)s ký tự"), column, n=_LIMITS[column])
    return text


def _short_name(row: Row) -> str:
    """Give the name without its kind; left out, it is what follows the kind in the full name."""
    full = cell(row, "full_name")
    kind = next((kind for kind in _KINDS if fold(full).startswith(f"{kind} ")), "")
    if cell(row, "name") or not kind:
        return _name(row, "name" if cell(row, "name") else "full_name")
    return _name({"name": " ".join(full.split()[len(kind.split()) :])}, "name")


def _level(text: str, full_name: str, *, has_parent: bool) -> Level:
    """Read a level: its name, the kind of unit (“Phường”), or the kind in the full name."""
    known = _LEVELS.get(fold(text)) or _KINDS.get(fold(text))
    if not text:
        folded = fold(full_name)
        known = next((at for kind, at in _KINDS.items() if folded.startswith(f"{kind} ")), None)
    if known == Level.DISTRICT and not has_parent and "thanh pho" in fold(text or full_name):
        return Level.PROVINCE
    if known is None:
        raise BadCellError(
            N_("cấp “%(level)s” không có; dùng tỉnh, huyện hoặc xã"), "level", level=text
        )
    return known


def _day(row: Row, column: str) -> date | None:
    text = cell(row, column)
    if not text:
        return None
    try:
        return date.fromisoformat(text) if text[:4].isdigit() else clock.parse_date(text)
    except ValueError as error:
        raise BadCellError(N_("ngày “%(day)s” không đọc được"), column, day=text) from error
