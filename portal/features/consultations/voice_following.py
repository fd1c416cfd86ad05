"""What somebody who commented on a draft finds by the receipt: every comment and its answer."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select

from portal.core.database import session
from portal.features.consultations import (
    comment_queries,
    outcomes,
    queries,
    voice_places,
    voice_reading,
    voice_resent,
)
from portal.features.consultations.models import Comment, CommentHiding, Consultation
from portal.features.consultations.outcomes import Outcome
from portal.features.consultations.voice_models import Voice, VoiceIntake
from portal.features.regulations import moves, reading
from portal.features.regulations import queries as regulations
from portal.features.regulations.reading import Entry


@dataclass(frozen=True)
class Line:
    """One comment as its author finds it again."""

    place: str
    """Of the provision as it was called; "" for the draft as a whole."""
    now: str
    """What it is called in the latest version, if that is something else."""
    text: str
    hiding: CommentHiding | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Followed:
    """One sending on the page of whoever sent it."""

    consultation: Consultation
    day: date
    delivered: bool
    """Whether its first morning has passed."""
    lines: list[Line]
    agrees: list[str]
    """Places agreed to; "" for the draft as a whole."""

    @property
    def arrives_on(self) -> date:
        """Give the morning on which it reaches its readers."""
        return self.day + timedelta(days=1)

    @property
    def answered(self) -> int:
        """Count the comments of which one knows what became."""
        return sum(line.outcome is not None for line in self.lines)

    @property
    def is_answered(self) -> bool:
        """Say whether one knows it of all that are to be answered."""
        return 0 < self.answered == sum(line.hiding is None for line in self.lines)


def knows(receipt_hash: bytes) -> bool:
    """Say whether there is a sending with this receipt, delivered or waiting."""
    moved = select(Voice.id).where(Voice.receipt_hash == receipt_hash).exists()
    waits = select(VoiceIntake.key).where(VoiceIntake.receipt_hash == receipt_hash).exists()
    return bool(session().scalar(select(or_(moved, waits))))


def follow(receipt_hash: bytes) -> Followed | None:
    """Give what the page of a receipt shows; None if it is of no sending."""
    voice = session().scalar(select(Voice).where(Voice.receipt_hash == receipt_hash))
    if voice is not None:
        return _delivered(voice)
    row = session().scalar(select(VoiceIntake).where(VoiceIntake.receipt_hash == receipt_hash))
    return _waiting(row) if row is not None else None


def _waiting(row: VoiceIntake) -> Followed:
    consultation, sending = _consultation(row.consultation_id), voice_reading.unpack(row.content)
    names = _Names(consultation.draft_id, [key for key, _ in sending.comments], row.day)
    lines = [Line(*names.of(key), text) for key, text in sending.comments]
    agrees = [names.was(key) for key in sending.agrees]
    return Followed(consultation, row.day, False, lines, agrees)


def _delivered(voice: Voice) -> Followed:
    consultation = _consultation(voice.consultation_id)
    found = select(Comment).where(Comment.voice_id == voice.id).order_by(Comment.id)
    comments = list(session().scalars(found))
    names = _Names(consultation.draft_id, [one.key for one in comments], voice.day)
    hidden = comment_queries.hidden([one.id for one in comments])
    told = outcomes.of([one for one in comments if one.id not in hidden])
    lines = [
        Line(*names.of(one.key), one.text, hidden.get(one.id), told.get(one.id))
        for one in sorted(comments, key=lambda one: names.order(one.key))
    ]
    agrees = [names.was(key) for key in voice_resent.delivered(voice).agrees]
    return Followed(consultation, voice.day, True, lines, agrees)


def _consultation(consultation_id: int) -> Consultation:
    found = queries.get(consultation_id)
    assert found is not None
    return found


class _Names:
    """What provisions of a draft are called: when somebody wrote of them, and now."""

    def __init__(self, draft_id: int, keys: list[str], day: date) -> None:
        self._places = voice_places.provisions(draft_id)
        self._then = _read_on(draft_id, day)
        self._now = moves.resolve(draft_id, keys)
        self._order = {key: at for at, key in enumerate(self._places)}

    def was(self, key: str) -> str:
        entry = self._then.get(key) or self._places.get(key)
        return entry.place if entry else ""

    def of(self, key: str) -> tuple[str, str]:
        was, entry = self.was(key), self._places.get(self._now.get(key, ""))
        now = entry.place if entry else ""
        return was, now if now != was else ""

    def order(self, key: str) -> int:
        return self._order.get(key, -1)


def _read_on(draft_id: int, day: date) -> dict[str, Entry]:
    """Give the provisions as everybody read them on a day."""
    read = regulations.standing_on(draft_id, day)
    return {entry.key: entry for entry in reading.outline(read)} if read else {}
