"""A version as .docx: as it reads, or with what is different from another as followed changes."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from portal.features.documents.rendering.word_xml import (
    Look,
    Node,
    cell,
    node,
    paragraph,
    row,
    run,
    table,
)
from portal.features.documents.text.pieces import Piece, pieces
from portal.features.regulations import difference, reading, tables
from portal.features.regulations.difference import Change
from portal.features.regulations.models import DraftVersion, Level
from portal.features.regulations.reading import Entry
from portal.features.regulations.tables import Grid

_FONT = "Times New Roman"
_SIZE_PT = 14
_MARGINS_MM = (20, 20, 30, 20)
"""Top, bottom, left, right: NĐ 30/2020, Annex I."""
_INDENT_MM = 12.7
_ROOM_MM = 160
_COLUMN_SIGNS = (5, 40)
"""A column is as wide as its longest cell, within this."""
_CENTRED = {Level.CHAPTER, Level.SECTION}


def write(version: DraftVersion, against: DraftVersion | None = None) -> bytes:
    """Give a version as a .docx file.

    Args:
        version: what is written.
        against: an earlier one; what is different from it is written as changes that Word
            follows, so that they can be read one by one, accepted or refused.
    """
    docx = Document()
    normal = docx.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(_SIZE_PT)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    page = docx.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = map(Mm, _MARGINS_MM)
    docx.core_properties.title, docx.core_properties.author = version.name, ""
    body = docx.element.body
    for one in _paragraphs(version, against):
        body.sectPr.addprevious(one)
    for number, changed in enumerate(body.iter(qn("w:ins"), qn("w:del")), 1):
        changed.set(qn("w:id"), str(number))
    out = BytesIO()
    docx.save(out)
    return out.getvalue()


def _paragraphs(version: DraftVersion, against: DraftVersion | None) -> Iterator[Node]:
    old = reading.outline(against) if against else []
    new = reading.outline(version)
    earlier = against.preamble if against else version.preamble
    yield from _text(pieces(earlier, version.preamble, whole=True), "center")
    author = f"Bản {version.number}"
    for change in difference.compare(old if against else new, new):
        yield from _provision(change, author)


def _provision(change: Change, author: str) -> Iterator[Node]:
    entry, was = change.entry, change.before
    gone = change.kind == "removed"
    heading = _compared("" if was is None else _head(was), "" if gone else _head(entry))
    text = _compared("" if was is None else was.text, "" if gone else entry.text)
    if entry.level in {Level.CLAUSE, Level.POINT}:
        yield from _text((*heading, *text), "both", author)
        return
    align = "center" if entry.level in _CENTRED else "both"
    yield from _text(heading, align, author, bold=True)
    yield from _text(text, "both", author)


def _head(entry: Entry) -> str:
    """Give what stands before a provision's own words: “Điều 7. Hình thức công khai”, “2. ”."""
    if entry.level in {Level.CLAUSE, Level.POINT}:
        above = isinstance(next(entry.blocks, ""), Grid)
        return entry.mark and entry.mark + ("\n" if above else " ")
    return entry.title


def _compared(old: str, new: str) -> tuple[Piece, ...]:
    if old == new:
        return (Piece(new, "same"),) if new else ()
    return pieces(old, new, whole=True)


def _text(
    given: Sequence[Piece], align: str, author: str = "", *, bold: bool = False
) -> Iterator[Node]:  # fmt: skip
    """Set text as paragraphs, one for each of its lines, and rows that nobody changed as tables."""
    look = Look(align=align, indent=_INDENT_MM if align == "both" else 0, after=6)
    for _width, same in groupby(filter(None, _lines(given)), key=_width_of):
        lines = list(same)
        if found := tables.grid([_same(line) for line in lines]):
            yield from _table(found)
            continue
        for line in lines:
            runs = [made for one in line for made in _runs(one.text, one.kind, author, bold=bold)]
            yield paragraph(runs, look)


def _lines(given: Sequence[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in given:
        first, *rest = (Piece(text, piece.kind) for text in piece.text.split("\n"))
        lines[-1] += [first] if first.text else []
        lines += [[one] if one.text else [] for one in rest]
    return lines


def _width_of(line: Sequence[Piece]) -> int:
    return tables.width(_same(line))


def _same(line: Sequence[Piece]) -> str:
    """Give the words of a line; "" where they changed: followed changes stand on lines."""
    return "" if any(one.kind != "same" for one in line) else "".join(one.text for one in line)


def _table(found: Grid) -> Iterator[Node]:
    signs = [max(map(len, column)) for column in zip(*found.rows, strict=True)]
    least, most = _COLUMN_SIGNS
    shares = [min(max(count, least), most) for count in signs]
    widths = [_ROOM_MM * share / sum(shares) for share in shares]
    rows = []
    for at, words in enumerate(found.rows):
        head = at == 0 and found.has_head
        set_in = [paragraph([run(one, bold=head)], Look(indent=0, after=0)) for one in words]
        cells = [cell(width, [one]) for width, one in zip(widths, set_in, strict=True)]
        rows.append(row(cells, head=head))
    yield table(widths, rows, lines=True, padding=1.5)
    yield paragraph([], Look(after=0))  # else Word joins tables that follow each other


def _runs(text: str, kind: str, author: str, *, bold: bool) -> Iterator[Node]:
    if not text:
        return
    made = run(text, bold=bold)
    if kind == "same":
        yield made
        return
    if kind == "removed":
        for content in made.findall(qn("w:t")):
            content.tag = qn("w:delText")
    yield node("w:ins" if kind == "added" else "w:del", {"w:author": author}, made)
