"""The list of letters as a spreadsheet: exactly what is filtered.

Without a word of sealed letters, nor of those that the actor's body has not opened.
"""

from typing import IO, Final

from portal.core import clock
from portal.core.clock import format_date
from portal.core.workbook import Column, Sheet, Value, workbook
from portal.features.letters import listing
from portal.features.letters.kinds import CATEGORY_LABELS, STATE_LABELS, State
from portal.features.letters.listing import Filter
from portal.features.letters.models import Letter
from portal.policy.predicates import Actor

MOST: Final = 5000
_CHUNK: Final = 500
_COLUMNS = (
    Column("Thư", 9), Column("Ngày gửi", 12), Column("Hòm thư", 34), Column("Loại", 20),
    Column("Lĩnh vực", 26), Column("Tình trạng", 24), Column("Giao cho", 34), Column("Hạn", 12),
    Column("Quá hạn", 10), Column("Trả lời ngày", 12), Column("Đã chuyển tới", 34),
    Column("Nội dung (đoạn đầu)", 70),
)  # fmt: skip
SEALED, UNOPENED = "Thư niêm phong", "Chưa mở đọc"


def write(stream: IO[bytes], actor: Actor, wanted: Filter) -> None:
    """Write what a filter finds, as far as `MOST`."""
    rows = listing.everything(actor, wanted, MOST)
    with workbook(stream) as book:
        sheet = Sheet(book, "Thư góp ý", _COLUMNS)
        for start in range(0, len(rows), _CHUNK):
            part = rows[start : start + _CHUNK]
            texts = listing.texts(actor, part)
            for letter in part:
                sheet.add(_cells(letter, texts.get(letter.id)))
        sheet.close()


def _cells(letter: Letter, text: str | None) -> tuple[Value, ...]:
    day = letter.answered_on
    return (
        letter.short_name, format_date(letter.day), letter.box.name,
        CATEGORY_LABELS[letter.found_category], letter.read_field or letter.field,
        STATE_LABELS[letter.state], letter.assigned_to.name if letter.assigned_to else "",
        format_date(letter.due_on), "quá hạn" if letter.is_overdue(clock.today()) else "",
        format_date(day) if day else "", letter.referred_to,
        _words(letter, text),
    )  # fmt: skip


def _words(letter: Letter, text: str | None) -> str:
    if letter.is_sealed:
        return SEALED
    if letter.state in (State.HIDDEN, State.WITHDRAWN):
        return ""
    return UNOPENED if text is None else text
