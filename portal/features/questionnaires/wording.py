"""All the words of a questionnaire: listed, changed together, and in a second language."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from portal.core.text import clean
from portal.features.questionnaires.definition import (
    TEXT_LIMIT,
    Definition,
    Kind,
    Question,
    Section,
)

OTHER_LANGUAGES = {"en": "English"}
"""What a form may be read in besides Vietnamese."""
HOLE = "…"


def reworded(definition: Definition, say: Callable[[str], str]) -> Definition:
    """Give the form with `say` applied to every text that a respondent reads, from top to bottom.

    The texts of the shared options of a scale are handed over for every question.
    """
    return replace(
        definition,
        title=say(definition.title),
        intro=say(definition.intro),
        audience=say(definition.audience),
        sections=tuple(_section(section, say) for section in definition.sections),
    )


def without_holes(definition: Definition) -> Definition:
    """Give a draft that can be drawn: “…” stands where something to read has no words yet."""
    sections = tuple(
        Section(section.title or HOLE, tuple(_without_holes(each) for each in section.questions))
        for section in definition.sections
    )
    return replace(definition, title=definition.title or HOLE, sections=sections)


def _without_holes(question: Question) -> Question:
    return replace(
        question,
        text=question.text or HOLE,
        rows=tuple(row if row.label else replace(row, label=HOLE) for row in question.rows),
        options=tuple(o if o.label else replace(o, label=HOLE) for o in question.options),
    )


def texts(definition: Definition) -> tuple[str, ...]:
    """List every text once, in the order in which they are read."""
    found: dict[str, None] = {}

    def note(text: str) -> str:
        found[text] = None
        return text

    reworded(definition, note)
    return tuple(text for text in found if text)


def in_language(definition: Definition, language: str) -> Definition:
    """Give the form in another language; what is not translated stays Vietnamese."""
    words = definition.languages.get(language)
    if not words:
        return definition
    return reworded(definition, lambda text: words.get(text) or text)


def with_language(definition: Definition, language: str, words: Mapping[str, str]) -> Definition:
    """Give the form with the translations of one language; an empty one is taken out.

    Only what translates a text of the form is kept.
    """
    known = {text: said for text in texts(definition) if (said := words.get(text))}
    languages = {name: said for name, said in definition.languages.items() if name != language}
    return replace(definition, languages=languages | ({language: known} if known else {}))


def tidy(definition: Definition) -> Definition:
    """Give the form as it is stored for good.

    Texts are clean, and what nobody would see is gone: options of a question that is answered in
    words, rows of one that is no matrix, translations of what the form no longer says.
    """
    made = replace(reworded(definition, clean), intro=clean(definition.intro, multiline=True))
    sections = tuple(
        replace(section, questions=tuple(_without_unused(each) for each in section.questions))
        for section in made.sections
    )
    made = replace(made, sections=sections)
    for language, words in definition.languages.items():
        cleaned = {_kept(text): _kept(said) for text, said in words.items()}
        made = with_language(made, language, cleaned)
    return made


def _kept(text: str) -> str:
    return clean(text, multiline=True)


def _without_unused(question: Question) -> Question:
    return replace(
        question,
        options=question.options if question.closed else (),
        rows=question.rows if question.kind == Kind.MATRIX else (),
        max_length=TEXT_LIMIT if question.closed else question.max_length,
    )


def untranslated(definition: Definition, language: str) -> tuple[str, ...]:
    """List the texts that stay Vietnamese in a language."""
    words = definition.languages.get(language, {})
    return tuple(text for text in texts(definition) if not words.get(text))


def _section(section: Section, say: Callable[[str], str]) -> Section:
    title = say(section.title)
    return Section(title, tuple(_question(question, say) for question in section.questions))


def _question(question: Question, say: Callable[[str], str]) -> Question:
    return replace(
        question,
        text=say(question.text),
        hint=say(question.hint),
        rows=tuple(replace(row, label=say(row.label)) for row in question.rows),
        options=tuple(replace(option, label=say(option.label)) for option in question.options),
    )
