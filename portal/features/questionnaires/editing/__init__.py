"""Adding, moving, copying and removing the parts of a questionnaire: one command, one new form.

A command is "what.verb.which…". It is the value of a button, so that the editor works without
script; dragging sends "into" with a place. Sections go by their number, questions by their id,
options and rows by their code:

    section.add  section.add.2 (after the second)  section.up.2  section.down.2  section.into.2.1
    section.copy.2  section.remove.2
    question.add.2  question.add.2.scale  question.below.c3  question.up.c3  question.down.c3
    question.into.c3.2  question.into.c3.2.1  question.copy.c3  question.remove.c3
    option.add.c3  option.unknown.c3  option.scale.c3.hailong
    option.up.c3.1  option.down.c3.1  option.remove.c3.1
    row.add.c3  row.up.c3.a  row.down.c3.a  row.remove.c3.a

A draft may be unfinished: what is made here has no words yet. Removing leaves conditions that
point to what is gone; the checks name them, since only the author knows what was meant.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from portal.features.questionnaires.definition import Definition
from portal.features.questionnaires.editing import answers, questions, sections
from portal.features.questionnaires.editing.sequences import Changed, Sections


@dataclass(frozen=True)
class Edited:
    """A form after a command, and where to go on writing."""

    definition: Definition
    focus: str = ""
    """What was moved or made: "section-2", "question-c3", "option-c3-1"; "" if it is gone."""


def edit(definition: Definition, command: str) -> Edited:
    """Carry out a command; one that means nothing leaves the form as it is."""
    what, _, rest = command.partition(".")
    verb, *which = rest.split(".")
    changed, focus = _EDITS.get(what, _leave)(definition.sections, verb, [w for w in which if w])
    if changed == definition.sections:
        return Edited(definition, focus)
    return Edited(replace(definition, sections=changed), focus)


def _leave(unchanged: Sections, _verb: str, _which: list[str]) -> Changed:
    return unchanged, ""


_EDITS: Final[Mapping[str, Callable[[Sections, str, list[str]], Changed]]] = {
    "section": sections.edit,
    "question": questions.edit,
    "option": answers.edit_options,
    "row": answers.edit_rows,
}
