"""What everybody may know of a box: published letters, and numbers that tell of no single one.

Every number that depends on what senders did is told in steps of k: however often somebody looks,
two looks differ by nothing or by at least k, and none tells of fewer. Of what
the office did with letters (hidden) it is told too whether there was any.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from portal.core.database import session
from portal.features.letters.kinds import CATEGORY_LABELS, State
from portal.features.letters.models import Hiding, Letter, LetterBatch
from portal.features.tallies import weeks

NOT_SHOWN = (State.HIDDEN, State.WITHDRAWN, State.MERGED)


@dataclass(frozen=True)
class Steps:
    """A number in steps of k: from `low` to `high`."""

    low: int
    high: int

    @property
    def is_few(self) -> bool:
        """Say whether it may as well be none."""
        return self.low == 0


def stepped(n: int, k: int) -> Steps:
    """Give a number as everybody may read it."""
    low = n // k * k
    return Steps(low, low + k - 1)


@dataclass(frozen=True)
class Published:
    """A letter with its answer, as both were published."""

    number: int
    category: str
    """Its label (msgid)."""
    field: str
    text: str
    answer: str
    day: date
    """When it was published."""
    reader: str
    """Who answers."""


def letters(box_id: int) -> Select[Letter]:
    """Select the published letters of a box by day, the latest first, then by random number."""
    query = select(Letter).where(
        Letter.box_id == box_id, Letter.published_on.is_not(None), Letter.published_text != "",
        Letter.state.not_in(NOT_SHOWN),
    )  # fmt: skip
    return query.order_by(Letter.published_on.desc(), Letter.id)


def between(box_id: int, first: date, last: date) -> list[Published]:
    """List what was published on days from one to another, the first day first."""
    found = letters(box_id).where(Letter.published_on.between(first, last))
    return [shown(one) for one in reversed(session().scalars(found).all())]


def shown(letter: Letter) -> Published:
    """Give a published letter as everybody reads it."""
    assert letter.published_on is not None
    return Published(
        letter.id, CATEGORY_LABELS[letter.read_category or letter.category],
        letter.read_field or letter.field, letter.published_text, letter.published_answer,
        letter.published_on, (letter.assigned_to or letter.reader).name,
    )  # fmt: skip


def hidden(box_id: int, first: date, last: date) -> int:
    """Count the letters that were hidden on days from one to another."""
    query = select(func.count(func.distinct(Hiding.letter_id))).join(Hiding.letter)
    decided = Hiding.decided_on.between(first, last), Hiding.state.in_(("hidden", "lifted"))
    return session().scalar(query.where(Letter.box_id == box_id, *decided)) or 0


def batches(box_id: int, today: date) -> list[LetterBatch]:
    """List what was delivered in weeks that are over, the latest first.

    The running week's come on Monday: a digest a day would tell on which days anybody wrote.
    """
    query = select(LetterBatch).where(
        LetterBatch.box_id == box_id, LetterBatch.delivered_on < weeks.monday_of(today)
    )
    return list(session().scalars(query.order_by(LetterBatch.number.desc())))
