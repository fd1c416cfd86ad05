"""Files from Word: what they say is read."""

import io

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Inches
from PIL import Image

from portal.features.documents.body import AppendixKind, Level, SectionRole
from portal.features.documents.importing import opening, word
from tests.support.worded import NS, add_run, add_xml, plan, read, run, saved, texts, with_part

LISTS = (
    (0, "upperRoman", "%1."),
    (1, "decimal", "%2."),
    (2, "decimal", "%2.%3."),
    (3, "lowerLetter", "%4)"),
    (4, "bullet", "-"),
)


def with_lists(document: Document) -> Document:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, kind, text in LISTS
    )
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    numbering.append(parse_xml(f'<w:abstractNum {NS} w:abstractNumId="9">{levels}</w:abstractNum>'))
    for number, start in (("9", ""), ("10", '<w:startOverride w:val="1"/>')):
        over = f'<w:lvlOverride w:ilvl="1">{start}</w:lvlOverride>' if start else ""
        xml = f'<w:num {NS} w:numId="{number}"><w:abstractNumId w:val="9"/>{over}</w:num>'
        numbering.append(parse_xml(xml))
    return document


def add_item(document: Document, level: int, text: str, list_: int = 9) -> None:
    properties = (
        f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr></w:pPr>'
    )
    add_run(document, run(text), properties)


def test_automatic_numbers_become_levels():
    document = with_lists(plan())
    for level, text in (
        (0, "MỤC ĐÍCH, YÊU CẦU"), (1, "Mục đích"), (4, "Nắm ý kiến của người dân."),
        (0, "NỘI DUNG"), (1, "Phương pháp tiến hành"), (2, "Công cụ khảo sát"), (3, "Mã QR"),
    ):  # fmt: skip
        add_item(document, level, text)
    assert [section.level for section in read(document).sections] == [
        Level.PART, Level.POINT, Level.DASH,
        Level.PART, Level.POINT, Level.SUBPOINT, Level.LETTER,
    ]  # fmt: skip


def test_numbers_count_as_word_counts_them():
    document = with_lists(plan())
    for level, text, list_ in (
        (0, "A", 9), (1, "B", 9), (1, "C", 9), (0, "D", 9), (1, "E", 9), (1, "F", 10), (2, "G", 10)
    ):  # fmt: skip
        add_item(document, level, text, list_)
    numbered = word._items(opening.Package.opened(saved(document)))[1]
    assert numbered[2:] == ["I. A", "1. B", "2. C", "II. D", "1. E", "1. F", "1.1. G"]


def test_a_list_of_a_style_counts_too():
    document = with_lists(plan())
    style = document.styles["List Number"].element
    properties = style.get_or_add_pPr()
    for old in properties.findall(qn("w:numPr")):
        properties.remove(old)
    properties.append(parse_xml(f'<w:numPr {NS}><w:numId w:val="9"/></w:numPr>'))
    document.add_paragraph("NỘI DUNG", style="List Number")
    assert read(document).sections[0].level is Level.PART


def test_followed_changes_are_accepted():
    document = plan()
    add_run(
        document,
        run("1. Từ ngày ")
        + f'<w:del w:id="1" w:author="a"><w:r><w:delText>06/5</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="a">{run("07/5")}</w:ins>'
        f'<w:moveFrom w:id="3" w:author="a">{run(" cũ")}</w:moveFrom>{run(" đến 08/5/2024.")}',
    )
    imported = read(document)
    assert texts(imported) == ["Từ ngày 07/5 đến 08/5/2024."]
    assert any("theo dõi sửa đổi" in notice.message for notice in imported.notices)


def test_paragraphs_whose_end_was_deleted_are_one():
    document = plan()
    mark = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
    add_run(document, run("1. Lấy ý kiến "), mark)
    add_run(document, run("của người dân."))
    assert texts(read(document)) == ["Lấy ý kiến của người dân."]


def test_hidden_text_and_comments_are_left_out():
    document = plan()
    paragraph = document.add_paragraph("1. Ban hành kế hoạch.")
    document.add_comment(paragraph.runs, text="Xem lại", author="a")
    add_run(document, run("2. Tổ chức thực hiện.") + run(" Mật", "<w:vanish/>"))
    assert texts(read(document)) == ["Ban hành kế hoạch.", "Tổ chức thực hiện."]


def test_fields_show_their_result_only():
    document = plan()
    begin, middle, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = "<w:r><w:instrText>DATE</w:instrText></w:r>"
    add_run(document, run("1. Trước ngày ") + begin + code + middle + run("04/5/2024.") + end)
    assert texts(read(document)) == ["Trước ngày 04/5/2024."]


def test_footnotes_are_hung_where_they_stand():
    document = plan()
    add_run(
        document,
        run("1. Cơ quan cấp xã") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" báo cáo."),
    )
    note = f'<w:footnotes {NS}><w:footnote w:id="2"><w:p>{run("Đảng ủy, UBND.")}</w:p></w:footnote>'
    data = with_part(saved(document), "word/footnotes.xml", f"{note}</w:footnotes>".encode())
    assert texts(word.read(data)) == ["Cơ quan cấp xã[[Đảng ủy, UBND.]] báo cáo."]


def test_text_boxes_are_read_once():
    document = plan()
    document.add_paragraph("1. Nội dung khảo sát.")
    box = f"<w:txbxContent><w:p>{run('2. Thời gian: từ 06/5.')}</w:p></w:txbxContent>"
    add_xml(
        document,
        f'<w:p {NS} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'xmlns:v="urn:schemas-microsoft-com:vml"><w:r><mc:AlternateContent>'
        f'<mc:Choice Requires="v">'
        f"<w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    assert texts(read(document)) == ["Nội dung khảo sát.", "từ 06/5."]


def test_images_are_reported():
    document = plan()
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, "PNG")
    document.add_picture(stream, Inches(1))
    (notice,) = [one for one in read(document).notices if "hình" in one.message]
    assert notice.values == {"n": 1}


