"""What officials take away, opened with other eyes than those that wrote it."""

from pathlib import Path

import pypdfium2
import zxingcpp
from python_calamine import CalamineWorkbook

Rows = list[list[object]]


def scanned(pdf: Path) -> list[str]:
    """Give what a phone reads on the first page of a poster."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil()
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def opened(xlsx: Path) -> dict[str, Rows]:
    """Give the sheets of a workbook with their rows."""
    book = CalamineWorkbook.from_path(xlsx)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
