"""Reading a draft: every style of writing gives the same provisions, and nothing that is none."""

import time

import pytest

from portal.core.errors import Invalid
from portal.features.regulations import faults, parsing
from portal.features.regulations.models import Level
from portal.features.regulations.parsing.quotes import quoted
from portal.features.regulations.reading import entries
from tests.support import legal

SAMPLES = legal.samples()
NAMES = [one.name for one in SAMPLES]


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_a_pasted_text_gives_its_provisions_and_no_others(sample):
    assert legal.found(legal.read(sample.text)) == sample.expected


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_decomposed_letters_odd_spaces_and_invisible_signs_change_nothing(sample):
    assert legal.found(legal.read(legal.spoiled(sample.text))) == sample.expected


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_a_word_file_gives_the_same(sample):
    assert legal.found(parsing.read_file(sample.docx()).parts) == sample.expected


def test_numbers_that_word_counts_are_read_articles_through_all_chapters():
    sample = legal.sample("wrapped")
    assert legal.found(parsing.read_file(sample.automatic()).parts) == sample.expected


def test_a_provision_is_named_with_what_it_lies_in():
    places = [one.place for one in entries(legal.read(legal.sample("hand").text))]
    assert places[:5] == ["Chương I", "Điều 1", "Điều 2", "khoản 1 Điều 2", "khoản 2 Điều 2"]
    assert {"điểm đ khoản 2 Điều 2", "Mục 2 Chương II", "khoản 2 Điều 4"} <= set(places)


def test_the_decision_before_the_regulation_is_kept_as_its_preamble():
    read = parsing.read_text(legal.sample("decision").text)
    assert "Điều 1. Ban hành kèm theo" in read.preamble
    assert "(Kèm theo Quyết định số /QĐ-UBND)" in read.preamble
    assert [one.message for one in read.notices] == [parsing.FOOT, parsing.DECISION]


def test_tables_and_appendices_stay_text():
    parts = legal.read("Điều 1. Thu\n1. Gồm:\nTT\tKhoản\tMức\n1\tQuỹ\t5\nPHỤ LỤC I\nMẪU\nĐiều 2. A")
    assert parts[1].text == "Gồm:\nTT | Khoản | Mức\n1 | Quỹ | 5"
    assert (parts[2].level, parts[2].heading, parts[2].text) == (
        Level.CHAPTER, "PHỤ LỤC I MẪU", "Điều 2. A",
    )  # fmt: skip


def test_an_article_of_one_paragraph_has_text_and_no_heading():
    [one, two] = legal.read("Điều 1. Quy chế này có hiệu lực từ ngày ký.\nĐiều 2. Hiệu lực\nNgay.")
    assert (one.heading, one.text) == ("", "Quy chế này có hiệu lực từ ngày ký.")
    assert (two.heading, two.text) == ("Hiệu lực", "Ngay.")


def test_a_quotation_that_nobody_closed_swallows_nothing():
    lines = ["1. Người đứng đầu “nói đi đôi", "2. Hai.", "3. Ba “bốn” năm."]
    assert quoted(lines) == [False, False, False]
    assert quoted(["như sau: “Điều 5. A", "1. B", "2. C”.", "2. D"]) == [False, True, True, False]


def test_old_fonts_are_decoded_and_told():
    read = parsing.read_text("§iÒu 1. Ph¹m vi ®iÒu chØnh\nQuy chÕ nµy ¸p dông trong toµn ph­êng.")
    assert read.parts[0].heading == "Phạm vi điều chỉnh"
    assert [one.message for one in read.notices] == [parsing.OLD_FONT]


@pytest.mark.parametrize(("text", "said"), [
    ("", parsing.NOTHING), (" \n ", parsing.NOTHING),
    ("Kế hoạch\n1. Mục đích\nĐiều 5 của Luật này", parsing.NO_ARTICLE),
])  # fmt: skip
def test_what_has_no_article_is_refused(text, said):
    with pytest.raises(Invalid) as refused:
        parsing.read_text(text)
    assert refused.value.errors == {"text": said}


def test_numbers_that_come_twice_or_leave_a_gap_are_told_of():
    found = faults.found(entries(legal.read(legal.sample("faults").text)))
    grave = [one.values["place"] for one in found if one.is_grave]
    assert grave == ["khoản 2 Điều 1", "khoản 2 Điều 1", "Điều 2", "điểm b khoản 1 Điều 2",
                     "điểm b khoản 1 Điều 2", "Điều 2"]  # fmt: skip
    assert [one.values["label"] for one in found if one.message == faults.GAP] == [
        "khoản 4", "Điều 4", "Điều 5",
    ]  # fmt: skip


def test_two_hundred_pages_are_read_in_a_few_seconds():
    text = "\n".join(f"T|{line}" for line in legal.long(400).split("\n"))
    data, start = legal.Sample("long", text).docx(), time.process_time()
    assert len(parsing.read_file(data).parts) == 40 + 400 * 13
    assert time.process_time() - start < 3
