"""Papers as compose makes them, and what other libraries read out of the drawn files."""

import re
from collections.abc import Iterator
from ctypes import create_string_buffer
from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdfium2
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from pypdfium2 import raw

from portal.features.documents.formats import format_of
from portal.features.documents.paper import Annex, Block, CodeTable, Grid, Paper, Paragraph, Run
from portal.features.documents.rendering import pdf, word

ADDRESS = "https://danchu.example.vn/k7rm4wxq"


def text(words: str, style: str = "body", *, note: str = "") -> Paragraph:
    """Give a paragraph of plain text."""
    return Paragraph((Run(words, note=note),), style)


def part(words: str, style: str = "part") -> Paragraph:
    """Give a heading."""
    return Paragraph((Run(words, bold=True),), style, keep_with_next=True)


PARTY = Paper(
    form=format_of("party-hd36"),
    title="Kế hoạch tổ chức khảo sát, lấy ý kiến của người dân",
    parent_lines=("TỈNH ỦY BẮC GIANG",),
    issuer_lines=("BCĐ THỰC HIỆN QCDC TỈNH",),
    number_line="Số 191-KH/BCĐ",
    subject_lines=(),
    date_line="Bắc Giang, ngày 19 tháng 4 năm 2024",
    type_line="KẾ HOẠCH",
    summary_lines=(
        "tổ chức khảo sát, lấy ý kiến của người dân về",
        "kết quả thực hiện quy chế dân chủ ở xã, phường, thị trấn",
    ),
    addressees=(),
    blocks=(
        text("Thực hiện Kết luận số 54-KL/TU ngày 03/3/2021 của Ban Thường vụ Tỉnh ủy về tiếp tục "
             "thực hiện Nghị quyết số 110-NQ/TU của Tỉnh ủy,", "basis"),
        text("Ban Dân vận Tỉnh ủy xây dựng Kế hoạch tổ chức khảo sát, lấy ý kiến của người dân về "
             "kết quả thực hiện quy chế dân chủ ở xã, phường, thị trấn, cụ thể như sau:"),
        part("I. MỤC ĐÍCH, YÊU CẦU"),
        text("1. Thu thập thông tin, đánh giá kết quả việc thực hiện quy chế dân chủ ở xã, phường, "
             "thị trấn, làm căn cứ tham mưu, đề xuất với Thường trực Tỉnh ủy có những giải pháp "
             "lãnh đạo, chỉ đạo nâng cao chất lượng việc thực hiện.", "point",
             note="Theo Luật Thực hiện dân chủ ở cơ sở."),
        part("II. NỘI DUNG, PHƯƠNG PHÁP THỰC HIỆN"),
        Paragraph((Run("2. Thời gian, địa điểm khảo sát: ", italic=True),
                   Run("03 ngày, từ ngày 06/5 - 08/5/2024.")), "point"),
        text("- Chỉ hướng dẫn kỹ thuật, để người dân trực tiếp trả lời.", "dash"),
    ),
    authority_lines=("K/T TRƯỞNG BAN",),
    title_lines=("PHÓ TRƯỞNG BAN THƯỜNG TRỰC", "kiêm", "TRƯỞNG BAN DÂN VẬN TỈNH ỦY"),
    signer="Nguyễn Văn Mẫu",
    recipients=("- Thường trực Tỉnh ủy (b/c),", "- Các huyện, thị, thành ủy,", "- Lưu VT."),
)  # fmt: skip

STATE = replace(
    PARTY,
    form=format_of("state-nd30"),
    title="Kế hoạch lấy ý kiến Nhân dân",
    parent_lines=("ỦY BAN NHÂN DÂN", "TỈNH THÁI NGUYÊN"),
    issuer_lines=("ỦY BAN NHÂN DÂN", "PHƯỜNG BẮC KẠN"),
    number_line="Số: 05/KH-UBND",
    date_line="Bắc Kạn, ngày 05 tháng 02 năm 2026",
    summary_lines=("Lấy ý kiến Nhân dân về dự thảo quy chế",),
    blocks=(
        Paragraph((Run("Căn cứ Luật Thực hiện dân chủ ở cơ sở;", italic=True),), "basis"),
        *PARTY.blocks,
    ),
    authority_lines=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"),
    title_lines=("PHÓ CHỦ TỊCH",),
    recipients=("- Đảng ủy phường (b/c);", "- Các tổ dân phố;", "- Lưu: VT."),
)
LETTER = replace(
    STATE,
    title="Công văn về việc tuyên truyền",
    number_line="Số: 12/UBND-VX",
    subject_lines=("V/v tuyên truyền lấy ý kiến",),
    type_line="",
    summary_lines=(),
    addressees=("Kính gửi:", "- Ban Thường trực Ủy ban MTTQ phường;", "- Các tổ dân phố."),
)


