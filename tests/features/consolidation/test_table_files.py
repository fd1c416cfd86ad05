"""The table as it goes out with the report: to what it belongs, its sums, who signs, its pages."""

from io import BytesIO

import pypdfium2
import pytest
from docx import Document as Docx
from python_calamine import CalamineWorkbook

from portal.features.consolidation import papers, table, table_files, table_word
from portal.features.consolidation.table import Line
from portal.policy.roles import Duty, Role
from tests.support import answering, cased, gathered, surveyed, voiced
from tests.support.gathered import NOTICE, OTHER, SAME
from tests.support.voiced import CLAUSE, FIRST

ATTACHED = "(Kèm theo Báo cáo số ……/BC-UBND ngày …… tháng …… năm …… của Ủy ban nhân dân phường)"
SUMS = [
    ("Cơ quan, tổ chức, đơn vị", "1", "1"), ("Hộ gia đình", "1.070", "1"),
    ("Người dân, trực tuyến", "1", "1"), ("Tiếp thu", "", "2"), ("Tiếp thu một phần", "", "1"),
    ("Không tiếp thu", "", "0"),
]  # fmt: skip


@pytest.fixture(name="case")
def answered(app):
    made = cased.ward()
    cased.letterhead(made.host)
    case = made.published(made.actor())
    said = [
        (gathered.agency(case, "UBMTTQ phường", CLAUSE, NOTICE), "accept"),
        (gathered.households(case, "Tổ dân phố 1", CLAUSE, SAME, 1070), "accept"),
        *((one, "part") for one in gathered.voice(case, FIRST, OTHER)),
    ]
    for opinion, decision in said:
        answering.answer(made, opinion, decision)
    answering.let_days_pass(case)
    return case


@pytest.fixture(name="whole")
def reported(case):
    papers.draft(drafter(case), case)
    return table.of(case)


def drafter(case):
    return surveyed.actor(voiced.official(case.organisation, Role.COMMUNE, Duty.DRAFT))


def rows_of(content):
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return book.get_sheet_by_index(0).to_python()


def test_it_names_its_report_and_its_signer_only_once_there_is_a_report(case):
    before = table.of(case)
    assert (before.head.attached, before.signed) == ("", None)
    papers.draft(drafter(case), case)
    after = table.of(case)
    assert after.head.attached == ATTACHED
    assert after.signed == table.Signed(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Người Ký Mẫu")


def test_every_kind_of_file_says_to_what_it_belongs_its_sums_and_its_signer(whole):
    assert list(whole.sums) == SUMS
    word = Docx(BytesIO(table_word.draw(whole)))
    *_, sums, signature = word.tables
    assert [tuple(c.text for c in row.cells) for row in sums.rows[1:]] == SUMS
    assert "Người Ký Mẫu" in signature.rows[0].cells[1].text
    assert ATTACHED in [one.text for one in word.paragraphs]
    rows = rows_of(table_files.xlsx(whole))
    assert rows[3][0] == ATTACHED
    assert [tuple(row[2:5]) for row in rows[-11:-5]] == SUMS
    assert rows[-1][5] == "Người Ký Mẫu"
    page = " ".join(" ".join(pages_of(whole, list(whole.lines()))).split())
    for said in (ATTACHED, "1.070", "Người Ký Mẫu"):
        assert said in page


def test_in_word_no_row_is_torn_and_what_belongs_together_stays_together(whole):
    word = Docx(BytesIO(table_word.draw(whole)))
    drawn, sums = word.tables[1], word.tables[2]
    rows = [row._tr for row in drawn.rows]
    assert all(row.xpath("w:trPr/w:cantSplit") for row in [*rows, *(r._tr for r in sums.rows)])
    assert rows[0].xpath("w:trPr/w:tblHeader")
    heads = [row for row in rows[1:] if len(row.xpath("w:tc")) == 1]
    assert len(heads) == 2
    for row in (*heads, rows[-1]):
        assert all(p.xpath("w:pPr/w:keepNext") for p in row.xpath(".//w:p"))


def pages_of(whole, given):
    class Other(table.Table):
        def lines(self):
            return iter(given)

    with pypdfium2.PdfDocument(table_files.pdf(Other(**vars(whole)))) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


@pytest.mark.parametrize("n", range(4, 14))
def test_in_pdf_no_row_is_torn_and_no_article_stands_alone_at_the_foot(whole, n):
    words = " ".join(["Đề nghị niêm yết các khoản thu."] * 5)
    rows = [Line(at, "", f"đầu-{at}- {words} -cuối-{at}-", "1 hộ", "Tiếp thu", "Đúng.")
            for at in range(1, n + 2)]  # fmt: skip
    pages = pages_of(whole, [Line(0, "Điều 1"), *rows[:n], Line(0, "Điều 2. Sau"), rows[n]])
    for at in range(1, n + 2):
        assert any(f"đầu-{at}-" in page and f"-cuối-{at}-" in page for page in pages)
    assert any("Điều 2. Sau" in page and f"đầu-{n + 1}-" in page for page in pages)


def test_a_comment_longer_than_a_page_is_all_there_in_pdf(whole):
    words = " ".join(f"từ{n}" for n in range(4000))
    pages = pages_of(whole, [Line(0, "Điều 1"), Line(1, "", words, "1 hộ", "Tiếp thu", "Đúng.")])
    assert len(pages) > 3
    assert any("từ3999" in page for page in pages)
