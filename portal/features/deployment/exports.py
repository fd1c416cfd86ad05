"""How complete the deployment packs are, as a spreadsheet."""

from collections.abc import Mapping
from io import BytesIO

from portal.core.workbook import Column, Sheet, Value, workbook
from portal.features.deployment.pages import Line, Listing
from portal.features.teams.pages import Standing

_COLUMNS = (
    Column("STT", 6), Column("Huyện", 24), Column("Xã", 26), Column("Tổ công tác", 18),
    Column("Quyết định", 22), Column("Lịch phân công", 18), Column("Còn thiếu", 12),
)  # fmt: skip


def workbook_of(
    page: Listing, standings: Mapping[Standing, str], states: Mapping[str, str]
) -> bytes:
    """Give an .xlsx of exactly the lines that a page shows.

    Args:
        page: the lines.
        standings: what each standing of a team is called.
        states: what each state of a roster is called.
    """
    content = BytesIO()
    with workbook(content) as book:
        sheet = Sheet(book, "Bộ triển khai", _COLUMNS)
        for number, line in enumerate(page.lines, 1):
            sheet.add((number, *_row(line, standings, states)))
        sheet.close()
    return content.getvalue()


def _row(
    line: Line, standings: Mapping[Standing, str], states: Mapping[str, str]
) -> tuple[Value, ...]:
    drafted = line.decision.symbol or "đang soạn" if line.decision else ""
    return (
        line.unit.parent.full_name if line.unit.parent else "",
        line.unit.full_name,
        standings[line.team],
        drafted,
        states.get(line.roster.state, "") if line.roster else "",
        line.missing,
    )
