"""What a definition must keep so that its answers can be asked, packed and counted."""

import re
from collections.abc import Iterator

from portal.features.questionnaires.definition import Definition, Kind, Question

RESERVED = frozenset({"khoa"})
"""Names of fields that the form itself uses."""
_ID = re.compile(r"[a-z][a-z0-9]*")
_CODE = re.compile(r"[a-z0-9]+")


def faults(definition: Definition) -> list[str]:
    """List what is wrong, for the operator; nothing when the definition can be used."""
    return [*_of_the_whole(definition), *_of_conditions(definition), *_of_questions(definition)]


def _of_the_whole(definition: Definition) -> Iterator[str]:
    ids = [question.id for question in definition.questions]
    yield from (f"câu {name}: mã lặp lại" for name in sorted(ids) if ids.count(name) > 1)
    if any(not section.questions for section in definition.sections) or not ids:
        yield "có phần không có câu hỏi"
    if definition.threshold < 5:
        yield "ngưỡng công bố nhỏ hơn 5"
    closed = {question.id for question in definition.closed_questions}
    if definition.key_question is not None and definition.key_question not in closed:
        yield f"câu chính {definition.key_question} không có hoặc không có lựa chọn"


def _of_conditions(definition: Definition) -> Iterator[str]:
    earlier: dict[str, set[str]] = {}
    for question in definition.questions:
        for name, wanted in question.show_if.items():
            if not wanted or not set(wanted) <= earlier.get(name, set()):
                yield f"câu {question.id}: điều kiện {name} không trỏ tới lựa chọn của câu trước"
        if question.closed:
            earlier[question.id] = {option.code for option in question.options}


def _of_questions(definition: Definition) -> Iterator[str]:
    for question in definition.questions:
        yield from (f"câu {question.id}: {fault}" for fault in _of_one(question))


def _of_one(question: Question) -> Iterator[str]:
    codes = [option.code for option in question.options]
    if not _ID.fullmatch(question.id) or question.id in RESERVED:
        yield "mã câu chỉ gồm chữ thường a–z và chữ số"
    if not all(_CODE.fullmatch(code) for code in codes) or len(set(codes)) < len(codes):
        yield "mã lựa chọn chỉ gồm a–z, 0–9 và không lặp lại"
    if question.closed != (len(codes) >= 2):
        yield "câu chọn cần ít nhất hai lựa chọn, câu viết thì không có"
    if question.kind == Kind.SCALE:
        scores = [option.score for option in question.options if not option.unknown]
        if None in scores or len(set(scores)) < len(scores):
            yield "thang đo cần một điểm riêng cho mỗi mức"
