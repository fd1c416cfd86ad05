"""A questionnaire as plain data: sections, questions, options, conditions; and how answers pack."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

TEXT_LIMIT = 2000
"""Signs of a free text, unless the question allows fewer."""
_SECONDS_CLOSED, _SECONDS_ROW, _SECONDS_TEXT = 15, 8, 45


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTI = "multi"
    SCALE = "scale"
    MATRIX = "matrix"
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
class Row:
    """One line of a matrix."""

    code: str
    label: str


@dataclass(frozen=True)
class Question:
    """One question. `show_if` maps an earlier question to the options that bring this one up.

    A matrix asks each of its rows with the same options; see `parts`.
    """

    id: str
    text: str
    kind: Kind
    required: bool = False
    options: tuple[Option, ...] = ()
    show_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hint: str = ""
    rows: tuple[Row, ...] = ()
    max_length: int = TEXT_LIMIT

    @property
    def closed(self) -> bool:
        """Say whether it is answered by options."""
        return self.kind != Kind.TEXT

    @property
    def row(self) -> str:
        """Give the line of a matrix that this is, "" for a question of its own."""
        return self.rows[0].label if self.rows and self.kind != Kind.MATRIX else ""

    @property
    def heading(self) -> str:
        """Give what is asked, without the row: what stands over the rows of a matrix."""
        return self.text.removesuffix(f" – {self.row}") if self.row else self.text

    @property
    def scored(self) -> bool:
        """Say whether its options have an order, those that stand apart left out."""
        known = [option for option in self.options if not option.unknown]
        return bool(known) and all(option.score is not None for option in known)

    def parts(self) -> tuple["Question", ...]:
        """Give what is answered one by one: the rows of a matrix, else the question itself.

        A row is a closed question of its own, "c5.a", so that packing, counting, disclosure and
        files know nothing of matrices.
        """
        if self.kind != Kind.MATRIX:
            return (self,)
        kind = Kind.SCALE if self.scored else Kind.SINGLE
        return tuple(
            replace(
                self, id=f"{self.id}.{row.code}", kind=kind, rows=(row,),
                text=f"{self.text} – {row.label}",
            )
            for row in self.rows
        )  # fmt: skip

    @property
    def seconds(self) -> int:
        """Give how long answering takes, roughly."""
        if self.kind == Kind.MATRIX:
            return _SECONDS_CLOSED + _SECONDS_ROW * len(self.rows)
        return _SECONDS_CLOSED if self.closed else _SECONDS_TEXT

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
    `languages` holds translations, each under the Vietnamese text it stands for, so that a scale
    is translated once and moving a question moves nothing else; see `wording`.
    """

    code: str
    title: str
    intro: str
    audience: str
    sections: tuple[Section, ...]
    threshold: int = 5
    key_question: str | None = None
    languages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Give all questions in order, as they are numbered."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def answered(self) -> tuple[Question, ...]:
        """Give what is answered one by one: all questions in order, each row of a matrix apart."""
        return tuple(part for question in self.questions for part in question.parts())

    @cached_property
    def closed_questions(self) -> tuple[Question, ...]:
        """Give those answered by options, in the order in which answers are packed."""
        return tuple(question for question in self.answered if question.closed)

    @property
    def shown_code(self) -> str:
        """Give the code as people write it: “PKS 03”."""
        return shown(self.code)

    @property
    def minutes(self) -> int:
        """Give how long answering takes, roughly: to be offered, not to be promised."""
        return max(1, round(sum(question.seconds for question in self.questions) / 60))

    def pack(self, choices: Mapping[str, tuple[str, ...]]) -> str:
        """Pack chosen codes into one short line: “3|kb||1,2|5”."""
        return "|".join(",".join(choices.get(q.id, ())) for q in self.closed_questions)

    def to_json(self) -> str:
        """Give it as stored; what a form does not use is left out, so that old digests stay."""
        return json.dumps(self.to_data(), ensure_ascii=False, sort_keys=True)

    def to_data(self) -> dict[str, Any]:
        """Give it as plain lists and dictionaries."""
        data = {each.name: getattr(self, each.name) for each in fields(self)}
        data["sections"] = [
            {"title": section.title, "questions": [_plain(each) for each in section.questions]}
            for section in self.sections
        ]
        return _without(data, languages={})

    def digest(self) -> str:
        """Give the SHA-256 of the stored form, in hex."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    @classmethod
    def from_json(cls, content: str) -> "Definition":
        """Read what `to_json` wrote."""
        return cls.from_data(json.loads(content))

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Definition":
        """Read what `to_data` gave."""
        return cls(**{**data, "sections": tuple(_section(raw) for raw in data["sections"])})


def shown(code: str) -> str:
    """Give a code as people write it: “PKS 03”, “PKS 07 LC”."""
    return re.sub(r" |(?<=[A-Z])(?=[0-9])", "\u00a0", code)


def same_code(one: str, other: str) -> bool:
    """Say whether two codes are one, spaces apart: “PKS 07” and “PKS07”."""
    return one.replace(" ", "") == other.replace(" ", "")


def _plain(question: Question) -> dict[str, Any]:
    # Five times as fast as `asdict`, which the editor would feel at a hundred questions.
    options = [dict(vars(option)) for option in question.options]
    rows = [dict(vars(row)) for row in question.rows]
    data = {**vars(question), "options": options, "rows": rows}
    return _without(data, rows=[], max_length=TEXT_LIMIT)


def _without(data: dict[str, Any], **unused: object) -> dict[str, Any]:
    return {name: value for name, value in data.items() if unused.get(name, ...) != value}


def _section(raw: dict[str, Any]) -> Section:
    return Section(raw["title"], tuple(_question(question) for question in raw["questions"]))


def _question(raw: dict[str, Any]) -> Question:
    read = {
        "kind": Kind(raw["kind"]),
        "options": tuple(Option(**option) for option in raw.get("options", ())),
        "show_if": {name: tuple(wanted) for name, wanted in raw.get("show_if", {}).items()},
        "rows": tuple(Row(**row) for row in raw.get("rows", ())),
    }
    return Question(**{**raw, **read})
