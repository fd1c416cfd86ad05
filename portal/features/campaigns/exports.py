"""The list of codes as a spreadsheet, for printers and for the record."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from portal.features.campaigns import share
from portal.features.campaigns.codes import grouped
from portal.features.campaigns.models import QrCode

_HEADS = (("STT", 6), ("Huyện", 26), ("Xã", 28), ("Mã", 13), ("Địa chỉ", 46))


def code_list(codes: Sequence[QrCode], base_url: str) -> bytes:
    """Give an .xlsx of the codes: number, district, commune, code, address.

    Args:
        codes: in the order of the rows.
        base_url: the configured address of the portal.
    """
    content = BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, {"in_memory": True, **plain}) as book:
        sheet = book.add_worksheet("Mã QR")
        head = book.add_format({"bold": True, "bottom": 1})
        for column, (word, width) in enumerate(_HEADS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, word, head)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        for row, code in enumerate(codes, 1):
            sheet.write_number(row, 0, row)
            for column, text in enumerate(_row(code, base_url), 1):
                sheet.write_string(row, column, text)
    return content.getvalue()


def _row(code: QrCode, base_url: str) -> tuple[str, ...]:
    above = code.unit.parent
    return (
        above.full_name if above else "",
        code.unit.full_name,
        grouped(code.code),
        share.address(base_url, code.code),
    )
