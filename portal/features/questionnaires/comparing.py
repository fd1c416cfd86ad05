"""What differs between two wordings of a questionnaire, question by question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from portal.core.text import N_
from portal.features.questionnaires.definition import TEXT_LIMIT, Definition, Kind, Question

KINDS: Final[Mapping[Kind, str]] = {
    Kind.SINGLE: N_("Chọn một"),
    Kind.MULTI: N_("Chọn nhiều"),
    Kind.SCALE: N_("Thang đo"),
    Kind.MATRIX: N_("Bảng"),
    Kind.TEXT: N_("Câu viết"),
}
Lines = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """A place that differs: its name (msgid with values), and what stands there."""

    place: str
    before: Lines
    after: Lines
    values: Mapping[str, object] = field(default_factory=dict)


def changes(before: Definition, after: Definition) -> list[Change]:
    """List what differs, in the order of the newer wording; what is gone comes last."""
    pairs = [*_whole(before, after), *_sections(before, after), *_questions(before, after)]
    return [change for change in pairs if change.before != change.after]


def _whole(before: Definition, after: Definition) -> Iterator[Change]:
    for place, name in (
        (N_("Tên phiếu"), "title"),
        (N_("Lời mở đầu"), "intro"),
        (N_("Hỏi ai"), "audience"),
        (N_("Công bố từ bao nhiêu phiếu"), "threshold"),
        (N_("Câu đánh giá chung"), "key_question"),
    ):
        yield Change(place, _line(getattr(before, name)), _line(getattr(after, name)))


def _sections(before: Definition, after: Definition) -> Iterator[Change]:
    old = [section.title for section in before.sections]
    new = [section.title for section in after.sections]
    for i in range(max(len(old), len(new))):
        here = [_line(titles[i]) if i < len(titles) else () for titles in (old, new)]
        yield Change(N_("Phần %(i)s"), here[0], here[1], {"i": i + 1})


def _questions(before: Definition, after: Definition) -> Iterator[Change]:
    old = {each.id: _lines(before, each) for each in before.questions}
    for number, question in enumerate(after.questions, 1):
        was = old.pop(question.id, ())
        yield Change(N_("Câu %(n)s"), was, _lines(after, question), {"n": number})
    for lines in old.values():
        yield Change(N_("Câu đã bỏ"), lines, ())


def _lines(definition: Definition, question: Question) -> Lines:
    """Say all that a question is, a line each."""
    length = str(question.max_length) if question.max_length != TEXT_LIMIT else ""
    return tuple(
        filter(None, (
            question.text or "…", KINDS[question.kind], "*" if question.required else "",
            question.hint, length, *_conditions(definition, question),
            *(f"– {row.label}" for row in question.rows),
            *(_option(option.label, option.score) for option in question.options),
        ))
    )  # fmt: skip


def _option(label: str, score: int | None) -> str:
    return f"○ {label}" if score is None else f"○ {label} ({score})"


def _conditions(definition: Definition, question: Question) -> Iterator[str]:
    known = {each.id: (number, each) for number, each in enumerate(definition.questions, 1)}
    for name, wanted in question.show_if.items():
        number, earlier = known.get(name, (0, question))
        labels = [option.label for option in earlier.options if option.code in wanted]
        yield f"→ {number or '?'}: {' | '.join(labels)}"


def _line(value: object) -> Lines:
    return (str(value),) if value else ()
