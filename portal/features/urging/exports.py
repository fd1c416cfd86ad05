"""Who has not done what, as a spreadsheet: exactly what is filtered."""

from typing import IO

from portal.core.clock import format_date
from portal.core.workbook import Column, Sheet, Value, workbook
from portal.features.urging.board import Group
from portal.features.urging.models import Lack
from portal.features.urging.pages import Board

_COLUMNS = (
    Column("STT", 6), Column("Việc", 50), Column("Huyện", 24), Column("Đơn vị", 28),
    Column("Hạn", 12), Column("Quá hạn (ngày)", 9), Column("Cơ quan nhận việc", 20),
    Column("Lý do trả lại", 40), Column("Nhắc lần cuối", 12), Column("Ai nhắc", 34),
)  # fmt: skip


def write(stream: IO[bytes], page: Board) -> None:
    """Write what lacks.

    Args:
        stream: where the .xlsx goes.
        page: as its page shows it; all duties where none was asked for.
    """
    groups = [page.chosen] if page.wanted.duty and page.chosen else page.groups
    rows = [(group, one) for group in groups for one in group.lacks]
    with workbook(stream) as book:
        sheet = Sheet(book, "Chưa làm", _COLUMNS)
        for number, (group, one) in enumerate(rows, 1):
            sheet.add((number, *_cells(group, one)))
        sheet.close()


def _cells(group: Group, one: Lack) -> tuple[Value, ...]:
    last = group.reminded.get(one.unit.id)
    return (
        one.what, one.unit.parent.full_name if one.unit.parent else "", one.unit.full_name,
        format_date(one.due_on) if one.due_on else "", max(one.days_late, 0),
        "Chưa có cơ quan" if one.unreceived else "", one.reason,
        format_date(last.day) if last else "", last.body if last else "",
    )  # fmt: skip
