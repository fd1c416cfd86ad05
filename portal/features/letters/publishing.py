"""Making a letter and its answer public: covered by the machine, then as a person corrects it."""

import re
from dataclasses import dataclass
from typing import Final

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid
from portal.core.text import N_, clean
from portal.features.letters import queries, warnings
from portal.features.letters.answering import MOST
from portal.features.letters.kinds import Side
from portal.features.letters.models import Letter
from portal.features.letters.warnings import CAPITALS, COVER, TELLING
from portal.features.letters.workflow import LETTER
from portal.policy.predicates import Actor

_NAME = rf"[{CAPITALS}][a-zđà-ỹ]+"
_FAMILY = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đinh|Trịnh|Lương|"
    "Mai|Tô|Giáp|Thân|Nông|Vi|Hà|Cao|Tạ|Chu|Lưu|Đoàn|Trương|Lâm|Triệu|Nghiêm|Quách|Doãn"
)
_TITLE = r"ông|bà|anh|chị|cô|chú|bác|thầy|đồng chí|đ/c|tên|tôi là|tên là"
# Whoever is called by a title, and three signs or more that begin with a family's name.
_PERSON: Final = (
    re.compile(rf"(?P<before>\b(?i:{_TITLE})\s+)(?P<name>{_NAME}(?:\s+{_NAME}){{0,3}})"),
    re.compile(rf"(?P<before>)(?P<name>\b(?:{_FAMILY})(?:\s+{_NAME}){{2,3}})"),
)


@dataclass(frozen=True)
class Shown:
    """What everybody is to read."""

    text: str
    answer: str


def cover(text: str) -> str:
    """Cover what may tell who wrote or who is meant: numbers, addresses, names of people."""
    covered = warnings.cover(text, TELLING)
    for pattern in _PERSON:
        covered = pattern.sub(rf"\g<before>{COVER}", covered)
    return covered


def proposed(letter: Letter) -> Shown:
    """Give what the machine proposes to show; the letter itself is never changed."""
    said = [one for one in queries.messages(letter) if one.text]
    text = next((one.text for one in said if one.number == 0), None) or ""
    answers = [one.text or "" for one in said if one.side == Side.OFFICE and one.approved_on]
    return Shown(cover(text), cover("\n\n".join(answers)))


def publish(actor: Actor, letter: Letter, shown: Shown) -> Letter:
    """Make a letter and its answer public as given.

    Raises:
        Invalid: nothing to show, too much, or a number or address of the sender still in it.
        Forbidden, Missing, Refused: as the workflow says.
    """
    text, answer = clean(shown.text, multiline=True), clean(shown.answer, multiline=True)
    errors = {}
    if fault := _fault(text):
        errors["text"] = fault
    if not answer or len(answer) > MOST:
        errors["answer"] = WRITE
    if errors:
        raise Invalid(errors)
    with write(LETTER.name):
        letter = LETTER.fire(actor, letter.id, "publish")
        letter.published_on, letter.published_text = clock.today(), text
        letter.published_answer = answer
    return letter


def _fault(text: str) -> str:
    if not text or len(text) > MOST:
        return WRITE
    return TELLS if any(one.kind in TELLING for one in warnings.find(text)) else ""


WRITE = N_("Xin viết nội dung, nhiều nhất 5.000 ký tự.")
TELLS = N_("Còn số điện thoại, số giấy tờ hoặc địa chỉ nhà. Xin che đi hoặc kể vắn tắt.")
