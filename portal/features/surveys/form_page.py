"""What the page of a form shows."""

from dataclasses import dataclass, replace
from enum import Enum

from portal.core.text import N_
from portal.features.questionnaires.definition import Definition, Kind, Option, Question
from portal.features.questionnaires.pages import Numbered, Part
from portal.features.questionnaires.pages import parts as numbered_parts
from portal.features.questionnaires.wording import without_holes
from portal.features.surveys.answers import Problem, Reading
from portal.features.surveys.moved import Move
from portal.features.surveys.places import Place
from portal.features.surveys.threshold import threshold

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
    MOVED = (
        N_("Phiếu chưa được nhận, xin gửi lại"),
        N_("Nơi ông/bà ở vừa được sắp xếp; đây là phiếu của đơn vị mới. Câu trả lời vẫn còn "
           "nguyên dưới đây, xin bấm “Gửi phiếu” lần nữa."),
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
        return self in {Notice.SECOND, Notice.STALE, Notice.MOVED}


class Drawing:
    """Questions ready to draw, with what was answered."""

    parts: tuple[Part, ...]
    reading: Reading

    @property
    def length(self) -> int:
        """Give the number of questions."""
        return sum(len(part.questions) for part in self.parts)

    @property
    def wrong(self) -> list[tuple[Numbered, Problem]]:
        """List the questions and rows of a matrix that have a problem, in order."""
        errors = self.reading.errors
        return [
            (replace(numbered, question=asked), errors[asked.id])
            for part in self.parts
            for numbered in part.questions
            for asked in numbered.question.parts()
            if asked.id in errors
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
        return bool(self.wrong) and self.wrong[0][0].question.id == question.id


@dataclass(frozen=True)
class FormPage(Drawing):
    """A form ready to draw: empty, or with what was answered and why it came back."""

    place: Place
    key: str
    typed_code: str
    """The code in groups, as it is printed."""
    parts: tuple[Part, ...]
    reading: Reading
    notice: Notice | None
    move: Move | None = None
    """Whose old code led here; that unit is part of this one now."""

    @property
    def least(self) -> int:
        """Give the least number of answers for which anything is shown."""
        return threshold(self.place.definition)


@dataclass(frozen=True)
class Trial(Drawing):
    """A form as a respondent would see it, for whoever writes or reads it: nothing is sent."""

    definition: Definition
    parts: tuple[Part, ...]
    reading: Reading

    @classmethod
    def of(cls, definition: Definition, reading: Reading | None = None) -> "Trial":
        """Draw a form, empty or as it was tried; where a draft has no words yet stands “…”."""
        shown = without_holes(definition)
        return cls(shown, numbered_parts(shown), reading or Reading())
