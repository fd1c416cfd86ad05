"""Writing a questionnaire as an .xlsx that can be changed in Excel and read again."""

from collections.abc import Iterator
from typing import IO

from portal.core.workbook import Column, Sheet, Value, workbook
from portal.features.questionnaires.definition import TEXT_LIMIT, Definition, Question
from portal.features.questionnaires.files import shape

Line = tuple[Value, ...]


def to_sheet(stream: IO[bytes], definition: Definition) -> None:
    """Write a form, and how to fill the sheets in; an empty form gives an empty sheet to fill."""
    words = definition.languages.get(shape.LANGUAGE, {})
    with workbook(stream) as book:
        about = Sheet(book, shape.ABOUT, shape.ABOUT_COLUMNS)
        for name, value in _about(definition):
            about.add((name, value, words.get(str(value))))
        about.close()
        sheet = Sheet(book, shape.QUESTIONS, shape.COLUMNS)
        sheet.offer(shape.WHAT, shape.WORDS)
        sheet.offer(shape.REQUIRED, (shape.YES,))
        for line in _lines(definition):
            sheet.add((*line, words.get(str(line[shape.TEXT])), words.get(str(line[shape.HINT]))))
        sheet.close()
        guide = Sheet(book, shape.GUIDE, (Column("Cột", 16), Column("Cách ghi", 110)))
        for column in shape.GUIDE_LINES:
            guide.add(column)
        guide.close()


def _about(definition: Definition) -> tuple[tuple[str, Value], ...]:
    return (
        (shape.CODE, definition.code),
        (shape.TITLE, definition.title),
        (shape.INTRO, definition.intro),
        (shape.AUDIENCE, definition.audience),
        (shape.THRESHOLD, definition.threshold),
        (shape.KEY, _key(definition)),
    )


def _key(definition: Definition) -> str:
    """Give the number of the question that stands for the whole: “12”, or “12.3” for a row."""
    for number, question in enumerate(definition.questions, 1):
        for row, part in enumerate(question.parts(), 1):
            if part.id == definition.key_question:
                return f"{number}.{row}" if part.row else str(number)
    return ""


def _lines(definition: Definition) -> Iterator[Line]:
    for section in definition.sections:
        yield _line(shape.SECTION, section.title)
        for question in section.questions:
            yield _question(definition, question)
            for row in question.rows:
                yield _line(shape.ROW, row.label, code=row.code)
            for option in question.options:
                what = shape.APART if option.unknown else shape.OPTION
                yield _line(what, option.label, score=option.score, code=option.code)


def _question(definition: Definition, question: Question) -> Line:
    length = None if question.max_length == TEXT_LIMIT else question.max_length
    return (
        shape.KINDS[question.kind], question.text, shape.YES if question.required else None, None,
        "\n".join(_conditions(definition, question)) or None, question.hint or None, length,
        question.id,
    )  # fmt: skip


def _conditions(definition: Definition, question: Question) -> Iterator[str]:
    for number, earlier in enumerate(definition.questions, 1):
        if wanted := question.show_if.get(earlier.id):
            labels = [option.label for option in earlier.options if option.code in wanted]
            yield f"{number}: {shape.BETWEEN.join(labels)}"


def _line(what: str, text: str, *, score: int | None = None, code: str | None = None) -> Line:
    return (what, text, None, score, None, None, None, code)
