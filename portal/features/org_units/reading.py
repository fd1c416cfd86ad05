"""Reading a list of units: each row becomes a draft, or an error with its line number."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.core import clock
from portal.core.text import N_, clean
from portal.features.org_units.models import BEGINNING, Level

COLUMNS = frozenset({"code", "name", "full_name", "level", "parent_code"})
"""Without these a list says too little; dates, source and licence may be missing."""
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{0,19}")
_LIMITS = {"name": 120, "full_name": 160}

Row = Mapping[str | None, object]


@dataclass(frozen=True)
class RowError:
    """What is wrong with one line of the file; the message is a msgid with named values."""

    line: int
    message: str
    values: Mapping[str, object] = field(default_factory=dict)


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

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message, self.values = message, values


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
            errors.append(RowError(line, bad.message, bad.values))
    return drafts, errors


def _draft(line: int, row: Row, ignore_end_dates: bool) -> Draft:
    if None in row:
        raise BadCellError(N_("thừa ô so với dòng tiêu đề"))
    if missing := COLUMNS - row.keys():
        raise BadCellError(N_("thiếu cột %(columns)s"), columns=", ".join(sorted(missing)))
    valid_from = _day(row, "valid_from") or BEGINNING
    valid_to = None if ignore_end_dates else _day(row, "valid_to")
    if valid_to is not None and valid_to < valid_from:
        raise BadCellError(N_("ngày hết hiệu lực đứng trước ngày bắt đầu"))
    level = _level(cell(row, "level"))
    parent = cell(row, "parent_code")
    if (level == Level.PROVINCE) == bool(parent):
        message = N_("cấp tỉnh không có cấp trên") if parent else N_("chưa ghi mã cấp trên")
        raise BadCellError(message)
    return Draft(
        line=line, code=code(row, "code"), name=_name(row, "name"),
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
        raise BadCellError(N_("mã “%(code)s” không dùng được"), code=text)
    return text


def _name(row: Row, column: str) -> str:
    text = cell(row, column)
    if not text:
        raise BadCellError(N_("thiếu tên đơn vị"))
    if len(text) > _LIMITS[column]:
        raise BadCellError(N_("tên dài quá %(n)s ký tự"), n=_LIMITS[column])
    return text


def _level(text: str) -> Level:
    try:
        return Level(text)
    except ValueError as error:
        raise BadCellError(
            N_("cấp “%(level)s” không có; dùng province, district hoặc commune"), level=text
        ) from error


def _day(row: Row, column: str) -> date | None:
    text = cell(row, column)
    if not text:
        return None
    try:
        return date.fromisoformat(text) if text[:4].isdigit() else clock.parse_date(text)
    except ValueError as error:
        raise BadCellError(N_("ngày “%(day)s” không đọc được"), day=text) from error
