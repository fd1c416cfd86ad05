"""Taking in what somebody sends from the public page: hashed slowly, stored in one short write.

An acknowledged sending is on the disk (DESIGN rule 3). Its row has a random key, the day and what
was said; the next morning it moves on, shuffled (`voice_delivery`).
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from portal.core import clock, receipts
from portal.core.database import random_key, session, upsert, write
from portal.core.errors import NotStored
from portal.features.consultations import voice_places, voice_reading, voice_resent
from portal.features.consultations.models import Consultation
from portal.features.consultations.standing import Where
from portal.features.consultations.voice_models import Voice, VoiceIntake
from portal.features.consultations.voice_places import Place
from portal.features.consultations.voice_reading import Sending
from portal.features.letters import form_keys
from portal.features.letters import intake as letters
from portal.features.letters.form_keys import FormKey
from portal.features.letters.intake import Another, Kept, Noted, Stale, Wrong


@dataclass(frozen=True)
class NotTaken:
    """No comments are taken now; nothing was stored."""

    where: Where


@dataclass(frozen=True)
class Second:
    """The browser has sent before, and nobody said that more is meant; nothing was stored."""


Outcome = Kept | Noted | Another | Second | NotTaken | Wrong | Stale


def new_key(place: Place, *, more: bool = False) -> str:
    """Give a new number for a form of this consultation.

    Args:
        place: where its code leads.
        more: its page says that this browser has sent before; who sends it means to.
    """
    return form_keys.new(_named(place, more=more))


def read_key(place: Place, text: str) -> FormKey | None:
    """Give the number that a form carries, None unless it was given out for this consultation."""
    return form_keys.read(_named(place), text) or _read_more(place, text)


def receive(
    place: Place, key_text: str, sending: Sending, *, has_sent: bool = False
) -> Outcome:  # fmt: skip
    """Take one sending in.

    Args:
        place: where its code leads; it is checked afresh before anything is stored.
        key_text: the form's number as posted.
        sending: what is said.
        has_sent: this browser is marked as one that has sent before.

    Returns:
        What became of it. `Kept` is given only after the commit; a form that was stored before
        gives the same receipt, as long as it says the same and nobody has noted it.

    Raises:
        NotStored: the database or the disk is full, locked or away; nothing was stored.
    """
    key = read_key(place, key_text)
    if key is None:
        return Stale() if place.takes else NotTaken(place.where)
    try:
        if before := again(key, sending):
            return before
        if has_sent and place.takes and _read_more(place, key_text) is None:
            return Second()
        return _take(place, key, sending)
    except (OperationalError, PoolTimeout) as failure:
        raise NotStored from failure


def again(key: FormKey, sending: Sending) -> Kept | Noted | Another | None:
    """Say what a form gets that was sent before; None if it was not."""
    sent = voice_resent.of_form(key)
    if sent is None:
        return None
    if not sent.says(sending):
        return Another()
    return Noted() if sent.noted else Kept(receipt_of(key), again=True)


def receipt_of(key: FormKey) -> str:
    """Give the receipt that follows from a form, without its groups."""
    return letters.receipt_of(key)


def count(consultation_id: int) -> int:
    """Count the sendings of a consultation, with those of today: it moves at once."""
    waiting = select(func.count()).where(VoiceIntake.consultation_id == consultation_id)
    moved = select(func.count()).where(Voice.consultation_id == consultation_id)
    both = select(waiting.scalar_subquery() + moved.scalar_subquery())
    return session().scalar(both) or 0


def _take(place: Place, key: FormKey, sending: Sending) -> Outcome:
    if not place.takes:
        return NotTaken(place.where)
    if errors := voice_reading.problems(sending):
        return Wrong(errors)
    stored = _store(place.consultation.id, key, sending)
    # Two windows may have sent at once: who comes second is told what became of his words.
    return (again(key, sending) or stored) if isinstance(stored, Kept) and stored.again else stored


def _store(consultation_id: int, key: FormKey, sending: Sending) -> Outcome:
    # The slow step holds no connection and no lock.
    opened = receipts.open_for_letter(receipt_of(key))
    values = {
        "key": random_key(), "consultation_id": consultation_id, "form_hash": key.hash,
        "receipt_hash": opened.lookup, "content": sending.packed(),
    }  # fmt: skip
    with write() as current:
        # Between the page and here somebody may have closed it, or midnight has passed.
        now = voice_places.place(current.get_one(Consultation, consultation_id)).where
        stored = now.takes and _inserted(current, values)
    if not stored and not now.takes:
        return NotTaken(now)
    return Kept(receipt_of(key), again=not stored)


def _inserted(current: Session, values: dict[str, object]) -> bool:
    row = upsert(VoiceIntake).values(day=clock.today(), noted=False, **values)
    adding = row.on_conflict_do_nothing().returning(VoiceIntake.key)
    return current.scalar(adding) is not None


def _read_more(place: Place, text: str) -> FormKey | None:
    return form_keys.read(_named(place, more=True), text)


def _named(place: Place, *, more: bool = False) -> str:
    # Apart from the codes of boxes: a form of one is none of the other.
    return f"g+:{place.code}" if more else f"g:{place.code}"
