"""What is typed into the editor, read into a draft."""

from dataclasses import replace

from werkzeug.datastructures import MultiDict

from portal.features.questionnaires.definition import Kind, Option
from portal.features.questionnaires.fields import filled, translated
from portal.features.questionnaires.wording import texts
from tests.support.composing import FIRST, FULL, MATRIX, TEXT, form


def test_what_is_not_on_the_page_stays_as_it_is():
    assert filled(FULL, MultiDict()) == FULL


def test_texts_numbers_and_ticks_are_taken():
    made = filled(form(FIRST, TEXT), MultiDict({
        "ten": " Tên  mới ", "loi-mo-dau": "Một\r\nHai", "nguong": "10", "cau-chinh": "a",
        "phan-1-ten": "Phần đầu", "z-hoi": "Góp ý?", "z-dai": "300", "z-bat-buoc": "1",
    }))  # fmt: skip
    assert (made.title, made.intro, made.threshold) == ("Tên mới", "Một\nHai", 10)
    assert (made.key_question, made.sections[0].title) == ("a", "Phần đầu")
    assert (made.questions[1].text, made.questions[1].max_length) == ("Góp ý?", 300)
    assert made.questions[1].required


def test_options_rows_and_conditions_are_taken():
    made = filled(form(FIRST, MATRIX), MultiDict([
        ("a-hoi", "A?"), ("a-kieu", "scale"), ("a-chon-co-nhan", "Tốt"), ("a-chon-co-diem", "2"),
        ("a-chon-khong-nhan", "Không biết"), ("a-chon-khong-diem", "1"),
        ("a-chon-khong-rieng", "1"),
        ("m-hoi", "M?"), ("m-dong-b-nhan", "Giờ giấc"), ("m-neu", "a.co"), ("m-neu", "a.khong"),
    ]))  # fmt: skip
    first, matrix = made.questions
    assert (first.kind, first.required) == (Kind.SCALE, False)
    assert first.options == (Option("co", "Tốt", 2), Option("khong", "Không biết", unknown=True))
    assert [row.label for row in matrix.rows] == ["Thái độ", "Giờ giấc"]
    assert matrix.show_if == {"a": ("co", "khong")}


def test_a_number_or_a_kind_that_is_none_leaves_what_was_there():
    made = filled(form(TEXT), MultiDict({"nguong": "năm", "z-hoi": "?", "z-kieu": "x",
                                         "z-dai": "nhiều"}))  # fmt: skip
    assert (made.threshold, made.questions[0].kind, made.questions[0].max_length) == (
        5, Kind.TEXT, 500,
    )  # fmt: skip


def test_translations_are_typed_beside_their_texts_and_follow_a_correction():
    listed = texts(form(FIRST))
    typed = {f"en-{i}": text.upper() for i, text in enumerate(listed)}
    made = translated(form(FIRST), "en", MultiDict(typed))
    assert made.languages == {"en": {text: text.upper() for text in listed}}
    again = filled(made, MultiDict({"a-hoi": "Ông/bà đã biết chưa?", "a-bat-buoc": "1"}))
    assert again.languages["en"]["Ông/bà đã biết chưa?"] == FIRST.text.upper()
    assert FIRST.text not in again.languages["en"]


def test_pasted_lines_leave_the_marks_of_paper_and_word_behind():
    pasted = (
        "- Đất đai\n□ Chính sách xã hội\n4. An ninh\n• Lĩnh vực khác\n\uf0a8 Hộ tịch\na) Y tế"
        "\n□ 1. Trường học\nGiao thông □\n-5 độ\n3.5 triệu\n5 năm\n-"
    )
    made = filled(form(replace(FIRST, options=())), MultiDict({"a-hoi": "A?", "a-dan": pasted}))
    assert [option.label for option in made.questions[0].options] == [
        "Đất đai", "Chính sách xã hội", "An ninh", "Lĩnh vực khác", "Hộ tịch", "Y tế",
        "Trường học", "Giao thông", "-5 độ", "3.5 triệu", "5 năm",
    ]  # fmt: skip


def test_another_kind_brings_room_for_its_answers_and_loses_no_words():
    made = filled(form(FIRST, TEXT), MultiDict({
        "a-hoi": "A?", "a-kieu": "scale", "z-hoi": "Z?", "z-kieu": "matrix",
    })).questions  # fmt: skip
    assert [(o.label, o.score) for o in made[0].options] == [("Có", 2), ("Không", 1)]
    assert len(made[1].rows) == 2
    assert made[1].scored
    back = filled(form(made[1]), MultiDict({"z-hoi": "Z?", "z-kieu": "text"})).questions[0]
    assert back.options == made[1].options


def test_another_kind_and_a_translation_go_together():
    made = translated(form(FIRST), "en", MultiDict({"en-2": "Do you know?"}))
    again = filled(made, MultiDict({"a-hoi": FIRST.text, "a-kieu": "matrix"}))
    assert again.languages == made.languages


def test_pasted_lines_fill_what_is_empty_and_then_come_before_what_stands_apart():
    unsure = replace(FIRST, options=(Option("1", ""), Option("kb", "Không biết", unknown=True)))
    made = filled(form(unsure, MATRIX), MultiDict({
        "a-hoi": "A?", "a-dan": "Loa\r\n\r\n Zalo ", "m-hoi": "M?", "m-dan-dong": "Giá",
    })).questions  # fmt: skip
    assert [o.label for o in made[0].options] == ["Loa", "Zalo", "Không biết"]
    assert [row.label for row in made[1].rows] == ["Thái độ", "Thời gian chờ", "Giá"]
