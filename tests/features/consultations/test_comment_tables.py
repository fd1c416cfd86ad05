"""Agencies' own tables (PGY-CQ): from Word, Excel or a paste; wrong cells shown, nothing lost."""

from io import BytesIO

import docx
import pytest

from portal.core.errors import Invalid
from portal.core.workbook import Column, Sheet, workbook
from portal.features.consultations import comment_tables as tables
from portal.features.consultations.comments import LONGEST, Said
from tests.features.consultations.test_places import DRAFT

HEADS = ("STT", "Điều/khoản/điểm", "Nội dung dự thảo", "Ý kiến góp ý, đề nghị sửa", "Lý do")
ROWS = (
    ("1", "chung", "", "Bố cục hợp lý", ""),
    ("2", "Điều 7, khoản 2", "abc", "Đề nghị thêm", "Luật 10"),
    ("3", "khoản 1", "", "Sửa câu chữ", ""),
)
SAID = (
    Said("", "Bố cục hợp lý"),
    Said("7.2", "Đề nghị thêm\nLý do: Luật 10"),
    Said("7.1", "Sửa câu chữ"),
)


def pasted(*rows: tuple[str, ...]) -> tables.Checked:
    text = "\n".join("\t".join(row) for row in (HEADS, *rows))
    return tables.checked(tables.read_text(text), DRAFT)


def word(*grids: tuple[tuple[str, ...], ...]) -> bytes:
    document, out = docx.Document(), BytesIO()
    for rows in grids:
        grid = document.add_table(len(rows), len(rows[0]))
        for at, row in enumerate(rows):
            for place, text in enumerate(row):
                grid.cell(at, place).text = text
    document.save(out)
    return out.getvalue()


def excel(*rows: tuple[str, ...]) -> bytes:
    out = BytesIO()
    with workbook(out) as book:
        sheet = Sheet(book, "Góp ý", [Column(head, 20) for head in rows[0]])
        for row in rows[1:]:
            sheet.add(row)
        sheet.close()
    return out.getvalue()


@pytest.mark.parametrize("content", [word((HEADS, *ROWS)), excel(HEADS, *ROWS)])
def test_a_file_says_what_its_table_says(content):
    assert tables.checked(tables.read_file(content), DRAFT).said == SAID


def test_the_table_of_a_letter_is_found_beside_its_letterhead():
    head = (("UBND PHƯỜNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ""), ("Số: 41", "x", "y"))
    found = tables.checked(tables.read_file(word(head, (HEADS, *ROWS))), DRAFT)
    assert found.said == SAID


def test_a_paste_says_the_same_with_and_without_heads():
    assert pasted(*ROWS).said == SAID
    text = "\n".join("\t".join(row) for row in ROWS)
    assert tables.checked(tables.read_text(text), DRAFT).said == SAID


def test_a_cell_that_word_breaks_over_two_lines_is_one_cell():
    text = "\t".join(HEADS) + "\n1\tĐiều 7\tabc\tdòng một\ndòng hai\tvì"
    [said] = tables.checked(tables.read_text(text), DRAFT).said
    assert said == Said("7", "dòng một dòng hai\nLý do: vì")


def test_a_cell_that_is_not_understood_is_marked_and_the_others_are_kept():
    found = pasted(*ROWS, ("4", "Điều 99", "", "Ý kiến", ""), ("5", "Điều 7", "", "", "Lý do"))
    assert [(row.line, list(row.faults)) for row in found.table.wrong] == [
        (5, ["place"]), (6, ["text"]),
    ]  # fmt: skip
    assert found.said == SAID


def test_rows_of_a_form_that_were_left_blank_say_nothing_but_words_in_a_wrong_cell_do():
    found = pasted(("1", "Điều 5", "Phạm vi", "", ""), ("2", "Đề nghị bỏ điều này", "", "", ""))
    [row] = found.table.rows
    assert set(row.faults) == {"place", "text"}
    assert row.cells["place"] == "Đề nghị bỏ điều này"


def test_an_empty_place_is_that_of_the_row_above_and_must_be_confirmed():
    found = pasted(("1", "Điều 7", "", "Một", ""), ("2", "", "", "Hai", ""))
    assert [one.key for one in found.said] == ["7", "7"]
    assert found.table.filled == {"Điều, khoản, điểm": 1}
    assert pasted(("1", "", "", "Một", "")).table.faults == 1


def test_below_a_place_that_is_not_understood_nothing_leans_on_the_one_before():
    found = pasted(("1", "Điều 7", "", "Một", ""), ("2", "Điều 77", "", "Hai", ""),
                   ("3", "khoản 2", "", "Ba", ""), ("4", "", "", "Bốn", ""))  # fmt: skip
    assert [list(row.faults) for row in found.table.rows] == [[], *[["place"]] * 3]
    blank = pasted(ROWS[1], ("3", "Điều 77", "lời cũ", "", ""), ("4", "khoản 1", "", "Ba", ""))
    assert [list(row.faults) for row in blank.table.rows] == [[], ["place"]]


def test_a_line_of_an_older_form_that_was_left_blank_says_nothing():
    found = pasted(ROWS[1], ("9", "Điều 99", "Lời của bản cũ", "", ""))
    assert (found.said, found.table.faults) == (SAID[1:2], 0)


def test_only_agreeing_is_no_comment():
    found = pasted(("1", "chung", "", "Nhất trí.", ""), ("2", "Điều 7", "", "Đồng ý", ""))
    assert found.agrees
    assert (found.agreeing, found.said) == (2, ())
    assert not pasted(("1", "chung", "", "Nhất trí", ""), ROWS[1]).agrees


def test_what_is_there_already_is_not_taken_twice():
    table = tables.read_text("\n".join("\t".join(row) for row in (HEADS, *ROWS, ROWS[1])))
    assert tables.checked(table, DRAFT).said == SAID
    found = tables.checked(table, DRAFT, SAID[:2])
    assert (found.said, found.known) == (SAID[2:], 3)


def test_a_comment_of_20_000_characters_is_refused_in_its_cell_with_its_words_kept():
    found = pasted(*ROWS, ("4", "Điều 5", "", "a" * 2 * LONGEST, ""))
    [row] = found.table.wrong
    assert list(row.faults) == ["text"]
    assert len(row.cells["text"]) == 2 * LONGEST
    assert found.said == SAID


@pytest.mark.parametrize(("content", "why"), [
    (b"%PDF-1.7 scan", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), ".doc"),
    (b"PK\x03\x04broken", "hỏng"),
    (word((("Họ tên", "Tuổi", "Ghi chú"), ("A", "1", "x"), ("B", "2", "y"))), None),
    (b"", "dòng"),
])  # fmt: skip
def test_other_files_are_refused_under_the_file(content, why):
    if why is None:
        found = tables.checked(tables.read_file(content), DRAFT)
        assert found.table.faults
        return
    with pytest.raises(Invalid) as invalid:
        tables.read_file(content)
    assert why in invalid.value.errors["file"]
