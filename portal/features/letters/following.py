"""What a sender sees of a letter: its words, who has read it, how it stands, the answers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core import clock, sealing
from portal.core.database import session
from portal.core.sealing import Shut
from portal.core.text import N_
from portal.features.letters import content, files, opening, proof, queries, stages
from portal.features.letters.content import Payload
from portal.features.letters.kinds import CATEGORY_LABELS, OPEN, Side, State
from portal.features.letters.models import (
    Hiding,
    Letter,
    LetterBatch,
    LetterIntake,
    LetterMessage,
    LetterOpening,
    LetterPhoto,
)
from portal.features.letters.opening import Opened
from portal.features.letters.sending import ASKED_AGAIN, REPLIED
from portal.features.letters.stages import Stage
from portal.features.mailbox.models import Mailbox
from portal.features.sealing.models import SealKey


@dataclass(frozen=True)
class Words:
    """One text as its sender sees it."""

    mine: bool
    day: date
    text: str | None
    """None once it is erased."""
    author: str = ""
    photos: tuple[bytes, ...] = ()
    """Small, as JPEG."""


@dataclass(frozen=True)
class Proof:
    """By what anybody can compute that a letter stands in the public count."""

    commitment: bytes
    salt: bytes | None
    path: list[proof.Step]
    root: bytes
    digest: bytes
    number: int
    size: int
    delivered_on: date


@dataclass(frozen=True)
class Followed:
    """A letter on the page of its sender."""

    box: Mailbox
    letter: Letter | None
    """None while it waits for its first morning."""
    state: str
    category: str
    field: str
    day: date
    sealed: bool
    reader: str
    words: list[Words]
    stages: list[Stage]
    openings: list[LetterOpening]
    hiding: Hiding | None = None
    proof: Proof | None = None

    @property
    def withdrawn_on(self) -> date | None:
        """Give when its sender took it back; None if it stands."""
        gone = (one.day for one in self.stages if one.said == stages.WITHDRAWN)
        return next(gone, None)

    @property
    def arrives_on(self) -> date:
        """Give the morning on which it reaches its readers."""
        return self.day + timedelta(days=1)

    @property
    def can_withdraw(self) -> bool:
        """Say whether there is something to take back."""
        return self.state != State.WITHDRAWN

    @property
    def can_reply(self) -> bool:
        """Say whether more can be written to it."""
        return self.letter is not None and self.state in REPLIED

    @property
    def can_ask_again(self) -> bool:
        """Say whether an answer can be asked about, or more be written to a merged letter."""
        return self.letter is not None and self.state in ASKED_AGAIN

    @property
    def is_overdue(self) -> bool:
        """Say whether somebody should have answered by now."""
        late = self.letter is not None and self.letter.due_on < clock.today()
        return late and self.state in OPEN


def follow(opened: Opened) -> Followed | None:
    """Give what the page of an opened letter shows; None if there is none any more."""
    found = opening.load(opened)
    if found is None:
        return None
    if isinstance(found, LetterIntake):
        return _waiting(found, opened)
    return _delivered(found, opened)


def _waiting(row: LetterIntake, opened: Opened) -> Followed:
    box = session().get_one(Mailbox, row.box_id)
    payload = _payload(row.text, row.for_sender, opened)
    pairs = json.loads(row.photos)
    photos = _photos([small for _, small in pairs], payload)
    words = [Words(True, row.day, payload.text if payload else None, photos=photos)]
    state = State.WITHDRAWN if row.withdrawn else State.RECEIVED
    told = [Stage(stages.SENT, row.day)]
    if row.withdrawn:
        told.append(Stage(stages.WITHDRAWN, row.day))
    else:
        told.append(Stage(stages.TOMORROW, row.day + timedelta(days=1), done=False))
    reader = _reader(row.seal_key_id, box)
    return Followed(
        box, None, state, CATEGORY_LABELS[row.category], row.field, row.day,
        row.seal_key_id is not None, reader, words, told, [],
    )  # fmt: skip


def _reader(seal_key_id: int | None, box: Mailbox) -> str:
    if seal_key_id is None:
        return box.reader.name
    return session().get_one(SealKey, seal_key_id).organisation.name


def _delivered(letter: Letter, opened: Opened) -> Followed:
    hiding = queries.hiding_of(letter.id) if letter.state == State.HIDDEN else None
    return Followed(
        letter.box, letter, letter.state, CATEGORY_LABELS[letter.category], letter.field,
        letter.day, letter.is_sealed, letter.reader.name, _words(letter, opened),
        stages.of(letter), _openings(letter), hiding, _proof(letter, opened),
    )  # fmt: skip


def _words(letter: Letter, opened: Opened) -> list[Words]:
    mine = select(LetterMessage).where(
        LetterMessage.letter_id == letter.id, LetterMessage.side != Side.NOTE
    )
    rows = [
        row
        for row in session().scalars(mine.order_by(LetterMessage.number))
        if row.side == Side.SENDER or row.approved_on is not None
    ]
    return [_of(row, letter, opened) for row in rows] + _shared_answers(letter)


def _of(row: LetterMessage, letter: Letter, opened: Opened) -> Words:
    payload = _payload(row.text, row.for_sender, opened)
    text = payload.text if payload else None
    if row.side == Side.OFFICE:
        return Words(False, row.approved_on or row.day, text, row.author)
    photos = _photos(_small(letter), payload) if row.number == 0 else ()
    return Words(True, row.day, text, photos=photos)


def _shared_answers(letter: Letter) -> list[Words]:
    """Give the answers to the letter of the same matter into which this one was merged."""
    if letter.merged_into_id is None:
        return []
    rows = [row for row in queries.answers_shown(letter) if row.letter_id != letter.id]
    return [Words(False, row.approved_on or row.day, row.text, row.author) for row in rows]


def _payload(text: str | None, sealed: bytes | None, opened: Opened) -> Payload | None:
    if text is not None:
        return Payload(text)
    if sealed is None:
        return None
    try:
        return content.open_sealed(opened.private, sealed)
    except Shut:
        return None


def _small(letter: Letter) -> list[str]:
    photos = select(LetterPhoto.small).where(LetterPhoto.letter_id == letter.id)
    return list(session().scalars(photos.order_by(LetterPhoto.number)))


def _photos(names: Sequence[str], payload: Payload | None) -> tuple[bytes, ...]:
    found = [files.content_of(name) for name in names]
    if payload and payload.photo_keys:
        pairs = zip(found, payload.photo_keys, strict=False)
        return tuple(sealing.decrypt(key, shut) for shut, key in pairs if shut)
    return tuple(photo for photo in found if photo)


def _openings(letter: Letter) -> list[LetterOpening]:
    query = select(LetterOpening).where(LetterOpening.letter_id == letter.id)
    named = query.options(joinedload(LetterOpening.organisation))
    return list(session().scalars(named.order_by(LetterOpening.day, LetterOpening.level)))


def _proof(letter: Letter, opened: Opened) -> Proof:
    batch = session().get_one(LetterBatch, letter.batch_id)
    rows = select(Letter.commitment).where(Letter.batch_id == batch.id).order_by(Letter.id)
    path = proof.path(session().scalars(rows), letter.commitment)
    first = session().scalars(
        select(LetterMessage).where(LetterMessage.letter_id == letter.id, LetterMessage.number == 0)
    ).one()  # fmt: skip
    payload = _payload(None, first.for_sender, opened)
    salt = first.salt or (payload.salt if payload else None)
    return Proof(letter.commitment, salt, path, batch.root, batch.digest, batch.number,
                 batch.size, batch.delivered_on)  # fmt: skip


LEVELS: dict[str, str] = {
    "commune": N_("cấp xã"), "district": N_("cấp huyện"), "province": N_("cấp tỉnh"),
}  # fmt: skip
