"""The text of a Word file in its order: paragraphs with their numbers, tables, text boxes.

Changes that are being followed count as accepted; comments, hidden text and page headers are
left out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from portal.core import legacy
from portal.core.text import clean, fold
from portal.features.documents.importing.lines import Item, Rows, split_line
from portal.features.documents.importing.lists import Lists, Style, font_of, number, value

_DROPPED: Final = frozenset({
    "del", "moveFrom", "delText", "instrText", "delInstrText", "fldData", "sectPr", "pPr", "rPr",
    "tblPr", "tblGrid", "trPr", "tcPr", "rt", "commentReference", "annotationRef",
})  # fmt: skip
_SIGNS: Final = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad",
}  # fmt: skip
_SETTING: Final = re.compile(
    r"cong hoa xa hoi|doc lap ?[-–] ?tu do|dang cong san viet nam|noi nhan ?:|^so ?:?[ \d.…]*[-/]"
)
_OFF: Final = frozenset({"0", "false", "off", "none"})


def _name(element: BaseOxmlElement) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


@dataclass
class Story:
    """Reads one part after the other; what it met on the way is counted."""

    lists: Lists
    styles: Mapping[str, Style]
    notes: Mapping[str, str] = field(default_factory=dict)
    spoiled: bool = False
    """Whether what is set in .VnTime or VNI fonts is to be decoded."""
    encoding: str | None = None
    """The old encoding of the whole text, where no font tells it."""
    met: Counter[str] = field(default_factory=Counter)
    """"image", "object", "change", "comment", "nested"."""

    def blocks(self, parent: BaseOxmlElement) -> Iterator[Item]:
        """Give the paragraphs and tables below an element."""
        open_end = ""  # of a paragraph whose end was deleted: it goes on with the next
        for element in parent:
            name = _name(element)
            if name == "p":
                text, boxes = self._paragraph(element)
                text = open_end + text
                open_end = text if self._end_is_deleted(element) else ""
                yield from [] if open_end else [part for one in text.split("\n")
                                               for part in split_line(one)]  # fmt: skip
                yield from boxes
            elif name == "tbl":
                yield from self._table(element)
            elif name == "AlternateContent":
                yield from self.blocks(_choice(element))
            elif name not in _DROPPED:
                yield from self.blocks(element)
        yield from split_line(open_end) if open_end else []

    def _end_is_deleted(self, paragraph: BaseOxmlElement) -> bool:
        mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        return mark is not None and mark.find(qn("w:del")) is not None

    def _paragraph(self, paragraph: BaseOxmlElement) -> tuple[str, list[Item]]:
        properties = paragraph.find(qn("w:pPr"))
        style = self.styles.get(value(properties, "w:pStyle") or "", self.styles[""])
        boxes: list[Item] = []
        text = "".join(self._inline(paragraph, style, boxes))
        text = legacy.convert(text, self.encoding) if self.encoding else text
        num_id = number(properties, "w:numPr/w:numId")
        level = number(properties, "w:numPr/w:ilvl")
        num_id = style.num_id if num_id is None else num_id
        level = (style.level or 0) if level is None else level
        # An empty paragraph with a number is an accident; “Chương II” above its name is none.
        counts = bool(num_id) and (bool(text.strip()) or self.lists.is_worded(num_id or 0, level))
        label = self.lists.label(num_id, level) if counts and num_id else ""
        return (f"{label} {text.lstrip()}" if label else text), boxes

    def _inline(self, parent: BaseOxmlElement, style: Style, boxes: list[Item]) -> Iterator[str]:
        for element in parent:
            name = _name(element)
            self._count(name)
            if name == "r":
                yield self._run(element, style, boxes)
            elif name == "txbxContent":
                boxes += self.blocks(element)
            elif name == "AlternateContent":
                yield from self._inline(_choice(element), style, boxes)
            elif name not in _DROPPED:
                sign = self._sign(name, element)
                yield from self._inline(element, style, boxes) if sign is None else [sign]

    def _sign(self, name: str, element: BaseOxmlElement) -> str | None:
        """Give what a leaf stands for; None if it is none."""
        if name == "t":
            return element.text or ""
        if name in {"footnoteReference", "endnoteReference"}:
            note = self.notes.get(f"{name[:-9]} {element.get(qn('w:id'))}", "")
            return f"[[{note}]]" if note else ""
        return _SIGNS.get(name)

    def _run(self, run: BaseOxmlElement, style: Style, boxes: list[Item]) -> str:
        properties = run.find(qn("w:rPr"))
        if _is_on(properties, "w:vanish"):
            return ""
        text = "".join(self._inline(run, style, boxes))
        if self.spoiled and text:
            text = decoded(text, font_of(run) or style.font or "")
        return text.upper() if _is_on(properties, "w:caps") else text

    def _count(self, name: str) -> None:
        kinds = {
            "blip": "image", "imagedata": "image", "OLEObject": "object", "chart": "object",
            "ins": "change", "del": "change", "moveTo": "change", "commentReference": "comment",
        }  # fmt: skip
        if name in kinds:
            self.met[kinds[name]] += 1

    def _table(self, table: BaseOxmlElement) -> Iterator[Item]:
        rows = [self._row(row) for row in _rows(table)]
        rows = [row for row in rows if row]
        if _only_sets(rows):
            yield from (item for row in rows for cell in row for item in cell.items)
            return
        above: list[str] = []
        texts: list[tuple[str, ...]] = []
        for row in rows:
            cells: list[str] = []
            for cell in row:
                kept = above[len(cells)] if cell.goes_on and len(cells) < len(above) else None
                text = self._cell_text(cell.items) if kept is None else kept
                cells += [text] + [""] * (cell.span - 1)
            texts.append(tuple(cells))
            above = cells
        yield Rows(tuple(texts))

    def _row(self, row: BaseOxmlElement) -> list["_Cell"]:
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            return []
        return [self._cell(cell) for cell in _named(row, "tc")]

    def _cell(self, cell: BaseOxmlElement) -> "_Cell":
        properties = cell.find(qn("w:tcPr"))
        merged = properties.find(qn("w:vMerge")) if properties is not None else None
        goes_on = merged is not None and merged.get(qn("w:val")) != "restart"
        span = max(1, min(number(properties, "w:gridSpan") or 1, 60))
        return _Cell(list(self.blocks(cell)), span, goes_on)

    def _cell_text(self, items: list[Item]) -> str:
        lines = []
        for item in items:
            if isinstance(item, Rows):
                self.met["nested"] += 1
                lines += [" | ".join(row) for row in item.rows]
            else:
                lines.append(item)
        return "\n".join(filter(None, lines))


@dataclass(frozen=True)
class _Cell:
    items: list[Item]
    span: int
    goes_on: bool
    """Whether it is the lower part of a cell that runs over several rows."""


def _named(parent: BaseOxmlElement, name: str) -> Iterator[BaseOxmlElement]:
    """Give the rows of a table, or the cells of a row, also those within a frame."""
    for element in parent:
        found = _name(element)
        if found == name:
            yield element
        elif found in {"sdt", "sdtContent", "ins", "moveTo", "customXml"}:
            yield from _named(element, name)


def _rows(table: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    return _named(table, "tr")


def _choice(alternate: BaseOxmlElement) -> BaseOxmlElement:
    """Take the first of several drawings of the same; the others are for older programs."""
    return next(iter(alternate), alternate)


def _is_on(properties: BaseOxmlElement | None, name: str) -> bool:
    found = properties.find(qn(name)) if properties is not None else None
    return found is not None and found.get(qn("w:val"), "1") not in _OFF


def _only_sets(rows: list[list[_Cell]]) -> bool:
    """Tell a table that only sets a head, a foot or a frame beside one that holds data."""
    widest = max(map(len, rows), default=0)
    if widest < 2 or (len(rows) == 1 and widest < 3):
        return True
    lines = (item for row in rows for cell in row for item in cell.items)
    set_apart = any(isinstance(one, str) and _SETTING.search(fold(one)) for one in lines)
    return widest < 4 and len(rows) < 8 and set_apart


def decoded(text: str, font: str) -> str:
    """Turn the text of a run in an old font into Unicode; capitals of .VnTimeH among it."""
    if font.startswith(".Vn"):
        found = legacy.from_tcvn3(text)
        return found.upper() if font.endswith("H") else found
    return legacy.from_vni(text) if font.upper().startswith("VNI") else text


def notes_of(root: BaseOxmlElement | None, kind: str, story: Story) -> dict[str, str]:
    """Read footnotes or endnotes: “footnote 2” and what it says."""
    if root is None:
        return {}
    found = {}
    for note in root.findall(qn(f"w:{kind}")):
        if note.get(qn("w:type")) not in {"separator", "continuationSeparator"}:
            lines = (item for item in story.blocks(note) if isinstance(item, str))
            text = clean(" ".join(lines)).replace("[[", "").replace("]]", "")
            found[f"{kind} {note.get(qn('w:id'))}"] = text
    return found


def fonts_apart(root: BaseOxmlElement, styles: Mapping[str, Style]) -> tuple[list[str], list[str]]:
    """Give the raw text, a line for each paragraph: all, and what is set in .VnTime or VNI."""
    lines, old_lines = [], []
    for paragraph in root.iter(qn("w:p")):
        named = value(paragraph.find(qn("w:pPr")), "w:pStyle") or ""
        usual = styles.get(named, styles[""]).font or ""
        line, old = [], []
        for run in paragraph.iter(qn("w:r")):
            texts = [text.text or "" for text in run.findall(qn("w:t"))]
            font = font_of(run) or usual
            line += texts
            old += texts if font.startswith(".Vn") or font.upper().startswith("VNI") else []
        lines.append("".join(line))
        old_lines.append("".join(old))
    return lines, old_lines
