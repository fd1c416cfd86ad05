"""The minutes of a group's counting as .docx: text and tables, to be completed and signed."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from portal.core import clock
from portal.features.ballots.minutes import Minutes

_FONT: Final = "Times New Roman"
_SIZE: Final = 14
_CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def draw(minutes: Minutes) -> bytes:
    """Give the minutes as a .docx file; every text in it stands there literally."""
    docx = _empty(minutes)
    _head(docx, minutes)
    _line(docx, minutes.title.upper(), align=_CENTRE, bold=True, before=14)
    _line(docx, minutes.about, align=_CENTRE, bold=True, after=10)
    _part(docx, "I. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN", minutes.occasion)
    _part(docx, "II. SỐ PHIẾU", ())
    rows = [(what, n) for what, n, _is_sum in minutes.papers]
    _table(docx, ("Nội dung", "Số lượng"), rows, (122, 40), {1})
    _part(docx, "III. Ý KIẾN THEO TỪNG NỘI DUNG", ())
    heads = ("TT", "Nội dung", "Nhất trí", "Không nhất trí", "Ý kiến khác", "Không ghi")
    _table(docx, heads, minutes.opinions, (10, 72, 20, 20, 20, 20), {2, 3, 4, 5})
    _part(docx, "IV. Ý KIẾN GHI TRÊN PHIẾU", minutes.written)
    _part(docx, "V. KHIẾU NẠI, KIẾN NGHỊ", minutes.complaints.splitlines())
    _line(docx, minutes.closing, before=8, after=12)
    _signatures(docx, minutes.signers)
    out = BytesIO()
    docx.save(out)
    return out.getvalue()


def _empty(minutes: Minutes) -> Any:  # noqa: ANN401 - python-docx has no types of its own
    docx = Document()
    section = docx.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    style = docx.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(4)
    about = docx.core_properties
    about.title = f"{minutes.title} {minutes.group}, {minutes.unit}"
    about.author, about.comments, about.language = "", "", "vi-VN"
    about.created = about.modified = clock.now()
    return docx


def _head(docx: Any, minutes: Minutes) -> None:  # noqa: ANN401
    left, right = _row(docx, (58, 104))
    _into(left, minutes.unit.upper(), bold=False)
    _into(left, minutes.group.upper(), bold=True)
    _into(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12)
    _into(right, "Độc lập - Tự do - Hạnh phúc", bold=True)


def _signatures(docx: Any, signers: Sequence[tuple[str, str]]) -> None:  # noqa: ANN401
    for pair in (signers[:2], signers[2:]):
        for cell, (seat, name) in zip(_row(docx, (81, 81)), pair, strict=True):
            _into(cell, seat.upper(), bold=True, size=12)
            _into(cell, "(Ký, ghi rõ họ tên)", italic=True)
            last = _into(cell, name, bold=True)
            last.paragraph_format.space_before = Pt(56)


def _row(docx: Any, widths: Sequence[int]) -> list[Any]:  # noqa: ANN401
    table = docx.add_table(rows=1, cols=len(widths))
    _widen(table, widths)
    return list(table.rows[0].cells)


def _into(
    cell: Any, text: str, *, bold: bool = False, italic: bool = False, size: int = 13  # noqa: ANN401
) -> Any:  # noqa: ANN401 # fmt: skip
    first = cell.paragraphs[0]
    paragraph = cell.add_paragraph() if first.text else first
    paragraph.alignment = _CENTRE
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _part(docx: Any, heading: str, lines: Sequence[str]) -> None:  # noqa: ANN401
    head = _line(docx, heading, bold=True, before=8)
    head.paragraph_format.keep_with_next = True
    for line in lines:
        _line(docx, line)


def _line(
    docx: Any, text: str, *, align: Any = None, bold: bool = False,  # noqa: ANN401
    before: int = 0, after: int = 4,
) -> Any:  # noqa: ANN401 # fmt: skip
    paragraph = docx.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    paragraph.add_run(text).bold = bold
    return paragraph


def _table(
    docx: Any, heads: Sequence[str], rows: Sequence[Sequence[str]],  # noqa: ANN401
    widths: Sequence[int], numbers: set[int],
) -> None:  # fmt: skip
    table = docx.add_table(rows=len(rows) + 1, cols=len(heads))
    table.style = "Table Grid"
    _widen(table, widths)
    for at, (row, values) in enumerate(zip(table.rows, (heads, *rows), strict=True)):
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader" if at == 0 else "w:cantSplit"))
        for place, (cell, text) in enumerate(zip(row.cells, values, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            run = paragraph.add_run(text)
            run.bold, run.font.size = at == 0, Pt(13)
            paragraph.alignment = _CENTRE if at == 0 else _RIGHT if place in numbers else None


def _widen(table: Any, widths: Sequence[int]) -> None:  # noqa: ANN401
    """Set the widths of columns where Word and where LibreOffice look for them."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
