"""The table as .docx: A4 lying, heads on every page, every text literally as it was said."""

from collections.abc import Callable
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
from portal.features.consolidation.table import HEADS, Line, Table
from portal.features.documents.rendering.word_xml import (
    NOT_XML,
    Look,
    Node,
    cell,
    paragraph,
    row,
    run,
    table,
    twips,
)

_FONT: Final = "Times New Roman"
_SIZE: Final = 12
_WIDTHS: Final = (12.0, 30.0, 88.0, 48.0, 79.0)
"""mm; 257 between margins of 20."""
_AT_ONCE: Final = 500
_CENTRE: Final = Look(align="center", after=0)
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
        drawn.extend(parse_xml(f"<w:tbl {nsdecls('w')}>{''.join(map(_row, some))}</w:tbl>"))
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
    left = [_line(head.unit.upper()), _line(head.host.upper(), bold=True)]
    right = [_line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True),
             _line("Độc lập - Tự do - Hạnh phúc", bold=True),
             paragraph([run(head.place_and_day, italic=True)], _CENTRE)]  # fmt: skip
    widths = (110.0, 147.0)
    above = table(widths, [row([cell(110.0, left), cell(147.0, right)])], lines=False, padding=0)
    title = paragraph(
        [run(head.title.upper(), bold=True, size=14)], Look(align="center", before=10)
    )
    return [above, title, paragraph([run(head.about, bold=True)], Look(align="center", after=8))]


def _foot(whole: Table) -> list[Node]:
    said = [paragraph([run(whole.silent)], Look(before=6))] if whole.silent else []
    return [*said, paragraph([run(f"Cộng: {whole.total} ý kiến đã gộp.")], Look(before=6))]


def _row(line: Line) -> str:
    """Write a row as XML: node by node, twenty thousand of them take ten seconds."""
    if not line.number:
        return _tr(_tc(sum(_WIDTHS), _p(line.place, bold=True), len(_WIDTHS)))
    texts = (line.place, line.text, line.sources)
    cells = [_tc(_WIDTHS[0], _p(str(line.number), centred=True))]
    cells += [_tc(width, _p(text)) for width, text in zip(_WIDTHS[1:4], texts, strict=True)]
    answer = _p(line.decision, bold=True) + (_p(line.explanation) if line.explanation else "")
    return _tr(*cells, _tc(_WIDTHS[4], answer))


def _tr(*cells: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _tc(width: float, paragraphs: str, span: int = 1) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/><w:gridSpan w:val="{span}"/>'
        f"</w:tcPr>{paragraphs}</w:tc>"
    )


def _p(text: str, *, bold: bool = False, centred: bool = False) -> str:
    """Write the lines of a text as paragraphs; what XML cannot hold is left out."""
    look = '<w:jc w:val="center"/>' if centred else ""
    strong = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return "".join(
        f'<w:p><w:pPr><w:spacing w:after="0"/>{look}</w:pPr><w:r>{strong}'
        f'<w:t xml:space="preserve">{escape(NOT_XML.sub("", each))}</w:t></w:r></w:p>'
        for each in text.splitlines() or [""]
    )


def _cell(width: float, text: str) -> Node:
    return cell(width, [paragraph([run(text, bold=True)], _CENTRE)])


def _line(text: str, *, bold: bool = False) -> Node:
    return paragraph([run(text, bold=bold)], _CENTRE)
