"""The table as .docx: A4 lying, heads on every page, every text literally as it was said."""

from collections.abc import Callable, Sequence
from io import BytesIO
from itertools import islice
from typing import Any, Final
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from portal.core import clock
from portal.features.consolidation.table import HEADS, SUM_HEADS, Line, Signed, Table
from portal.features.documents.rendering.word_xml import (
    NOT_XML,
    Look,
    Node,
    cell,
    paragraph,
    row,
    rule,
    run,
    table,
    twips,
)

_FONT: Final = "Times New Roman"
_SIZE: Final = 12
_WIDTHS: Final = (12.0, 30.0, 88.0, 48.0, 79.0)
"""mm; 257 between margins of 20."""
_SUMS: Final = (120.0, 40.0, 40.0)
_AT_ONCE: Final = 500
_CENTRE: Final = Look(align="center", after=0)
_KEPT: Final = Look(align="center", after=0, keep=True)
Progress = Callable[[int], None]


def draw(whole: Table, progress: Progress = lambda _done: None) -> bytes:
    """Give the table as a .docx file.

    Args:
        whole: as `table.of` gives it.
        progress: told from time to time how many opinions are written.
    """
    docx, head = _empty(whole), [_cell(*pair) for pair in zip(_WIDTHS, HEADS, strict=True)]
    drawn = table(_WIDTHS, [row(head, head=True)], lines=True, padding=1.5)
    lines = whole.lines()
    while some := list(islice(lines, _AT_ONCE)):
        rows = "".join(_row(line, last=line.number == whole.total) for line in some)
        drawn.extend(parse_xml(f"<w:tbl {nsdecls('w')}>{rows}</w:tbl>"))
        progress(some[-1].number)
    body = docx.element.body
    for one in (*_head(whole), drawn, *_foot(whole)):
        body.sectPr.addprevious(one)
    out = BytesIO()
    docx.save(out)
    return out.getvalue()


def _empty(whole: Table) -> Any:  # noqa: ANN401 - python-docx has no types of its own
    docx = Document()
    normal = docx.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(_SIZE)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    page = docx.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.top_margin = page.bottom_margin = page.left_margin = page.right_margin = Mm(20)
    about = docx.core_properties
    about.title, about.author, about.language = (
        f"{whole.head.title} {whole.head.about}",
        "",
        "vi-VN",
    )
    about.created = about.modified = clock.now()
    return docx


def _head(whole: Table) -> list[Node]:
    head = whole.head
    left = [_line(head.unit.upper()), _line(head.host.upper(), bold=True), rule(40, 110)]
    right = [_line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True),
             _line("Độc lập - Tự do - Hạnh phúc", bold=True), rule(52, 147),
             paragraph([run(head.place_and_day, italic=True)], _CENTRE)]  # fmt: skip
    widths = (110.0, 147.0)
    above = table(widths, [row([cell(110.0, left), cell(147.0, right)])], lines=False, padding=0)
    title = paragraph(
        [run(head.title.upper(), bold=True, size=14)], Look(align="center", before=10)
    )
    attached = [paragraph([run(head.attached, italic=True)], _CENTRE)] if head.attached else []
    about = paragraph([run(head.about, bold=True)], Look(align="center", after=2))
    return [above, title, about, *attached, paragraph([], Look(after=0))]


def _foot(whole: Table) -> list[Node]:
    """Give what stands below, held together so that it is not torn off the last opinion."""
    look = Look(before=6, after=4, keep=True)
    said = [paragraph([run(text)], look) for text in (whole.silent, whole.said_last) if text]
    rows = [row(_cells(whole_row)) for whole_row in (SUM_HEADS, *whole.sums)]
    return [*said, table(_SUMS, rows, lines=True, padding=1.5), *_signature(whole.signed)]


def _cells(texts: Sequence[str]) -> list[Node]:
    head = texts == SUM_HEADS
    looks = (Look(after=0, keep=True), _KEPT, _KEPT)
    return [
        cell(width, [paragraph([run(text, bold=head)], look)])
        for width, text, look in zip(_SUMS, texts, looks, strict=True)
    ]


def _signature(signed: Signed | None) -> list[Node]:
    if signed is None:
        return []
    lines = [paragraph([run(text, bold=True)], _KEPT) for text in signed.lines]
    signer = paragraph([run(signed.signer, bold=True)], Look(align="center", before=60, after=0))
    widths = (147.0, 110.0)
    block = row([cell(widths[0], []), cell(widths[1], [*lines, signer])])
    above = paragraph([], Look(after=6, keep=True))
    return [above, table(widths, [block], lines=False, padding=0)]


def _row(line: Line, *, last: bool) -> str:
    """Write a row as XML: node by node, twenty thousand of them take ten seconds.

    The head of an Điều stays with its first opinion, and the last opinion with what stands below.
    """
    if not line.number:
        return _tr(_tc(sum(_WIDTHS), _p(line.place, bold=True, keep=True), len(_WIDTHS)))
    texts = (line.place, line.text, line.sources)
    cells = [_tc(_WIDTHS[0], _p(str(line.number), centred=True, keep=last))]
    cells += [
        _tc(width, _p(text, keep=last)) for width, text in zip(_WIDTHS[1:4], texts, strict=True)
    ]
    answer = _p(line.decision, bold=True, keep=last)
    answer += _p(line.explanation, keep=last) if line.explanation else ""
    return _tr(*cells, _tc(_WIDTHS[4], answer))


def _tr(*cells: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _tc(width: float, paragraphs: str, span: int = 1) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/><w:gridSpan w:val="{span}"/>'
        f"</w:tcPr>{paragraphs}</w:tc>"
    )


def _p(text: str, *, bold: bool = False, centred: bool = False, keep: bool = False) -> str:
    """Write the lines of a text as paragraphs; what XML cannot hold is left out."""
    look = '<w:jc w:val="center"/>' if centred else ""
    kept = "<w:keepNext/>" if keep else ""
    strong = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return "".join(
        f'<w:p><w:pPr>{kept}<w:spacing w:after="0"/>{look}</w:pPr><w:r>{strong}'
        f'<w:t xml:space="preserve">{escape(NOT_XML.sub("", each))}</w:t></w:r></w:p>'
        for each in text.splitlines() or [""]
    )


def _cell(width: float, text: str) -> Node:
    return cell(width, [paragraph([run(text, bold=True)], _CENTRE)])


def _line(text: str, *, bold: bool = False) -> Node:
    return paragraph([run(text, bold=bold)], _CENTRE)