def fill(document: Document, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts_ in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts_, strict=True):
            cell.text = text


def test_a_table_of_duties_becomes_duties():
    document = plan()
    document.add_paragraph("III. TỔ CHỨC THỰC HIỆN")
    fill(
        document,
        [
            ["TT", "Nội dung công việc", "Đơn vị chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm"],
            ["1", "Lập danh sách", "Hội Nông dân tỉnh", "UBND xã", "04/5/2024", "Danh sách"],
            ["2", "Báo cáo", "Ban Dân vận", "", "trong tháng 5/2024", "Báo cáo"],
        ],
    )
    imported = read(document)
    first = imported.duties[0]
    assert (first.what, first.lead.name, first.joins) == (
        "Lập danh sách", "Hội Nông dân tỉnh", "UBND xã",
    )  # fmt: skip
    assert len(imported.duties) == 2
    assert imported.sections[-1].role is SectionRole.DUTIES


def test_another_table_becomes_an_appendix():
    document = plan()
    document.add_paragraph("1. Danh sách xã: kèm theo")
    fill(document, [["TT", "Tên xã", "Dân số"], ["1", "Tân Sơn", "5.200"]])
    (appendix,) = read(document).appendices
    assert appendix.kind is AppendixKind.TABLE
    assert appendix.text == "TT\tTên xã\tDân số\n1\tTân Sơn\t5.200"


def test_merged_cells_keep_every_row_at_its_columns():
    document = plan()
    document.add_paragraph("1. Lịch trực")
    table = document.add_table(3, 3)
    for at, text in enumerate(["Ngày", "Sáng", "Chiều", "06/5", "An", "Bình", "", "Chi", ""]):
        table.cell(at // 3, at % 3).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(2, 1).merge(table.cell(2, 2))
    (appendix,) = read(document).appendices
    assert appendix.text.split("\n")[1:] == ["06/5\tAn\tBình", "06/5\tChi\t"]


def test_a_table_within_a_table_is_read_as_text():
    document = plan()
    document.add_paragraph("1. Lịch trực")
    fill(document, [["Ngày", "Ca", "Người"], ["06/5", "Sáng", "An"], ["07/5", "", "Bình"]])
    inner = document.tables[0].cell(2, 1).add_table(2, 3)
    for at in range(6):
        inner.cell(at // 3, at % 3).text = f"c{at}"
    imported = read(document)
    assert "c0 | c1 | c2 c3 | c4 | c5" in imported.appendices[0].text
    assert any("bảng khác" in notice.message for notice in imported.notices)


def test_head_and_foot_set_in_tables_are_understood():
    document = docx.Document()
    fill(
        document,
        [
            ["UBND TỈNH BẮC KẠN\nUBND PHƯỜNG BẮC KẠN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["Số: 05/KH-UBND", "Bắc Kạn, ngày 05 tháng 6 năm 2026"],
        ],
    )
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Lấy ý kiến đối với dự thảo Quy chế")
    document.add_paragraph("I. MỤC ĐÍCH")
    signed = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nNguyễn Văn A"
    fill(document, [["Nơi nhận:\n- Như trên;\n- Lưu: VT.", signed]])
    imported = read(document)
    assert imported.head.parent_name == "UBND TỈNH BẮC KẠN"
    assert (imported.head.symbol, imported.head.place) == ("UBND", "Bắc Kạn")
    assert imported.signature.titles == "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
    assert (imported.signature.signer, imported.keeper) == ("Nguyễn Văn A", "VT")


def test_the_national_title_may_stand_in_the_page_header():
    document = plan()
    document.sections[0].header.paragraphs[0].text = "UBND PHƯỜNG BẮC KẠN"
    document.sections[0].header.add_paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert read(document).head.issuer_name == "UBND PHƯỜNG BẮC KẠN"


def test_any_other_page_header_is_no_text():
    document = plan()
    document.sections[0].header.paragraphs[0].text = "Bản nháp lần 2"
    document.add_paragraph("1. Nội dung.")
    assert "nháp" not in str(read(document))


@pytest.mark.parametrize(
    ("font", "typed", "meant"),
    [
        (".VnTime", "1. Ph­êng B¾c K¹n tæ chøc kh¶o s¸t.", "Phường Bắc Kạn tổ chức khảo sát."),
        (".VnTimeH", "1. kÕ ho¹ch kh¶o s¸t.", "KẾ HOẠCH KHẢO SÁT."),
        ("VNI-Times", "1. Phöôøng Baéc Kaïn toå chöùc.", "Phường Bắc Kạn tổ chức."),
        ("Times New Roman", "1. Kh¶o s¸t ý kiÕn ng­êi d©n.", "Khảo sát ý kiến người dân."),
    ],
)
def test_text_in_old_fonts_is_decoded_and_told(font: str, typed: str, meant: str):
    document = plan()
    add_run(document, run(typed, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'))
    imported = read(document)
    assert texts(imported) == [meant]
    assert any(notice.message == word.OLD_FONT for notice in imported.notices)


def test_unicode_left_in_an_old_font_is_not_changed():
    document = plan()
    font = '<w:rFonts w:ascii=".VnTime"/>'
    add_run(document, run("1. Tôi là cán bộ phường; cô ấy cũng là cán bộ.", font))
    assert texts(read(document)) == ["Tôi là cán bộ phường; cô ấy cũng là cán bộ."]


def test_decomposed_text_is_composed():
    document = plan()
    document.add_paragraph("1. Việ\u0323t".replace("ệ", "ê"))
    assert texts(read(document)) == ["Việt"]
