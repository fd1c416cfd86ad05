"""A sheet as .docx: large type, wide lines, nothing but text, to be read aloud or handed over."""

from io import BytesIO
from typing import Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from portal.core import clock
from portal.features.deployment.wording import Sheet

_FONT: Final = "Times New Roman"
_SIZE: Final = 16


def draw(sheet: Sheet) -> bytes:
    """Give a sheet as a .docx file; every text in it stands there literally."""
    docx = Document()
    section = docx.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    style = docx.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.line_spacing = 1.4
    style.paragraph_format.space_after = Pt(8)
    for line in sheet.title.split("\n"):
        title = docx.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.add_run(line).bold = True
    for line in sheet.lines:
        paragraph = docx.add_paragraph()
        run = paragraph.add_run(line)
        run.bold = line.endswith(":")
        if line.startswith("- "):
            paragraph.paragraph_format.left_indent = Mm(6)
            paragraph.paragraph_format.first_line_indent = Mm(-4)
    about = docx.core_properties
    about.title, about.author, about.language = sheet.title.replace("\n", ", "), "", "vi-VN"
    about.comments, about.created, about.modified = "", clock.now(), clock.now()
    out = BytesIO()
    docx.save(out)
    return out.getvalue()
