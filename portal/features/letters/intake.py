"""Taking a letter in: hashed slowly outside any lock, then stored in one short transaction.

An acknowledged letter is on the disk (DESIGN rule 3). Its row has a random key, the day by
Vietnam's calendar and what was written; the next morning it moves on, shuffled (`delivery`).
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from portal.core import clock, receipts
from portal.core import sealing as boxes
from portal.core.database import random_key, session, upsert, write
from portal.core.errors import NotStored
from portal.core.text import N_
from portal.features.letters import content, drafts, files, form_keys, proof, reading, resent
from portal.features.letters.content import Payload
from portal.features.letters.drafts import Photo
from portal.features.letters.form_keys import FormKey
from portal.features.letters.models import LetterIntake
from portal.features.letters.reading import Draft, Problem
from portal.features.mailbox import queries as mailboxes
from portal.features.mailbox.models import Mailbox
from portal.features.mailbox.queries import Place
from portal.features.mailbox.standing import Standing
from portal.features.sealing import queries as keys
from portal.features.sealing.models import SealKey

SALT_BYTES = 16


@dataclass(frozen=True)
class Kept:
    """The letter is stored; `again` if this very form had been stored before."""

    receipt: str
    again: bool = False


@dataclass(frozen=True)
class Noted:
    """This very form was stored before, and its receipt is written down: it is given no more."""


@dataclass(frozen=True)
class Another:
    """The form's number has brought another letter; what it says now was not stored."""


@dataclass(frozen=True)
class NotTaken:
    """The box takes no letters now; nothing was stored."""

    standing: Standing


@dataclass(frozen=True)
class Wrong:
    """Something is missing or cannot be; nothing was stored."""

    errors: dict[str, Problem]


@dataclass(frozen=True)
class Stale:
    """The form was not given out for this code."""


Outcome = Kept | Noted | Another | NotTaken | Wrong | Stale
PHOTOS_GONE = N_("Ảnh đã hết hạn giữ trên máy chủ. Xin chọn lại ảnh, hoặc gửi thư không có ảnh.")


@dataclass
class _Written:
    """What of a letter goes into its row, and the files that are on the disk for it."""

    values: dict[str, object]
    names: list[tuple[str, str]] = field(default_factory=list)
    """Of each photo, large and small."""

    @property
    def stored(self) -> list[str]:
        return [name for pair in self.names for name in pair]


def receive(place: Place, key_text: str, draft: Draft) -> Outcome:
    """Take one letter in.

    Args:
        place: where its code leads; it is checked afresh before anything is stored.
        key_text: the form's key as posted.
        draft: what was written; its photos lie under the form's key (`drafts`).

    Returns:
        What became of it. `Kept` is given only after the commit; a form that was stored before
        gives the same receipt, as long as it says the same and nobody has noted it.

    Raises:
        NotStored: the database or the disk is full, locked or away; nothing was stored.
    """
    key = form_keys.read(place.code, key_text)
    if key is None:
        return NotTaken(place.standing) if not place.takes else Stale()
    try:
        return again(key, draft) or _take(place, key, draft)
    except (OperationalError, PoolTimeout) as failure:
        raise NotStored from failure


def again(key: FormKey, draft: Draft) -> Kept | Noted | Another | None:
    """Say what a form gets that was sent before; None if it was not.

    Raises:
        NotStored: too many wait for the slow step that a sealed letter takes.
    """
    sent = resent.of_form(key)
    if sent is None:
        return None
    if not resent.says(sent, receipt_of(key), draft.text):
        return Another()
    return Noted() if sent.noted else Kept(receipt_of(key), again=True)


def receipt_of(key: FormKey) -> str:
    """Give the receipt that follows from a form, without its groups."""
    return receipts.derive(key.body.hex())


