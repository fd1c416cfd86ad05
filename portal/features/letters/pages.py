"""What the pages of letters show: the page of one letter, opened or locked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.core import clock, sealing
from portal.core.sealing import Shut
from portal.core.text import N_
from portal.features.audit import queries as audit
from portal.features.audit.models import AuditEntry
from portal.features.letters import content, files, likeness, queries
from portal.features.letters.content import Payload
from portal.features.letters.kinds import Category, Side, State
from portal.features.letters.likeness import Alike
from portal.features.letters.models import (
    Hiding,
    Letter,
    LetterMessage,
    LetterOpening,
    LetterPhoto,
)
from portal.features.letters.workflow import HIDING, LETTER
from portal.policy.predicates import Actor
from portal.workflow.engine import Workflow


@dataclass(frozen=True)
class Said:
    """One text of a letter as a reader sees it."""

    message: LetterMessage
    text: str | None
    """None if it was erased."""


@dataclass(frozen=True)
class Event:
    """One line of what officials did with a letter."""

    words: str
    who: str
    day: date
    reason: str


@dataclass(frozen=True)
class LetterPage:
    """A letter that is open in front of its reader."""

    letter: Letter
    written: Said
    thread: list[Said]
    notes: list[Said]
    photos: list[LetterPhoto]
    alike: list[Alike]
    merged: list[Letter]


@dataclass(frozen=True)
class Standing:
    """What everybody who sees the line of a letter may know."""

    letter: Letter
    is_overdue: bool
    days_left: int
    openings: list[LetterOpening]
    hidings: list[Hiding]
    events: list[Event]
    advice: str


def standing(letter: Letter) -> Standing:
    """Give where a letter stands, without a word of it."""
    today = clock.today()
    return Standing(
        letter, letter.is_overdue(today), (letter.due_on - today).days,
        queries.openings(letter.id), list(letter.hidings), events(letter),
        ADVICE.get(letter.found_category, ""),
    )  # fmt: skip


def opened(actor: Actor, letter: Letter, private: bytes | None) -> LetterPage | None:
    """Give a letter with its texts.

    Args:
        actor: who may read it.
        letter: the letter.
        private: the key, of a sealed one.

    Returns:
        None if it is sealed and the key is not there, or is another.
    """
    if letter.is_sealed and private is None:
        return None
    try:
        said = [Said(one, text_of(one, private)) for one in queries.messages(letter)]
    except Shut:
        return None
    written, *rest = said
    return LetterPage(
        letter, written, [one for one in rest if one.message.side != Side.NOTE],
        [one for one in rest if one.message.side == Side.NOTE], queries.photos(letter.id),
        likeness.alike(actor, letter) if letter.state in _MERGEABLE else [],
        queries.merged_into(letter.id),
    )  # fmt: skip


def text_of(message: LetterMessage, private: bytes | None) -> str | None:
    """Give what a message says.

    Raises:
        Shut: it was sealed to another key.
    """
    payload = _payload(message, private)
    return payload.text if payload else message.text


def photo(letter: Letter, number: int, private: bytes | None, *, small: bool) -> bytes | None:
    """Give a photo of a letter, opened if it is sealed; None if there is none."""
    rows = queries.photos(letter.id)
    row = next((one for one in rows if one.number == number), None)
    stored = files.content_of((row.small if small else row.stored) if row else "")
    if stored is None or not letter.is_sealed:
        return stored
    try:
        payload = _payload(queries.messages(letter)[0], private)
        at = [one.number for one in rows].index(number)
        return sealing.decrypt(payload.photo_keys[at], stored) if payload else None
    except (Shut, IndexError):
        return None


def _payload(message: LetterMessage, private: bytes | None) -> Payload | None:
    if message.for_reader is None or private is None:
        return None
    return content.open_sealed(private, message.for_reader)


def events(letter: Letter) -> list[Event]:
    """List what officials did with a letter, and with the wish to hide it, the latest first."""
    lines: list[tuple[Workflow[Any], AuditEntry]] = [
        (LETTER, one) for one in audit.of_subject("letter", letter.id, 60)
    ]
    for hiding in letter.hidings:
        lines += [(HIDING, one) for one in audit.of_subject("hiding", hiding.id)]
    found = []
    for flow, entry in lines:
        act = entry.action.partition(":")[2]
        line = flow.transitions.get(act)
        if words := line.done if line else _OTHER_ACTS.get(entry.action, ""):
            day = entry.at.astimezone(clock.VN).date()
            found.append((entry.number, Event(words, entry.actor_name, day, entry.reason)))
    return [event for _, event in sorted(found, key=lambda pair: -pair[0])]


_MERGEABLE = frozenset({State.RECEIVED, State.CLASSIFIED, State.ASSIGNED})
_OTHER_ACTS = {"hiding:asked": N_("Đề nghị cấp trên cho ẩn")}
ADVICE: dict[str, str] = {
    Category.COMPLAINT: N_(
        "Khiếu nại giải quyết theo Luật Khiếu nại: hướng dẫn người gửi nộp đơn tới người đã ra "
        "quyết định, hoặc chuyển cơ quan có thẩm quyền; thụ lý trong 10 ngày. Không trả lời thay "
        "ở hòm thư."
    ),
    Category.DENUNCIATION: N_(
        "Thư không ghi tên không xử lý như tố cáo, trừ khi nêu rõ người, việc và có tài liệu, "
        "chứng cứ cụ thể (Luật Tố cáo, Điều 25): khi đó chuyển cơ quan có thẩm quyền. Giữ bí mật "
        "nội dung."
    ),
}
