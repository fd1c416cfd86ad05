"""That a body has read a letter: by day for its sender to see, by name in the record of acts."""

from typing import Protocol

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.features.audit import services as audit
from portal.features.audit.models import AuditEntry
from portal.features.audit.services import Act
from portal.features.letters.answering import Writer
from portal.features.letters.models import Letter, LetterOpening


class Visitor(Writer, Protocol):
    """An account that opens a letter."""

    @property
    def unit_level(self) -> str:
        """The level at which it sits."""


def record(actor: Visitor, letter: Letter) -> None:
    """Keep that the actor reads a letter now; once a day is enough."""
    today, letter_id = clock.today(), letter.id
    if _is_kept(actor, letter_id):
        return
    name, unit_id = letter.name, letter.unit_id
    with write("letter_openings") as current:
        body = actor.organisation_id
        if current.get(LetterOpening, (letter_id, body, today)) is None:
            current.add(LetterOpening(
                letter_id=letter_id, organisation_id=body, day=today, level=actor.unit_level,
            ))  # fmt: skip
        audit.record(actor, Act("letter:opened", "letter", letter_id, name, unit_id))


def _is_kept(actor: Visitor, letter_id: int) -> bool:
    query = select(AuditEntry.number).where(
        AuditEntry.subject_kind == "letter", AuditEntry.subject_id == str(letter_id),
        AuditEntry.action == "letter:opened", AuditEntry.actor_id == actor.user_id,
        AuditEntry.at >= clock.day_start(clock.today()),
    )  # fmt: skip
    return session().scalar(query.order_by(AuditEntry.number).limit(1)) is not None
