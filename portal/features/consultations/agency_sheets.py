"""Agencies as spreadsheets: who has answered, and the form in which comments are filled in."""

from typing import IO

from portal.core.clock import format_date
from portal.core.workbook import Column, Sheet, workbook
from portal.features.consultations import agency_queries
from portal.features.consultations.agency_letters import in_order, rows
from portal.features.consultations.agency_pages import Tracker
from portal.features.consultations.models import Consultation
from portal.features.regulations import queries as regulations
from portal.features.regulations import reading
from portal.features.regulations.models import DraftVersion

_TRACKER = (
    Column("STT", 6), Column("Cơ quan, đơn vị", 44), Column("Tình trạng", 22),
    Column("Số ý kiến", 12), Column("Ngày gửi", 14), Column("Cách gửi", 20),
    Column("Số công văn", 20), Column("Ngày công văn", 14), Column("Đã nhắc ngày", 14),
)  # fmt: skip
_SAID = (
    Column("STT", 6), Column("Cơ quan, đơn vị", 36), Column("Điều, khoản, điểm", 26),
    Column("Nội dung dự thảo", 48), Column("Ý kiến góp ý", 60), Column("Lý do", 40),
)  # fmt: skip
_FORM = (
    Column("Điều, khoản, điểm", 28), Column("Nội dung dự thảo", 60), Column("Ý kiến góp ý", 60),
    Column("Lý do", 40),
)  # fmt: skip


def write_tracker(stream: IO[bytes], page: Tracker) -> None:
    """Write who has answered, and what.

    Args:
        stream: where the .xlsx goes.
        page: as its page shows it.
    """
    with workbook(stream) as book:
        sheet = Sheet(book, "Cơ quan, đơn vị", _TRACKER)
        for number, row in enumerate(page.rows, 1):
            one = row.submission
            sheet.add((
                number, one.agency, row.word, row.n, _day(one.sent_on), row.way,
                one.letter_number, _day(one.letter_on), _day(one.reminded_on),
            ))  # fmt: skip
        sheet.close()
        sheet = Sheet(book, "Ý kiến", _SAID)
        number = 0
        sent = [row.submission for row in page.rows if row.is_sent]
        said = agency_queries.comments_of([one.id for one in sent])
        places = reading.places(page.consultation.draft_id)
        for one in sent:
            told = in_order(said.get(one.id, ()), places)
            for _n, place, quoted, text, reason in rows(told, places):
                number += 1
                sheet.add((number, one.agency, place, quoted, text, reason))
        sheet.close()


def write_form(stream: IO[bytes], consultation: Consultation) -> None:
    """Write the empty form: a line for every provision, which can be sent back filled in.

    It says of which version it is: filled in later, it names provisions by that version's numbers.

    Args:
        stream: where the .xlsx goes.
        consultation: whose draft is published.
    """
    with workbook(stream) as book:
        sheet = Sheet(book, "Góp ý", _FORM)
        version = regulations.published(consultation.draft_id)
        sheet.add(("Chung", f"Góp ý chung cho cả dự thảo{_which(version)}", "", ""))
        for entry in reading.outline(version) if version else ():
            said = "\n".join(filter(None, (entry.heading, entry.text)))
            sheet.add((entry.place, said, "", ""))
        sheet.close()


def _which(version: DraftVersion | None) -> str:
    if version is None:
        return ""
    return f" (bản {version.number}, công bố ngày {_day(version.published_on)})"


def _day(day: object) -> str:
    return format_date(day) if day else ""  # type: ignore[arg-type]
