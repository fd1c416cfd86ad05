"""Proving that no letter was changed, taken away or put in since its morning (SECURITY T7)."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select

from portal.core.database import session
from portal.features.letters import content, files, proof
from portal.features.letters.models import Letter, LetterBatch, LetterMessage, LetterPhoto


@dataclass
class Found:
    """What a look at every letter brought to light."""

    batches: int = 0
    letters: int = 0
    withdrawn: int = 0
    sealed: int = 0
    """Whose words only the level above can compare."""
    broken: list[tuple[int, int]] = field(default_factory=list)
    """Box and number of batches that no longer give their digest."""
    altered: list[int] = field(default_factory=list)
    """Letters whose words are not those that were taken in."""

    @property
    def sound(self) -> bool:
        """Say whether everything is as it was."""
        return not (self.broken or self.altered)


def verify() -> Found:
    """Compute every digest again, from the words up to the chain of each box."""
    found = Found()
    _check_batches(found)
    _check_texts(found)
    return found


def _check_batches(found: Found) -> None:
    commitments: dict[int, list[bytes]] = defaultdict(list)
    rows = select(Letter.batch_id, Letter.commitment).order_by(Letter.id)
    for batch_id, committed in session().execute(rows):
        commitments[batch_id].append(committed)
    before: dict[int, tuple[int, bytes]] = {}
    batches = select(LetterBatch).order_by(LetterBatch.box_id, LetterBatch.number)
    for batch in session().scalars(batches):
        number, digest = before.get(batch.box_id, (0, b""))
        found.batches += 1
        if batch.number != number + 1 or not _fits(batch, digest, commitments[batch.id]):
            found.broken.append((batch.box_id, batch.number))
        before[batch.box_id] = batch.number, batch.digest


def _fits(batch: LetterBatch, before: bytes, commitments: list[bytes]) -> bool:
    if len(commitments) != batch.size or proof.root(commitments) != batch.root:
        return False
    day = batch.delivered_on
    return batch.digest == proof.chained(before, batch.number, day, batch.size, batch.root)


def _check_texts(found: Found) -> None:
    photos: dict[int, list[str]] = defaultdict(list)
    named = select(LetterPhoto.letter_id, LetterPhoto.stored).order_by(LetterPhoto.number)
    for letter_id, name in session().execute(named):
        photos[letter_id].append(name)
    rows = select(LetterMessage, Letter.commitment).join(LetterMessage.letter)
    rows = rows.where(LetterMessage.commitment.is_not(None))
    for message, committed in session().execute(rows.order_by(LetterMessage.key)):
        first = message.number == 0
        found.letters += first
        if message.text is None or message.salt is None:
            found.sealed += first and message.for_reader is not None
            found.withdrawn += first and message.for_reader is None
            continue
        stored = [files.content_of(name) or b"" for name in photos[message.letter_id]]
        again = proof.commitment(
            message.salt, message.text, content.digests(stored) if first else ()
        )
        if again != message.commitment or (first and committed != again):
            found.altered.append(message.letter_id)
