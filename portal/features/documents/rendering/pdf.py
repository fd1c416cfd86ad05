"""A paper as a tagged PDF and as pictures of its pages, set by typst (templates/documents)."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any, Final

import typst

from portal.core import qr, typeset
from portal.features.documents.paper import (
    CODE_MM,
    CODES_PER_ROW,
    SIGNATURE_SHARE,
    Annex,
    Block,
    CodeTable,
    Grid,
    Paper,
    Paragraph,
    shown_address,
)
from portal.features.documents.paper.lines import broken

MOST_PAGES: Final = 30
"""A preview shows no more: nobody reads 200 pages while typing."""
_TEMPLATE: Final = typeset.TEMPLATES / "paper.typ"
_RANKS: Final = {"part": 1, "article": 1, "point": 2, "subpoint": 3, "letter": 4}
_LINES_OF: Final = (
    "parent_lines", "issuer_lines", "subject_lines", "summary_lines", "addressees",
    "authority_lines", "title_lines", "second_title_lines", "recipients",
)  # fmt: skip
_LINE_OF: Final = ("number_line", "date_line", "signer", "second_signer")
_PIXELS_PER_INCH: Final = 110
_LINE, _LINES, _CODES = 90, 48, 18  # letters a line, lines and codes a page, at the most


def draw(paper: Paper) -> bytes:
    """Return the paper as an accessible PDF (PDF/UA-1), in our own fonts only.

    With a sign that none of our fonts has it cannot be that; then it is tagged all the same, but
    does not claim to keep to the standard.

    Args:
        paper: every text in it is printed literally.
    """
    data = _data(paper)
    try:
        pdf = _compiled(data, format="pdf", pdf_standards="ua-1")
    except typst.TypstError:
        pdf = _compiled(data, format="pdf")
    if _pages_of(paper) > MOST_PAGES:
        typeset.forget_layouts()
    return pdf[0]


def pages(paper: Paper) -> list[bytes]:
    """Return a PNG picture of each page, of the first `MOST_PAGES` at most."""
    beginning = _beginning(paper)
    drawn = _compiled(_data(beginning), format="png", ppi=_PIXELS_PER_INCH)
    return drawn[:MOST_PAGES]


def _compiled(data: str, **options: Any) -> list[bytes]:  # noqa: ANN401 - typst's own options
    drawn = typst.compile(
        _TEMPLATE, font_paths=typeset.fonts(), sys_inputs={"paper": data}, **options
    )
    return drawn if isinstance(drawn, list) else [drawn or b""]


def _data(paper: Paper) -> str:
    data = asdict(replace(paper, blocks=(), annexes=()), dict_factory=_plain)
    data |= {name: _breakable(data[name], 24) for name in _LINE_OF}
    data |= {name: [_breakable(line, 24) for line in data[name]] for name in _LINES_OF}
    data["title"] = paper.title or paper.type_line or paper.number_line or "–"
    data |= {"signature_share": SIGNATURE_SHARE, "code_mm": CODE_MM, "codes_per_row": CODES_PER_ROW}
    data["blocks"] = _blocks(paper.blocks, above=0)
    data["annexes"] = [
        {
            "label": annex.label,
            "title": _breakable(annex.title, 60),
            "reference": broken(annex.reference, paper.form.body_size, paper.form.text_mm),
            "blocks": _blocks(annex.blocks, above=1),
        }
        for annex in paper.annexes
    ]
    return json.dumps(data)


def _plain(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in pairs if not name.startswith("valid_")}


def _blocks(blocks: Iterable[Block], above: int) -> list[dict[str, Any]]:
    """Give the blocks as data; `above` is the level of the heading over them, 0 for none."""
    drawn: list[dict[str, Any]] = []
    level = above
    for block in blocks:
        match block:
            case Paragraph():
                heading = _heading(block, above, level)
                level = heading or level
                drawn.append(_paragraph(block, heading))
            case Grid():
                drawn.append(_grid(block))
            case CodeTable():
                drawn.append({"kind": "codes", "items": [_code(*item) for item in block.items]})
    return drawn


def _heading(paragraph: Paragraph, above: int, level: int) -> int:
    """Give the level of a heading, 0 for text; none is more than one deeper than the last."""
    if not paragraph.keep_with_next or paragraph.style not in _RANKS:
        return 0
    return min(above + _RANKS[paragraph.style], level + 1)


def _paragraph(paragraph: Paragraph, heading: int) -> dict[str, Any]:
    runs = [asdict(run) | {"text": _breakable(run.text, 60)} for run in paragraph.runs]
    return {
        "kind": "paragraph",
        "runs": runs,
        "style": paragraph.style,
        "keep_with_next": paragraph.keep_with_next,
        "heading": heading,
    }


def _grid(grid: Grid) -> dict[str, Any]:
    room = [max(6, int(width * 70)) for width in grid.widths]
    rows = [[_breakable(cell, most) for cell, most in zip(row, room, strict=True)]
            for row in (grid.head, *grid.rows)]  # fmt: skip
    return {
        "kind": "grid",
        "head": rows[0],
        "rows": rows[1:],
        "widths": grid.widths,
        "centred": sorted(grid.centred),
        "caption": grid.caption,
    }


def _code(line: str, address: str) -> Mapping[str, Any]:
    unit, *below = line.split("\n")
    return {
        "unit": unit,
        "below": [*below, _breakable(shown_address(address), 30)],
        "address": address,
        "picture": qr.svg(address),
    }


def _breakable(text: str, most: int) -> str:
    """Let what is longer than a line and no word be broken, so that it stays on the page."""
    if len(text) <= most:
        return text
    half = most // 2
    return re.sub(
        rf"\S{{{most + 1},}}", lambda w: re.sub(rf"(.{{{half}}})", "\\1\u200b", w[0]), text
    )


def _pages_of(paper: Paper) -> float:
    blocks = [*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks)]
    return sum(map(_length, blocks))


def _length(block: Block) -> float:
    """Estimate how many pages a block takes, rather too few than too many."""
    match block:
        case Paragraph():
            return (1 + sum(len(run.text) for run in block.runs) // _LINE) / _LINES
        case Grid():
            return len(block.rows) / _LINES
        case CodeTable():
            return len(block.items) / _CODES


def _beginning(paper: Paper) -> Paper:
    """Leave out what would come after the last page of the preview."""
    blocks, room = _fitting(paper.blocks, MOST_PAGES)
    annexes: list[Annex] = []
    for annex in paper.annexes:
        if room > 0:
            fitting, room = _fitting(annex.blocks, room)
            annexes.append(replace(annex, blocks=fitting))
    return replace(paper, blocks=blocks, annexes=tuple(annexes))


def _fitting(blocks: Iterable[Block], room: float) -> tuple[tuple[Block, ...], float]:
    fitting: list[Block] = []
    for block in blocks:
        if room <= 0:
            break
        fitting.append(_cut(block, room))
        room -= _length(block)
    return tuple(fitting), room


def _cut(block: Block, room: float) -> Block:
    match block:
        case Grid():
            return replace(block, rows=block.rows[: int(room * _LINES) + 1])
        case CodeTable():
            return replace(block, items=block.items[: int(room * _CODES) + 1])
        case Paragraph():
            return block
