"""The province's daily form as a spreadsheet: a line for each unit and day, lũy kế at the foot.

A day that nobody has reported has its line too, with the answers that came in: so the lines add up
to the foot.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from portal.core import clock
from portal.core.text import N_
from portal.core.workbook import Column, Sheet, Value, workbook
from portal.features.campaigns.phase import Denominator
from portal.features.field_reports import queries
from portal.features.field_reports.listing import ListPage, Row
from portal.features.field_reports.models import DailyEntry
from portal.features.field_reports.queries import Line as DayLine
from portal.features.field_reports.standing import Standing, Verdict
from portal.policy.predicates import Actor

HEADS = {
    Denominator.VISITS: N_("Số lượt làm thủ tục trong ngày"),
    Denominator.HEADCOUNT: N_("Số cán bộ, công chức"),
    Denominator.HOUSEHOLDS: N_("Số hộ"),
}
"""The column before the answers: visits are of the day, the others of the unit (PKS 01)."""

VERDICTS = {
    Verdict.LOW: N_("Thấp hơn khoảng"),
    Verdict.HIGH: N_("Cao hơn khoảng"),
    Verdict.WITHIN: N_("Trong khoảng"),
    Verdict.FEW: N_("Còn ít, chưa xét"),
    Verdict.GAP: N_("Thiếu báo cáo, chưa xét"),
    Verdict.EARLY: N_("Chưa hết ngày, chưa xét"),
    Verdict.UNKNOWN: N_("Chưa có số để so"),
    Verdict.UNUSED: "",
}

UNREPORTED = "chưa báo cáo"
UNSHOWN = "Các xã chưa hiện số"


@dataclass(frozen=True)
class Line:
    """A unit and a day in the province's form."""

    district: str
    unit: str
    staff: str
    day: date
    whole: int | None
    answers: int | str | None
    """What every reader may know; “<5” is told of no single day."""
    helped: int | None
    """None where nobody has reported the day."""
    remarks: str


@dataclass(frozen=True)
class Form:
    """The whole form: its lines, and the running total at the foot."""

    page: ListPage
    head: str | None
    """The words over what the answers are measured against, None where it is nothing."""
    lines: tuple[Line, ...]

    @property
    def whole(self) -> int | None:
        """Give the figure at the foot."""
        rows = [row.stands for row in self.page.rows]
        if self.page.campaign.denominator == Denominator.VISITS:
            return sum(one.visits for one in rows)
        known = [one.fixed for one in rows if one.fixed is not None]
        return sum(known) if known and len(known) == len(rows) else None

    @property
    def answers(self) -> str | int:
        """Give the answers at the foot: of the whole place, or of what a filter leaves."""
        page = self.page
        told = page.turnout.total if len(page.rows) == len(page.every) else None
        if page.district in page.turnout.open_nodes and not page.wanted:
            told = page.turnout.printed[page.district]
        if told is not None:
            return told.text if told.exact is None else told.exact
        shown = [row.stands.printed.exact for row in page.rows]
        return "–" if None in shown else sum(n or 0 for n in shown)

    @property
    def unshown(self) -> int:
        """Give the answers at the foot that stand on no line, their unit's being kept back."""
        foot = self.answers
        told = sum(line.answers for line in self.lines if isinstance(line.answers, int))
        return foot - told if isinstance(foot, int) else 0

    @property
    def helped(self) -> int:
        """Give the people helped at the foot."""
        return sum(row.stands.helped for row in self.page.rows)


def form(actor: Actor, page: ListPage) -> Form:
    """Give the province's daily form of the units that a list shows (DOMAIN 1.11).

    Args:
        actor: the reader.
        page: the list, filtered as it stands on the page.
    """
    entries = queries.latest(actor, page.campaign.id)
    lines = [line for row in page.rows for line in _lines(row, entries)]
    return Form(page, HEADS.get(Denominator(page.campaign.denominator)), tuple(lines))


def _lines(row: Row, entries: dict[tuple[int, date], DailyEntry]) -> Iterator[Line]:
    """Give a line for each day that was to be reported, was reported, or has answers."""
    stands = row.stands
    answered = {day for day, n in (stands.answers or {}).items() if n}
    for day in sorted({*stands.begun, *stands.lines, *answered}):
        entry, line = entries.get((stands.unit_id, day)), stands.lines.get(day)
        yield Line(
            stands.place.group_name, stands.place.full_name, entry.staff if entry else "", day,
            _visits(line) if stands.counts_visits else stands.fixed,
            None if stands.answers is None else stands.answers.get(day, 0),
            line.helped if line else None, _remarks(stands, day, entry),
        )  # fmt: skip


