"""Commands about questions, which may also move from section to section."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from portal.features.questionnaires.definition import Kind, Option, Question, Row
from portal.features.questionnaires.editing.sequences import (
    Changed,
    Sections,
    free_name,
    number,
    place_of,
    put,
    without,
)
from portal.features.questionnaires.scales import SCALES

_FIRST_SCALE: Final = "hailong"


def edit(sections: Sections, verb: str, which: list[str]) -> Changed:
    """Carry out a command; see the package."""
    if verb == "add":
        return _add(sections, which)
    found = find(sections, which[0]) if which else None
    if found is None or verb not in _VERBS:
        return sections, ""
    return _VERBS[verb](sections, *found, which)


def find(sections: Sections, name: str) -> tuple[int, int] | None:
    """Give the places of a question: its section's, and its own within."""
    for at, section in enumerate(sections):
        for i, question in enumerate(section.questions):
            if question.id == name:
                return at, i
    return None


def retyped(question: Question, kind: Kind) -> Question:
    """Give a question as one of another kind, with room for its answers; no words are lost."""
    if kind == question.kind:
        return question
    fresh = _room(kind)
    options = question.options or fresh.options
    if kind == Kind.SCALE:
        options = scored(options)
    return replace(question, kind=kind, options=options, rows=question.rows or fresh.rows)


def scored(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Score options from top to bottom if none has a score; what stands apart has none."""
    known = [option for option in options if not option.unknown]
    if any(option.score is not None for option in known):
        return options
    scores = iter(range(len(known), 0, -1))
    return tuple(o if o.unknown else replace(o, score=next(scores)) for o in options)


def with_questions(sections: Sections, at: int, questions: tuple[Question, ...]) -> Sections:
    """Give the sections with other questions in one of them."""
    return put(without(sections, at), at, replace(sections[at], questions=questions))


def copies(sections: Sections, questions: Iterable[Question]) -> tuple[Question, ...]:
    """Give copies with new ids; conditions among them point to the copies."""
    taken = {question.id for section in sections for question in section.questions}
    new: dict[str, str] = {}
    for question in questions:
        new[question.id] = free_name({*taken, *new.values()}, "c")
    return tuple(
        replace(
            question,
            id=new[question.id],
            show_if={new.get(name, name): wanted for name, wanted in question.show_if.items()},
        )
        for question in questions
    )


def _add(sections: Sections, which: list[str]) -> Changed:
    at = place_of(sections, which)
    if at is None:
        return sections, ""
    kind = next((kind for kind in Kind if kind.value in which[1:2]), Kind.SINGLE)
    return _placed(sections, at, len(sections[at].questions), _fresh(sections, kind))


def _below(sections: Sections, at: int, i: int, _which: list[str]) -> Changed:
    kind = sections[at].questions[i].kind
    return _placed(sections, at, i + 1, _fresh(sections, kind))


def _fresh(sections: Sections, kind: Kind) -> Question:
    """Make a question as far as can be guessed: required, with room for its answers."""
    taken = (question.id for section in sections for question in section.questions)
    return replace(_room(kind), id=free_name(taken, "c"))


def _room(kind: Kind) -> Question:
    options: tuple[Option, ...] = (Option("1", ""), Option("2", ""))
    if kind in {Kind.SCALE, Kind.MATRIX}:
        options = SCALES[_FIRST_SCALE].options
    return Question(
        "", "", kind,
        required=kind != Kind.TEXT,
        options=options if kind != Kind.TEXT else (),
        rows=(Row("1", ""), Row("2", "")) if kind == Kind.MATRIX else (),
    )  # fmt: skip


def _copy(sections: Sections, at: int, i: int, _which: list[str]) -> Changed:
    (made,) = copies(sections, [sections[at].questions[i]])
    return _placed(sections, at, i + 1, made)


def _remove(sections: Sections, at: int, i: int, _which: list[str]) -> Changed:
    left = without(sections[at].questions, i)
    beside = f"question-{left[max(i - 1, 0)].id}" if left else f"section-{at + 1}"
    return with_questions(sections, at, left), beside


def _up(sections: Sections, at: int, i: int, _which: list[str]) -> Changed:
    if i or not at:
        return _carried(sections, at, i, at, max(i - 1, 0))
    # Out of its section into the one above, as its last.
    return _carried(sections, at, i, at - 1, len(sections[at - 1].questions))


def _down(sections: Sections, at: int, i: int, _which: list[str]) -> Changed:
    if i + 1 < len(sections[at].questions) or at + 1 == len(sections):
        return _carried(sections, at, i, at, i + 1)
    return _carried(sections, at, i, at + 1, 0)


def _into(sections: Sections, at: int, i: int, which: list[str]) -> Changed:
    to = place_of(sections, which, 1)
    if to is None:
        return sections, f"question-{which[0]}"
    wanted = number(which, 2)
    return _carried(sections, at, i, to, len(sections[to].questions) if not wanted else wanted - 1)


def _carried(sections: Sections, at: int, i: int, to: int, place: int) -> Changed:
    question = sections[at].questions[i]
    left = with_questions(sections, at, without(sections[at].questions, i))
    return _placed(left, to, min(place, len(left[to].questions)), question)


def _placed(sections: Sections, at: int, i: int, question: Question) -> Changed:
    questions = put(sections[at].questions, i, question)
    return with_questions(sections, at, questions), f"question-{question.id}"


_VERBS: Final[Mapping[str, Callable[[Sections, int, int, list[str]], Changed]]] = {
    "below": _below, "copy": _copy, "remove": _remove, "up": _up, "down": _down, "into": _into,
}  # fmt: skip
