"""In which state a letter stood on a day: what weekly tallies are counted from.

One row a letter and a day on which it changed, and no time of day: the record of officials' acts
tells the hour of theirs, and what a sender does leaves no clock.
"""

from datetime import date

from sqlalchemy import Select, case, func, select

from portal.core import clock
from portal.core.database import session
from portal.features.letters.kinds import State
from portal.features.letters.models import Letter, LetterStep
from portal.workflow.engine import Fired


def note(letter_id: int, state: str, day: date | None = None) -> None:
    """Keep that a letter stands in a state at the end of a day, today's if none is given.

    Call it inside `write()`.
    """
    session().merge(LetterStep(letter_id=letter_id, day=day or clock.today(), state=state))


def keep(fired: Fired) -> None:
    """Keep every transition of a letter (a listener of the workflow engine)."""
    if isinstance(fired.item, Letter):
        note(fired.item.id, fired.item.state)


def standing(box_id: int, day: date) -> Select[str, date, int, date, date | None, date | None]:
    """Select where every letter of a box that had come by a day stood at its end, and its days.

    A letter without any step has been in its present state since it came.
    """
    latest = (
        select(
            LetterStep.letter_id.label("letter_id"),
            func.max(case((LetterStep.day <= day, LetterStep.day))).label("day"),
        )
        .group_by(LetterStep.letter_id)
        .subquery()
    )
    same = (LetterStep.letter_id == latest.c.letter_id) & (LetterStep.day == latest.c.day)
    state = case(
        (latest.c.letter_id.is_(None), Letter.state),
        (latest.c.day.is_(None), State.RECEIVED),
        else_=LetterStep.state,
    )
    return (
        select(
            state.label("state"), Letter.due_on.label("due_on"), Letter.id.label("id"),
            Letter.day.label("day"), Letter.answered_on.label("answered_on"),
            Letter.published_on.label("published_on"),
        )
        .outerjoin(latest, latest.c.letter_id == Letter.id)
        .outerjoin(LetterStep, same)
        .where(Letter.box_id == box_id, Letter.day <= day)
        .order_by(Letter.id)
    )  # fmt: skip


def moved(box_id: int, first: date, last: date) -> Select[str, int]:
    """Select how many letters of a box came into which state on days from one to another."""
    return (
        select(LetterStep.state, func.count(func.distinct(LetterStep.letter_id)))
        .join(Letter, Letter.id == LetterStep.letter_id)
        .where(Letter.box_id == box_id, LetterStep.day.between(first, last))
        .group_by(LetterStep.state)
        .order_by(LetterStep.state)
    )
