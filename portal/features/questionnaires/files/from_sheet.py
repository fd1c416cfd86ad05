"""Reading a questionnaire from an .xlsx; what cannot be understood is named by its cell."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from portal.core.errors import Invalid
from portal.core.spreadsheet import Rows, cell_name, read_sheets
from portal.core.text import N_, clean, fold
from portal.features.questionnaires.definition import (
    TEXT_LIMIT,
    Definition,
    Kind,
    Option,
    Question,
    Row,
    Section,
)
from portal.features.questionnaires.editing.sequences import free_name
from portal.features.questionnaires.files import shape
from portal.features.questionnaires.files.completing import numbered, scored
from portal.features.questionnaires.limits import LEAST_THRESHOLD

NO_SHEET = N_("Tệp thiếu trang “Câu hỏi”.")
_HEAD = N_("Cột này phải mang tên “%(name)s”.")
_WHAT = N_("Ghi một trong các chữ: %(words)s.")
_EARLY = N_("Dòng này phải đứng dưới một câu hỏi.")
_NO_SECTION = N_("Câu hỏi phải đứng dưới một dòng “Phần”.")
_NUMBER = N_("Chỗ này phải là số nguyên.")
_CONDITION = N_("Ghi số của câu trước rồi câu trả lời, ví dụ “11: Có”.")
_NO_ANSWER = N_("Câu %(number)s không có câu trả lời “%(label)s”.")
_NO_QUESTION = N_("Không có câu hỏi số này.")
_KINDS: Final = {fold(word): kind for kind, word in shape.KINDS.items()}


def read(content: bytes) -> Definition:
    """Read a workbook as `to_sheet` writes it, filled in by hand.

    Raises:
        Invalid: by cell, “Câu hỏi!B7”.
    """
    sheets = read_sheets(content)
    if shape.QUESTIONS not in sheets:
        raise Invalid({"file": NO_SHEET})
    reader = _Reader()
    reader.questions(sheets[shape.QUESTIONS])
    definition = reader.definition(sheets.get(shape.ABOUT, []))
    if reader.errors:
        raise Invalid(reader.errors)
    return definition


@dataclass(frozen=True)
class _About:
    """The sheet about the whole, by the name of the line."""

    rows: dict[str, int]
    texts: dict[str, str]
    said: dict[str, str]

    @classmethod
    def read(cls, rows: Rows) -> "_About":
        lines = {fold(cells[0]): (i, [*cells, "", ""]) for i, cells in enumerate(rows) if cells}
        found = {name: lines.get(fold(name), (0, ["", "", ""])) for name in _ABOUT}
        return cls(
            {name: row for name, (row, _) in found.items()},
            {name: cells[1] for name, (_, cells) in found.items()},
            {name: cells[2] for name, (_, cells) in found.items()},
        )


@dataclass
class _Asked:
    """A question while its lines are read."""

    question: Question
    row: int
    condition: str


@dataclass
class _Reader:
    """Goes from line to line and notes what does not fit."""

    errors: dict[str, str] = field(default_factory=dict)
    sections: list[tuple[str, list[_Asked]]] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)

    def questions(self, rows: Rows) -> None:
        """Read the sheet of questions."""
        self._check_heads(rows[0] if rows else [])
        for number, cells in enumerate(rows[1:], 1):
            line = [*cells, *[""] * len(shape.COLUMNS)]
            if any(line):
                kept = line[shape.CONDITION]
                line = [clean(cell) for cell in line]
                line[shape.CONDITION] = kept
                self._line(number, line)

    def definition(self, about: Rows) -> Definition:
        """Read the sheet about the whole, and put everything together."""
        found = _About.read(about)
        for text, said in zip(found.texts.values(), found.said.values(), strict=True):
            self._translate(text, said)
        sections = tuple(
            Section(title, tuple(self._finished(one) for one in asked))
            for title, asked in self.sections
        )
        row, threshold = found.rows[shape.THRESHOLD], found.texts[shape.THRESHOLD]
        made = Definition(
            code=found.texts[shape.CODE],
            title=found.texts[shape.TITLE],
            intro=found.texts[shape.INTRO],
            audience=found.texts[shape.AUDIENCE],
            sections=sections,
            threshold=self._number(shape.ABOUT, row, 1, threshold) or LEAST_THRESHOLD,
            languages={shape.LANGUAGE: self.words} if self.words else {},
        )
        key = self._key(made, found.rows[shape.KEY], found.texts[shape.KEY])
        return replace(made, key_question=key)

    def _check_heads(self, heads: list[str]) -> None:
        for place, column in enumerate(shape.COLUMNS[: shape.SAID]):
            if fold(heads[place] if place < len(heads) else "") != fold(column.head):
                self._wrong(0, place, _HEAD, name=column.head)

    def _line(self, number: int, line: list[str]) -> None:
        what = fold(line[shape.WHAT])
        self._translate(line[shape.TEXT], line[shape.SAID])
        self._translate(line[shape.HINT], line[shape.HINT_SAID])
        if what == fold(shape.SECTION):
            self.sections.append((line[shape.TEXT], []))
        elif what in _KINDS:
            self._ask(number, line, _KINDS[what])
        elif what in _PARTS:
            self._part(number, line, what)
        else:
            self._wrong(number, shape.WHAT, _WHAT, words=", ".join(shape.WORDS))

    def _ask(self, number: int, line: list[str], kind: Kind) -> None:
        if not self.sections:
            self._wrong(number, shape.WHAT, _NO_SECTION)
            return
        length = self._number(shape.QUESTIONS, number, shape.LENGTH, line[shape.LENGTH])
        question = Question(
            id=line[shape.ID], text=line[shape.TEXT], kind=kind, hint=line[shape.HINT],
            required=bool(line[shape.REQUIRED]), max_length=length or TEXT_LIMIT,
        )  # fmt: skip
        self.sections[-1][1].append(_Asked(question, number, line[shape.CONDITION]))

    def _part(self, number: int, line: list[str], what: str) -> None:
        if not self.sections or not self.sections[-1][1]:
            self._wrong(number, shape.WHAT, _EARLY)
            return
        asked = self.sections[-1][1][-1]
        question, code, text = asked.question, line[shape.ID], line[shape.TEXT]
        if what == fold(shape.ROW):
            asked.question = replace(question, rows=(*question.rows, Row(code, text)))
            return
        score = self._number(shape.QUESTIONS, number, shape.SCORE, line[shape.SCORE])
        option = Option(code, text, score, unknown=what == fold(shape.APART))
        asked.question = replace(question, options=(*question.options, option))

    def _finished(self, asked: _Asked) -> Question:
        """Give a question with ids, codes and scores where none were given, and its conditions."""
        everything = [one for _, group in self.sections for one in group]
        if not asked.question.id:
            name = free_name((one.question.id for one in everything), "c")
            asked.question = replace(asked.question, id=name)
        asked.question = numbered(scored(asked.question))
        earlier = everything[: everything.index(asked)]
        show_if = dict(self._conditions(asked, earlier))
        return replace(asked.question, show_if=show_if)

    def _conditions(
        self, asked: _Asked, earlier: list[_Asked]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        for line in filter(None, asked.condition.split("\n")):
            number, colon, labels = line.partition(":")
            place = fold(number).removeprefix("cau").strip()
            if not colon or not place.isdecimal() or not 0 < int(place) <= len(earlier):
                self._wrong(asked.row, shape.CONDITION, _CONDITION)
                continue
            question = earlier[int(place) - 1].question
            wanted = tuple(
                self._code(asked.row, question, place, label.strip())
                for label in labels.split(shape.BETWEEN.strip())
            )
            yield question.id, wanted

    def _code(self, row: int, question: Question, number: str, label: str) -> str:
        for option in question.options:
            if fold(label) in {fold(option.label), option.code}:
                return option.code
        self._wrong(row, shape.CONDITION, _NO_ANSWER, number=number, label=label)
        return ""

    def _key(self, definition: Definition, row: int, text: str) -> str | None:
        if not text:
            return None
        number, _, line = text.replace(",", ".").partition(".")
        for i, question in enumerate(definition.questions, 1):
            for j, part in enumerate(question.parts(), 1):
                if str(i) == number and (str(j) == line or not part.row):
                    return part.id
        self.errors[f"{shape.ABOUT}!{cell_name(row, 1)}"] = _NO_QUESTION
        return None

    def _translate(self, text: str, said: str) -> None:
        if text and said:
            self.words[text] = said

    def _number(self, sheet: str, row: int, column: int, text: str) -> int | None:
        if not text:
            return None
        if text.isdecimal() and len(text) < 6:
            return int(text)
        self.errors[f"{sheet}!{cell_name(row, column)}"] = _NUMBER
        return None

    def _wrong(self, row: int, column: int, message: str, **values: str) -> None:
        self.errors[f"{shape.QUESTIONS}!{cell_name(row, column)}"] = message % values


_ABOUT: Final = (
    shape.CODE, shape.TITLE, shape.INTRO, shape.AUDIENCE, shape.THRESHOLD, shape.KEY,
)  # fmt: skip
_PARTS: Final = frozenset(fold(word) for word in (shape.OPTION, shape.APART, shape.ROW))
