"""A form whose letter was sent already: whether it says the same, whether its receipt is noted.

A form that is sent again after a lost network has the same receipt, until its sender says that it
is written down. Other words under the same number are another letter, and were not sent.
"""

from dataclasses import dataclass

from sqlalchemy import select, union_all, update

from portal.core import receipts
from portal.core.database import session, write
from portal.core.sealing import Shut
from portal.features.letters import content
from portal.features.letters.form_keys import FormKey
from portal.features.letters.models import Letter, LetterIntake, LetterMessage


@dataclass(frozen=True)
class Sent:
    """What is stored of a form's letter."""

    text: str | None
    for_sender: bytes | None
    noted: bool


def of_form(key: FormKey) -> Sent | None:
    """Give what is stored of a form's letter, waiting or delivered; None if it was never sent."""
    waits = select(LetterIntake.text, LetterIntake.for_sender, LetterIntake.noted).where(
        LetterIntake.form_hash == key.hash
    )
    moved = select(LetterMessage.text, LetterMessage.for_sender, Letter.noted).join(
        Letter, Letter.id == LetterMessage.letter_id
    ).where(Letter.form_hash == key.hash, LetterMessage.number == 0)  # fmt: skip
    row = session().execute(union_all(waits, moved)).first()
    return Sent(row[0], row[1], bool(row[2])) if row else None


def says(sent: Sent, receipt: str, text: str) -> bool:
    """Say whether a letter that was sent says this. Slow if it is sealed: never inside `write()`.

    Of one that was taken back nobody can know any more: it counts as the same, so that what its
    sender had erased does not come a second time.

    Raises:
        portal.core.errors.NotStored: too many wait for the slow step.
    """
    if sent.text is not None:
        return sent.text == text
    if sent.for_sender is None:
        return True
    opened = receipts.open_for_letter(receipt)
    try:
        return content.open_sealed(opened.sender.private, sent.for_sender).text == text
    except Shut:
        return True


def note(key: FormKey) -> None:
    """Keep that the receipt of a form's letter is written down: it is given no more."""
    with write() as current:
        for table in (LetterIntake, Letter):
            current.execute(update(table).where(table.form_hash == key.hash).values(noted=True))
