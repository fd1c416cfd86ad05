"""A .docx is opened again and says what the format asks for."""

import time
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
import zxingcpp
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from portal.features.documents.body import Appendix, AppendixKind, Level
from portal.features.documents.formats import format_of
from portal.features.documents.paper import Paper, Paragraph, Run
from portal.features.documents.paper.compose import compose
from portal.features.documents.rendering import word
from tests.support import printed
from tests.support.composed import ISSUED, PLAN, STATE, listing, section, units

LISTS = (Appendix(kind=AppendixKind.UNITS, title="Danh sách"),
         Appendix(kind=AppendixKind.QR_CODES, title="Mã QR"))  # fmt: skip


ISSUED_FORM = format_of(ISSUED.format_code)


def opened(paper: Paper):
    return Document(BytesIO(word.draw(paper)))


def parts(paper: Paper) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(word.draw(paper))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml(paper: Paper, name: str):
    return etree.fromstring(parts(paper)[name])


def with_lists(count: int) -> Paper:
    return compose(listing(ISSUED, *LISTS), units=units(count))


def drawn_lines(cell):
    """Give the lengths in mm of the lines drawn in a cell of the head."""
    width = int(cell._tc.tcPr.find(qn("w:tcW")).get(qn("w:w")))
    sides = [p._p.pPr.find(qn("w:ind")) for p in cell.paragraphs
             if p._p.pPr.find(qn("w:pBdr")) is not None]  # fmt: skip
    return [
        (width - int(side.get(qn("w:left"))) - int(side.get(qn("w:right")))) / 1440 * 25.4
        for side in sides
    ]


def words(cell):
    return [p.text for p in cell.paragraphs if p.text]


def test_paper_margins_and_letters_are_the_formats():
    docx = opened(compose(STATE))
    section = docx.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert tuple(round(margin.mm) for margin in margins) == (20, 20, 30, 15)
    styles = etree.tostring(docx.styles.element).decode()
    assert 'w:ascii="Times New Roman"' in styles
    assert "Theme=" not in styles


def test_the_head_of_the_state_has_the_title_on_one_line_and_both_lines_below():
    left, right = opened(compose(STATE)).tables[0].rows[0].cells
    assert words(left) == ["ỦY BAN NHÂN DÂN", "PHƯỜNG BẮC KẠN"]
    assert words(right) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    (short,), (long,) = drawn_lines(left), drawn_lines(right)
    assert 13 < short < 22  # From a third to half of the issuer's longest line, 43 mm.
    assert 53 < long < 58  # As long as the motto.


def test_the_head_of_the_party_has_a_star_and_its_line():
    left, right = opened(compose(ISSUED)).tables[0].rows[0].cells
    assert words(left) == ["TỈNH ỦY BẮC GIANG", "BCĐ THỰC HIỆN QCDC TỈNH", "*"]
    assert drawn_lines(left) == []
    assert words(right) == ["ĐẢNG CỘNG SẢN VIỆT NAM"]
    assert len(drawn_lines(right)) == 1


def test_number_and_date_stand_side_by_side_and_a_draft_says_so_above():
    *_, draft, numbered = opened(compose(PLAN)).tables[0].rows
    assert draft.cells[0].text == "DỰ THẢO"
    assert "-KH/BCĐ" in numbered.cells[0].text
    assert numbered.cells[1].text.startswith("Bắc Giang, ngày")
    assert len(opened(compose(ISSUED)).tables[0].rows) == 2


def test_the_page_number_stands_in_the_middle_above_from_page_2():
    section = opened(compose(ISSUED)).sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.is_linked_to_previous  # Nothing stands in it.
    header = section.header.paragraphs[0]
    assert " PAGE " in etree.tostring(header._p).decode()
    assert header.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert header.style.font.size.pt == ISSUED_FORM.sizes["page"]


def test_body_is_justified_and_indented_with_the_formats_spacing():
    style = opened(compose(ISSUED)).styles["Body Text"].paragraph_format
    assert style.first_line_indent.mm == pytest.approx(10, abs=0.1)
    assert style.line_spacing.pt == 18
    assert style.space_after.pt == 6
    assert opened(compose(STATE)).styles["Body Text"].paragraph_format.line_spacing == 1.0


def test_parts_are_headings_so_that_word_can_outline_them():
    docx = opened(compose(ISSUED))
    heads = [p.text for p in docx.paragraphs if p.style.name == "Heading 1"]
    assert heads[:2] == ["I. MỤC ĐÍCH, YÊU CẦU", "II. NỘI DUNG"]
    assert [p.text for p in docx.paragraphs if p.style.name == "Title"] == ["KẾ HOẠCH"]
    assert all(p.paragraph_format.keep_with_next is not False for p in docx.paragraphs[:1])


def test_headings_of_every_depth_carry_their_outline_level():
    levels = (Level.PART, Level.POINT, Level.SUBPOINT, Level.LETTER)
    sections = tuple(section(level, "Đầu mục") for level in (*levels, Level.DASH))
    docx = opened(compose(replace(STATE, body=replace(STATE.body, sections=sections))))
    heads = [p for p in docx.paragraphs if p.text.casefold().endswith("đầu mục")]
    styles = [p.style for p in heads if p.style.name.startswith("Heading")]
    assert [style.name for style in styles] == [f"Heading {n}" for n in (1, 2, 3, 4)]
    outline = [style.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) for style in styles]
    assert outline == ["0", "1", "2", "3"]


