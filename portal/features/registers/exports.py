"""A register on paper, as a spreadsheet, and as the metadata that archives take in."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree as ET

import typst

from portal.core import clock, typeset
from portal.core.workbook import Column, Sheet, workbook
from portal.features.registers.models import EntryState, RegisterEntry
from portal.features.registers.pages import STATES

_COLUMNS = (
    Column("Số, ký hiệu", 18), Column("Ngày văn bản", 13), Column("Tên loại", 14),
    Column("Trích yếu nội dung", 60), Column("Người ký", 24), Column("Chức vụ người ký", 22),
    Column("Nơi nhận", 40), Column("Số trang", 9), Column("Trạng thái", 14), Column("Lý do", 30),
    Column("Người vào sổ", 24),
)  # fmt: skip
_TEMPLATE = typeset.TEMPLATES / "register.typ"
_RECIPIENTS = re.compile(r"[;\n]")


@dataclass(frozen=True)
class Book:
    """What is exported."""

    organ: str
    """As its letterhead prints it."""
    period: str
    of_what: str
    """The type, or “các loại văn bản”."""
    names: Mapping[str, str]
    """Names of types by their codes."""
    entries: Iterable[RegisterEntry]
    """From the first number to the last."""


def spreadsheet(stream: IO[bytes], book: Book) -> None:
    """Write the register as an .xlsx, a row a number; texts are texts, never formulas."""
    with workbook(stream) as file:
        sheet = Sheet(file, "Sổ văn bản đi", _COLUMNS)
        for entry in book.entries:
            sheet.add((
                entry.number_text, clock.format_date(entry.dated_on),
                book.names.get(entry.type_code, ""), entry.summary, entry.signer,
                entry.signer_title, entry.recipients, entry.pages, STATES[entry.state],
                entry.reason, entry.entered_by,
            ))  # fmt: skip
        sheet.close()


def pdf(book: Book) -> bytes:
    """Give the register as it is printed and bound: A4 across, its head on every page.

    The columns are those of NĐ 30/2020 Annex IV, as far as the portal keeps them.
    """
    data = {
        "organ": book.organ,
        "title": f"Sổ đăng ký văn bản đi – {book.of_what}",
        "of_what": book.of_what,
        "period": ("năm " if book.period.isdigit() else "nhiệm kỳ ") + book.period,
        "made": clock.format_date(clock.today()),
        "rows": [_row(book, entry) for entry in book.entries],
    }
    given = {"register": json.dumps(data)}
    made = typst.compile(_TEMPLATE, font_paths=typeset.fonts(), sys_inputs=given)
    typeset.forget_layouts()
    return made


def _row(book: Book, entry: RegisterEntry) -> list[str]:
    kind = book.names.get(entry.type_code, "")
    state = STATES[entry.state] if entry.state != EntryState.USED else ""
    cells = (
        entry.number_text,
        clock.format_date(entry.dated_on),
        ": ".join(filter(None, (kind, entry.summary))),
        "\n".join(filter(None, (entry.signer, entry.signer_title))),
        entry.recipients,
        str(entry.pages or ""),
        ": ".join(filter(None, (state, entry.reason))) if state else "",
    )
    return [_breakable(cell) for cell in cells]


def _breakable(text: str) -> str:
    """Let what nobody would call a word be broken, so that it stays in its cell."""
    return re.sub(r"\S{20,}", lambda word: re.sub(r"(.{10})", "\\1\u200b", word[0]), text)


def metadata(book: Book) -> bytes:
    """Give the used numbers as the metadata of NĐ 30/2020 Annex VI (papers sent out), in XML.

    Fields, their order and greatest lengths are the annex's. What the portal does not know, such
    as the file a paper lies in or the recipients' codes, stays empty for whoever takes it in.
    """
    root = ET.Element("Documents")
    for entry in book.entries:
        if entry.state == EntryState.USED:
            _describe(ET.SubElement(root, "Document"), book, entry)
    ET.indent(root)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _describe(into: ET.Element, book: Book, entry: RegisterEntry) -> None:
    file = ET.SubElement(into, "FileCode")
    _put(file, "OrganId", "", 13)
    _put(file, "FileCatalog", str(entry.dated_on.year), 4)
    _put(file, "FileNotation", "", 20)
    _put(into, "DocOrdinal", "", 3)
    _put(into, "TypeName", book.names.get(entry.type_code, ""), 100)
    _put(into, "CodeNumber", f"{entry.number:02}", 11)
    _put(into, "CodeNotation", entry.symbol.lstrip("-/"), 30)
    _put(into, "IssuedDate", clock.format_date(entry.dated_on), 10)
    _put(into, "OrganName", book.organ, 200)
    _put(into, "Subject", entry.summary, 500)
    _put(into, "Language", "Tiếng Việt", 30)
    _put(into, "PageAmount", str(entry.pages or ""), 3)
    _put(into, "Description", entry.reason, 500)
    signer = ET.SubElement(into, "SignerInfo")
    _put(signer, "Position", entry.signer_title, 100)
    _put(signer, "FullName", entry.signer, 50)
    for name in _recipients(entry.recipients):
        to = ET.SubElement(into, "To")
        _put(to, "OrganId", "", 13)
        _put(to, "OrganName", name, 200)
    _put(into, "Priority", "0", 1)  # The register knows no urgent papers: ordinary.
    _put(into, "IssuedAmount", "", 3)
    _put(into, "DueDate", "", 10)


def _recipients(text: str) -> list[str]:
    """Give the places a paper goes to; “Lưu: VT” is where it stays."""
    names = (part.strip(" -.") for part in _RECIPIENTS.split(text))
    return [name for name in names if name and not name.casefold().startswith("lưu")]


def _put(into: ET.Element, name: str, text: str, longest: int) -> None:
    ET.SubElement(into, name).text = text if len(text) <= longest else text[: longest - 1] + "…"
