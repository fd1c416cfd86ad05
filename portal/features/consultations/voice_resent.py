"""A form that was sent already: whether it says the same, and whether its receipt is noted.

A form that is sent again after a lost network has the same receipt, until its sender says that it
is written down. Other words under the same number are a sending of their own, and were not stored.
"""

from dataclasses import dataclass

from sqlalchemy import select, update

from portal.core.database import session, write
from portal.features.consultations import voice_reading
from portal.features.consultations.models import Comment
from portal.features.consultations.voice_models import Voice, VoiceIntake
from portal.features.consultations.voice_reading import Sending
from portal.features.letters.form_keys import FormKey


@dataclass(frozen=True)
class Sent:
    """What is stored of a form."""

    sending: Sending
    noted: bool

    def says(self, sending: Sending) -> bool:
        """Say whether a form that is sent now says the same."""
        same = set(self.sending.comments) == set(sending.comments)
        return same and set(self.sending.agrees) == set(sending.agrees)


def of_form(key: FormKey) -> Sent | None:
    """Give what is stored of a form, waiting or delivered; None if it was never sent."""
    row = session().scalar(select(VoiceIntake).where(VoiceIntake.form_hash == key.hash))
    if row is not None:
        return Sent(voice_reading.unpack(row.content), row.noted)
    voice = session().scalar(select(Voice).where(Voice.form_hash == key.hash))
    return Sent(delivered(voice), voice.noted) if voice is not None else None


def delivered(voice: Voice) -> Sending:
    """Give what was delivered of a sending."""
    said = select(Comment.key, Comment.text).where(Comment.voice_id == voice.id)
    comments = session().execute(said.order_by(Comment.id)).all()
    agrees = ("" if key == voice_reading.WHOLE_MARK else key for key in voice.agrees.split())
    return Sending(tuple((key, text) for key, text in comments), tuple(agrees))


def note(key: FormKey) -> None:
    """Keep that the receipt of a form is written down: it is given no more."""
    with write() as current:
        for table in (VoiceIntake, Voice):
            current.execute(update(table).where(table.form_hash == key.hash).values(noted=True))
