"""The list of inspections as a spreadsheet: exactly what is filtered."""

from typing import IO

from portal.core.clock import format_date
from portal.core.workbook import Column, Sheet, Value, workbook
from portal.features.inspections.models import State
from portal.features.inspections.pages import Listing, Row

_COLUMNS = (
    Column("STT", 6), Column("Huyện", 24), Column("Xã", 26), Column("Ngày theo lịch", 14),
    Column("Cơ quan kiểm tra", 34), Column("Người kiểm tra", 34), Column("Tình trạng", 20),
    Column("Ngày kiểm tra", 14), Column("Đạt", 7), Column("Chưa đạt", 9),
    Column("Nội dung chưa đạt", 50), Column("Nhận xét", 50), Column("Việc chưa khắc phục", 12),
    Column("Đơn vị có ý kiến", 12),
)  # fmt: skip


def write(stream: IO[bytes], page: Listing) -> None:
    """Write the list.

    Args:
        stream: where the .xlsx goes.
        page: as its page shows it.
    """
    with workbook(stream) as book:
        sheet = Sheet(book, "Kiểm tra", _COLUMNS)
        for number, row in enumerate(page.rows, 1):
            sheet.add((number, *_cells(row)))
        sheet.close()


def _cells(row: Row) -> tuple[Value, ...]:
    names = (row.unit.parent.full_name if row.unit.parent else "", row.unit.full_name)
    one = row.inspection
    if one is None:
        return (*names, "", "", "", "Chưa kiểm tra", "", None, None, "", "", None, "")
    done = one.state == State.DONE
    standing = "Đã kiểm tra" if done else "Quá ngày, chưa ghi" if row.is_overdue else "Trong lịch"
    lacking = "; ".join(f"{p.text}: {p.remark}" for p in one.missed) if done else ""
    return (
        *names, format_date(one.planned_on), one.organisation.name, one.inspectors, standing,
        format_date(one.done_on) if done and one.done_on else "",
        len(one.met) if done else None, len(one.missed) if done else None, lacking,
        one.findings if done else "", row.open_tasks, "có" if row.has_reply else "",
    )  # fmt: skip
