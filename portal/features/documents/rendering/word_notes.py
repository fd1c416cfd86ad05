"""Footnotes of a .docx: a part of its own, which python-docx cannot make."""

from typing import Final

from docx.document import Document as Docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart

from portal.features.documents.rendering.word_xml import Look, Node, node, paragraph, run

_SEPARATORS: Final = ((-1, "separator"), (0, "continuationSeparator"))


class Notes:
    """The footnotes met while a document is drawn, in their order."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def mark(self, text: str) -> Node:
        """Take a note in and give the small figure that refers to it."""
        self.texts.append(text)
        return _small(node("w:footnoteReference", {"w:id": len(self.texts)}))

    def attach(self, docx: Docx) -> None:
        """Write the notes into the document; it has the part also while there is none."""
        root = node("w:footnotes", None, *(_separator(n, kind) for n, kind in _SEPARATORS))
        for number, text in enumerate(self.texts, 1):
            figure, words = _small(node("w:footnoteRef")), run(f" {text}")
            note = paragraph([figure, words], Look("FootnoteText"))
            root.append(node("w:footnote", {"w:id": number}, note))
        package = docx.part.package
        part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, package)
        docx.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _small(mark: Node) -> Node:
    style = node("w:rStyle", {"w:val": "FootnoteReference"})
    return node("w:r", None, node("w:rPr", None, style), mark)


def _separator(number: int, kind: str) -> Node:
    line = paragraph([node("w:r", None, node(f"w:{kind}"))])
    return node("w:footnote", {"w:type": kind, "w:id": number}, line)
