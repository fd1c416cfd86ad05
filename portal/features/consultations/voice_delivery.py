"""The morning's delivery: what came on earlier days becomes comments, shuffled.

Nobody ever reads a comment of today, and nothing of what is stored afterwards tells in which order
they came. A sending that cannot be delivered waits on and holds up no other.
"""

import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.core import clock, moving
from portal.core.database import random_id, session, upsert, write
from portal.core.erasing import empty_wal
from portal.features.consultations import comments, voice_reading
from portal.features.consultations.comments import Said, Source
from portal.features.consultations.models import Consultation, TrackKind
from portal.features.consultations.voice_models import Agreement, Voice, VoiceIntake
from portal.features.consultations.voice_reading import Sending

_AT_ONCE: Final = 250
"""So many in one transaction: others who write wait a second, not a minute."""


def deliver(today: date | None = None) -> int:
    """Deliver what came before a day, of every consultation.

    Args:
        today: what came on this day and later waits; today by Vietnam's calendar if not given.

    Returns:
        How many sendings were delivered.
    """
    today = today or clock.today()
    waiting = select(VoiceIntake.consultation_id).where(VoiceIntake.day < today).distinct()
    found = list(session().scalars(waiting.order_by(VoiceIntake.consultation_id)))
    delivered = sum(_deliver(consultation_id, today) for consultation_id in found)
    # Also when none was: somebody who read for long may have kept it from happening last time.
    empty_wal()
    return delivered


def _deliver(consultation_id: int, today: date) -> int:
    waits = (VoiceIntake.consultation_id == consultation_id, VoiceIntake.day < today)
    keys = list(session().scalars(select(VoiceIntake.key).where(*waits).order_by(VoiceIntake.key)))
    secrets.SystemRandom().shuffle(keys)
    some = (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))
    return sum(moving.moved(each, partial(_move, consultation_id)) for each in some)


def _move(consultation_id: int, keys: Sequence[bytes]) -> int:
    with write(f"voices:{consultation_id}") as current:
        query = select(VoiceIntake).where(VoiceIntake.key.in_(keys)).order_by(VoiceIntake.key)
        rows = list(current.scalars(query.with_for_update()))
        secrets.SystemRandom().shuffle(rows)
        consultation = current.get_one(Consultation, consultation_id)
        sendings = [voice_reading.unpack(row.content) for row in rows]
        voices = [_voice(*pair) for pair in zip(rows, sendings, strict=True)]
        current.add_all(voices)
        current.flush()
        comments.add_each(current, [
            (Source(consultation, TrackKind.PUBLIC, voice.day, voice_id=voice.id), Said(key, text))
            for voice, sending in zip(voices, sendings, strict=True)
            for key, text in sending.comments
        ])  # fmt: skip
        _raise(current, consultation_id, sendings)
        current.execute(delete(VoiceIntake).where(VoiceIntake.key.in_(keys)))
    return len(rows)


def _voice(row: VoiceIntake, sending: Sending) -> Voice:
    return Voice(
        id=random_id(), consultation_id=row.consultation_id, day=row.day,
        form_hash=row.form_hash, receipt_hash=row.receipt_hash, noted=row.noted,
        agrees="\n".join(key or voice_reading.WHOLE_MARK for key in sending.agrees),
    )  # fmt: skip


def _raise(current: Session, consultation_id: int, sendings: Sequence[Sending]) -> None:
    raised = Counter(key for sending in sendings for key in sending.agrees)
    rows = [{"consultation_id": consultation_id, "key": key, "n": n} for key, n in raised.items()]
    adding = upsert(Agreement)
    more = {"n": Agreement.n + adding.excluded.n}
    if rows:
        current.execute(adding.on_conflict_do_update(
            index_elements=("consultation_id", "key"), set_=more,
        ), sorted(rows, key=lambda row: str(row["key"])))  # fmt: skip
