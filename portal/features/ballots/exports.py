"""The ward's table, and a group's list of voters, as spreadsheets."""

from collections.abc import Sequence
from io import BytesIO

from portal.core.clock import format_date
from portal.core.workbook import Column, Sheet, Value, workbook
from portal.features.ballots.models import BallotGroup, State, Voter
from portal.features.ballots.pages import Line, Overview

_PAPERS = (
    Column("STT", 6), Column("Tổ dân phố, thôn", 30), Column("Ngày phát phiếu", 14),
    Column("Số hộ", 9), Column("Đã in", 9), Column("Đóng dấu", 9), Column("Phát ra", 9),
    Column("Thu về", 9), Column("Hợp lệ", 9), Column("Không hợp lệ", 9), Column("Trắng", 9),
    Column("Không thu về", 9), Column("Ý kiến ghi trên phiếu", 11), Column("Đã chốt", 11),
)  # fmt: skip
_OPINIONS = (
    Column("TT", 6), Column("Nội dung", 60), Column("Nhất trí", 11), Column("Không nhất trí", 11),
    Column("Ý kiến khác", 11), Column("Không ghi", 11), Column("Phiếu hợp lệ", 11),
)  # fmt: skip
_VOTERS = (
    Column("STT", 6), Column("Số hộ", 16), Column("Cử tri đại diện hộ", 30),
    Column("Tổ dân phố", 24), Column("Ghi chú", 30), Column("Đã có ý kiến", 12),
)  # fmt: skip


def ward_table(page: Overview) -> bytes:
    """Give an .xlsx of what the page of households shows: papers by group, opinions ward-wide."""
    content = BytesIO()
    with workbook(content) as book:
        sheet = Sheet(book, "Số phiếu", _PAPERS)
        for number, line in enumerate(page.lines, 1):
            sheet.add((number, *_papers(line)))
        total = page.sums
        sheet.add((
            None, f"Cộng {total.groups} tổ đã chốt", "", total.households, total.printed,
            total.stamped, total.issued, total.returned, total.valid, total.invalid, total.blank,
            total.not_returned, sum(one.remarks for one in page.lines), "",
        ))  # fmt: skip
        sheet.close()
        sheet = Sheet(book, "Ý kiến theo nội dung", _OPINIONS)
        for one in page.opinions:
            sheet.add((one.content.number, one.content.text, one.agree, one.disagree, one.other,
                       one.silent, one.valid))  # fmt: skip
        sheet.close()
    return content.getvalue()


def voter_sheet(group: BallotGroup, voters: Sequence[Voter]) -> bytes:
    """Give an .xlsx of a group's list of voters; the caller puts it on record."""
    content = BytesIO()
    with workbook(content) as book:
        sheet = Sheet(book, "Danh sách cử tri", _VOTERS)
        for number, one in enumerate(voters, 1):
            sheet.add((number, one.household, one.representative, group.group, one.note,
                       "x" if one.has_answered else ""))  # fmt: skip
        sheet.close()
    return content.getvalue()


def _papers(line: Line) -> tuple[Value, ...]:
    one = line.group
    done = one.state == State.BALANCED
    missing = one.issued - one.returned if one.issued is not None and one.returned is not None \
        else None  # fmt: skip
    return (
        one.group, format_date(one.day) if one.day else "", one.households, one.printed,
        one.stamped, one.issued, one.returned, one.valid, one.invalid, one.blank, missing,
        line.remarks, format_date(one.settled_on) if done and one.settled_on else "",
    )  # fmt: skip
