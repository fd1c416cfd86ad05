"""What a form must keep so that its answers can be given, packed and counted."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from portal.core.text import N_
from portal.features.questionnaires.checks.found import Finding, error, warning
from portal.features.questionnaires.definition import Definition, Kind, Option, Question
from portal.features.questionnaires.limits import (
    LEAST_LENGTH,
    LEAST_THRESHOLD,
    MOST_LENGTH,
    excesses,
)

RESERVED: Final = frozenset({"khoa"})
"""Names of fields that the form itself uses."""
ID: Final = re.compile(r"[a-z][a-z0-9]*")
CODE: Final = re.compile(r"[a-z0-9]+")


def whole(definition: Definition) -> Iterator[Finding]:
    """Find what is missing from the form as a whole."""
    if not definition.title:
        yield error("title", N_("Phiếu chưa có tên."))
    if not definition.questions:
        yield error("empty", N_("Phiếu không có câu hỏi nào."))
    if definition.threshold < LEAST_THRESHOLD:
        yield error("threshold", N_("Ngưỡng công bố nhỏ hơn 5 phiếu."))
    if definition.key_question is not None:
        yield from _key(definition, definition.key_question)
    for where, message, most in excesses(definition):
        yield error("limit", message, *([where] if where else []), most=most)


def _key(definition: Definition, wanted: str) -> Iterator[Finding]:
    key = next((one for one in definition.closed_questions if one.id == wanted), None)
    if key is None:
        yield error("key", N_("Câu đánh giá chung không có trong phiếu hoặc không có lựa chọn."))
    elif not key.scored:
        yield warning(
            "key_scale",
            N_("Câu đánh giá chung không phải thang đo (các mức không có điểm): đầu trang kết quả "
               "sẽ không có tỷ lệ hài lòng."),
        )  # fmt: skip


def sections(definition: Definition) -> Iterator[Finding]:
    """Find sections without a title or without questions."""
    for i, section in enumerate(definition.sections, 1):
        if not section.title:
            yield error("section_title", N_("Phần %(i)s chưa có tên."), section=i, i=i)
        if not section.questions:
            yield error("section_empty", N_("Phần %(i)s không có câu hỏi."), section=i, i=i)


def questions(definition: Definition) -> Iterator[Finding]:
    """Find what is missing from each question."""
    for name in _repeated(question.id for question in definition.questions):
        yield error("id", N_("Mã câu %(id)s bị lặp lại."), name, id=name)
    for question in definition.questions:
        for rule, message in _of_one(question):
            yield error(rule, message, question.id)


Fault = tuple[str, str]


def _of_one(question: Question) -> Iterator[Fault]:
    if not ID.fullmatch(question.id) or question.id in RESERVED:
        yield "id", N_("Mã câu chỉ gồm chữ thường a–z và chữ số, bắt đầu bằng chữ.")
    if not question.text:
        yield "text", N_("Câu này chưa có lời hỏi.")
    if question.closed:
        yield from _options(question)
    elif not LEAST_LENGTH <= question.max_length <= MOST_LENGTH:
        yield "length", N_("Câu viết cho phép từ 20 đến 2.000 chữ cái.")
    if question.kind == Kind.MATRIX:
        yield from _rows(question)


def _options(question: Question) -> Iterator[Fault]:
    options = question.options
    if len(options) < 2:
        yield "options", N_("Câu này cần ít nhất hai lựa chọn.")
    if not all(option.label for option in options):
        yield "label", N_("Có lựa chọn chưa ghi nội dung.")
    if not _are_codes(option.code for option in options):
        yield "code", N_("Mã lựa chọn chỉ gồm a–z, 0–9 và không lặp lại.")
    if _repeated(option.label for option in options if option.label):
        yield "same", N_("Có hai lựa chọn giống nhau.")
    if question.kind in {Kind.SCALE, Kind.MATRIX}:
        yield from _scores(question.kind, options)
    if any(option.unknown and option.score is not None for option in options):
        yield "score", N_("Ý đứng riêng như “Không biết” không có điểm.")


def _scores(kind: Kind, options: Iterable[Option]) -> Iterator[Fault]:
    scores = [option.score for option in options if not option.unknown]
    if kind == Kind.MATRIX and all(score is None for score in scores):
        return  # A matrix may also ask “Có / Không”.
    if None in scores or len(set(scores)) < len(scores):
        yield "score", N_("Thang đo cần một điểm riêng cho mỗi mức.")


def _rows(question: Question) -> Iterator[Fault]:
    if not question.rows:
        yield "rows", N_("Bảng chưa có dòng nào.")
    if not all(row.label for row in question.rows):
        yield "row_label", N_("Có dòng của bảng chưa ghi nội dung.")
    if not _are_codes(row.code for row in question.rows):
        yield "row_code", N_("Mã dòng chỉ gồm a–z, 0–9 và không lặp lại.")
    if _repeated(row.label for row in question.rows if row.label):
        yield "row_same", N_("Có hai dòng của bảng giống nhau.")


def _are_codes(codes: Iterable[str]) -> bool:
    found = list(codes)
    return all(CODE.fullmatch(code) for code in found) and not _repeated(found)


def _repeated(names: Iterable[str]) -> list[str]:
    return sorted(name for name, n in Counter(names).items() if n > 1)
