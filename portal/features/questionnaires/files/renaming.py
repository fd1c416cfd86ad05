"""Names that a file may have wrong and that nobody could put right in the editor.

Ids and codes are no words that anybody reads, so the editor does not show them.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from portal.features.questionnaires.checks.structure import CODE, ID, RESERVED
from portal.features.questionnaires.definition import Definition, Question
from portal.features.questionnaires.editing.sequences import free_name

Names = Mapping[str, str]


def renamed(definition: Definition) -> Definition:
    """Give questions, options and rows names of their own where theirs cannot be used.

    What pointed to an old name points to the new one.
    """
    old = [question.id for question in definition.questions]
    new = _usable(old, ID, "c", RESERVED)
    ids = _first(old, new)
    codes = {
        question.id: _first([o.code for o in question.options], _codes(question.options))
        for question in reversed(definition.questions)
    }
    names = iter(new)
    sections = tuple(
        replace(section, questions=tuple(
            _question(question, next(names), ids, codes) for question in section.questions
        ))
        for section in definition.sections
    )  # fmt: skip
    name, dot, row = (definition.key_question or "").partition(".")
    return replace(
        definition, sections=sections, key_question=f"{ids.get(name, name)}{dot}{row}" or None
    )


def _question(question: Question, name: str, ids: Names, codes: Mapping[str, Names]) -> Question:
    show_if = {
        ids.get(earlier, earlier): tuple(codes.get(earlier, {}).get(one, one) for one in wanted)
        for earlier, wanted in question.show_if.items()
    }
    options = zip(question.options, _codes(question.options), strict=True)
    rows = zip(question.rows, _codes(question.rows), strict=True)
    return replace(
        question, id=name, show_if=show_if,
        options=tuple(replace(option, code=code) for option, code in options),
        rows=tuple(replace(row, code=code) for row, code in rows),
    )  # fmt: skip


def _codes(items: Sequence[object]) -> list[str]:
    return _usable([getattr(item, "code", "") for item in items], CODE, "", ())


def _usable(
    wanted: Sequence[str], form: re.Pattern[str], prefix: str, reserved: Collection[str]
) -> list[str]:
    found: list[str] = []
    for name in wanted:
        usable = form.fullmatch(name) and name not in {*reserved, *found}
        found.append(name if usable else free_name({*wanted, *found}, prefix))
    return found


def _first(old: Sequence[str], new: Sequence[str]) -> Names:
    """Map old names to new ones; one that stood twice means its first place."""
    return dict(zip(reversed(old), reversed(new), strict=True))
