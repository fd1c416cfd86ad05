"""Working teams as a spreadsheet, for officials of the units above."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from portal.core import clock
from portal.core.workbook import Column, Sheet, Value, workbook
from portal.features.teams.models import Part
from portal.features.teams.pages import Row, Standing

_UNITS = (
    Column("STT", 6), Column("Huyện", 24), Column("Xã", 26), Column("Tình trạng", 16),
    Column("Hạn", 12), Column("Bản", 6), Column("Ngày nộp", 12), Column("Số người", 10),
    Column("Tổ trưởng", 26), Column("Chức vụ, đơn vị", 40), Column("Quyết định", 22),
    Column("Lý do trả lại, kiện toàn", 40),
)  # fmt: skip
_MEMBERS = (
    Column("STT", 6), Column("Huyện", 24), Column("Xã", 26), Column("Họ và tên", 26),
    Column("Chức vụ", 32), Column("Đơn vị", 32), Column("Nhiệm vụ", 16), Column("Điện thoại", 15),
)  # fmt: skip


def workbook_of(
    rows: Sequence[Row], standings: Mapping[Standing, str], parts: Mapping[Part, str]
) -> bytes:
    """Give an .xlsx of teams as they were sent: a sheet of units, a sheet of people.

    Args:
        rows: the units, as they are listed.
        standings: what each standing is called.
        parts: what each part is called.
    """
    content = BytesIO()
    with workbook(content) as book:
        sheet = Sheet(book, "Tổ công tác", _UNITS)
        for number, row in enumerate(rows, 1):
            sheet.add((number, *_unit(row, standings)))
        sheet.close()
        sheet = Sheet(book, "Thành viên", _MEMBERS)
        people = [(row, one) for row in rows for one in row.members]
        for number, (row, one) in enumerate(people, 1):
            part = parts[Part(one.part)]
            sheet.add((number, *_names(row), one.name, one.position, one.body, part, one.phone))
        sheet.close()
    return content.getvalue()


def _unit(row: Row, standings: Mapping[Standing, str]) -> tuple[Value, ...]:
    sent, head = row.sent, row.head
    return (
        *_names(row),
        standings[row.standing],
        clock.format_date(row.due_on) if row.due_on else "",
        sent.number if sent else None,
        clock.format_date(sent.sent_at.astimezone(clock.VN).date()) if sent else "",
        len(row.members) or None,
        head.name if head else "",
        head.post if head else "",
        row.document.symbol if row.document else "",
        row.team.note if row.team else "",
    )


def _names(row: Row) -> tuple[str, str]:
    return (row.unit.parent.full_name if row.unit.parent else "", row.unit.full_name)
