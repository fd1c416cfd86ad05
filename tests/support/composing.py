"""Questionnaires as their authors write them: with a matrix, conditions and a second language."""

from dataclasses import dataclass

from portal.features.questionnaires.definition import (
    Definition,
    Kind,
    Option,
    Question,
    Row,
    Section,
)
from portal.features.questionnaires.scales import SCALES

YES, NO = Option("co", "Có"), Option("khong", "Không")
FIRST = Question("a", "Ông/bà có biết không?", Kind.SINGLE, required=True, options=(YES, NO))
TEXT = Question(
    "z", "Ông/bà góp ý gì?", Kind.TEXT, max_length=500,
    hint="Xin không ghi họ tên, số điện thoại.",
)  # fmt: skip
MATRIX = Question(
    "m", "Ông/bà hài lòng thế nào về từng mặt?", Kind.MATRIX, required=True,
    options=SCALES["hailong"].options, rows=(Row("a", "Thái độ"), Row("b", "Thời gian chờ")),
)  # fmt: skip


def form(*questions: Question, **more: object) -> Definition:
    """Make a form of one section."""
    return Definition("THU", "Phiếu thử", "", "", (Section("Một", questions),), **more)  # type: ignore[arg-type]


FULL = Definition(
    "THU2", "Phiếu đủ kiểu", "Kính gửi ông/bà,\nmời ông/bà trả lời.", "Người dân",
    (
        Section("Về ông/bà", (
            FIRST,
            Question("b", "Qua đâu?", Kind.MULTI, show_if={"a": ("co",)},
                     options=(Option("1", "Loa"), Option("2", "Zalo"),
                              Option("kb", "Không nhớ", unknown=True))),
        )),
        Section("Đánh giá", (MATRIX, TEXT)),
    ),
    threshold=10,
    key_question="m.b",
    languages={"en": {"Có": "Yes", "Thái độ": "Attitude", "Đánh giá": "Your opinion",
                      "Phiếu đủ kiểu": "A form of every kind"}},
)  # fmt: skip
"""Packed answers read “co|1,2|5|4”."""


@dataclass(frozen=True)
class Author:
    """An account that writes."""

    unit_id: int
    user_id: int = 7
    display_name: str = "Cán bộ soạn phiếu"
