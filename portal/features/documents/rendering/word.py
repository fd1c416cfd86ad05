"""A paper as .docx, opened again by any Word: real footnotes, sections, headings, no macros.

Names Times New Roman, as NĐ 30/2020 and the Party's guides ask; nothing of the file says who
typed it.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO

from docx.document import Document as Docx
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn

from portal.features.documents.paper import Annex, Block, CodeTable, Grid, Paper, Paragraph
from portal.features.documents.paper.lines import broken
from portal.features.documents.rendering import word_tables
from portal.features.documents.rendering.word_ending import ending
from portal.features.documents.rendering.word_head import addressed, head, name
from portal.features.documents.rendering.word_notes import Notes
from portal.features.documents.rendering.word_styles import empty, set_up
from portal.features.documents.rendering.word_xml import (
    Look,
    Node,
    node,
    paragraph,
    rule,
    run,
    runs_of,
)

_HEADINGS = {"part": "Heading1", "article": "Heading1", "point": "Heading2",
             "subpoint": "Heading3", "letter": "Heading4"}  # fmt: skip
_ANNEX_RULE_MM = 40


def draw(paper: Paper) -> bytes:
    """Give the paper as a .docx file.

    Args:
        paper: every text in it is printed literally.
    """
    docx, notes = empty(paper), Notes()
    _add(docx, [*head(paper), *name(paper, notes), *addressed(paper)])
    _add(docx, _blocks(paper.blocks, paper, docx, notes))
    if paper.recipients or paper.title_lines or paper.signer:
        _keep_last(docx)
        _add(docx, ending(paper))
    for annex in paper.annexes:
        _new_section(docx, paper)
        _add(docx, [*_annex_head(annex, paper), *_blocks(annex.blocks, paper, docx, notes)])
    notes.attach(docx)
    out = BytesIO()
    docx.save(out)
    return out.getvalue()


def _add(docx: Docx, nodes: Iterable[Node]) -> None:
    """Put elements at the end of the text, before the properties of the last section."""
    body = docx.element.body
    last = body.sectPr
    for one in nodes:
        last.addprevious(one)


def _blocks(blocks: Sequence[Block], paper: Paper, docx: Docx, notes: Notes) -> Iterable[Node]:
    form = paper.form
    for block in blocks:
        match block:
            case Paragraph():
                yield _paragraph(block, notes)
            case Grid():
                yield from word_tables.grid(block, form.text_mm)
            case CodeTable():
                yield from word_tables.codes(block, docx, form, form.text_mm)


def _paragraph(given: Paragraph, notes: Notes) -> Node:
    if given.style == "centred":
        look = Look(align="center", before=6, after=6, keep=given.keep_with_next)
    else:
        usual = "CanCu" if given.style == "basis" else "BodyText"
        look = Look(_HEADINGS.get(given.style, usual) if given.keep_with_next else usual)
    return paragraph(runs_of(given.runs, notes), look)


def _keep_last(docx: Docx) -> None:
    """Keep the last paragraph or row with the signature, which never stands on a page alone."""
    last = docx.element.body.findall(qn("w:p"))[-1]
    kept = [last]
    table = last.getprevious()  # What follows a table is a low paragraph without text.
    if table is not None and table.tag == qn("w:tbl") and not "".join(last.itertext()):
        kept += table.findall(qn("w:tr"))[-1].iter(qn("w:p"))
    for one in kept:
        one.get_or_add_pPr().get_or_add_keepNext()


def _new_section(docx: Docx, paper: Paper) -> None:
    section = docx.add_section(WD_SECTION.NEW_PAGE)
    set_up(section, paper)
    # The paragraph that ends the section before must take no room, or it makes a page.
    ends = docx.element.body.findall(qn("w:p"))[-1].get_or_add_pPr()
    ends.get_or_add_spacing().set(qn("w:line"), "20")
    ends.get_or_add_spacing().set(qn("w:lineRule"), "exact")


def _annex_head(annex: Annex, paper: Paper) -> Iterable[Node]:
    form = paper.form
    size = form.sizes["summary"]
    middle = Look("Normal", align="center", keep=True)
    label = [run(annex.label, size=size)]
    if annex.title:
        label += [node("w:r", None, node("w:br")), run(annex.title, size=size)]
    yield paragraph(label, Look("Heading1", align="center", indent=0, after=0, keep=True))
    if annex.reference:
        for line in broken(annex.reference, form.body_size, form.text_mm):
            yield paragraph([run(line, italic=True, size=form.body_size)], middle)
    yield rule(_ANNEX_RULE_MM, form.text_mm, above=5, keep=True)
    yield paragraph([], Look(exact=10, keep=True))
