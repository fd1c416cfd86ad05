"""What a sender does with a letter that was sent: writes more, asks again, takes it back.

No record line is written of it: the chain of officials' acts would be a clock (DESIGN rule 7).
"""

import json
import secrets
from collections import Counter
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.database import random_key, write
from portal.core.erasing import empty_wal
from portal.core.errors import Invalid, Missing, Refused
from portal.core.text import N_, clean, fold
from portal.features.letters import content, delivery, files, opening, proof, reading, steps
from portal.features.letters.content import Payload
from portal.features.letters.intake import SALT_BYTES
from portal.features.letters.kinds import ANSWERED, OPEN, Count, Side, State
from portal.features.letters.models import Letter, LetterIntake, LetterMessage, LetterPhoto
from portal.features.letters.opening import Opened
from portal.features.letters.workflow import LETTER

MOST_A_DAY: Final = 5
REPLIED = frozenset({*OPEN, State.REFERRED})
"""States in which a sender can write more; after an answer it is asking again."""
ASKED_AGAIN = frozenset({*ANSWERED, State.MERGED})
_GONE = ("text", "folded", "for_reader", "for_sender", "salt")


def reply(opened: Opened, typed: str) -> None:
    """Add to a letter that waits for its answer. Its readers see it from tomorrow on.

    Raises:
        Invalid: nothing was written, or too much; under the field's name.
        Refused: the letter is past that, or enough was written today.
        Missing: there is no such letter.
    """
    text = _text(typed)
    with write() as current:
        letter = _delivered(current, opened, REPLIED)
        _add(current, letter, text)


def ask_again(opened: Opened, typed: str) -> None:
    """Say what an answer leaves open: the letter goes back to its readers.

    One that was merged stands apart again: what its sender asks is about this letter alone.

    Raises:
        Invalid: nothing was written, or too much; under the field's name.
        Refused: the letter has no answer yet, or enough was written today.
        Missing: there is no such letter.
    """
    text = _text(typed)
    with write(LETTER.name) as current:
        letter = _delivered(current, opened, ASKED_AGAIN)
        _add(current, letter, text)
        LETTER.follow_all(Letter, "ask_again", Letter.id == letter.id)
        letter.due_on = clock.today() + timedelta(days=letter.box.answer_days)
        if letter.answered_on is None:
            # An answer that was given to both stays in sight; a later one is not its own.
            letter.merged_into_id = None
        steps.note(letter.id, State.CLASSIFIED)


def withdraw(opened: Opened) -> None:
    """Take a letter back: what its sender wrote is erased; a line without words stays counted.

    Answers are the words of the body that gave them and stay, and so does who read it when.

    Raises:
        Missing: there is no such letter.
        portal.core.errors.NotStored: nothing was erased.
    """
    with write(LETTER.name) as current:
        found = opening.load(opened)
        if found is None:
            raise Missing
        gone = (
            _withdraw_waiting(found)
            if isinstance(found, LetterIntake)
            else _withdraw_delivered(current, found)
        )
    files.discard(gone)
    empty_wal()


def _withdraw_waiting(row: LetterIntake) -> list[str]:
    names = [name for pair in json.loads(row.photos) for name in pair]
    row.text = row.for_reader = row.for_sender = row.salt = None
    row.photos, row.withdrawn = "[]", True
    return names


def _withdraw_delivered(current: Session, letter: Letter) -> list[str]:
    if not LETTER.follow_all(Letter, "withdraw", Letter.id == letter.id):
        return []
    mine = LetterMessage.letter_id == letter.id, LetterMessage.side == Side.SENDER
    current.execute(update(LetterMessage).where(*mine).values(dict.fromkeys(_GONE)))
    current.execute(update(Letter).where(Letter.id == letter.id).values(published_text=""))
    photos = select(LetterPhoto).where(LetterPhoto.letter_id == letter.id)
    names = []
    for photo in current.scalars(photos.order_by(LetterPhoto.number)):
        names += [photo.stored, photo.small]
        photo.stored = photo.small = ""
    steps.note(letter.id, State.WITHDRAWN)
    week = delivery.monday(clock.today())
    delivery.raise_counts(current, letter.box_id, Counter({(week, Count.WITHDRAWN, ""): 1}))
    return names


def _text(typed: str) -> str:
    text = clean(typed, multiline=True)
    if not text:
        raise Invalid({reading.TEXT: reading.WRITE})
    if len(text) > reading.MOST:
        raise Invalid({reading.TEXT: reading.TOO_LONG}, n=len(text), most=reading.MOST)
    return text


def _delivered(current: Session, opened: Opened, states: frozenset[State]) -> Letter:
    letter = current.scalar(
        select(Letter).where(Letter.receipt_hash == opened.receipt_hash).with_for_update()
    )
    if letter is None:
        raise Refused(TOMORROW) if opening.load(opened) else Missing
    if letter.state not in states:
        raise Refused(PAST)
    written = select(func.count()).where(
        LetterMessage.letter_id == letter.id,
        LetterMessage.side == Side.SENDER,
        LetterMessage.day == clock.today(),
    )
    if current.scalars(written).one() >= MOST_A_DAY:
        raise Refused(ENOUGH, n=MOST_A_DAY)
    return letter


def _add(current: Session, letter: Letter, text: str) -> None:
    salt = secrets.token_bytes(SALT_BYTES)
    number = select(func.coalesce(func.max(LetterMessage.number), 0) + 1).where(
        LetterMessage.letter_id == letter.id
    )
    message = LetterMessage(
        key=random_key(), letter_id=letter.id, number=current.scalars(number).one(),
        side=Side.SENDER, day=clock.today(), commitment=proof.commitment(salt, text),
    )  # fmt: skip
    if letter.seal_key is None:
        message.text, message.folded, message.salt = text, fold(text), salt
    else:
        message.for_reader, message.for_sender = content.seal_twice(
            letter.seal_key.public, letter.sender_key, Payload(text, salt=salt)
        )
    current.add(message)


TOMORROW = N_("Thư chưa tới tay người đọc. Từ ngày mai ông/bà viết thêm được.")
PAST = N_("Thư đang ở bước khác. Mời xem lại tình trạng của thư.")
ENOUGH = N_("Mỗi ngày viết thêm được %(n)s lần. Mời ông/bà viết tiếp vào ngày mai.")
