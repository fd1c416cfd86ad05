"""What the editor of a questionnaire shows: one thing open to write in, the rest as it reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Final

from portal.core.text import N_
from portal.features.questionnaires import checks, pages
from portal.features.questionnaires.checks.found import Finding, Level
from portal.features.questionnaires.definition import Definition, Kind, Question
from portal.features.questionnaires.pages import Numbered, Part
from portal.features.questionnaires.scales import SCALES, Scale

WHOLE = "whole"
_SHORT: Final[Mapping[str, str]] = {
    "dont_know": N_("Chưa có ý “Không biết / Không có ý kiến”."),
    "identifying": N_("Cùng các câu khác về người trả lời, có thể đoán ra ai trả lời."),
    "scale_turned": N_("Thang này xếp ngược chiều các câu khác."),
}
"""What is said at each of the questions that a finding concerns together. It names no number, so
that a move leaves it as it is."""
_FIELDS = {
    WHOLE: "ten",
    "section": "phan-{0}-ten",
    "question": "{0}-hoi",
    "option": "{0}-chon-{1}-nhan",
    "row": "{0}-dong-{1}-nhan",
}


@dataclass(frozen=True)
class Condition:
    """What a question hangs on: an earlier one, if it is still there, and the chosen options."""

    name: str
    earlier: Numbered | None
    wanted: tuple[str, ...]


@dataclass(frozen=True)
class Editor:
    """A questionnaire being written.

    `focus` says where to go on: "whole", "section-2", "question-c3", "option-c3-1", "row-c3-1".
    """

    definition: Definition
    focus: str = ""

    scales: ClassVar[Mapping[str, Scale]] = SCALES

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Give the sections with numbered questions."""
        return pages.parts(self.definition)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """List what is wrong, and what to look at."""
        return checks.check(self.definition)

    @cached_property
    def errors(self) -> int:
        """Count what keeps the form from being frozen."""
        return sum(finding.level == Level.ERROR for finding in self.findings)

    @cached_property
    def field(self) -> str:
        """Give the id of the field to go on writing in."""
        what, *names = self.focus.split("-")
        form = _FIELDS.get(what, "")
        return form.format(*names) if names or what == WHOLE else ""

    @cached_property
    def opened(self) -> str:
        """Give what is open: a question's id, "whole", or nothing."""
        what, *names = self.focus.split("-")
        known = {question.id for question in self.definition.questions}
        if what in {"question", "option", "row"} and names and names[0] in known:
            return names[0]
        return WHOLE if what == WHOLE else ""

    @cached_property
    def numbered(self) -> dict[str, Numbered]:
        """Give the questions by id."""
        return {each.question.id: each for part in self.parts for each in part.questions}

    @cached_property
    def key_choices(self) -> list[tuple[str, str]]:
        """List what can stand for the whole: closed questions, and rows of a matrix."""
        return [
            (part.id, f"{each.number}. {part.text}")
            for each in self.numbered.values()
            for part in each.question.parts()
            if part.closed
        ]

    def said_of(self, place: str) -> list[Finding]:
        """List the findings of a place: "whole", "section-2", "question-c3"."""
        return self._by_place.get(place, [])

    @staticmethod
    def short(finding: Finding) -> str:
        """Give the sentence for each question of a finding that concerns several."""
        return _SHORT.get(finding.rule, "")

    def earlier(self, question: Question) -> Iterator[Numbered]:
        """List the questions that a question can hang on and does not yet."""
        for each in self.numbered.values():
            if each.question.id == question.id:
                return
            known = each.question.id in question.show_if or each.question.kind == Kind.MATRIX
            if each.question.closed and not known:
                yield each

    def conditions(self, question: Question) -> Iterator[Condition]:
        """List what a question hangs on."""
        for name, wanted in question.show_if.items():
            yield Condition(name, self.numbered.get(name), wanted)

    @cached_property
    def _by_place(self) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            for place in places(finding):
                found.setdefault(place, []).append(finding)
        return found


def places(finding: Finding) -> list[str]:
    """Name the places that a finding is about; the first is where to go."""
    if finding.questions:
        return [f"question-{name}" for name in finding.questions]
    return [f"section-{finding.section}"] if finding.section else [WHOLE]
