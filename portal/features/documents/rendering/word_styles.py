"""An empty .docx in a format's type, margins and language: what stands in it before the text.

Every kind of line has a style. They carry Word's own names where it has one (Title, Heading 1 …),
so that its outline and screen readers find their way, else a name that a clerk understands; all
are ours, python-docx's template with its coloured headings is left out.
"""

from docx import Document
from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm

from portal.core import clock
from portal.features.documents.formats import PAGE_MM, Format
from portal.features.documents.paper import Paper
from portal.features.documents.rendering.word_xml import Node, node, twips

FONT = "Times New Roman"
_KEPT = {RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.FONT_TABLE,
         RELATIONSHIP_TYPE.THEME}  # fmt: skip


def empty(paper: Paper) -> Docx:
    """Make a document without content: styles, first section, title and language."""
    docx = Document()
    part = docx.part
    for holder, kept in ((part.rels, _KEPT), (part.package.rels, None)):
        for key in [key for key, rel in holder.items() if _is_ballast(rel.reltype, kept)]:
            del holder[key]
    styles = docx.styles.element
    for child in list(styles):
        styles.remove(child)
    styles.extend(_styles(paper.form))
    _settings(docx)
    _properties(docx, paper)
    set_up(docx.sections[0], paper)
    _page_number(docx.sections[0])
    return docx


def set_up(section: Section, paper: Paper) -> None:
    """Give a section the format's paper and margins; its pages are counted from 1."""
    top, bottom, left, right = (Mm(mm) for mm in paper.form.margins_mm)
    section.page_width, section.page_height = (Mm(mm) for mm in PAGE_MM)
    section.top_margin, section.bottom_margin = top, bottom
    section.left_margin, section.right_margin = left, right
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = paper.page_numbers_from > 1
    properties = section._sectPr  # python-docx itself has no page numbers
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    properties.insert_element_before(
        node("w:pgNumType", {"w:start": 1}), "w:cols", "w:titlePg", "w:docGrid"
    )


def _is_ballast(kind: str, kept: set[str] | None) -> bool:
    if kept is None:
        return kind.endswith("/thumbnail")
    return kind not in kept


def _page_number(section: Section) -> None:
    look = parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Header"/></w:pPr>'
        f'<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple></w:p>'
    )
    header = section.header._element
    for paragraph in list(header):
        header.remove(paragraph)
    header.append(look)


def _settings(docx: Docx) -> None:
    settings = docx.settings.element
    for name in ("w:savePreviewPicture", "w:rsids", "w:themeFontLang", "w:proofState"):
        for old in settings.findall(qn(name)):
            settings.remove(old)
    compatibility = settings.find(qn("w:compat"))
    assert compatibility is not None
    notes = node("w:footnotePr", None, *(node("w:footnote", {"w:id": n}) for n in (-1, 0)))
    compatibility.addprevious(notes)
    for setting in compatibility.findall(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _properties(docx: Docx, paper: Paper) -> None:
    about = docx.core_properties
    about.title = paper.title[:255]
    about.language = "vi-VN"
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = clock.now().replace(tzinfo=None, microsecond=0)


def _styles(form: Format) -> list[Node]:
    body, sizes = _body(form), form.sizes
    state = form.point_headings == "bold-line"
    looks = [
        _style("BodyText", "Body Text", body),
        _style("CanCu", "Căn cứ", body, italic=form.bases_style == "italic"),
        _style("Heading1", "heading 1", _outlined(body, 1), bold=True),
        _style("Heading2", "heading 2", _outlined(body, 2), bold=state, italic=not state),
        _style("Heading3", "heading 3", _outlined(body, 3)),
        _style("Heading4", "heading 4", _outlined(body, 4)),
        _style("Title", "Title", f"<w:keepNext/>{_MIDDLE}", sizes["type"], bold=True),
        _style("Subtitle", "Subtitle", f"<w:keepNext/>{_MIDDLE}", sizes["summary"], bold=True),
        _style("PhanDau", "Phần đầu", _MIDDLE, sizes["head"]),
        _style("ChuKy", "Chữ ký", _MIDDLE, sizes["signature"]),
        _style("NoiNhan", "Nơi nhận", _HANGING, sizes["recipients"]),
        _style("OBang", "Ô bảng", '<w:spacing w:before="40" w:after="40"/>', form.body_size - 2),
        _style("Header", "header", _MIDDLE, sizes["page"]),
        _style("FootnoteText", "footnote text", '<w:jc w:val="both"/>', 10),
    ]
    xml = (
        f"<w:styles {nsdecls('w')}>{_defaults(round(form.body_size * 2))}"
        f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:qFormat/></w:style>"
        f'<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        f'<w:name w:val="Default Paragraph Font"/></w:style>'
        f"{''.join(looks)}{_NOTE_MARK}</w:styles>"
    )
    return list(parse_xml(xml))


def _body(form: Format) -> str:
    gap = round(form.paragraph_gap * 20)
    line = (f'w:line="{round(form.line_pt * 20)}" w:lineRule="exact"' if form.line_pt
            else 'w:line="240" w:lineRule="auto"')  # fmt: skip
    return (
        f'<w:spacing w:before="0" w:after="{gap}" {line}/>'
        f'<w:ind w:firstLine="{twips(form.indent_mm)}"/><w:jc w:val="both"/>'
    )


def _outlined(body: str, level: int) -> str:
    return f'<w:keepNext/>{body}<w:outlineLvl w:val="{level - 1}"/>'


def _defaults(half_points: int) -> str:
    return (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240"'
        ' w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )


def _style(
    key: str, name: str, look: str, size: float = 0, *, bold: bool = False, italic: bool = False
) -> str:
    half = round(size * 2)
    letters = "<w:b/><w:bCs/>" * bold + "<w:i/><w:iCs/>" * italic
    letters += f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if size else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{look}</w:pPr>'
        f"<w:rPr>{letters}</w:rPr></w:style>"
    )


_MIDDLE = '<w:jc w:val="center"/>'
_HANGING = (
    f'<w:ind w:left="{twips(2.5)}" w:right="{twips(2)}" w:hanging="{twips(2.5)}"/>'
    '<w:jc w:val="left"/>'
)
_NOTE_MARK = (
    '<w:style w:type="character" w:styleId="FootnoteReference">'
    '<w:name w:val="footnote reference"/><w:basedOn w:val="DefaultParagraphFont"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)
