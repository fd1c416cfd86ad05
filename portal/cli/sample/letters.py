"""Letters to the sample's box over five weeks, in every state, made as people would make them.

The clock is turned to each day in turn: people write, letters arrive in the morning, readers sort,
answer, approve. So every rule holds for the sample too, and so do its digests.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from portal.cli.sample import accounts, pictures
from portal.cli.sample.letter_stories import STORIES, Story
from portal.core import clock, photos
from portal.core.database import session
from portal.features.letters import (
    answering,
    delivery,
    drafts,
    form_keys,
    handling,
    hiding,
    intake,
    opening,
    publishing,
    sending,
    visits,
)
from portal.features.letters.handling import Referral, Sorting
from portal.features.letters.models import Letter
from portal.features.letters.reading import OFFICIAL, WORK, Draft
from portal.features.letters.workflow import HIDING, LETTER
from portal.features.mailbox import queries as mailboxes
from portal.features.mailbox.models import Mailbox
from portal.web.actor import Account

READER, LEADER, ABOVE = "xa.danvan", "xa.danvan.duyet", "huyen.tpbacgiang"
_MORNING = timedelta(hours=9)


@dataclass
class _Sent:
    """A letter of a story that was sent."""

    story: Story
    receipt: str
    form_hash: bytes

    @property
    def letter(self) -> Letter:
        """Give it as it stands now."""
        return session().scalars(select(Letter).where(Letter.form_hash == self.form_hash)).one()


def create(box: Mailbox) -> None:
    """Have letters written and handled, from the first day of the box until today."""
    box_id, first, today = box.id, box.rounds[0].first, clock.today()
    sent: list[_Sent] = []
    for n in range((today - first).days + 1):
        with turned_to(first + timedelta(days=n)):
            delivery.deliver()
            for one in sent:
                _carry_on(one, n - one.story.day, sent)
            sent += [_send(box_id, story) for story in STORIES if story.day == n]


@contextmanager
def turned_to(day: date) -> Iterator[None]:
    """Let it be the morning of a day."""
    now, moment = clock.now, min(clock.day_start(day) + _MORNING, clock.now())
    clock.now = lambda: moment
    try:
        yield
    finally:
        clock.now = now


def _send(box_id: int, story: Story) -> _Sent:
    box = mailboxes.get(box_id)
    assert box is not None
    points = mailboxes.points_of(box_id)
    place = mailboxes.place(box, points[story.point] if 0 <= story.point < len(points) else None)
    text = form_keys.new(place.code)
    key = form_keys.read(place.code, text)
    assert key is not None
    for slot in range(story.photos):
        drafts.put(key, slot, photos.draw(pictures.drawn("Ảnh mẫu kèm thư")))
    field = box.field_names[story.field] if story.field >= 0 else ""
    about = OFFICIAL if story.official else WORK
    slots = tuple(range(story.photos))
    outcome = intake.receive(place, text, Draft(story.category, field, about, story.text, slots))
    assert isinstance(outcome, intake.Kept), outcome
    return _Sent(story, outcome.receipt, key.hash)


Act = Callable[[_Sent, list[_Sent]], None]


def _carry_on(sent: _Sent, days: int, known: list[_Sent]) -> None:
    """Do what is done to a letter so many days after it was sent."""
    for after, name in _COURSES[sent.story.end]:
        if after == days:
            _ACTS[name](sent, known)


def _reader(sent: _Sent) -> Account:
    return accounts.acting(ABOVE if sent.story.official else READER)


def _classify(sent: _Sent, _known: list[_Sent]) -> None:
    reader, letter = _reader(sent), sent.letter
    visits.record(reader, letter)
    handling.sort_out(reader, letter, Sorting(letter.category, letter.field))


def _assign(sent: _Sent, _known: list[_Sent]) -> None:
    letter = sent.letter
    wanted = Sorting(letter.category, letter.field, letter.reader_id)
    handling.sort_out(_reader(sent), letter, wanted)


def _answer(sent: _Sent, _known: list[_Sent]) -> None:
    answering.answer(_reader(sent), sent.letter, sent.story.answer)


def _approve(sent: _Sent, _known: list[_Sent]) -> None:
    leader = accounts.acting(LEADER)
    visits.record(leader, sent.letter)
    LETTER.fire(leader, sent.letter.id, "approve")


def _publish(sent: _Sent, _known: list[_Sent]) -> None:
    publishing.publish(accounts.acting(LEADER), sent.letter, publishing.proposed(sent.letter))


def _close(sent: _Sent, _known: list[_Sent]) -> None:
    LETTER.fire(_reader(sent), sent.letter.id, "close")


def _refer(sent: _Sent, _known: list[_Sent]) -> None:
    reader, letter = _reader(sent), sent.letter
    handling.sort_out(reader, letter, Sorting("denunciation", letter.field))
    due = handling.referral_day("denunciation", letter.box.answer_days)
    handling.refer(
        reader, sent.letter, Referral("Cơ quan Cảnh sát điều tra Công an thành phố", due)
    )


def _merge(sent: _Sent, known: list[_Sent]) -> None:
    other = next(one for one in known if one.story.end == "close" and one.story.field == 1)
    handling.merge(_reader(sent), sent.letter, other.letter.id)


def _hide(sent: _Sent, _known: list[_Sent]) -> None:
    asked = hiding.ask(_reader(sent), sent.letter, "Thư xúc phạm một người, không nêu việc gì.")
    reason = "Đúng là lời xúc phạm; người gửi vẫn thấy thư và lý do."
    HIDING.fire(accounts.acting(ABOVE), asked.id, "hide", reason)


def _again(sent: _Sent, _known: list[_Sent]) -> None:
    opened = opening.of_receipt(sent.receipt)
    assert opened is not None
    sending.ask_again(opened, "Đã hết tháng mà vẫn ngập. Xin cho biết ngày nạo vét.")


def _withdraw(sent: _Sent, _known: list[_Sent]) -> None:
    opened = opening.of_receipt(sent.receipt)
    assert opened is not None
    sending.withdraw(opened)


_ACTS: Final[dict[str, Act]] = {
    "classify": _classify, "assign": _assign, "answer": _answer, "approve": _approve,
    "publish": _publish, "close": _close, "refer": _refer, "merge": _merge, "hide": _hide,
    "again": _again, "withdraw": _withdraw,
}  # fmt: skip
_SORTED = ((1, "classify"),)
_ASSIGNED = (*_SORTED, (2, "assign"))
_ANSWERED = (*_ASSIGNED, (4, "answer"))
_APPROVED = (*_ANSWERED, (5, "approve"))
_COURSES: Final[dict[str, tuple[tuple[int, str], ...]]] = {
    "deliver": (),
    "classify": _SORTED,
    "assign": _ASSIGNED,
    "answer": _ANSWERED,
    "approve": _APPROVED,
    "publish": (*_APPROVED, (6, "publish")),
    "close": (*_APPROVED, (7, "close")),
    "refer": (*_SORTED, (2, "refer")),
    "merge": (*_SORTED, (2, "merge")),
    "hide": (*_SORTED, (3, "hide")),
    "again": (*_APPROVED, (8, "again")),
    "withdraw": (*_SORTED, (3, "withdraw")),
}
"""Days after sending, and what is done then."""
