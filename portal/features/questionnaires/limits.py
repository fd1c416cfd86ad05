"""How large a questionnaire may be: nothing beyond this is stored or read from a file."""

from collections.abc import Iterator

from portal.core.errors import Invalid
from portal.core.text import N_
from portal.features.questionnaires.definition import TEXT_LIMIT, Definition, Question

SECTIONS, QUESTIONS, OPTIONS, ROWS = 40, 200, 40, 30
CODE, TITLE, INTRO, TEXT, HINT, LABEL = 16, 300, 3000, 1000, 500, 300
LEAST_LENGTH, MOST_LENGTH = 20, TEXT_LIMIT
"""Signs that a free text may be allowed."""
LEAST_THRESHOLD, MOST_THRESHOLD = 5, 100
FILE = 2_000_000
"""Bytes of a file that is brought in."""

Excess = tuple[str, str, int]
"""Where it is (a question's id, "" for the whole), what is said, and the limit."""
_TOO_MANY_SECTIONS = N_("Phiếu có nhiều nhất %(most)s phần.")
_TOO_MANY_QUESTIONS = N_("Phiếu có nhiều nhất %(most)s câu hỏi.")
_TOO_MANY_OPTIONS = N_("Một câu có nhiều nhất %(most)s lựa chọn.")
_TOO_MANY_ROWS = N_("Một bảng có nhiều nhất %(most)s dòng.")
_TOO_LONG = N_("Nội dung này dài nhất %(most)s chữ cái.")


def excesses(definition: Definition) -> Iterator[Excess]:
    """Name what goes beyond the limits."""
    yield from _of_the_whole(definition)
    for question in definition.questions:
        yield from _of_one(question)


def check(definition: Definition) -> None:
    """Refuse a form that is too large.

    Raises:
        Invalid: naming the questions, "phieu" for the whole.
    """
    found = {
        where or "phieu": message.replace("%(most)s", str(most))
        for where, message, most in excesses(definition)
    }
    if found:
        raise Invalid(found)


def _of_the_whole(definition: Definition) -> Iterator[Excess]:
    if len(definition.sections) > SECTIONS:
        yield "", _TOO_MANY_SECTIONS, SECTIONS
    if len(definition.questions) > QUESTIONS:
        yield "", _TOO_MANY_QUESTIONS, QUESTIONS
    texts = [(definition.title, TITLE), (definition.intro, INTRO), (definition.audience, TITLE)]
    texts += [(section.title, TITLE) for section in definition.sections]
    said = (text for words in definition.languages.values() for text in words.values())
    texts += [(text, INTRO) for text in said]
    yield from _too_long("", texts)


def _of_one(question: Question) -> Iterator[Excess]:
    if len(question.options) > OPTIONS:
        yield question.id, _TOO_MANY_OPTIONS, OPTIONS
    if len(question.rows) > ROWS:
        yield question.id, _TOO_MANY_ROWS, ROWS
    labels = [option.label for option in question.options] + [row.label for row in question.rows]
    texts = [(question.text, TEXT), (question.hint, HINT), *((label, LABEL) for label in labels)]
    yield from _too_long(question.id, texts)


def _too_long(where: str, texts: list[tuple[str, int]]) -> Iterator[Excess]:
    for text, most in texts:
        if len(text) > most:
            yield where, _TOO_LONG, most
