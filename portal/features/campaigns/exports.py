"""The list of codes and the log of the Zalo kit as spreadsheets, for printers and the record."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from portal.core.clock import format_date
from portal.core.workbook import Column, Sheet, Value, workbook
from portal.features.campaigns import share
from portal.features.campaigns.codes import grouped
from portal.features.campaigns.kit import Round
from portal.features.campaigns.models import QrCode
from portal.features.org_units.models import Unit

_CODES = (
    Column("STT", 6), Column("Huyện", 24), Column("Xã", 24), Column("Điểm", 28), Column("Mã", 13),
    Column("Địa chỉ", 44), Column("Quét thử", 12), Column("Người quét thử", 24),
    Column("Lượt đầu", 12), Column("Tình trạng", 44),
)  # fmt: skip
_ROUNDS = (
    Column("STT", 6), Column("Huyện", 24), Column("Xã", 24), Column("Gửi cho", 30),
    Column("Địa chỉ", 44), Column("Ngày gửi", 12), Column("Người ghi", 24), Column("Ghi chú", 40),
    Column("Tình trạng", 44),
)  # fmt: skip


def code_list(codes: Sequence[QrCode], base_url: str) -> bytes:
    """Give an .xlsx of the codes: where, code, address, when it was tried and first used.

    Args:
        codes: in the order of the rows.
        base_url: the configured address of the portal.
    """
    return _sheet("Mã QR", _CODES, (_code(code, base_url) for code in codes))


def deliveries(rounds: Sequence[Round], base_url: str) -> bytes:
    """Give an .xlsx of whom the invitation was passed on to; who has none yet has an empty row.

    Args:
        rounds: everybody who is to be reached, in order.
        base_url: the configured address of the portal.
    """
    return _sheet("Gửi Zalo", _ROUNDS, (row for each in rounds for row in _notes(each, base_url)))


def _sheet(name: str, columns: Sequence[Column], rows: Iterable[tuple[Value, ...]]) -> bytes:
    content = BytesIO()
    with workbook(content) as book:
        sheet = Sheet(book, name, columns)
        for number, row in enumerate(rows, 1):
            sheet.add((number, *row))
        sheet.close()
    return content.getvalue()


def _code(code: QrCode, base_url: str) -> tuple[Value, ...]:
    return (
        *_names(code.unit),
        code.point.name if code.point else "",
        grouped(code.code),
        share.address(base_url, code.code),
        format_date(code.tested_on) if code.tested_on else "",
        code.tested_by,
        format_date(code.used_on) if code.used_on else "",
        _standing(code),
    )


def _notes(reached: Round, base_url: str) -> list[tuple[Value, ...]]:
    who = reached.team.name if reached.team else "Các nhóm của xã"
    where = (*_names(reached.unit), who, share.address(base_url, reached.code.code))
    if not reached.notes:
        return [(*where, "", "", "", _standing(reached.code))]
    return [
        (*where, format_date(note.sent_on), note.sent_by, note.note, _standing(reached.code))
        for note in reached.notes
    ]


def _standing(code: QrCode) -> str:
    return f"Đã kết thúc. {code.revoke_reason}" if code.handed_on else ""


def _names(unit: Unit) -> tuple[str, str]:
    return (unit.parent.full_name if unit.parent else "", unit.full_name)
