"""Files from Word, made and read."""

import io
import zipfile

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from portal.features.documents.importing import Imported, word

NS = nsdecls("w")


def saved(document: Document) -> bytes:
    """Give the file of a document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(document: Document) -> Imported:
    """Bring a document in."""
    return word.read(saved(document))


def plan() -> Document:
    """Begin a plan: its type and its summary."""
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("tổ chức khảo sát ý kiến người dân")
    return document


def add_xml(document: Document, xml: str) -> None:
    """Put raw WordprocessingML before the section's properties."""
    document.element.body.insert(-1, parse_xml(xml))


def add_run(document: Document, inner: str, properties: str = "") -> None:
    """Add a paragraph of raw runs."""
    add_xml(document, f"<w:p {NS}>{properties}{inner}</w:p>")


def run(text: str, properties: str = "") -> str:
    """Write a run as raw WordprocessingML."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def texts(imported: Imported) -> list[str]:
    """Give what the sections say."""
    return [section.text or section.heading for section in imported.sections]


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Give the archive with one part replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member.filename, old.read(member))
        new.writestr(name, content)
    return stream.getvalue()
