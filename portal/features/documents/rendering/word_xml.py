"""The few elements of WordprocessingML that a paper needs (ECMA-376), as short functions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from portal.features.documents.paper import Run

Node = BaseOxmlElement
TWIPS_PER_MM = 1440 / 25.4
FULL_SHARE = 5000
"""A table as wide as the text, in fiftieths of a per cent."""
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML holds."""


class Marks(Protocol):
    """What takes footnotes in."""

    def mark(self, text: str) -> Node:
        """Take a note in and give the small figure that refers to it."""
        ...


@dataclass(frozen=True)
class Look:
    """How a paragraph is set, where its style does not say so already. Lengths in mm and pt."""

    style: str = "Normal"
    align: str = ""
    """ "center", "left" or "both"."""
    indent: float | None = None
    left: float = 0
    right: float = 0
    hanging: float = 0
    before: float | None = None
    after: float | None = None
    exact: float | None = None
    """Exact height of its lines."""
    keep: bool = False
    """Whether it stays on one page with what follows."""


def node(tag: str, attributes: dict[str, object] | None = None, *children: Node) -> Node:
    """Make an element with prefixed names: `node("w:b", {"w:val": 0})`."""
    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name) if ":" in name else name, str(value))
    made.extend(children)
    return made


def twips(mm: float) -> int:
    """Give a length in twentieths of a point."""
    return round(mm * TWIPS_PER_MM)


def run(
    text: str, *, bold: bool = False, italic: bool = False, underline: bool = False,
    size: float | None = None,
) -> Node:  # fmt: skip
    """Make a run of text; what XML cannot hold is left out."""
    properties = node("w:rPr")
    if bold:
        properties.extend([node("w:b"), node("w:bCs")])
    if italic:
        properties.extend([node("w:i"), node("w:iCs")])
    if size:
        half = round(size * 2)
        properties.extend([node("w:sz", {"w:val": half}), node("w:szCs", {"w:val": half})])
    if underline:
        properties.append(node("w:u", {"w:val": "single"}))
    content = node("w:t", {"xml:space": "preserve"})
    content.text = NOT_XML.sub("", text)
    return node("w:r", None, properties, content)


def runs_of(given: Iterable[Run], notes: Marks, size: float | None = None) -> Iterator[Node]:
    """Make the runs of a paragraph, each footnote hung on its run."""
    for one in given:
        if one.text:
            yield run(one.text, bold=one.bold, italic=one.italic, size=size)
        if one.note:
            yield notes.mark(one.note)


def paragraph(runs: Iterable[Node], look: Look | None = None, *extra: Node) -> Node:
    """Make a paragraph; `extra` are borders, which stand before the spacing."""
    look = look or Look()
    properties = node("w:pPr", None, node("w:pStyle", {"w:val": look.style}))
    if look.keep:
        properties.append(node("w:keepNext"))
    properties.extend([*extra, *_spacing(look), *_indents(look)])
    if look.align:
        properties.append(node("w:jc", {"w:val": look.align}))
    return node("w:p", None, properties, *runs)


def rule(length_mm: float, room_mm: float, *, above: float = 1, keep: bool = False) -> Node:
    """Draw a line in the middle: a low empty paragraph with a border, which nothing can push."""
    side = max(0.0, (room_mm - length_mm) / 2)
    border = node("w:pBdr", None, node("w:bottom", {
        "w:val": "single", "w:sz": 6, "w:space": 0, "w:color": "auto",
    }))  # fmt: skip
    look = Look(
        "Normal", indent=0, left=side, right=side, before=above, after=0, exact=2, keep=keep
    )
    return paragraph([run("", size=1)], look, border)


def table(widths_mm: Sequence[float], rows: Iterable[Node], *, lines: bool, padding: float) -> Node:
    """Make a table of fixed columns.

    Args:
        widths_mm: of the columns.
        rows: made by `row`.
        lines: whether its lines are drawn.
        padding: left and right within a cell, in mm.
    """
    style = {"w:val": "single", "w:sz": 4, "w:space": 0, "w:color": "auto"}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = [node(f"w:{side}", style if lines else {"w:val": "nil"}) for side in sides]
    margins = [node(f"w:{side}", {"w:w": twips(padding), "w:type": "dxa"})
               for side in ("left", "right")]  # fmt: skip
    properties = node(
        "w:tblPr", None,
        node("w:tblW", {"w:w": twips(sum(widths_mm)), "w:type": "dxa"}),
        node("w:tblBorders", None, *borders),
        node("w:tblLayout", {"w:type": "fixed"}),
        node("w:tblCellMar", None, *margins),
    )  # fmt: skip
    columns = [node("w:gridCol", {"w:w": twips(width)}) for width in widths_mm]
    return node("w:tbl", None, properties, node("w:tblGrid", None, *columns), *rows)


def row(cells: Iterable[Node], *, head: bool = False, whole: bool = True) -> Node:
    """Make a row; a head repeats on every page, a whole row is never on two pages."""
    properties = node("w:trPr")
    if whole:
        properties.append(node("w:cantSplit"))
    if head:
        properties.append(node("w:tblHeader"))
    return node("w:tr", None, properties, *cells)


def cell(width_mm: float, paragraphs: Sequence[Node], *, middle: bool = False) -> Node:
    """Make a cell; Word asks for a paragraph in every one."""
    properties = node("w:tcPr", None, node("w:tcW", {"w:w": twips(width_mm), "w:type": "dxa"}))
    if middle:
        properties.append(node("w:vAlign", {"w:val": "center"}))
    return node("w:tc", None, properties, *(paragraphs or [paragraph([])]))


def _spacing(look: Look) -> list[Node]:
    values: dict[str, object] = {}
    if look.before is not None:
        values["w:before"] = round(look.before * 20)
    if look.after is not None:
        values["w:after"] = round(look.after * 20)
    if look.exact is not None:
        values |= {"w:line": round(look.exact * 20), "w:lineRule": "exact"}
    return [node("w:spacing", values)] if values else []


def _indents(look: Look) -> list[Node]:
    values: dict[str, object] = {}
    if look.left or look.right:
        values |= {"w:left": twips(look.left), "w:right": twips(look.right)}
    if look.hanging:
        values["w:hanging"] = twips(look.hanging)
    elif look.indent is not None:
        values["w:firstLine"] = twips(look.indent)
    return [node("w:ind", values)] if values else []
