"""A questionnaire as plain data: sections, questions, options, conditions; and how answers pack."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

TEXT_LIMIT = 2000
_SECONDS_CLOSED, _SECONDS_TEXT = 15, 45


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTI = "multi"
    SCALE = "scale"
    TEXT = "text"


@dataclass(frozen=True)
class Option:
    """One possible answer.

    `score` orders a scale, highest best; `unknown` marks “Không biết / Không có ý kiến”, which
    stands apart and never enters a rate.
    """

    code: str
    label: str
    score: int | None = None
    unknown: bool = False


@dataclass(frozen=True)
class Question:
    """One question. `show_if` maps an earlier question to the options that bring this one up."""

    id: str
    text: str
    kind: Kind
    required: bool = False
    options: tuple[Option, ...] = ()
    show_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hint: str = ""

    @property
    def closed(self) -> bool:
        """Say whether it is answered by options."""
        return self.kind != Kind.TEXT

    def asked(self, answers: Mapping[str, tuple[str, ...]]) -> bool:
        """Say whether these answers (question → chosen codes) bring it up."""
        return all(
            set(answers.get(earlier, ())) & set(wanted) for earlier, wanted in self.show_if.items()
        )


@dataclass(frozen=True)
class Section:
    """Questions that are shown together."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Definition:
    """A whole questionnaire.

    `threshold` is the least number of answers for which anything is shown (10 where a form says
    so); `key_question` is the one whose share of satisfied answers stands for the whole.
    """

    code: str
    title: str
    intro: str
    audience: str
    sections: tuple[Section, ...]
    threshold: int = 5
    key_question: str | None = None

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Give all questions in order."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def closed_questions(self) -> tuple[Question, ...]:
        """Give those answered by options, in the order in which answers are packed."""
        return tuple(question for question in self.questions if question.closed)

    @property
    def shown_code(self) -> str:
        """Give the code as people write it: “PKS 03”."""
        return re.sub(r"(?<=[A-Z])(?=[0-9])", "\u00a0", self.code)

    @property
    def minutes(self) -> int:
        """Give how long answering takes, roughly: to be offered, not to be promised."""
        texts = len(self.questions) - len(self.closed_questions)
        seconds = len(self.closed_questions) * _SECONDS_CLOSED + texts * _SECONDS_TEXT
        return max(1, round(seconds / 60))

    def pack(self, choices: Mapping[str, tuple[str, ...]]) -> str:
        """Pack chosen codes into one short line: “3|kb||1,2|5”."""
        return "|".join(",".join(choices.get(q.id, ())) for q in self.closed_questions)

    def to_json(self) -> str:
        """Give it as stored."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    def digest(self) -> str:
        """Give the SHA-256 of the stored form, in hex."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    @classmethod
    def from_json(cls, content: str) -> "Definition":
        """Read what `to_json` wrote."""
        raw = json.loads(content)
        raw["sections"] = tuple(_section(section) for section in raw["sections"])
        return cls(**raw)


def _section(raw: dict[str, Any]) -> Section:
    return Section(raw["title"], tuple(_question(question) for question in raw["questions"]))


def _question(raw: dict[str, Any]) -> Question:
    return Question(
        id=raw["id"],
        text=raw["text"],
        kind=Kind(raw["kind"]),
        required=raw["required"],
        options=tuple(Option(**option) for option in raw["options"]),
        show_if={earlier: tuple(wanted) for earlier, wanted in raw["show_if"].items()},
        hint=raw["hint"],
    )
