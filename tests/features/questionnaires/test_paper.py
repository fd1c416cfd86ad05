"""The form on paper, opened again."""

import json
from dataclasses import replace

import pypdfium2
import pytest

from portal.features.questionnaires.definition import Definition, Option, Section
from portal.features.questionnaires.paper import form_pdf
from portal.features.questionnaires.services import LIBRARY
from tests.support.composing import FIRST, FULL, TEXT, form


def pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [
            " ".join(page.get_textpage().get_text_range().split())
            for page in (document[i] for i in range(len(document)))
        ]
    finally:
        document.close()


def test_every_word_is_printed_with_code_and_version_at_the_foot_of_each_page():
    printed = pages(form_pdf(FULL, version=2, mark="Lô 03"))
    whole = " ".join(printed)
    for question in FULL.questions:
        assert question.text in whole
        assert all(row.label in whole for row in question.rows)
    assert all("THU 2 · bản 2 · Lô 03" in page.replace("\u00a0", " ") for page in printed)
    assert "Xin không ghi tên" in printed[0]
    assert "Chỉ trả lời nếu ở câu 1 chọn “Có”." in whole


def test_a_draft_says_that_it_is_one():
    assert "BẢN NHÁP" in pages(form_pdf(FULL, version=None))[0]


def test_a_form_that_is_not_official_says_so_and_an_official_one_does_not():
    said = "Mẫu tham khảo – chưa phải mẫu chính thức"
    assert said in pages(form_pdf(FULL, version=1))[0]
    assert said not in pages(form_pdf(FULL, version=1, official=True))[0]


@pytest.mark.parametrize(("title", "heads"), [
    ("Phiếu khảo sát mức độ hài lòng", "PHIẾU KHẢO SÁT Mức độ hài lòng"),
    ("PHIẾU KHẢO SÁT", "PHIẾU KHẢO SÁT Kính gửi"),
    ("Phiếu lấy ý kiến người dân", "Phiếu lấy ý kiến người dân Kính gửi"),
    ("Mức độ hài lòng", "PHIẾU KHẢO SÁT Mức độ hài lòng"),
])  # fmt: skip
def test_a_title_that_says_what_the_paper_is_says_it_once(title, heads):
    first = pages(form_pdf(replace(FULL, title=title), version=1, official=True))[0]
    assert first.startswith(heads)


def test_no_page_is_begun_for_what_smaller_spacing_takes_in():
    paper = next(one for one in json.loads(LIBRARY.read_text()) if one["code"] == "PKS07")
    assert len(pages(form_pdf(Definition.from_data(paper), version=1))) == 2


def test_a_heading_is_never_parted_from_its_first_question():
    sections = tuple(
        Section(f"Tên phần {i}", (replace(FIRST, id=f"c{i}", text=f"Câu đầu {i}?"),))
        for i in range(40)
    )
    for page in pages(form_pdf(replace(FULL, sections=sections, key_question=None), version=1)):
        assert page.count("Tên phần") == page.count("Câu đầu")


def test_what_is_written_is_no_markup_and_nothing_runs_off_the_page():
    many = tuple(Option(str(i), f"Lựa chọn {i}") for i in range(40))
    text = "#panic() $x$ *a* " + "dài" * 60
    printed = pages(form_pdf(form(replace(FIRST, text=text, options=many), TEXT), version=1))
    assert "#panic() $x$ *a*" in printed[0]
    assert "Lựa chọn 39" in " ".join(printed)


@pytest.mark.parametrize("definition", [form(), replace(FULL, intro="", title="")])
def test_an_unfinished_form_can_be_printed(definition):
    assert pages(form_pdf(definition, version=None))
