"""What the page of a form shows."""

from dataclasses import dataclass
from enum import Enum

from portal.core.text import N_
from portal.features.questionnaires.definition import Kind, Option, Question
from portal.features.questionnaires.pages import Numbered, Part
from portal.features.surveys.answers import Problem, Reading
from portal.features.surveys.places import Place

SCALE_WITH_BARS = 5


class Notice(Enum):
    """Why a form comes back: its heading, and a sentence under it."""

    WRONG = (N_("Phiếu chưa gửi được"), N_("Những gì đã chọn và gõ vẫn còn nguyên."))
    NOT_STORED = (
        N_("Phiếu CHƯA được lưu"),
        N_(
            "Máy chủ đang bận hoặc hết chỗ ghi. Câu trả lời vẫn còn nguyên dưới đây; "
            "xin chờ một phút rồi bấm “Gửi phiếu” lần nữa."
        ),
    )
    TOO_FAST = (
        N_("Phiếu chưa được nhận: máy này gửi quá nhanh"),
        N_(
            "Một máy gửi được nhiều nhất 20 phiếu trong một phút. Câu trả lời vẫn còn nguyên; "
            "xin chờ một phút rồi bấm “Gửi phiếu” lần nữa."
        ),
    )
    SECOND = (
        N_("Máy này đã gửi một phiếu"),
        N_(
            "Phiếu dưới đây chưa được nhận. Nếu đây là phiếu của một người khác, "
            "xin bấm “Gửi phiếu” lần nữa; nếu không, ông/bà có thể đóng trang này."
        ),
    )
    STALE = (
        N_("Phiếu chưa được nhận, xin gửi lại"),
        N_("Trang này mở đã lâu hoặc phiếu vừa được thay. Câu trả lời vẫn còn dưới đây; "
           "xin xem lại rồi bấm “Gửi phiếu” lần nữa."),
    )  # fmt: skip

    @property
    def heading(self) -> str:
        """Give the heading, marked for translation."""
        return self.value[0]

    @property
    def text(self) -> str:
        """Give the sentence, marked for translation."""
        return self.value[1]

    @property
    def needs_new_key(self) -> bool:
        """Say whether the form needs a key of its own when it is sent again."""
        return self in {Notice.SECOND, Notice.STALE}


@dataclass(frozen=True)
class FormPage:
    """A form ready to draw: empty, or with what was answered and why it came back."""

    place: Place
    key: str
    typed_code: str
    """The code in groups, as it is printed."""
    parts: tuple[Part, ...]
    reading: Reading
    notice: Notice | None

    @property
    def length(self) -> int:
        """Give the number of questions."""
        return len(self.place.definition.questions)

    @property
    def wrong(self) -> list[tuple[Numbered, Problem]]:
        """List the questions that have a problem, in order."""
        errors = self.reading.errors
        return [
            (numbered, errors[numbered.question.id])
            for part in self.parts
            for numbered in part.questions
            if numbered.question.id in errors
        ]

    def is_chosen(self, question: Question, option: Option) -> bool:
        """Say whether an option was chosen."""
        return option.code in self.reading.choices.get(question.id, ())

    def rank(self, question: Question, option: Option) -> int | None:
        """Give how many of five small bars stand beside an answer, None for none."""
        scored = [each for each in question.options if each.score is not None]
        drawn = question.kind == Kind.SCALE and len(scored) == SCALE_WITH_BARS
        return option.score if drawn and not option.unknown else None

    def starts_at(self, question: Question) -> bool:
        """Say whether this is the first question with a problem: typing goes on there."""
        return bool(self.wrong) and self.wrong[0][0].question is question
