"""Questionnaires as files: JSON and .xlsx, out and in again, errors by place."""

import io
import json

import pytest

from portal.core.errors import Invalid
from portal.core.workbook import Sheet, workbook
from portal.features.questionnaires import files
from portal.features.questionnaires.checks import errors as errors_of
from portal.features.questionnaires.definition import Definition, Kind
from portal.features.questionnaires.files import shape
from portal.features.questionnaires.services import LIBRARY
from portal.features.questionnaires.wording import tidy
from tests.support.composing import FULL

FORMS = [FULL, *(Definition.from_data(raw) for raw in json.loads(LIBRARY.read_text()))]


def as_sheet(definition: Definition) -> bytes:
    stream = io.BytesIO()
    files.to_sheet(stream, definition)
    return stream.getvalue()


def written(*lines: tuple[str, ...], about: tuple[tuple[str, str], ...] = ()) -> bytes:
    """Fill the sheets in as a clerk does: short lines, nothing in the further columns."""
    stream = io.BytesIO()
    with workbook(stream) as book:
        for name, columns, rows in (
            (shape.ABOUT, shape.ABOUT_COLUMNS, about),
            (shape.QUESTIONS, shape.COLUMNS, lines),
        ):
            sheet = Sheet(book, name, columns)
            for row in rows:
                sheet.add([*row, *[None] * (len(columns) - len(row))])
            sheet.close()
    return stream.getvalue()


def errors(content: bytes) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        files.read(content)
    return refusal.value.errors


@pytest.mark.parametrize("definition", FORMS, ids=lambda each: each.code)
def test_a_form_comes_back_from_both_kinds_of_file_as_it_went(definition):
    assert files.read(files.to_json(definition)) == tidy(definition)
    assert files.read(as_sheet(definition)) == tidy(definition)


def test_a_clerk_needs_no_codes_and_no_scores():
    made = files.read(written(
        ("Phần", "Đánh giá"),
        ("Thang đo", "Ông/bà hài lòng thế nào?", "x"),
        ("Lựa chọn", "Hài lòng"), ("Lựa chọn", "Không hài lòng"), ("Đứng riêng", "Không biết"),
        ("câu viết", "Vì sao?", "", "", "1: Không hài lòng", "", "500"),
        about=(("Mã phiếu", "PKS 08"), ("Tên phiếu", "Phiếu mới"),
               ("Câu đánh giá chung (số)", "1")),
    ))  # fmt: skip
    scale, text = made.questions
    assert [(o.code, o.score, o.unknown) for o in scale.options] == [
        ("2", 2, False), ("1", 1, False), ("kb", None, True),
    ]  # fmt: skip
    assert (scale.id, scale.required, made.key_question) == ("c1", True, "c1")
    assert (text.kind, text.show_if, text.max_length) == (Kind.TEXT, {"c1": ("1",)}, 500)


def test_every_cell_that_cannot_be_understood_is_named():
    found = errors(written(
        ("Chọn một", "Trước mọi phần?"),
        ("Phần", "A"),
        ("Lựa chọn", "Không có câu"),
        ("Thang đo", "Thế nào?"),
        ("Lựa chọn", "Tốt", "", "cao"),
        ("Câu hỏi", "?"),
        ("Câu viết", "Vì sao?", "", "", "1: Xấu", "", "dài"),
        ("Câu viết", "Rồi sao?", "", "", "9: Tốt"),
        about=(("Công bố từ (số phiếu)", "năm"), ("Câu đánh giá chung (số)", "7")),
    ))  # fmt: skip
    assert found.keys() == {
        "Câu hỏi!A2", "Câu hỏi!A4", "Câu hỏi!D6", "Câu hỏi!A7", "Câu hỏi!E8", "Câu hỏi!G8",
        "Câu hỏi!E9", "Phiếu!B2", "Phiếu!B3",
    }  # fmt: skip
    assert found["Câu hỏi!E8"] == "Câu 1 không có câu trả lời “Xấu”."


def test_a_sheet_with_other_columns_is_named_by_its_heads():
    stream = io.BytesIO()
    with workbook(stream) as book:
        Sheet(book, shape.QUESTIONS, shape.COLUMNS[::-1]).close()
    assert "Câu hỏi!A1" in errors(stream.getvalue())


def test_every_place_in_json_that_cannot_be_understood_is_named():
    file = json.loads(files.to_json(FULL))
    questions = file["questionnaire"]["sections"][0]["questions"]
    questions[0] |= {"kind": "slider", "required": "yes", "options": {}}
    questions[1]["options"][0]["score"] = "high"
    questions[1]["show_if"] = {"a": "co"}
    file["questionnaire"]["sections"].append("x")
    at = "sections.0.questions"
    assert errors(json.dumps(file).encode()).keys() == {
        f"{at}.0.kind", f"{at}.0.required", f"{at}.0.options", f"{at}.1.options.0.score",
        f"{at}.1.show_if.a", "sections.2",
    }  # fmt: skip


@pytest.mark.parametrize("content", [
    b"", b"{}", b"[1]", b"\xff\xfe", b"PK\x03\x04 no", b"[" * 100_000, b"x" * 2_000_001,
    b'{"format": "phieu-khao-sat", "schema": 2}',
    b'{"format": "phieu-khao-sat", "schema": 1, "questionnaire": []}',
])  # fmt: skip
def test_what_is_no_questionnaire_is_refused_in_a_sentence(content):
    assert errors(content)


def test_a_file_that_is_too_large_for_a_form_is_refused():
    lines = [("Phần", "A"), *[("Câu viết", "?")] * 201]
    assert errors(written(*lines)) == {"phieu": "Phiếu có nhiều nhất 200 câu hỏi."}


def test_names_that_the_editor_could_not_put_right_are_made_anew():
    file = json.loads(files.to_json(FULL))
    first, second, *_rest = file["questionnaire"]["sections"][0]["questions"]
    first["id"] = second["id"] = "Câu 1"
    first["options"][0]["code"] = "A.1"
    second["show_if"] = {"Câu 1": ["A.1"]}
    file["questionnaire"]["key_question"] = "Câu 1"
    made = files.read(json.dumps(file).encode())
    assert [question.id for question in made.questions] == ["c1", "c2", "m", "z"]
    assert made.questions[1].show_if == {"c1": (made.questions[0].options[0].code,)}
    assert made.key_question == "c1"
    assert not errors_of(made)
