"""What the units of a campaign have made public, as a spreadsheet."""

from collections.abc import Callable, Sequence
from io import BytesIO

from portal.core import clock
from portal.core.workbook import Column, Sheet, Value, workbook
from portal.features.campaigns.fieldwork import Rules
from portal.features.publicity.contents import CHANNELS, content
from portal.features.publicity.judging import MARK_LABELS, Cell, Mark
from portal.features.publicity.units import Row


def workbook_of(rules: Rules, rows: Sequence[Row], translate: Callable[[str], str]) -> bytes:
    """Give an .xlsx with a row for each unit and a column for each content and channel.

    Args:
        rules: of the campaign.
        rows: exactly the units that are listed.
        translate: gives the words of a msgid.
    """
    keys = [(code, channel) for channel in rules.channels for code in rules.objects]
    heads = [f"{translate(CHANNELS[way])}: {translate(content(code).name)}" for code, way in keys]
    columns = (
        Column("STT", 6), Column("Huyện", 24), Column("Xã", 26), Column("Đủ", 8),
        Column("Cần", 8), Column("Thiếu bằng chứng", 12), *(Column(head, 22) for head in heads),
    )  # fmt: skip
    stream = BytesIO()
    with workbook(stream) as book:
        sheet = Sheet(book, "Công khai", columns)
        for number, row in enumerate(rows, 1):
            cells: list[Value] = [_words(row.cells[key], translate) for key in keys]
            sheet.add([
                number, row.unit.parent.full_name if row.unit.parent else "", row.unit.full_name,
                row.counts[Mark.POSTED], len(keys), row.counts[Mark.UNPROVEN], *cells,
            ])  # fmt: skip
        sheet.close()
    return stream.getvalue()


def _words(cell: Cell, translate: Callable[[str], str]) -> str:
    words = translate(MARK_LABELS[cell.mark])
    return f"{words} {clock.format_date(cell.from_on)}" if cell.from_on else words
