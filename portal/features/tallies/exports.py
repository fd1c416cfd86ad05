"""A week, and a year, as spreadsheets."""

from typing import IO

from portal.core.clock import format_date
from portal.core.workbook import Column, Sheet, workbook
from portal.features.mailbox.models import Mailbox
from portal.features.tallies import lines
from portal.features.tallies.figures import Figures
from portal.features.tallies.models import Tally
from portal.features.tallies.weeks import last_of
from portal.features.tallies.year import Year

_WEEK = (Column("Nội dung", 60), Column("Số thư", 12))
_SIGNED = (Column("Việc", 24), Column("Người ký", 36), Column("Chức vụ", 36), Column("Ngày", 14))
_WEEKS = (
    Column("Tuần", 8), Column("Từ ngày", 14), Column("Đến ngày", 14), Column("Đợt", 8),
    Column("Tiếp nhận", 12), Column("Trả lời đúng hạn", 14), Column("Trả lời quá hạn", 14),
    Column("Tổng hợp", 20),
)  # fmt: skip
_ROUNDS = (
    Column("Đợt", 8), Column("Từ ngày", 14), Column("Đến ngày", 14), Column("Tiếp nhận", 12),
    Column("Trả lời đúng hạn", 14), Column("Trả lời quá hạn", 14), Column("Phiếu đánh giá", 14),
)  # fmt: skip
_ABOUT = (Column("Cách tách", 24), Column("Loại", 44), Column("Số thư", 12))


def write_week(stream: IO[bytes], box: Mailbox, counted: Figures, tally: Tally | None) -> None:
    """Write the numbers of a week, and who signed them.

    Args:
        stream: where the .xlsx goes.
        box: the box.
        counted: the numbers, frozen if two have signed.
        tally: None where nobody has begun.
    """
    with workbook(stream) as book:
        sheet = Sheet(book, "Số liệu tuần", _WEEK)
        _head, *rows = lines.table(box, counted)
        days = f"{format_date(counted.week)} – {format_date(last_of(counted.week))}"
        sheet.add((f"{box.name}, tuần {days}", None))
        for label, n in rows:
            sheet.add((label, int(n)))
        if counted.ratings:
            sheet.add(("Phiếu đánh giá trong tuần", counted.ratings.week))
            sheet.add(("Phiếu đánh giá từ đầu", counted.ratings.so_far))
        sheet.close()
        signed = Sheet(book, "Người ký", _SIGNED)
        if tally:
            signed.add(("Lập và ký", tally.made_by, tally.made_as, format_date(tally.made_on)))
        if tally and tally.confirmed_on:
            day = format_date(tally.confirmed_on)
            signed.add(("Xác nhận, khóa", tally.confirmed_by, tally.confirmed_as, day))
        signed.close()


def write_year(stream: IO[bytes], page: Year) -> None:
    """Write a year by week, by round and by what letters are about.

    Args:
        stream: where the .xlsx goes.
        page: as its page shows it.
    """
    with workbook(stream) as book:
        sheet = Sheet(book, "Theo tuần", _WEEKS)
        for one in page.weeks:
            sheet.add((
                one.number, format_date(one.week), format_date(one.last), one.round, one.arrived,
                one.in_time, one.late, one.word,
            ))  # fmt: skip
        sheet.close()
        sheet = Sheet(book, "Theo đợt", _ROUNDS)
        for each in page.rounds:
            sheet.add((
                each.number, format_date(each.first), format_date(each.last), each.arrived,
                each.in_time, each.late, each.ratings,
            ))  # fmt: skip
        sheet.close()
        sheet = Sheet(book, "Nội dung thư", _ABOUT)
        for told in page.about:
            for line in told.rows:
                sheet.add((told.head, line.label, line.count))
            if told.waiting:
                sheet.add((told.head, "Chưa tách, chờ cộng đủ", told.waiting))
        sheet.close()
