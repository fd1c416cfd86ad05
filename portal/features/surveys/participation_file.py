"""The spreadsheet of participation: what its page prints, for each commune the reader sees."""

from collections.abc import Sequence
from typing import IO, Any

from portal.core import clock
from portal.core.workbook import Column, Sheet, Value, workbook
from portal.features.campaigns.phase import DENOMINATOR_LABELS, Denominator
from portal.features.org_units.kinds import POINT_LABELS, PointKind
from portal.features.surveys.disclosure import Masked
from portal.features.surveys.taking_part import Page
from portal.features.surveys.ways import UNIT_CODE

_PLACE = (Column("Huyện", 24), Column("Xã", 26))


def write(stream: IO[bytes], page: Page, reader: str) -> None:
    """Write who has taken part.

    Args:
        stream: where the .xlsx goes.
        page: made with the points of all communes.
        reader: who asked, for the notes.
    """
    with workbook(stream) as book:
        _units(book, page)
        if page.turnout.by_round:
            _rounds(book, page)
        if page.by_unit:
            _points(book, page)
        _notes(book, page, reader)


def _units(book: Any, page: Page) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    by_channel = page.ways.are_several
    measured = page.measure.heads
    columns = [*_PLACE, Column("Phiếu đã nhận", 14)]
    columns += [Column(label, 14) for label in page.ways.labels if by_channel]
    columns += [Column(measured[0], 11), Column(measured[1], 12, share=True)] if measured else []
    sheet = Sheet(book, "Theo xã", columns)
    for cell in page.turnout.cells:
        unit = cell.place.unit_id
        row: list[Value] = [cell.place.group_name, cell.place.full_name, _printed(cell.printed)]
        if by_channel:
            row += page.ways.at(unit) or ["không tách"] * len(page.ways.labels)
        if measured:
            row += [page.measure.figures.get(unit), page.measure.rate([unit], cell.printed)]
        sheet.add(row)
    _whole(sheet, page, by_channel=by_channel, measured=bool(measured))
    sheet.close()
    if page.turnout.ended:
        _taken_over(book, page)


def _taken_over(book: Any, page: Page) -> None:  # noqa: ANN401
    columns = (*_PLACE, Column("Nay thuộc", 34), Column("Phiếu đã nhận", 14))
    sheet = Sheet(book, "Trước sắp xếp", columns)
    for cell in page.turnout.ended:
        now = ", ".join(page.turnout.territory.now(cell.place.unit_id))
        sheet.add((cell.place.group_name, cell.place.full_name, now, _printed(cell.printed)))
    sheet.close()


def _whole(sheet: Sheet, page: Page, *, by_channel: bool, measured: bool) -> None:
    row: list[Value] = ["Cộng", "", _printed(page.turnout.total)]
    if by_channel:
        row += page.ways.at(page.turnout.node) or ["không tách"] * len(page.ways.labels)
    if measured:
        row += [page.measure.whole(page.units), page.rate]
    sheet.add(row)


def _rounds(book: Any, page: Page) -> None:  # noqa: ANN401
    days = (Column("Từ", 14), Column("Đến hết", 14))
    sheet = Sheet(book, "Theo lần", (Column("Lần", 6), *days, Column("Phiếu đã nhận", 14)))
    for number, one in enumerate(page.turnout.by_round, 1):
        first, last = map(clock.format_date, one.span)
        sheet.add((number, first, last, one.count))
    sheet.close()


def _points(book: Any, page: Page) -> None:  # noqa: ANN401
    columns = (Column("Điểm", 34), Column("Loại", 20), Column("Phiếu đã nhận", 14))
    sheet = Sheet(book, "Theo điểm", (*_PLACE, *columns, Column("Số hộ", 11)))
    for cell in (*page.turnout.cells, *page.turnout.ended):
        where = (cell.place.group_name, cell.place.full_name)
        points = page.by_unit.get(cell.place.unit_id, [])
        if points is None:
            sheet.add((*where, "không tách theo điểm", "", "", None))
        for each in points or ():
            name = each.point.name if each.point else UNIT_CODE
            kind = POINT_LABELS[PointKind(each.point.kind)] if each.point else ""
            households = each.point.households if each.point else None
            sheet.add((*where, name, kind, _printed(each.printed), households))
    sheet.close()


def _notes(book: Any, page: Page, reader: str) -> None:  # noqa: ANN401
    campaign, moment = page.turnout.campaign, clock.now().astimezone(clock.VN)
    sheet = Sheet(book, "Ghi chú", (Column("Mục", 28), Column("Nội dung", 96)))
    rows: list[Sequence[Value]] = [
        ("Đợt khảo sát", campaign.name),
        ("Thời gian", told_rounds(page.turnout.asking.rounds)),
        ("Số phiếu tối thiểu", f"{page.k}. Nơi có ít phiếu hơn chỉ ghi “<{page.k}”; một nơi khác "
         f"có thể ghi “≥{page.k}” để không tính ngược ra được."),
        ("Theo kênh", "Chỉ tách ở nơi mỗi kênh có đủ số phiếu tối thiểu. Khi đợt chưa đóng, phiếu "
         "dùng một lần đếm chung với mã QR."),
        ("So sánh với", _measured(page)),
        ("Lập lúc", f"{moment:%H:%M} ngày {clock.format_date(moment.date())}"),
        ("Người lập", reader),
    ]  # fmt: skip
    for row in rows:
        sheet.add(row)


def told_rounds(rounds: Sequence[tuple[Any, Any]]) -> str:
    """Give windows as words: “Từ 06/05/2024 đến hết 08/05/2024; từ …”."""
    words = (f"từ {clock.format_date(a)} đến hết {clock.format_date(b)}" for a, b in rounds)
    text = "; ".join(words)
    return text[:1].upper() + text[1:]


def _measured(page: Page) -> str:
    kind = page.measure.kind
    if kind == Denominator.VISITS:
        told = page.measure.told(page.units)
        return (f"{DENOMINATOR_LABELS[kind]}, theo báo cáo ngày: tính trên {told} xã đã báo cáo đủ "
                "từ ngày đầu, với phiếu của chính những ngày ấy.")  # fmt: skip
    missing = page.measure.missing(page.units)
    if page.measure.heads and missing:
        return f"{DENOMINATOR_LABELS[kind]}: {missing} xã chưa có số, chưa tính chung được."
    return DENOMINATOR_LABELS[kind]


def _printed(printed: Masked) -> Value:
    return printed.text if printed.exact is None else printed.exact
