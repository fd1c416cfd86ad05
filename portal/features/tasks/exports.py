"""The table of units and duties as a spreadsheet: exactly the part that is looked at."""

from collections.abc import Sequence
from typing import IO, Any

from portal.core import clock
from portal.core.workbook import Column as SheetColumn
from portal.core.workbook import Sheet, Value, workbook
from portal.features.tasks.board_parts import Board, Column, Row
from portal.features.tasks.models import STATE_LABELS


def board(stream: IO[bytes], shown: Board, reader: str) -> None:
    """Write the table.

    Args:
        stream: where the .xlsx goes.
        shown: the part of it that is wanted.
        reader: who asked, for the notes.
    """
    with workbook(stream) as book:
        heads = [SheetColumn(_head(column), 16) for column in shown.columns]
        columns = (SheetColumn("Huyện", 24), SheetColumn("Đơn vị", 26), *heads,
                   SheetColumn("Xong", 9), SheetColumn("Tổng số việc", 9),
                   SheetColumn("Cơ quan nhận việc", 24))  # fmt: skip
        sheet = Sheet(book, "Bảng nhiệm vụ", columns)
        for group in shown.groups:
            for row in group.rows:
                words = [STATE_LABELS[cell.look] if cell else None for cell in row.cells]
                sheet.add((group.name or None, row.unit.full_name, *words, row.done, row.total,
                           _receiver(row)))  # fmt: skip
        sums: list[Value] = [f"{column.done}/{column.total}" for column in shown.columns]
        rows = list(shown.rows)
        sums += [sum(row.done for row in rows), sum(row.total for row in rows), None]
        sheet.add((None, "Cộng", *sums))
        sheet.close()
        _duties(book, shown.columns)
        _notes(book, shown, reader)


def _receiver(row: Row) -> str | None:
    """Say whether somebody is missing who could receive the tasks of a unit."""
    if not row.unreceived:
        return None
    return "Chưa có cơ quan" if row.bodiless else f"{row.unreceived} việc chưa có cơ quan nhận"


def _head(column: Column) -> str:
    return f"{column.label} {column.day}".strip()


def _duties(book: Any, columns: Sequence[Column]) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    heads = (SheetColumn("Cột", 30), SheetColumn("Việc trong văn bản", 80),
             SheetColumn("Hạn", 14), SheetColumn("Xong", 9), SheetColumn("Tổng số", 9))  # fmt: skip
    sheet = Sheet(book, "Các việc", heads)
    for column in columns:
        due = clock.format_date(column.due_on) if column.due_on else "Không hạn"
        sheet.add((_head(column), column.what, due, column.done, column.total))
    sheet.close()


def _notes(book: Any, shown: Board, reader: str) -> None:  # noqa: ANN401
    sheet = Sheet(book, "Ghi chú", (SheetColumn("Mục", 24), SheetColumn("Nội dung", 90)))
    moment = clock.now().astimezone(clock.VN)
    wanted, districts = shown.wanted, dict(shown.districts)
    place = districts.get(wanted.district_id, "") if wanted.district_id is not None else "Tất cả"
    rows: tuple[tuple[str, Value], ...] = (
        ("Văn bản", " ".join(filter(None, (shown.plan.number, shown.plan.name)))),
        ("Huyện", place or "Trực thuộc tỉnh"),
        ("Trạng thái", STATE_LABELS.get(wanted.state, "Mọi trạng thái")),
        ("Tìm", wanted.search or None),
        ("Chưa có cơ quan nhận việc trên Cổng", shown.unreceived),
        ("Chỉ các đơn vị ấy", "Có" if wanted.unreceived else "Không"),
        ("Xong", "Đã nộp, được nhận hoặc không áp dụng"),
        ("Lập lúc", f"{moment:%H:%M} ngày {clock.format_date(moment.date())}"),
        ("Người lập", reader),
    )
    for row in rows:
        sheet.add(row)
