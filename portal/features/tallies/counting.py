"""The counts from which tallies are made, one statement each."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from portal.core.database import session
from portal.features.letters import steps
from portal.features.letters.kinds import OPEN, Count, State
from portal.features.letters.models import Letter, LetterCount, LetterIntake, LetterStep
from portal.features.mailbox.models import MailboxPoint
from portal.features.surveys import participation
from portal.features.tallies.published import NOT_SHOWN
from portal.features.tallies.weeks import last_of, monday_of

SEALED, PLAIN = "sealed", "plain"
"""The two kinds by which it is counted how many letters went past the ward."""
_ONLINE = ""


def undelivered(box_id: int, last: date) -> int:
    """Count the letters sent up to a day that still wait for their morning."""
    return _number(
        select(func.count()).where(LetterIntake.box_id == box_id, LetterIntake.day <= last)
    )


def arrived(box_id: int, first: date, last: date) -> int:
    """Count the letters sent on days from one to another."""
    return _number(select(func.count()).where(_of(box_id), Letter.day.between(first, last)))


def by_week(box_id: int) -> dict[date, int]:
    """Count the letters of every week that has any."""
    query = select(Letter.day, func.count()).where(_of(box_id)).group_by(Letter.day)
    found: Counter[date] = Counter()
    for day, n in session().execute(query.order_by(Letter.day)):
        found[monday_of(day)] += n
    return dict(found)


def by_point(box_id: int, week: date) -> dict[str, int]:
    """Count the letters of a week by where their form was opened, "" online; nothing is a line too.

    A point that had been taken down before, or was hung up later, has none unless letters came.
    """
    last = last_of(week)
    hung = select(MailboxPoint.id).where(
        MailboxPoint.box_id == box_id,
        MailboxPoint.placed_on.is_not(None) & (MailboxPoint.placed_on <= last),
        MailboxPoint.removed_on.is_(None) | (MailboxPoint.removed_on >= week),
    )
    found = {str(point): 0 for point in session().scalars(hung.order_by(MailboxPoint.id))}
    counted = select(LetterCount.value, LetterCount.n).where(
        LetterCount.box_id == box_id, LetterCount.week == week, LetterCount.what == Count.POINT
    )
    for value, n in session().execute(counted.order_by(LetterCount.value)):
        found[value] = n
    return {_ONLINE: found.pop(_ONLINE, 0), **found}


def weekly(box_id: int, about: Count, last: date) -> list[tuple[date, Mapping[str, int]]]:
    """Count what letters are about, by week, up to a day."""
    kinds: dict[Count, ColumnElement[str]] = {
        Count.CATEGORY: Letter.category.expression,
        Count.FIELD: Letter.field.expression,
        Count.SEALED: case((Letter.seal_key_id.is_(None), PLAIN), else_=SEALED),
    }
    kind = kinds[about]
    query = select(Letter.day, kind, func.count()).where(_of(box_id), Letter.day <= last)
    found: dict[date, Counter[str]] = defaultdict(Counter)
    for day, value, n in session().execute(query.group_by(Letter.day, kind).order_by(Letter.day)):
        found[monday_of(day)][value] += n
    return sorted(found.items())


@dataclass(frozen=True)
class Evening:
    """Where the letters stood that had come by the end of a day."""

    states: Mapping[str, int]
    overdue: int
    """How many were open after their time."""

    @property
    def open(self) -> int:
        """Give how many waited for somebody."""
        return sum(self.states.get(state, 0) for state in OPEN)


def evening(box_id: int, day: date) -> Evening:
    """Count the letters that had come by the end of a day by where they stood then."""
    came = steps.standing(box_id, day).order_by(None).subquery()
    late = (came.c.due_on <= day).label("late")
    query = select(came.c.state, late, func.count()).group_by(came.c.state, late)
    found: Counter[str] = Counter()
    overdue = 0
    for standing, is_late, n in session().execute(query.order_by(came.c.state, late)):
        found[standing] += n
        overdue += n if is_late and standing in OPEN else 0
    return Evening(dict(found), overdue)


def reopened(box_id: int, first: date, last: date) -> int:
    """Count the letters that waited again on the last of some days after they had not, or did not.

    Those that were asked about or opened again, and those that were answered together with the
    letter into which they had been merged before: with them, what came and what went adds up.
    """
    before = steps.standing(box_id, first - timedelta(days=1)).order_by(None).subquery()
    after = steps.standing(box_id, last).order_by(None).subquery()
    began = func.coalesce(before.c.state, "").in_(OPEN) | (after.c.day >= first)
    answered = func.coalesce(after.c.answered_on, date.max).between(first, last)
    waits = after.c.state.in_(OPEN)
    back = or_(waits & or_(~began, answered), ~waits & ~began & answered)
    query = select(func.count()).select_from(after)
    return _number(query.outerjoin(before, before.c.id == after.c.id).where(back))


def public(box_id: int, day: date) -> int:
    """Count the letters that stood on the public page at the end of a day."""
    came = steps.standing(box_id, day).order_by(None).subquery()
    shown = came.c.published_on <= day, came.c.state.not_in(NOT_SHOWN)
    return _number(select(func.count()).select_from(came).where(*shown))


def answered_by_day(box_id: int) -> dict[date, tuple[int, int]]:
    """Count the letters answered on each day: in time, and late."""
    in_time = func.sum(case((Letter.answered_on <= Letter.due_on, 1), else_=0))
    query = select(Letter.answered_on, func.count(), in_time).where(
        _of(box_id), Letter.answered_on.is_not(None)
    )
    rows = session().execute(query.group_by(Letter.answered_on).order_by(Letter.answered_on))
    return {day: (good, n - good) for day, n, good in rows if day}


def between(
    by_day: Mapping[date, tuple[int, int]], first: date, last: date
) -> tuple[int, int]:  # fmt: skip
    """Add up what was answered on days from one to another: in time, and late."""
    found = [pair for day, pair in by_day.items() if first <= day <= last]
    return sum(good for good, _ in found), sum(late for _, late in found)


def moved(box_id: int, first: date, last: date) -> dict[str, int]:
    """Count the letters that came into a state on days from one to another."""
    return dict(session().execute(steps.moved(box_id, first, last)).all())


def withdrawn_at_once(box_id: int, first: date, last: date) -> int:
    """Count the letters of some days that were withdrawn before their readers had them."""
    unread = ~select(LetterStep.letter_id).where(LetterStep.letter_id == Letter.id).exists()
    gone = and_(Letter.state == State.WITHDRAWN, unread, Letter.day.between(first, last))
    return _number(select(func.count()).where(_of(box_id), gone))


def ratings(campaign_id: int) -> dict[date, int]:
    """Count the answers to the ratings beside the box, by day."""
    return participation.by_day(campaign_id)


def first_answers(box_id: int, today: date) -> list[bool]:
    """List of each letter of which it is known whether it was answered in time, in that order.

    In time it is known on the day of the answer, and late once the time has run out: also of a
    letter that still waits. In the order of these days; within one in that of random numbers.
    """
    gone = Letter.answered_on.is_(None) & Letter.state.not_in(OPEN)
    query = select(Letter.id, Letter.answered_on, Letter.due_on).where(_of(box_id), ~gone)
    rows = [
        (row.id, row.answered_on, row.due_on)
        for row in session().execute(query.order_by(Letter.id))
    ]
    known = [
        (done, key, True) if done and done <= due else (due + timedelta(days=1), key, False)
        for key, done, due in rows
    ]
    return [good for day, _, good in sorted(known) if day < today]


def answer_days(box_id: int, before: date) -> list[tuple[int, bool]]:
    """List how many days the answers given before a day took, and whether that was in time.

    In the order of their days; within a day in that of the letters' random numbers.
    """
    query = select(Letter.day, Letter.answered_on, Letter.due_on).where(
        _of(box_id), Letter.answered_on.is_not(None) & (Letter.answered_on < before)
    )
    rows = session().execute(query.order_by(Letter.answered_on, Letter.id))
    return [((done - sent) // timedelta(days=1), done <= due) for sent, done, due in rows if done]


def _of(box_id: int) -> ColumnElement[bool]:
    return Letter.box_id == box_id


def _number(query: Select[int]) -> int:
    return session().scalar(query) or 0
