"""A .docx file read into the parts of a document."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from docx.oxml.ns import qn

from portal.core import legacy
from portal.core.text import N_, fold
from portal.features.documents.importing import Imported, Notice, outline
from portal.features.documents.importing.lines import Item, is_broken
from portal.features.documents.importing.lists import Lists, styles_of
from portal.features.documents.importing.opening import BROKEN, Package, refused
from portal.features.documents.importing.story import Story, fonts_apart, notes_of

_MET: Final = {
    "image": N_("Có %(n)s hình không đưa vào được; mã QR thì Cổng tự in ở phụ lục."),
    "object": N_("Có %(n)s đối tượng nhúng (biểu đồ, bảng Excel) không đưa vào được."),
    "change": N_("Tệp đang theo dõi sửa đổi: đã nhận mọi sửa đổi."),
    "comment": N_("Đã bỏ qua %(n)s góp ý bên lề."),
    "nested": N_("Có %(n)s bảng nằm trong bảng khác, được đọc thành chữ."),
}
OLD_FONT: Final = N_(
    "Chữ gõ bằng phông cũ (.VnTime, VNI) đã được chuyển sang Unicode. Mời đọc lại."
)


def read(data: bytes) -> Imported:
    """Read a .docx file.

    Automatic numbers are worked out, followed changes accepted, footnotes hung where they stand;
    a table headed like one of duties becomes duties, others appendices.

    Args:
        data: the file as it was sent.

    Raises:
        Invalid: under "file", why it cannot be taken.
    """
    items, notices = lines_of(data)
    imported = outline.arranged(items, broken=is_broken(items))
    return replace(imported, notices=(*imported.notices, *notices))


def lines_of(data: bytes) -> tuple[list[Item], list[Notice]]:
    """Give the paragraphs and tables of a .docx file, and what is to be told of it.

    Raises:
        Invalid: under "file", why it cannot be taken.
    """
    package = Package.opened(data)
    try:
        story, items = _items(package)
    except RecursionError as error:  # nested deeper than any real text
        raise refused(BROKEN) from error
    notices = [Notice(text, {"n": story.met[kind]}) for kind, text in _MET.items()
               if story.met[kind]]  # fmt: skip
    if story.spoiled or story.encoding:
        notices.append(Notice(OLD_FONT))
    return items, notices


def _items(package: Package) -> tuple[Story, list[Item]]:
    document = package.document()
    body = document.find(qn("w:body"))
    if body is None:
        raise refused(BROKEN)
    story = Story(Lists.of(package.part("numbering.xml")), styles_of(package.part("styles.xml")))
    lines, old = fonts_apart(document, story.styles)
    story.spoiled = legacy.detect("\n".join(old)) is not None
    story.encoding = None if story.spoiled else legacy.detect("\n".join(lines))
    story.notes = {
        mark: text
        for kind in ("footnote", "endnote")
        for mark, text in notes_of(package.part(f"{kind}s.xml"), kind, story).items()
    }
    items = list(story.blocks(body))
    return story, items if _has_title(items) else [*_header(package, story), *items]


def _has_title(items: Sequence[Item]) -> bool:
    """Tell whether the national title, or the Party's, stands in the text."""
    lines = [fold(item) for item in islice(items, 20) if isinstance(item, str)]
    return any("cong hoa xa hoi" in line or "dang cong san" in line for line in lines)


def _header(package: Package, story: Story) -> list[Item]:
    """Read a page header if the title stands there; other headers are no text."""
    for name in package.headers()[:10]:
        root = package.part(name)
        items = list(story.blocks(root)) if root is not None else []
        if _has_title(items):
            return items
    return []