def same_text_today(place: Place, draft: Draft) -> bool:
    """Say whether the same words came to the same box today: somebody may have gone back.

    Only of letters that are not sealed, for the others nobody can know.
    """
    twins = select(LetterIntake.key).where(
        LetterIntake.box_id == place.box.id,
        LetterIntake.day == clock.today(),
        LetterIntake.text == draft.text,
    )
    return bool(session().scalar(select(twins.exists())))


def _take(place: Place, key: FormKey, draft: Draft) -> Outcome:
    if not place.takes:
        return NotTaken(place.standing)
    seal_key = keys.key_above(place.box.unit_id) if draft.names_official else None
    errors = reading.problems(place.box, draft, can_seal=seal_key is not None)
    photos = drafts.load(key, draft.photos)
    if len(photos) < len(draft.photos):
        errors[reading.PHOTOS] = Problem(PHOTOS_GONE)
    if errors:
        return Wrong(errors)
    # Read before the slow step, after which all would be loaded again.
    where = {
        "box_id": place.box.id,
        "unit_id": place.box.unit_id,
        "point_id": place.point.id if place.point else None,
    }
    written = _written(key, draft, photos, seal_key)
    written.values |= where
    stored = _store(key, written)
    # Two windows may have sent at once: who comes second is told what became of his words.
    return (again(key, draft) or stored) if isinstance(stored, Kept) and stored.again else stored


def _written(
    key: FormKey, draft: Draft, photos: Sequence[Photo], seal_key: SealKey | None
) -> _Written:
    """Hash, seal and put photos on the disk: slow, so it holds no connection and no lock."""
    public = seal_key.public if seal_key else None
    seal_key_id = seal_key.id if seal_key else None
    session().rollback()
    opened = receipts.open_for_letter(receipt_of(key))
    salt = secrets.token_bytes(SALT_BYTES)
    committed = proof.commitment(salt, draft.text, content.digests([one.large for one in photos]))
    written = _Written(
        {
            "key": random_key(), "form_hash": key.hash, "receipt_hash": opened.lookup,
            "sender_key": opened.sender.public, "category": draft.category, "field": draft.field,
            "seal_key_id": seal_key_id, "commitment": committed,
        }
    )  # fmt: skip
    photo_keys = [boxes.new_key() for _ in photos] if public else []
    _keep_photos(written, photos, photo_keys)
    if public is None:
        written.values |= {"text": draft.text, "salt": salt}
    else:
        payload = Payload(draft.text, tuple(photo_keys), salt)
        sealed = content.seal_twice(public, opened.sender.public, payload)
        written.values |= dict(zip(("for_reader", "for_sender"), sealed, strict=True))
    return written


def _keep_photos(written: _Written, photos: Sequence[Photo], photo_keys: Sequence[bytes]) -> None:
    today = clock.today()
    try:
        for at, one in enumerate(photos):
            key = photo_keys[at] if photo_keys else None
            large = _kept(one.large, key, today)
            written.names.append((large, ""))
            written.names[at] = (large, _kept(one.small, key, today))
    except BaseException:
        files.discard(written.stored)
        raise
    written.values["photos"] = json.dumps(written.names)


def _kept(photo: bytes, key: bytes | None, day: date) -> str:
    if key is None:
        return files.store(photo, day)
    return files.store(boxes.encrypt(key, photo), day, suffix=".bin")


def _store(key: FormKey, written: _Written) -> Outcome:
    with write() as current:
        # Between the page and here somebody may have ended the box, or midnight has passed.
        now = mailboxes.place(current.get_one(Mailbox, written.values["box_id"])).standing
        stored = now is Standing.TAKES and _inserted(current, written.values)
    if not stored:
        files.discard(written.stored)
        if now is not Standing.TAKES:
            return NotTaken(now)
    drafts.drop(key)
    return Kept(receipt_of(key), again=not stored)


def _inserted(current: Session, values: dict[str, object]) -> bool:
    row = upsert(LetterIntake).values(day=clock.today(), withdrawn=False, noted=False, **values)
    adding = row.on_conflict_do_nothing().returning(LetterIntake.key)
    return current.scalar(adding) is not None