def _visits(line: DayLine | None) -> int | None:
    return line.visits if line else None


def _remarks(stands: Standing, day: date, entry: DailyEntry | None) -> str:
    line = stands.lines.get(day)
    if line is None:
        return UNREPORTED if stands.reports and day in stands.begun else ""
    marks = [word for word, holds in (("Nộp muộn", line.late), ("Đã sửa", line.corrected)) if holds]
    return ". ".join([*marks, entry.remarks] if entry and entry.remarks else marks)


def write(stream: IO[bytes], actor: Actor, page: ListPage, reader: str) -> None:
    """Write the form, and beside it what the list on the page says.

    Args:
        stream: where the .xlsx goes.
        actor: the reader.
        page: the list, filtered as it stands on the page.
        reader: who asked, for the notes.
    """
    with workbook(stream) as book:
        _form(book, form(actor, page))
        _totals(book, page)
        _notes(book, page, reader)


def _form(book: Any, made: Form) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    measured = [Column(made.head, 16)] if made.head else []
    sheet = Sheet(book, "Báo cáo ngày", (
        Column("STT", 6), Column("Huyện", 20), Column("Tên xã", 24),
        Column("Họ tên, chức vụ, đơn vị cán bộ được phân công", 42), Column("Ngày báo cáo", 13),
        *measured, Column("Số người tham gia trong ngày", 16),
        Column("Số người được hỗ trợ", 14), Column("Ghi chú", 40),
    ))  # fmt: skip
    for number, line in enumerate(made.lines, 1):
        whole: list[Value] = [line.whole] if made.head else []
        sheet.add((
            number, line.district, line.unit, line.staff, clock.format_date(line.day), *whole,
            "chưa hiện" if line.answers is None else line.answers, line.helped, line.remarks,
        ))  # fmt: skip
    if made.unshown:
        none: list[Value] = [None] if made.head else []
        sheet.add(("", "", UNSHOWN, "", "", *none, made.unshown, None, ""))
    foot: list[Value] = [made.whole] if made.head else []
    sheet.add(("", "", "Lũy kế", "", "", *foot, made.answers, made.helped, ""))
    sheet.close()


def _totals(book: Any, page: ListPage) -> None:  # noqa: ANN401
    visits = page.campaign.denominator == Denominator.VISITS
    sheet = Sheet(book, "Lũy kế theo xã", (
        Column("Huyện", 20), Column("Tên xã", 24), Column("Ngày đã báo cáo", 12),
        Column("Ngày phải báo cáo", 12), Column("Hôm nay", 14),
        Column("Lượt làm thủ tục" if visits else "Số để so", 14), Column("Phiếu đã nhận", 12),
        Column("Tỷ lệ", 10, share=True), Column("Nhận xét", 24), Column("Giải trình", 40),
    ))  # fmt: skip
    for row in page.rows:
        one = row.stands
        sheet.add((
            one.place.group_name, one.place.full_name, len(one.lines), len(one.begun),
            "chưa báo cáo" if one.due_today else "", one.visits if visits else one.fixed,
            _printed(one), one.share, VERDICTS[one.verdict],
            row.explanation.text if row.explanation else "",
        ))  # fmt: skip
    sheet.close()


def _notes(book: Any, page: ListPage, reader: str) -> None:  # noqa: ANN401
    moment, rules = clock.now().astimezone(clock.VN), page.rules
    band = f"{rules.band_low}–{rules.band_high}%" if rules.band_low is not None else "không đặt"
    sheet = Sheet(book, "Ghi chú", (Column("Mục", 24), Column("Nội dung", 96)))
    for row in (
        ("Đợt khảo sát", page.campaign.name),
        ("Khoảng tỷ lệ", band),
        ("Cách tính", "Tỷ lệ tính trên lũy kế đến ngày báo cáo gần nhất không thiếu ngày nào trước "
         "đó, không xét từng ngày. Nơi không hiện số phiếu thì không tính tỷ lệ."),
        ("Lập lúc", f"{moment:%H:%M} ngày {clock.format_date(moment.date())}"),
        ("Người lập", reader),
    ):  # fmt: skip
        sheet.add(row)
    sheet.close()


def _printed(one: Standing) -> Value:
    return one.printed.text if one.printed.exact is None else one.printed.exact
