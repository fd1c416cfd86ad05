"""Tables of a .docx: rows of text with a head that repeats, and codes to scan."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import count, islice

import qrcode
from docx.document import Document as Docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Mm
from PIL import Image
from qrcode.constants import ERROR_CORRECT_Q

from portal.features.documents.formats import Format
from portal.features.documents.paper import (
    CODE_MM,
    CODES_PER_ROW,
    CodeTable,
    Grid,
    shown_address,
)
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

_DOTS, _MASK = 6, 2
_LONG = 1500
"""From so many letters a row may go on to the next page."""


def grid(given: Grid, room_mm: float) -> list[Node]:
    """Draw a table as wide as the text, with its caption, and the room below it."""
    widths = [share * room_mm for share in given.widths]
    rows = [row(_cells(given.head, widths, bold=True, centred=range(99)), head=True)]
    rows += [
        row(_cells(texts, widths, centred=given.centred), whole=sum(map(len, texts)) < _LONG)
        for texts in given.rows
    ]
    drawn = [table(widths, rows, lines=True, padding=1.5), _after()]
    if given.caption:
        look = Look(align="center", after=3, keep=True)
        drawn.insert(0, paragraph([run(given.caption, bold=True)], look))
    return drawn


def codes(given: CodeTable, docx: Docx, form: Format, room_mm: float) -> list[Node]:
    """Draw the codes, three in a row, each with its line and its address to type."""
    width, numbers = room_mm / CODES_PER_ROW, count(1)
    rows = []
    for items in _in_rows(given.items):
        drawn = [
            cell(width, _code(line, address, docx, form, next(numbers))) for line, address in items
        ]
        empty = [cell(width, []) for _ in range(CODES_PER_ROW - len(items))]
        rows.append(row([*drawn, *empty]))
    return [table([width] * CODES_PER_ROW, rows, lines=True, padding=1), _after()]


def _cells(
    texts: Sequence[str], widths: Sequence[float], *,
    centred: Container[int], bold: bool = False,
) -> list[Node]:  # fmt: skip
    return [
        cell(
            width,
            [
                paragraph([run(part, bold=bold)], Look("OBang", align=side))
                for part in text.split("\n")
            ],
            middle=True,
        )
        for place, (text, width) in enumerate(zip(texts, widths, strict=True))
        for side in ["center" if place in centred else "left"]
    ]


def _in_rows(items: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    left = iter(items)
    while some := list(islice(left, CODES_PER_ROW)):
        yield some


def _code(line: str, address: str, docx: Docx, form: Format, number: int) -> list[Node]:
    unit, *below = [*line.split("\n"), shown_address(address)]
    size, look = form.body_size - 3, Look("OBang", align="center", before=0, after=0)
    return [
        paragraph([_picture(line, address, docx, number)], replace(look, before=3)),
        paragraph([run(unit, bold=True, size=size)], look),
        *(paragraph([run(text, size=size - 1)], look) for text in below),
    ]


def _picture(line: str, address: str, docx: Docx, number: int) -> Node:
    place = PackURI(f"/word/media/ma-qr-{number}.png")
    relation = docx.part.relate_to(
        ImagePart(place, CONTENT_TYPE.PNG, _png(address)), RELATIONSHIP_TYPE.IMAGE
    )
    side = Mm(CODE_MM)
    inline = CT_Inline.new_pic_inline(number, relation, place.filename, side, side)
    inline.docPr.set("descr", f"Mã QR: {', '.join(line.splitlines())}, {address}")
    return node("w:r", None, node("w:drawing", None, inline))


def _png(address: str) -> bytes:
    """Draw a code with one given mask: looking for the best of eight takes five times as long."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, mask_pattern=_MASK)
    code.add_data(address)
    rows = code.get_matrix()
    side, out = len(rows), BytesIO()
    dots = bytes(0 if dark else 255 for row in rows for dark in row)
    picture = Image.frombytes("L", (side, side), dots).resize((side * _DOTS, side * _DOTS), 0)
    picture.convert("1").save(out, "PNG")
    return out.getvalue()


def _after() -> Node:
    return paragraph([], Look(exact=6))
