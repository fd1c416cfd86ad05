"""What the pages about questionnaires show."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.features.questionnaires.definition import Definition, Question


@dataclass(frozen=True)
class Condition:
    """An earlier question, by its number, and the answers to it that bring a question up."""

    number: int
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Numbered:
    """A question with its number, and its conditions in words."""

    number: int
    question: Question
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Part:
    """A section with its number."""

    number: int
    title: str
    questions: tuple[Numbered, ...]


def parts(definition: Definition) -> tuple[Part, ...]:
    """Give the sections with numbered questions; numbers run through the whole form."""
    numbered = {
        question.id: Numbered(number, question, tuple(_conditions(definition, question)))
        for number, question in enumerate(definition.questions, 1)
    }
    return tuple(
        Part(number, section.title, tuple(numbered[each.id] for each in section.questions))
        for number, section in enumerate(definition.sections, 1)
    )


def _conditions(definition: Definition, question: Question) -> Iterator[Condition]:
    for number, earlier in enumerate(definition.questions, 1):
        if wanted := question.show_if.get(earlier.id):
            labels = (option.label for option in earlier.options if option.code in wanted)
            yield Condition(number, tuple(labels))
