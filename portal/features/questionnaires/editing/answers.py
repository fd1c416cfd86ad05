"""Commands about the options and the rows of a question."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from portal.features.questionnaires.definition import Option, Question, Row
from portal.features.questionnaires.editing.questions import find, with_questions
from portal.features.questionnaires.editing.sequences import (
    Changed,
    Sections,
    free_name,
    moved,
    put,
    without,
)
from portal.features.questionnaires.scales import SCALES, UNKNOWN

_Coded = TypeVar("_Coded", Option, Row)
_Items = tuple[tuple[_Coded, ...], str]
"""Options or rows after a command, and the code of the one to go on with."""


def edit_options(sections: Sections, verb: str, which: list[str]) -> Changed:
    """Carry out a command; see the package."""

    def change(question: Question) -> tuple[Question, str]:
        code = which[1] if len(which) > 1 else ""
        options, focus = _options(question.options, verb, code)
        return replace(question, options=options), focus

    return _changed(sections, "option", which, change)


def edit_rows(sections: Sections, verb: str, which: list[str]) -> Changed:
    """Carry out a command; see the package."""

    def change(question: Question) -> tuple[Question, str]:
        if verb == "add":
            made = with_row(question, "")
            return made, made.rows[-1].code
        rows, focus = _rearranged(question.rows, verb, which[1] if len(which) > 1 else "")
        return replace(question, rows=rows), focus

    return _changed(sections, "row", which, change)


def with_option(question: Question, label: str) -> Question:
    """Give a question with one more option; what stands apart stays last.

    An option that has no words yet takes them first.
    """
    for i, option in enumerate(question.options):
        if not option.label:
            options = put(without(question.options, i), i, replace(option, label=label))
            return replace(question, options=options)
    made = Option(free_name(option.code for option in question.options), label)
    return replace(question, options=_before_apart(question.options, made))


def with_row(question: Question, label: str) -> Question:
    """Give a question with one more row; one that has no words yet takes them first."""
    for i, row in enumerate(question.rows):
        if label and not row.label:
            return replace(
                question, rows=put(without(question.rows, i), i, replace(row, label=label))
            )
    made = Row(free_name(row.code for row in question.rows), label)
    return replace(question, rows=(*question.rows, made))


def _before_apart(options: tuple[Option, ...], made: Option) -> tuple[Option, ...]:
    at = next((i for i, option in enumerate(options) if option.unknown), len(options))
    return put(options, at, made)


def _options(options: tuple[Option, ...], verb: str, code: str) -> _Items[Option]:
    known = {option.code for option in options}
    if verb == "scale":
        return (SCALES[code].options, "") if code in SCALES else (options, "")
    if verb == "add":
        made = Option(free_name(known), "")
        return _before_apart(options, made), made.code
    if verb == "unknown":
        if standing := [option.code for option in options if option.unknown]:
            return options, standing[0]
        own = UNKNOWN.code if UNKNOWN.code not in known else free_name(known, UNKNOWN.code)
        return (*options, replace(UNKNOWN, code=own)), own
    return _rearranged(options, verb, code)


def _rearranged(items: tuple[_Coded, ...], verb: str, code: str) -> _Items[_Coded]:
    at = next((place for place, item in enumerate(items) if item.code == code), None)
    if at is None:
        return items, ""
    if verb == "remove":
        left = without(items, at)
        return left, left[max(at - 1, 0)].code if left else ""
    return moved(items, at, at + {"up": -1, "down": 1}.get(verb, 0)), code


def _changed(
    sections: Sections,
    what: str,
    which: list[str],
    change: Callable[[Question], tuple[Question, str]],
) -> Changed:
    found = find(sections, which[0]) if which else None
    if found is None:
        return sections, ""
    at, i = found
    question, code = change(sections[at].questions[i])
    questions = put(without(sections[at].questions, i), i, question)
    focus = f"{what}-{question.id}-{code}" if code else f"question-{question.id}"
    return with_questions(sections, at, questions), focus
