"""Reading a draft: every style of writing gives the same provisions, and nothing that is none."""

import re
import time

import pytest

from portal.core.errors import Invalid
from portal.features.regulations import faults, parsing
from portal.features.regulations.models import Level
from portal.features.regulations.parsing import Part
from portal.features.regulations.parsing.quotes import quoted
from portal.features.regulations.reading import entries
from portal.features.regulations.tables import Grid
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
    head, feet, passed, decision = read.notices
    assert (head.message, "CỘNG HÒA" in read.preamble) == (parsing.HEAD, False)
    assert feet.values["lines"] == "“TM. ỦY BAN NHÂN DÂN”; “KT. CHỦ TỊCH”; “PHÓ CHỦ TỊCH”"
    assert (passed.message, decision.message) == (parsing.PASSED, parsing.DECISION)


def test_tables_and_appendices_stay_text():
    parts = legal.read("Điều 1. Thu\n1. Gồm:\nTT\tKhoản\tMức\n1\tQuỹ\t5\nPHỤ LỤC I\nMẪU\nĐiều 2. A")
    assert parts[1].text == "Gồm:\nTT | Khoản | Mức\n1 | Quỹ | 5"
    [_, table] = entries(parts)[1].blocks
    assert table == Grid((("TT", "Khoản", "Mức"), ("1", "Quỹ", "5")))
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


def places(text):
    return [one.place for one in entries(legal.read(text))]


def told(text):
    return {one.message: one.values for one in parsing.read_text(text).notices}


def articles(*numbers):
    return "\n".join(f"Điều {n}. Tên điều\nChữ của điều này." for n in numbers)


@pytest.mark.parametrize("numbers", [(1, 2, 10, 11), (5, 6, 7), (5,), (12, 13, 20, 21, 22)])
def test_articles_behind_a_gap_are_articles(numbers):
    assert places(articles(*numbers)) == [f"Điều {n}" for n in numbers]
    assert told(articles(*numbers)) == {}


@pytest.mark.parametrize("foreign", [(27,), (27, 28), (10, 11, 27)])
def test_articles_of_another_act_after_which_the_numbering_comes_back_are_text_and_told(foreign):
    text = articles(1, 2, *foreign, 3)
    assert places(text) == ["Điều 1", "Điều 2", "Điều 3"]
    values = told(text)[parsing.PASSED]
    assert values["n"] == len(foreign)
    assert re.findall(r"“Điều (\d+)\. Tên điều", values["lines"]) == [str(n) for n in foreign]


@pytest.mark.parametrize("text", [
    articles(1, 2, 10), articles(*range(1, 9), 1),
    articles(1, 2) + "\nLuật ghi như sau: “Điều 9. Một\nĐiều 10. Hai”.",
    articles(1, 2) + "\nPHỤ LỤC I\nĐiều 10. Mẫu",
])  # fmt: skip
def test_no_line_that_looks_like_an_article_is_passed_over_in_silence(text):
    last = text.rpartition("\nĐiều ")[2].partition("\n")[0]
    assert f"Điều {last}" in told(text)[parsing.PASSED]["lines"]


@pytest.mark.parametrize(("inside", "found"), [
    ("1. Một.\nNơi nhận: bộ phận một cửa.\n2. Hai.\na) A;\nb) B.", ["1", "2", "a", "b"]),
    ("CHỦ TỊCH\n1. Chỉ đạo.\n2. Kiểm tra.", ["1", "2"]),
    ("1. Một.\nCHỦ TỊCH\nPHÓ CHỦ TỊCH\n2. Hai.", ["1", "2"]),
])  # fmt: skip
def test_what_looked_like_the_foot_is_given_back_where_the_numbering_goes_on(inside, found):
    text = f"Điều 1. Trách nhiệm\n{inside}\nĐiều 2. Thi hành\nNgay.\nNơi nhận:\n- Như trên."
    parts = legal.read(text)
    assert [one.number for one in parts] == ["1", *found, "2"]
    words = "\n".join(f"{one.number} {one.text}" for one in parts)
    assert [line for line in inside.split("\n") if line[2:] not in words] == []
    assert told(text)[parsing.FOOT] == {"n": 2, "lines": "“Nơi nhận:”; “- Như trên.”"}


def test_a_list_of_the_foot_itself_is_none_of_the_last_article():
    text = "Điều 1. Một\n1. Một.\n2. Hai.\nCHỦ TỊCH\nNguyễn Văn A\nDANH SÁCH\n1. A\n2. B\n3. C"
    assert [one.number for one in legal.read(text)] == ["1", "1", "2"]
    assert told(text)[parsing.FOOT]["n"] == 6


def test_however_many_lines_are_told_the_notice_fits_a_cookie():
    text = articles(1, 2, *range(30, 80), 3)
    values = told(text)[parsing.PASSED]
    assert (values["n"], values["lines"].endswith("; …")) == (50, True)
    assert len(values["lines"]) < 600


def test_numbers_that_come_twice_or_leave_a_gap_are_told_of():
    found = faults.found(entries(legal.read(legal.sample("faults").text)))
    grave = [one.values["place"] for one in found if one.is_grave]
    assert grave == ["khoản 2 Điều 1", "khoản 2 Điều 1", "Điều 2", "điểm b khoản 1 Điều 2",
                     "điểm b khoản 1 Điều 2", "Điều 2"]  # fmt: skip
    assert [one.values["label"] for one in found if one.message == faults.GAP] == [
        "khoản 4", "Điều 4", "Điều 5",
    ]  # fmt: skip


@pytest.mark.parametrize(("letters", "said"), [
    ("abđ", [(faults.BETWEEN, "điểm đ", "điểm b")]), ("bc", [(faults.BEGINS, "điểm b", None)]),
    ("ba", [(faults.BEGINS, "điểm b", None), (faults.ORDER, "điểm a", "điểm b")]),
    ("abcdđeghik", []), ("abcde", []),
])  # fmt: skip
def test_points_that_are_missing_are_told_of_and_bar_nothing(letters, said):
    """Word counts no đ, and the alphabet has no f and j."""
    points = [Part(one, Level.POINT, one, text="x") for one in letters]
    article, clause = Part("1", Level.ARTICLE, "1", "A"), Part("2", Level.CLAUSE, "1", text="B")
    found = faults.found(entries([article, clause, *points]))
    told = [(one.message, one.values["label"], one.values.get("before")) for one in found]
    assert (told, [one for one in found if one.is_grave]) == (said, [])


def test_an_article_before_the_one_it_was_inserted_behind_is_told_of_and_bars_nothing():
    [one] = faults.found(entries(legal.read(articles(1, 2, 3, "4a", 4, 5))))
    assert (one.message, one.is_grave) == (faults.ORDER, False)
    assert one.values == {"label": "Điều 4", "before": "Điều 4a"}


def test_two_hundred_pages_are_read_in_a_few_seconds():
    text = "\n".join(f"T|{line}" for line in legal.long(400).split("\n"))
    data, start = legal.Sample("long", text).docx(), time.process_time()
    assert len(parsing.read_file(data).parts) == 40 + 400 * 13
    assert time.process_time() - start < 3
