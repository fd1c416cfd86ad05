"""Files of drafts: what Word does to a text is read, what is no .docx is refused, what goes out."""

import io

import docx
import pytest
from docx.oxml.ns import qn

from portal.core.errors import Invalid
from portal.features.documents.files import recognise
from portal.features.documents.importing import opening
from portal.features.regulations import exports, parsing, publishing, services
from portal.features.regulations.files import TAKEN
from tests.support import cased, legal
from tests.support.legal import drafted
from tests.support.worded import NS, add_run, add_xml, run, saved, with_part


def read(document):
    return parsing.read_file(saved(document)).parts


def begun():
    document = docx.Document()
    document.add_paragraph("Điều 1. Công khai")
    return document


def test_followed_changes_count_as_accepted():
    document = begun()
    add_run(document, run("1. Niêm yết ")
            + f'<w:ins w:id="1" w:author="A">{run("30 ngày")}</w:ins>'
            + '<w:del w:id="2"><w:r><w:delText>7 ngày</w:delText></w:r></w:del>')  # fmt: skip
    assert read(document)[1].text == "Niêm yết 30 ngày"


def test_a_table_of_data_is_text_and_one_that_only_sets_is_lines():
    document = begun()
    table = document.add_table(3, 3)
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            cell.text = f"ô {at}.{column}"
    document.add_paragraph("Điều 2. Sau bảng")
    one, two = read(document)
    assert one.text.split("\n") == [f"ô {at}.0 | ô {at}.1 | ô {at}.2" for at in range(3)]
    assert two.heading == "Sau bảng"


def test_a_heading_behind_a_line_break_or_a_tab_belongs_to_its_article():
    document = docx.Document()
    add_xml(document, f"<w:p {NS}><w:r><w:t>Điều 1.</w:t><w:br/><w:t>Phạm vi</w:t></w:r></w:p>")
    add_xml(document, f"<w:p {NS}><w:r><w:t>Điều 2.</w:t><w:tab/><w:t>Đối tượng</w:t></w:r></w:p>")
    assert [part.heading for part in read(document)] == ["Phạm vi", "Đối tượng"]


@pytest.mark.parametrize(("data", "said"), [
    (b"", opening.EMPTY), (b"%PDF-1.7 scanned", opening.PDF), (b"{\\rtf1", opening.RICH_TEXT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), opening.OLD_WORD),
    (b"PK\x03\x04 broken", opening.BROKEN),
    (saved(docx.Document()), parsing.NO_ARTICLE),
])  # fmt: skip
def test_other_files_and_files_without_articles_are_refused_by_what_they_are(data, said):
    with pytest.raises(Invalid) as refused:
        parsing.read_file(data)
    assert refused.value.errors == {"file": said}


def test_a_bomb_is_refused():
    bomb = with_part(saved(begun()), "word/document.xml", b" " * 40_000_000)
    with pytest.raises(Invalid) as refused:
        parsing.read_file(bomb)
    assert refused.value.errors == {"file": opening.SWOLLEN}


def test_papers_are_known_by_their_bytes_and_named_by_what_they_are():
    assert recognise("../quyết định.exe", b"%PDF-1.4", TAKEN).name == "quyết định.exe.pdf"
    assert recognise("a.docx", saved(begun()), TAKEN).suffix == ".docx"
    with pytest.raises(Invalid):
        recognise("a.pdf", b"MZ program", TAKEN)


def test_a_version_goes_out_as_a_file_that_reads_the_same(app):
    version = drafted(cased.ward(publishes=False).actor())
    again = parsing.read_file(exports.write(version)).parts
    assert [(one.level, one.number, one.heading, one.text) for one in again] == [
        (one.level, one.number, one.heading, one.text) for one in version.provisions
    ]


def test_the_differences_go_out_as_changes_that_word_follows(app):
    author = cased.ward(publishes=False).actor()
    first = drafted(author)
    publishing.publish(author, first)
    text = legal.SHORT.replace("7 ngày", "30 ngày")
    second = services.begin(author, first.draft, parsing.read_text(text))
    body = docx.Document(io.BytesIO(exports.write(second, first))).element.body
    assert "30" in "".join(t.text for i in body.iter(qn("w:ins")) for t in i.iter(qn("w:t")))
    assert "7" in "".join(t.text for d in body.iter(qn("w:del")) for t in d.iter(qn("w:delText")))
