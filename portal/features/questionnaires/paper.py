"""A questionnaire on paper, A4, to be filled in by hand where somebody cannot use a phone."""

import json
import re
from collections.abc import Callable
from typing import Any, Final, cast

import typst

from portal.core import typeset
from portal.core.text import N_, fold
from portal.features.questionnaires.definition import Definition, Kind, Question
from portal.features.questionnaires.pages import Condition, Numbered, parts

_TEMPLATE: Final = typeset.TEMPLATES / "questionnaire.typ"
_SIGNS_A_LINE: Final = 250
"""Of what a free text allows: people write less on paper, in large letters."""
_LEAST_LINES, _MOST_LINES = 2, 8
_SPACINGS: Final = (1.0, 0.8, 0.6, 0.4, 0.2)
"""Of the room between things and for writing; letters keep their size, or very nearly."""
_SHORT, _MIDDLING = 22, 42
"""Signs of a label up to which three or two options stand side by side."""

_FIXED: Final = {
    "name": N_("PHIẾU KHẢO SÁT"),
    "how": N_("Đánh dấu X vào ô chọn. Nếu chọn nhầm, khoanh tròn ô đó rồi đánh dấu ô khác."),
    "nameless": N_("Xin không ghi tên, số điện thoại hay dấu hiệu riêng lên phiếu."),
    "fold": N_("Viết xong, xin gấp đôi phiếu và tự bỏ vào hòm phiếu."),
    "thanks": N_("Xin trân trọng cảm ơn!"),
    "page": N_("Trang"),
    "sample": N_("Mẫu tham khảo – chưa phải mẫu chính thức"),
}
_ONE, _SOME = N_("Chọn một ý."), N_("Có thể chọn nhiều ý.")
_EACH, _WRITE = N_("Chọn một ô ở mỗi dòng."), N_("Viết vào chỗ trống.")
_NOTES: Final = {
    Kind.SINGLE: _ONE, Kind.SCALE: _ONE, Kind.MULTI: _SOME, Kind.MATRIX: _EACH, Kind.TEXT: _WRITE,
}  # fmt: skip
_ONLY_IF = N_("Chỉ trả lời nếu ở câu %(n)s chọn “%(answers)s”.")
_FREE = N_("Không bắt buộc.")
_DRAFT, _VERSION = N_("BẢN NHÁP, chưa dùng để hỏi"), N_("bản %(number)s")


def form_pdf(
    definition: Definition,
    *,
    version: int | None,
    official: bool = False,
    mark: str = "",
    say: Callable[[str], str] = str,
) -> bytes:
    """Return the form as a PDF with our own fonts only; every text is printed literally.

    Args:
        definition: the form, in the language in which it is to be read.
        version: its number, printed at the foot; None for a draft, which says so.
        official: the wording is the prescribed one; if not, the head says so.
        mark: what else stands at the foot, the code of a batch for example.
        say: translates the words that every form has.
    """
    number = say(_DRAFT) if version is None else say(_VERSION) % {"number": version}
    words = {name: say(text) for name, text in _FIXED.items()}
    name, title = _heading(words["name"], definition.title)
    data = {
        "words": words,
        "name": name,
        "title": _breakable(title),
        "sample": version is not None and not official,
        "intro": _breakable(definition.intro),
        "foot": " · ".join(filter(None, (definition.shown_code, number, mark))),
        "draft": version is None,
        "sections": [
            {
                "title": _breakable(part.title),
                "questions": [_question(numbered, say) for numbered in part.questions],
            }
            for part in parts(definition)
        ],
    }
    return _on_fewest_pages(data)


def _on_fewest_pages(data: dict[str, Any]) -> bytes:
    """Draw it as wide as it can be without taking a page more than it needs."""
    fonts = typeset.fonts()
    drawn = []
    for spacing in _SPACINGS:
        inputs = {"form": json.dumps(data | {"spacing": spacing})}
        compiler = typst.Compiler(_TEMPLATE, font_paths=fonts, sys_inputs=inputs)
        pages = json.loads(compiler.query("<pages>", field="value", one=True))
        drawn.append((pages, compiler))
        if pages == 1:
            break
    _, best = min(drawn, key=lambda each: each[0])  # The first, so the widest, of the shortest.
    return cast("bytes", best.compile())


def _heading(name: str, title: str) -> tuple[str, str]:
    """Give the two lines at the top; a title that begins with the first one says it once."""
    if fold(title).startswith(fold(name)):
        rest = title[len(name) :].lstrip(" :–-.")
        return name, rest[:1].upper() + rest[1:]
    return ("", title) if fold(title).startswith("phieu ") else (name, title)


def _question(numbered: Numbered, say: Callable[[str], str]) -> dict[str, Any]:
    question = numbered.question
    said = [_condition(condition, say) for condition in numbered.conditions]
    said += [question.hint or say(_NOTES[question.kind])]
    said += [] if question.required else [say(_FREE)]
    return {
        "number": numbered.number,
        "text": _breakable(question.text),
        "note": _breakable(" ".join(said)),
        "options": [_breakable(option.label) for option in question.options],
        "rows": [_breakable(row.label) for row in question.rows],
        "columns": _columns(question),
        "lines": 0 if question.closed else _lines(question),
    }


def _condition(condition: Condition, say: Callable[[str], str]) -> str:
    answers = "”, “".join(condition.answers)
    return say(_ONLY_IF) % {"n": condition.number, "answers": answers}


def _columns(question: Question) -> int:
    longest = max((len(option.label) for option in question.options), default=0)
    return 3 if longest <= _SHORT else 2 if longest <= _MIDDLING else 1


def _lines(question: Question) -> int:
    return min(max(question.max_length // _SIGNS_A_LINE, _LEAST_LINES), _MOST_LINES)


def _breakable(text: str) -> str:
    """Let what nobody would call a word be broken, so that it stays on the page."""
    return re.sub(r"\S{25,}", lambda word: re.sub(r"(.{12})", "\\1\u200b", word[0]), text)
