"""Whether a form can be read and answered on a cheap phone, and in its second language."""

from collections.abc import Iterator
from typing import Final

from portal.core.text import N_
from portal.features.questionnaires.checks.found import Finding, warning
from portal.features.questionnaires.definition import Definition, Kind, Question
from portal.features.questionnaires.wording import OTHER_LANGUAGES, untranslated

MINUTES: Final = 10
"""After ten minutes on a phone people stop or tick anything."""
TEXT, LABEL, OPTIONS, ROWS, LEVELS = 300, 100, 12, 8, 6
"""Signs of a question and of an option; options, rows, and options of a matrix."""


def too_long(definition: Definition) -> Iterator[Finding]:
    """Find what takes more than a phone and some patience."""
    if definition.minutes > MINUTES:
        yield warning(
            "minutes",
            N_("Trả lời hết phiếu mất khoảng %(n)s phút. Trên điện thoại nên dưới %(most)s phút."),
            n=definition.minutes, most=MINUTES,
        )  # fmt: skip
    for question in definition.questions:
        if message := _too_long(question):
            yield warning("long", message, question.id)


def untranslated_texts(definition: Definition) -> Iterator[Finding]:
    """Find languages that are not finished; what is missing is shown in Vietnamese."""
    for language in definition.languages:
        if missing := untranslated(definition, language):
            yield warning(
                "language",
                N_("Bản %(language)s còn %(n)s chỗ chưa dịch; những chỗ đó hiện tiếng Việt."),
                language=OTHER_LANGUAGES.get(language, language), n=len(missing),
            )  # fmt: skip


def _too_long(question: Question) -> str:
    if len(question.text) > TEXT:
        return N_("Lời hỏi dài, trên điện thoại phải cuộn mới đọc hết.")
    if not question.closed:
        return ""
    if any(len(option.label) > LABEL for option in question.options):
        return N_("Có lựa chọn dài quá hai dòng trên điện thoại.")
    if question.kind == Kind.MATRIX:
        wide = len(question.rows) > ROWS or len(question.options) > LEVELS
        return N_("Bảng lớn khó trả lời trên điện thoại. Nên tách thành hai câu.") if wide else ""
    return N_("Câu có nhiều lựa chọn quá, khó xem hết.") if len(question.options) > OPTIONS else ""
