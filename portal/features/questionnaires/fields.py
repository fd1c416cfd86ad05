"""The names of the editor's fields, and a draft with what was typed into them.

The whole:     ten, loi-mo-dau, hoi-ai, nguong, cau-chinh
A section:     phan-2-ten
A question:    c3-hoi, c3-kieu, c3-bat-buoc, c3-goi-y, c3-dai,
               c3-neu (values "c1.co": question.option)
An option:     c3-chon-1-nhan, c3-chon-1-diem, c3-chon-1-rieng
A row:         c3-dong-1-nhan
Pasted lines:  c3-dan, c3-dan-dong: each line an option, a row of a matrix, more
A translation: en-0, en-1 … in the order of `wording.texts`

What is not on the page stays as it is; a tick counts as taken out only where its question is.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Protocol

from portal.core.text import clean
from portal.features.questionnaires.definition import (
    TEXT_LIMIT,
    Definition,
    Kind,
    Option,
    Question,
    Row,
    Section,
)
from portal.features.questionnaires.editing.answers import with_option, with_row
from portal.features.questionnaires.editing.questions import retyped
from portal.features.questionnaires.wording import reworded, texts, with_language

_SIGN: Final = r"[-–—−+*•·●○◦◯▪▫■□◻▢☐☑☒❏❑➢➤✓✔\ue000-\uf8ff]"
_MARK: Final = re.compile(
    rf"^(?:{_SIGN}(?!\d)|\d{{1,2}}[.)](?!\d)|\(\d{{1,2}}\)|[^\W\d_][.)](?=\s)|[^\W\d_]\))"
    rf"|[○◯□◻▢☐❏❑\ue000-\uf8ff]$"
)
"""Bullets, boxes (Word's own signs among them) and numbers; “-5” and “3.5” are no marks."""


class Fields(Protocol):
    """A posted form."""

    def __contains__(self, key: object, /) -> bool:
        """Say whether a field was on the page."""

    def getlist(self, key: str, /) -> list[str]:
        """Give all values of a field."""


def filled(definition: Definition, fields: Fields) -> Definition:
    """Give a draft with what was typed: a number that is none leaves what was there."""
    sections = tuple(
        _section(number, section, fields) for number, section in enumerate(definition.sections, 1)
    )
    made = replace(
        definition,
        title=_text(fields, "ten", definition.title),
        intro=_text(fields, "loi-mo-dau", definition.intro, multiline=True),
        audience=_text(fields, "hoi-ai", definition.audience),
        threshold=_number(fields, "nguong", definition.threshold) or definition.threshold,
        key_question=_text(fields, "cau-chinh", definition.key_question or "") or None,
        sections=sections,
    )
    made = _carry_translations(definition, made)
    return replace(made, sections=tuple(_grown(section, fields) for section in made.sections))


def translated(definition: Definition, language: str, fields: Fields) -> Definition:
    """Give a draft with the translations that were typed."""
    before = definition.languages.get(language, {})
    words = {
        text: _text(fields, f"{language}-{i}", before.get(text, ""), multiline=True)
        for i, text in enumerate(texts(definition))
    }
    return with_language(definition, language, words)


def _section(number: int, section: Section, fields: Fields) -> Section:
    title = _text(fields, f"phan-{number}-ten", section.title)
    return Section(title, tuple(_question(question, fields) for question in section.questions))


def _question(question: Question, fields: Fields) -> Question:
    name = question.id
    if f"{name}-hoi" not in fields:
        return question
    return replace(
        question,
        text=_text(fields, f"{name}-hoi", question.text),
        required=f"{name}-bat-buoc" in fields,
        hint=_text(fields, f"{name}-goi-y", question.hint),
        max_length=_number(fields, f"{name}-dai", question.max_length) or TEXT_LIMIT,
        show_if=_conditions(fields.getlist(f"{name}-neu")),
        options=tuple(_option(name, option, fields) for option in question.options),
        rows=tuple(_row(name, row, fields) for row in question.rows),
    )


def _grown(section: Section, fields: Fields) -> Section:
    return replace(section, questions=tuple(_with_room(each, fields) for each in section.questions))


def _with_room(question: Question, fields: Fields) -> Question:
    """Add what had no place on the page: room for another kind of answers, pasted lines."""
    kinds = fields.getlist(f"{question.id}-kieu")
    made = retyped(question, Kind(kinds[0])) if kinds and kinds[0] in set(Kind) else question
    for line in _lines(fields, f"{question.id}-dan"):
        made = with_option(made, line)
    for line in _lines(fields, f"{question.id}-dan-dong"):
        made = with_row(made, line)
    return made


def _lines(fields: Fields, name: str) -> list[str]:
    lines = _text(fields, name, "", multiline=True).split("\n")
    return [bare for line in lines if (bare := _unmarked(line))]


def _unmarked(line: str) -> str:
    """Give a pasted line without what paper and Word put before and after it: “□ 1. ”, “•”."""
    while (shorter := _MARK.sub("", line, count=1).strip()) != line:
        line = shorter
    return line


def _option(name: str, option: Option, fields: Fields) -> Option:
    field = f"{name}-chon-{option.code}"
    if f"{field}-nhan" not in fields:
        return option
    unknown = f"{field}-rieng" in fields
    return replace(
        option,
        label=_text(fields, f"{field}-nhan", option.label),
        score=None if unknown else _number(fields, f"{field}-diem", option.score),
        unknown=unknown,
    )


def _row(name: str, row: Row, fields: Fields) -> Row:
    return replace(row, label=_text(fields, f"{name}-dong-{row.code}-nhan", row.label))


def _conditions(values: list[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for value in values:
        name, _, code = value.partition(".")
        if name:
            found[name] = (*found.get(name, ()), *([code] if code else []))
    return found


def _text(fields: Fields, name: str, before: str, *, multiline: bool = False) -> str:
    given = fields.getlist(name)
    return clean(given[0], multiline=multiline) if given else before


def _number(fields: Fields, name: str, before: int | None) -> int | None:
    given = fields.getlist(name)
    if not given:
        return before
    text = given[0].strip()
    if not text:
        return None
    return int(text) if text.isdecimal() and len(text) < 6 else before


def _carry_translations(before: Definition, after: Definition) -> Definition:
    """Keep the translation of a text that was corrected: it is the next text in the same place."""
    pairs = zip(_in_place(before), _in_place(after), strict=True)
    changed = {old: new for old, new in pairs if old != new}
    for language, words in before.languages.items():
        carried = {changed[text]: said for text, said in words.items() if text in changed}
        after = with_language(after, language, {**carried, **words})
    return after


def _in_place(definition: Definition) -> list[str]:
    from_top: list[str] = []

    def note(text: str) -> str:
        from_top.append(text)
        return text

    reworded(definition, note)
    return from_top
