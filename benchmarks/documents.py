"""A plan with lists of 209 communes, to .docx and to PDF: time of the processor, and ratios."""

import time
from collections.abc import Callable
from functools import partial
from io import BytesIO

import typst
from docx import Document

from portal.core import qr, typeset
from portal.features.documents.body import Appendix, AppendixKind
from portal.features.documents.paper import CodeTable, Grid, Paper
from portal.features.documents.paper.compose import compose
from portal.features.documents.rendering import pdf, word
from tests.support.composed import ISSUED, listing, units

COUNT = 209
LISTS = {
    "209 rows": (Appendix(kind=AppendixKind.UNITS, title="Danh sách đơn vị"),),
    "209 rows and 209 codes": (
        Appendix(kind=AppendixKind.UNITS, title="Danh sách đơn vị"),
        Appendix(kind=AppendixKind.QR_CODES, title="Danh sách mã QR"),
    ),
}


def main() -> None:
    """Print both times (aim: within 2 s each) and how they compare with the same rows alone."""
    for name, appendices in LISTS.items():
        paper = compose(listing(ISSUED, *appendices), units=units(COUNT))
        _line(f".docx, {name}", partial(word.draw, paper), partial(_bare_docx, paper))
        _line(f"PDF, {name}", partial(pdf.draw, paper), partial(_bare_pdf, paper))


def _line(name: str, draw: Callable[[], bytes], floor: Callable[[], object]) -> None:
    elapsed, bare = _time(draw), _time(floor)
    print(f"{name:28} {elapsed:.2f} s (aim < 2 s), {elapsed / bare:.2f} × the rows alone, "
          f"{len(draw()) / 1e3:.0f} kB")  # fmt: skip


def _time(work: Callable[[], object]) -> float:
    """Give the seconds of the processor, nothing kept from before."""
    typeset.forget_layouts()
    qr.svg.cache_clear()
    started = time.process_time()
    work()
    return time.process_time() - started


def _rows(paper: Paper) -> list[tuple[str, ...]]:
    blocks = [block for annex in paper.annexes for block in annex.blocks]
    rows = [row for block in blocks if isinstance(block, Grid) for row in block.rows]
    return rows + [item for block in blocks if isinstance(block, CodeTable) for item in block.items]


def _bare_docx(paper: Paper) -> None:
    """Write the rows as python-docx itself does, a table of text without looks or pictures."""
    docx = Document()
    table = docx.add_table(0, 3)
    for texts in _rows(paper):
        for cell, text in zip(table.add_row().cells, texts, strict=False):
            cell.text = text
    docx.save(BytesIO())


def _bare_pdf(paper: Paper) -> None:
    """Set the rows with typst and nothing else."""
    cells = ",".join(f"[{text}]" for texts in _rows(paper) for text in (*texts, "")[:3])
    source = f'#set text(font: "Liberation Serif")\n#table(columns: 3, {cells})'
    typst.compile(source.encode(), font_paths=typeset.fonts())


if __name__ == "__main__":
    main()
