"""Reading a posted form against its questionnaire: what was answered, and what is wrong."""

from dataclasses import dataclass, field
from typing import Protocol

from portal.core.text import N_, clean
from portal.features.questionnaires.definition import Definition, Kind, Question

PICK_ONE = N_("Xin chọn một câu trả lời.")
PICK_SOME = N_("Xin chọn ít nhất một ý.")
WRITE = N_("Xin viết câu trả lời.")
ONLY_ONE = N_("Câu này chỉ chọn một câu trả lời.")
ALONE = N_("Đã chọn “%(label)s” thì xin bỏ các ý khác.")
UNKNOWN = N_("Xin chọn trong các câu trả lời có sẵn.")
BLANK = N_("Phiếu này không có câu trả lời nào. Phiếu trắng không nhập, chỉ đếm khi kiểm đếm.")
TOO_LONG = N_("Ý kiến dài %(n)s chữ cái, nhiều nhất là %(most)s. Xin viết gọn hơn.")


class Fields(Protocol):
    """A posted form."""

    def getlist(self, key: str, /) -> list[str]:
        """Give all values of a field."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with the answer to a question, in a marked sentence with its values."""

    message: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass
class Reading:
    """What a form says: answers to the questions that were asked, problems by question.

    Where there is a problem, `choices` and `texts` still hold what was chosen and typed.
    """

    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    errors: dict[str, Problem] = field(default_factory=dict)


def read(definition: Definition, fields: Fields) -> Reading:
    """Read a posted form.

    Answers to questions that these answers do not bring up are dropped; unknown fields are
    ignored.
    """
    reading = Reading()
    for question in definition.answered:
        if not question.asked(reading.choices):
            continue
        given = fields.getlist(question.id)
        if question.closed:
            _read_choices(question, given, reading)
        else:
            _read_text(question, given, reading)
    return reading


def read_paper(definition: Definition, fields: Fields) -> Reading:
    """Read a sheet of paper as it was typed: what its writer left open stays open.

    A sheet counts for the questions that it answers, unlike a form on the screen, which asks again;
    nobody can ask its writer, and throwing the whole sheet away would silence the rest.
    """
    reading = read(definition, fields)
    said = reading.choices.keys() | reading.texts.keys()
    reading.errors = {
        name: wrong
        for name, wrong in reading.errors.items()
        if name in said or any(each.strip() for each in fields.getlist(name))
    }
    if not said and not reading.errors:
        first = definition.answered[0]
        reading.errors[first.id] = Problem(BLANK)
    return reading


def _read_choices(question: Question, given: list[str], reading: Reading) -> None:
    chosen = tuple(option.code for option in question.options if option.code in given)
    if chosen:
        reading.choices[question.id] = chosen
    problem = _problem(question, set(given), chosen)
    if problem is not None:
        reading.errors[question.id] = problem


def _problem(question: Question, given: set[str], chosen: tuple[str, ...]) -> Problem | None:
    if len(given) > len(chosen):
        return Problem(UNKNOWN)
    if not chosen:
        missing = PICK_SOME if question.kind == Kind.MULTI else PICK_ONE
        return Problem(missing) if question.required else None
    if len(chosen) > 1 and question.kind != Kind.MULTI:
        return Problem(ONLY_ONE)
    alone = [option.label for option in question.options if option.unknown]
    unknown = any(option.unknown and option.code in chosen for option in question.options)
    return Problem(ALONE, {"label": alone[0]}) if unknown and len(chosen) > 1 else None


def _read_text(question: Question, given: list[str], reading: Reading) -> None:
    text = clean(given[0], multiline=True) if given else ""
    if text:
        reading.texts[question.id] = text
    elif question.required:
        reading.errors[question.id] = Problem(WRITE)
    most = question.max_length
    if len(text) > most:
        reading.errors[question.id] = Problem(TOO_LONG, {"n": len(text), "most": most})
