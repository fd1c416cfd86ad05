"""Questions that ask for a judgement: said plainly, with a way out, in one order."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from portal.core.text import N_
from portal.features.questionnaires.checks.found import Finding, warning
from portal.features.questionnaires.definition import Definition, Kind, Question

_NEGATION: Final = re.compile(r"\b(?:không|chưa|chẳng|chả)\b")
_NO_NEGATION: Final = re.compile(
    r"(?:\b(?:hay|hoặc)\s+)?\b(?:không|chưa)\s*(?:\([^)]*\)\s*)?(?=[,;?.:]|$)"  # “…biết không?”
    r"|\bkhông (?:chỉ|những|chuyên trách|chính thức|gian|khí)\b"
    r"|\b(?:có hay không|có hoặc không|hàng không|trên không)\b"
)
_NEGATIVE: Final = re.compile(r"(?:(?:rất|hoàn toàn|cơ bản)\s+)?(?:không|chưa)\b")


def double_negatives(definition: Definition) -> Iterator[Finding]:
    """Find negative statements that are answered by yes and no, or by a scale."""
    for question in definition.questions:
        if question.closed and _is_negated_twice(question):
            yield warning(
                "double_negative",
                N_("Lời hỏi có ý phủ định mà câu trả lời cũng có “Không”, “Chưa”: người đọc dễ "
                   "chọn ngược ý. Nên hỏi theo chiều khẳng định."),
                question.id,
            )  # fmt: skip


def without_dont_know(definition: Definition) -> Iterator[Finding]:
    """Find judgements that somebody without one has to give all the same."""
    numbered = enumerate(definition.questions, 1)
    found = {
        question.id: number
        for number, question in numbered
        if question.closed and question.scored and not any(o.unknown for o in question.options)
    }
    if found:
        yield warning(
            "dont_know",
            N_("Câu %(numbers)s hỏi đánh giá mà không có ý “Không biết / Không có ý kiến”: người "
               "chưa rõ phải chọn đại, tỷ lệ không còn đúng."),
            *found, numbers=", ".join(map(str, found.values())),
        )  # fmt: skip


def scales(definition: Definition) -> Iterator[Finding]:
    """Find scales whose levels do not rise or fall one by one, or that run against the others."""
    falling, rising = [], []
    for question in definition.questions:
        scores = _scores(question)
        if _is_falling(scores):
            falling += [question.id] if len(scores) > 1 else []
        elif _is_falling(scores[::-1]):
            rising.append(question.id)
        else:
            yield warning(
                "scale_order",
                N_("Các mức của thang đo không xếp theo thứ tự điểm: người đọc lướt dễ chọn nhầm."),
                question.id,
            )
    if falling and rising:
        yield warning(
            "scale_turned",
            N_("Có thang đo xếp từ tốt đến kém, có thang xếp ngược lại. Nên xếp cùng một chiều."),
            *min(falling, rising, key=len),
        )


def _is_negated_twice(question: Question) -> bool:
    statements = [row.label for row in question.rows] if question.kind == Kind.MATRIX else []
    least = 2 if question.kind == Kind.MULTI or not _has_negative(question) else 1
    return any(_negations(text) >= least for text in (question.text, *statements))


def _has_negative(question: Question) -> bool:
    known: Iterable[str] = (o.label.lower() for o in question.options if not o.unknown)
    return any(_NEGATIVE.match(label) for label in known)


def _negations(text: str) -> int:
    return len(_NEGATION.findall(_NO_NEGATION.sub(" ", text.lower())))


def _scores(question: Question) -> list[int]:
    return [o.score for o in question.options if question.closed and o.score is not None]


def _is_falling(scores: list[int]) -> bool:
    return all(before > after for before, after in pairwise(scores))