@pytest.mark.parametrize("document", [STATE, ISSUED])
def test_every_kind_of_line_has_a_style_that_a_clerk_can_change_at_once(document):
    docx = opened(compose(document))
    cells = [cell for table in docx.tables for row in table.rows for cell in row.cells]
    everything = [*docx.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    used = {p.text: p.style.name for p in everything if p.text}
    assert used["Nơi nhận:"] == "Nơi nhận"
    assert used["Nguyễn Văn Mẫu"] == "Chữ ký"
    assert used["Lập danh sách"] == "Ô bảng"
    assert used[compose(document).issuer_lines[0]] == "Phần đầu"
    assert {p.style.name for p in docx.paragraphs if "Căn cứ Luật" in p.text} == {"Căn cứ"}
    assert "Normal" not in used.values()


def test_a_table_at_the_end_goes_over_to_the_page_of_the_signature_with_its_last_row():
    body = replace(ISSUED.body, closing="", sections=ISSUED.body.sections[:-1])
    *_, table, ending = opened(compose(replace(ISSUED, body=body))).tables
    kept = [[p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs]
            for row in table.rows]  # fmt: skip
    assert all(kept[-1])
    assert not any(any(row) for row in kept[:-1])
    assert ending.rows[0].cells[0].text.startswith("Nơi nhận:")


def test_notes_are_real_footnotes():
    paper = compose(ISSUED)
    notes = xml(paper, "word/footnotes.xml").findall(qn("w:footnote"))
    shown = ["".join(note.itertext()).strip() for note in notes]
    assert shown == ["", "", "Cơ quan Đảng ủy, Ủy ban nhân dân.", "Qua phiếu."]
    marks = xml(paper, "word/document.xml").iter(qn("w:footnoteReference"))
    assert [mark.get(qn("w:id")) for mark in marks] == ["1", "2"]
    assert b"footnotes+xml" in parts(paper)["[Content_Types].xml"]


def test_signature_and_recipients_are_never_torn_apart():
    docx = opened(compose(STATE))
    (row,) = docx.tables[-1].rows
    assert row._tr.trPr.find(qn("w:cantSplit")) is not None
    left, right = row.cells
    assert words(left)[0] == "Nơi nhận:"
    assert words(right) == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
                            "Nguyễn Văn Mẫu"]  # fmt: skip
    before = docx.tables[-1]._tbl.getprevious()
    assert before.pPr.find(qn("w:keepNext")) is not None


@pytest.mark.parametrize(("form", "bold"), [("party-hd36", True), ("party-hd05", False)])
def test_hd_05_does_not_make_the_title_bold(form, bold):
    right = opened(compose(replace(ISSUED, format_code=form))).tables[-1].rows[0].cells[1]
    title = next(p for p in right.paragraphs if p.text == "TRƯỞNG BAN")
    assert bool(title.runs[0].bold) is bold


def test_the_table_of_duties_repeats_its_head():
    table = opened(compose(ISSUED)).tables[1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [cell.text for cell in table.rows[1].cells][:2] == ["1", "Lập danh sách"]


def test_an_appendix_has_pages_of_its_own():
    docx = opened(with_lists(3))
    assert len(docx.sections) == 3
    starts = [
        section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for section in docx.sections
    ]
    assert starts == ["1", "1", "1"]
    assert all(section.different_first_page_header_footer for section in docx.sections)
    assert "Phụ lục II\nMÃ QR" in [p.text for p in docx.paragraphs if p.style.name == "Heading 1"]


def test_every_code_can_be_scanned_and_read_aloud():
    made = parts(with_lists(4))
    pictures = [name for name in made if name.startswith("word/media/")]
    assert len(pictures) == 4
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(made["word/media/ma-qr-2.png"])))
    assert code.text == "https://danchu.example.vn/k7rm0002"
    texts = [
        e.get("descr") for e in etree.fromstring(made["word/document.xml"]).iter(qn("wp:docPr"))
    ]
    assert texts[1] == "Mã QR: 2. Xã 2, Huyện Mẫu, k7rm-0002, https://danchu.example.vn/k7rm0002"


def test_the_file_tells_its_title_and_language_and_nobody_who_typed_it():
    about = opened(compose(ISSUED)).core_properties
    assert about.title.startswith("Kế hoạch tổ chức khảo sát")
    assert about.language == "vi-VN"
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    names = parts(compose(ISSUED))
    assert not [name for name in names if "vba" in name.lower() or "thumbnail" in name]


def test_signs_that_xml_cannot_hold_are_left_out():
    odd = Paragraph((Run("một\x0b hai\ud800 ba\x00"),))
    docx = opened(replace(printed.PARTY, blocks=(odd,)))
    assert "một hai ba" in [p.text for p in docx.paragraphs]


@pytest.mark.parametrize("paper", [printed.PARTY, printed.STATE, printed.LETTER])
def test_whatever_is_on_the_paper_is_in_the_file(paper):
    text = "".join(opened(paper).element.body.itertext())
    above = (*paper.issuer_lines, paper.date_line, *paper.subject_lines, *paper.addressees)
    below = (*paper.recipients, *paper.authority_lines, *paper.title_lines, paper.signer)
    for line in (*above, *below):
        assert line in text


def test_209_communes_with_their_codes_take_less_than_2_seconds():
    paper = with_lists(209)
    start = time.process_time()
    assert len(word.draw(paper)) < 500_000
    assert time.process_time() - start < 2