def with_annexes(paper: Paper, *annexes: tuple[Block, ...]) -> Paper:
    """Give the paper with appendices of these blocks."""
    made = tuple(
        Annex(f"Phụ lục {'I' * number}", "DANH SÁCH ĐƠN VỊ",
              "(Kèm theo Kế hoạch số 191-KH/BCĐ ngày 19/4/2024)", blocks)
        for number, blocks in enumerate(annexes, 1)
    )  # fmt: skip
    return replace(paper, annexes=made)


def units(count: int) -> Grid:
    """Give a list of made-up communes."""
    rows = tuple(
        (str(n), f"Xã Mẫu {n}", f"huyện Mẫu {n % 10}", f"danchu.example.vn/k7rm-{n:04}")
        for n in range(1, count + 1)
    )
    head = ("TT", "Đơn vị", "Huyện", "Địa chỉ phiếu")
    return Grid(head, rows, (0.08, 0.3, 0.27, 0.35), frozenset({0}))


def codes(count: int) -> CodeTable:
    """Give as many codes."""
    return CodeTable(tuple((f"Xã Mẫu {n}", f"{ADDRESS}{n}") for n in range(count)))


def disagreements(paper: Paper) -> list[str]:
    """Give what stands in only one of .docx and PDF, or not in the same order; [] if nothing.

    Spaces, line ends and lone numbers (of pages, of rows) are left out of account, and the first
    letters of a paragraph stand for it, since a page may end within it.
    """
    said, notes = _docx_lines(word.draw(paper))
    printed = _pdf_lines(pdf.draw(paper))
    whole, place, lost = "".join(printed), 0, []
    for line in said:
        found = whole.find(line[:30], place)
        lost += [line] if found < 0 else []
        place = max(place, found)
    every = "".join((*said, *notes))
    return lost + [line for line in printed if line.lstrip("0123456789") not in every]


def structure(document: pypdfium2.PdfDocument, page: int) -> Iterator[tuple[str, str]]:
    """Give tag and description of every element that a screen reader meets on a page."""
    shown = document[page]  # It is closed once nothing refers to it.
    tree = raw.FPDF_StructTree_GetForPage(shown.raw)
    for n in range(raw.FPDF_StructTree_CountChildren(tree)):
        yield from _spoken(raw.FPDF_StructTree_GetChildAtIndex(tree, n))
    raw.FPDF_StructTree_Close(tree)


def _spoken(element: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - a handle of pdfium
    yield (_string(raw.FPDF_StructElement_GetType, element),
           _string(raw.FPDF_StructElement_GetAltText, element))  # fmt: skip
    for n in range(raw.FPDF_StructElement_CountChildren(element)):
        if child := raw.FPDF_StructElement_GetChildAtIndex(element, n):
            yield from _spoken(child)


def _string(read: Any, element: Any) -> str:  # noqa: ANN401 - a function of pdfium
    buffer = create_string_buffer(1000)
    size = read(element, buffer, len(buffer))
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le")


def _docx_lines(drawn: bytes) -> tuple[list[str], list[str]]:
    docx = Document(BytesIO(drawn))
    [notes] = (one.target_part for one in docx.part.rels.values() if "footnotes" in one.reltype)
    return _paragraphs(docx.element.body), _paragraphs(parse_xml(notes.blob))


def _paragraphs(element: Any) -> list[str]:  # noqa: ANN401 - an element of lxml
    inner = (qn("w:t"), qn("w:footnoteReference"))
    texts = (
        "".join(part.text or part.get(qn("w:id"), "") for part in one.iter(*inner))
        for one in element.iter(qn("w:p"))
    )
    return [flat for text in texts if (flat := _flat(text)) and not flat.isdigit()]


def _pdf_lines(drawn: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(drawn)
    lines = []
    for page in document:
        found = page.get_textpage().get_text_bounded().replace("\ufffe", "-")
        lines += [flat for line in found.splitlines() if (flat := _flat(line))]
    return [line for line in lines if not line.isdigit()]


def _flat(text: str) -> str:
    return re.sub(r"[\s\u200b\u2060]+", "", text)
