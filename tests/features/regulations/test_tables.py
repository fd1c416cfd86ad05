"""Tables in a draft: told of, kept as lines, drawn as tables on every page and in every file."""

import io

import docx
import pytest
from docx.oxml.ns import qn

from portal.features.consultations import agencies
from portal.features.regulations import exports, parsing, publishing, services, tables
from portal.features.regulations.tables import Grid
from tests.support import answered, cased, voiced
from tests.support.legal import drafted
from tests.support.worded import saved

ROWS = (("TT", "Nội dung", "Hình thức"), ("1", "Quỹ", "Niêm yết"), ("2", "", "Loa | đài"))
TEXT = "Gồm:\nTT | Nội dung | Hình thức\n1 | Quỹ | Niêm yết\n2 | | Loa"
PASTED = f"Điều 1. Công khai\n1. {TEXT}\n2. Sau bảng.\nĐiều 2. Cuối\nHết."
HEAD = (
    ("ỦY BAN NHÂN DÂN\nPHƯỜNG NGÔ QUYỀN",
     "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
    ("Số:    /QĐ-UBND", "Ngô Quyền, ngày     tháng 6 năm 2026"),
)  # fmt: skip


def add_table(document, rows):
    table = document.add_table(len(rows), len(rows[0]))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word


def written():
    document = docx.Document()
    add_table(document, HEAD)
    for line in ("QUY CHẾ", "Điều 1. Công khai", "1. Gồm:"):
        document.add_paragraph(line)
    add_table(document, ROWS)
    return saved(document)


def drawn(data):
    found = docx.Document(io.BytesIO(data)).tables
    return [[[cell.text for cell in row.cells] for row in one.rows] for one in found]


@pytest.fixture(name="author")
def drafter(app):
    return cased.ward(publishes=False).actor()


def test_a_table_is_told_of_and_kept_as_lines_of_as_many_cells_each():
    read = parsing.read_file(written())
    text = "Gồm:\nTT | Nội dung | Hình thức\n1 | Quỹ | Niêm yết\n2 |  | Loa; đài"
    assert read.parts[1].text == text
    assert [one.values["n"] for one in read.notices if one.message == parsing.TABLES] == [1]


def test_the_national_title_in_two_columns_is_left_out_and_told_of():
    read = parsing.read_file(written())
    [told] = [one for one in read.notices if one.message == parsing.HEAD]
    assert (read.preamble, told.values["n"]) == ("QUY CHẾ", 6)


def test_reasons_with_days_in_them_are_no_heading():
    reasons = "Căn cứ Luật Thực hiện dân chủ ở cơ sở, ngày 10 tháng 11 năm 2022"
    read = parsing.read_text(f"QUY CHẾ\n{reasons}\nĐiều 1. A\nB.")
    assert (read.preamble, read.notices) == (f"QUY CHẾ\n{reasons}", ())


def test_lines_of_one_width_are_a_table_and_one_alone_is_text():
    begin, table = tables.blocks(TEXT)
    assert (begin, table.has_head) == ("Gồm:", True)
    assert table.rows == (
        ("TT", "Nội dung", "Hình thức"),
        ("1", "Quỹ", "Niêm yết"),
        ("2", "", "Loa"),
    )
    assert list(tables.blocks("a | b\nhoặc c|d\n1 | 2 | 3")) == ["a | b", "hoặc c|d", "1 | 2 | 3"]
    assert list(tables.blocks("1 | Quỹ |\n| Loa | x")) == [
        Grid((("1", "Quỹ", ""), ("", "Loa", "x")))
    ]


@pytest.mark.parametrize("text", [PASTED, PASTED.replace("1. Gồm:\n", "1.\n")])
def test_a_version_goes_out_with_its_tables_and_reads_the_same(author, text):
    version = drafted(author, text)
    data = exports.write(version)
    assert [len(rows) for rows in drawn(data)] == [3]
    again = parsing.read_file(data)
    assert [one.text.replace("|  |", "| |") for one in again.parts] == [
        one.text for one in version.provisions
    ]


def test_a_table_that_nobody_changed_is_one_among_followed_changes(author):
    first = drafted(author, PASTED)
    publishing.publish(author, first)
    text = PASTED.replace("Gồm:", "Gồm có:").replace("Sau bảng", "Dưới bảng")
    second = services.begin(author, first.draft, parsing.read_text(text))
    data = exports.write(second, first)
    assert [len(rows) for rows in drawn(data)] == [3]
    assert list(docx.Document(io.BytesIO(data)).element.body.iter(qn("w:ins")))


def test_rows_that_changed_stand_on_lines_with_every_word(author):
    first = drafted(author, PASTED)
    publishing.publish(author, first)
    text = PASTED.replace("Niêm yết", "Niêm yết 30 ngày")
    second = services.begin(author, first.draft, parsing.read_text(text))
    lines = [one.text for one in docx.Document(io.BytesIO(exports.write(second, first))).paragraphs]
    assert any(line.startswith("1 | Quỹ | Niêm yết") for line in lines)


def test_officials_read_it_as_a_table(client):
    ward = cased.ward(publishes=False)
    client.sign_in(ward.user())
    version = drafted(ward.actor(), PASTED)
    shows_table(client.page(f"/du-thao/{version.draft_id}/ban/{version.number}"))


def test_everybody_and_the_agencies_read_it_as_a_table(client, monkeypatch):
    changed = tuple(
        (*one[:4], TEXT) if one[0] == voiced.CLAUSE else one for one in voiced.PROVISIONS
    )
    monkeypatch.setattr(voiced, "PROVISIONS", changed)
    made = cased.ward()
    case = made.published(made.actor())
    link = agencies.secret_of(answered.invited(made.actor(), case))
    shows_table(client.page(f"/cq/{link}/dieu/{voiced.SECOND}"))
    shows_table(client.page(f"/g/{case.code}/dieu/{voiced.SECOND}"))


def shows_table(page):
    """Check that a page has the table, its first row as heads, and no bars."""
    assert page.rows() == [["TT", "Nội dung", "Hình thức"], ["1", "Quỹ", "Niêm yết"],
                           ["2", "", "Loa"]]  # fmt: skip
    assert ("Gồm:" in page.text, " | " in page.text) == (True, False)
