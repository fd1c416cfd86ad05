"""The public page of a box: how many letters, what became of them, what was answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from portal.core import clock
from portal.core.pagination import Page, paginate
from portal.features.letters.kinds import ANSWERED, OPEN, State
from portal.features.letters.models import LetterBatch
from portal.features.mailbox import queries as boxes
from portal.features.mailbox.models import Mailbox
from portal.features.mailbox.queries import Place
from portal.features.tallies import counting, figures, published
from portal.features.tallies.published import Published, Steps, stepped

SIZE = 10
_MONTHS = 12


@dataclass(frozen=True)
class Answering:
    """How long answers take; `n` goes up by k at a time."""

    n: int
    days: int
    """The median."""
    known: int
    """How many the share is of: answered in time, or past their time; goes up by k as well."""
    share: float | None
    """Of those that were answered in time; None while too few are known."""


@dataclass(frozen=True)
class Month:
    """How many letters were hidden in a month."""

    first: date
    hidden: Steps | None
    """None if none was."""


@dataclass(frozen=True)
class Numbers:
    """What is counted up to yesterday evening."""

    k: int
    all: Steps
    waiting: Steps
    answered: Steps
    referred: Steps
    withdrawn: Steps
    overdue: Steps
    """Past their time without an answer."""
    answering: Answering | None


@dataclass(frozen=True)
class PublicPage:
    """What everybody may read."""

    place: Place
    numbers: Numbers
    months: tuple[Month, ...]
    """This one first."""
    letters: Page[Published]
    batches: tuple[LetterBatch, ...]

    @property
    def box(self) -> Mailbox:
        """Give the box."""
        return self.place.box


def count(box: Mailbox) -> Numbers:
    """Count the letters of a box up to yesterday evening."""
    today, k = clock.today(), figures.threshold()
    evening = counting.evening(box.id, today - timedelta(days=1))
    found = evening.states

    def some(*states: str) -> Steps:
        return stepped(sum(found.get(one, 0) for one in states), k)

    return Numbers(
        k=k, all=some(*found), waiting=some(*OPEN), answered=some(*ANSWERED),
        referred=some(State.REFERRED), withdrawn=some(State.WITHDRAWN),
        overdue=stepped(evening.overdue, k), answering=_answering(box.id, today, k),
    )  # fmt: skip


def page(
    typed: str, number: int = 1, counted: Callable[[Mailbox], Numbers] = count
) -> PublicPage | None:  # fmt: skip
    """Give the public page behind a code of a box or of a point; None if there is none.

    Args:
        typed: the code as it came.
        number: of the page of letters, from 1.
        counted: gives the numbers; whoever is asked often keeps them for a while.
    """
    place = boxes.by_code(typed)
    if place is None or not place.box.is_announced:
        return None
    box, today = place.box, clock.today()
    listed = paginate(published.letters(box.id), number, SIZE)
    return PublicPage(
        place=place, numbers=counted(box), months=tuple(_months(box, today)),
        letters=Page([published.shown(one) for one in listed.rows], listed.number, listed.pages,
                     listed.total),
        batches=tuple(published.batches(box.id, today)),
    )  # fmt: skip


def _answering(box_id: int, today: date, k: int) -> Answering | None:
    """Tell how long the first answers took, as many as make whole steps of k."""
    known = counting.answer_days(box_id, today)
    known = known[: len(known) // k * k]
    if not known:
        return None
    in_time = counting.first_answers(box_id, today)
    in_time = in_time[: len(in_time) // k * k]
    share = sum(in_time) / len(in_time) if in_time else None
    return Answering(len(known), round(median(days for days, _ in known)), len(in_time), share)


def _months(box: Mailbox, today: date) -> list[Month]:
    found: list[Month] = []
    first = today.replace(day=1)
    start = box.rounds[0].first if box.rounds else today
    while len(found) < _MONTHS and first >= start.replace(day=1):
        last = last_day(first)
        n = published.hidden(box.id, first, last)
        found.append(Month(first, stepped(n, figures.threshold()) if n else None))
        first = (first - timedelta(days=1)).replace(day=1)
    return found


def last_day(first: date) -> date:
    """Give the last day of a month that is named by its first."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
