"""The nominations of a campaign as a spreadsheet: exactly what the page shows."""

from collections.abc import Iterator
from io import BytesIO

from portal.core import clock
from portal.core.workbook import Column, Sheet, Value, workbook
from portal.features.nominations.criteria import Criterion, Met
from portal.features.nominations.models import Kind
from portal.features.nominations.pages import KIND_LABELS, MET_LABELS, Listing, Row

_COLUMNS = (
    Column("STT", 6), Column("Loại", 10), Column("Tập thể, cá nhân", 32),
    Column("Chức vụ", 24), Column("Đơn vị", 24), Column("Huyện", 24),
    Column("Tình trạng", 22), Column("Nơi đề cử", 24), Column("Ngày đề cử", 12),
    Column("Thành tích", 60), Column("Tiêu chí đạt", 12),
)  # fmt: skip


def sheet(page: Listing) -> bytes:
    """Give an .xlsx of the rows of a page, each criterion in a column of its own."""
    content = BytesIO()
    columns = [*_COLUMNS, *(Column(label, 18) for label in page.columns.values())]
    with workbook(content) as book:
        made = Sheet(book, "Biểu dương", columns)
        for number, row in enumerate(page.rows, 1):
            made.add((number, *_told(row), *_criteria(page, row)))
        made.close()
    return content.getvalue()


def _told(row: Row) -> tuple[Value, ...]:
    one = row.nomination
    district = one.unit.parent.full_name if one.unit.parent and one.unit.level == "commune" else ""
    proposed = one.proposed_at.astimezone(clock.VN).date() if one.proposed_at else None
    return (
        KIND_LABELS[Kind(one.kind)], one.name, one.position, one.unit.full_name, district,
        row.state_label, one.from_unit.full_name,
        clock.format_date(proposed) if proposed else "", one.achievement,
        f"{row.met}/{row.known}" if row.known else "",
    )  # fmt: skip


def _criteria(page: Listing, row: Row) -> Iterator[Value]:
    found = row.by_name
    return (_cell(found[name]) if name in found else "" for name in page.columns)


def _cell(one: Criterion) -> str:
    said = one.text % one.values
    return said if one.met == Met.UNKNOWN else f"{MET_LABELS[Met(one.met)]}: {said}"
