"""Rosters as spreadsheets: a unit's duty list, consolidated lists, where all units stand.

What the deployment pack of a unit takes from here: `duty_sheet`, `duty_list.pdf`.
"""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from portal.core.clock import VN, format_date
from portal.core.text import person_sort_key
from portal.core.workbook import Column, Sheet, Value, workbook
from portal.features.rosters import queries
from portal.features.rosters.checking import half_word
from portal.features.rosters.consolidation import Listed
from portal.features.rosters.entries import Entry, in_order
from portal.features.rosters.pages import ListPage, UnitLine
from portal.features.rosters.queries import Desk

_DUTY = (
    Column("STT", 6), Column("Ngày", 12), Column("Buổi", 10), Column("Địa điểm", 34),
    Column("Họ và tên", 26), Column("Đơn vị", 28), Column("Chức vụ", 20), Column("Điện thoại", 15),
)  # fmt: skip
_CONSOLIDATED = (
    Column("STT", 6), Column("Huyện", 22), Column("Xã", 22), Column("Họ và tên", 26),
    Column("Đơn vị", 26), Column("Chức vụ", 18), Column("Điện thoại", 15), Column("Ngày", 12),
    Column("Buổi", 10), Column("Địa điểm", 32), Column("Bản", 8),
)  # fmt: skip
_STANDING = (
    Column("STT", 6), Column("Huyện", 22), Column("Xã", 22), Column("Tình trạng", 24),
    Column("Số người", 10), Column("Lượt phân công", 10), Column("Gửi lúc", 17),
    Column("Người gửi", 24), Column("Muộn (ngày)", 10), Column("Bản", 8), Column("Ý kiến", 40),
)  # fmt: skip


def duty_sheet(desk: Desk, entries: Sequence[Entry] | None = None) -> bytes:
    """Give an .xlsx of a unit's roster by day, half and place; people by given name.

    Args:
        desk: whose.
        entries: a copy that was sent; the roster as it is now if none is given.
    """
    if entries is None:
        entries = [Entry.of(row) for row in queries.rows(desk.roster)]
    return _sheet("Lịch phân công", _DUTY, (_duty(one) for one in in_order(entries)))


def consolidated_sheet(units: Iterable[Listed]) -> bytes:
    """Give an .xlsx of a consolidated list: unit by unit, people by given name."""
    rows = (row for unit in units for row in _unit_rows(unit))
    return _sheet("Danh sách tổng hợp", _CONSOLIDATED, rows)


def standing_sheet(page: ListPage) -> bytes:
    """Give an .xlsx of where the rosters stand: exactly the lines that the page shows."""
    return _sheet("Tình trạng", _STANDING, (_standing(line) for line in page.lines))


def _sheet(name: str, columns: Sequence[Column], rows: Iterable[tuple[Value, ...]]) -> bytes:
    content = BytesIO()
    with workbook(content) as book:
        sheet = Sheet(book, name, columns)
        for number, row in enumerate(rows, 1):
            sheet.add((number, *row))
        sheet.close()
    return content.getvalue()


def _duty(one: Entry) -> tuple[Value, ...]:
    return (
        format_date(one.day) if one.day else "Cả đợt", half_word(one.half), one.place,
        one.person, one.body, one.position, one.phone,
    )  # fmt: skip


def _unit_rows(unit: Listed) -> Iterator[tuple[Value, ...]]:
    keys = {one.person: person_sort_key(one.person) for one in unit.rows}
    for one in sorted(unit.rows, key=lambda one: keys[one.person]):
        day = format_date(one.day) if one.day else "Cả đợt"
        yield (
            unit.district, unit.unit, one.person, one.body, one.position, one.phone, day,
            half_word(one.half), one.place, unit.number,
        )  # fmt: skip


def _standing(line: UnitLine) -> tuple[Value, ...]:
    copy, where = line.copy, line.standing
    return (
        line.unit.parent.full_name if line.unit.parent else "", line.unit.full_name,
        where.word % where.values, line.people, line.rows,
        f"{copy.sent_at.astimezone(VN):%H:%M %d/%m/%Y}" if copy else "",
        copy.sent_by if copy else "", line.days_late,
        copy.number if copy else None, line.roster.note if line.roster else "",
    )  # fmt: skip
