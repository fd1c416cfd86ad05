"""What documents did to the days of an announced campaign, and which of them explains a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.features.campaigns import rounds as windows
from portal.features.documents.deadlines import Span


@dataclass(frozen=True)
class Change:
    """A change of the days of one place, as its people are told of it."""

    kind: str
    """What was done: `amending.Kind`."""
    reason: str
    number: str
    """The number of the document within a sentence: “số 12-KH/BCĐ”."""
    before: tuple[Span, ...]
    after: tuple[Span, ...]


def explaining(changes: Sequence[Change], rounds: Sequence[Span], today: date) -> Change | None:
    """Give the change because of which nobody is asked today.

    Args:
        changes: the earliest first.
        rounds: the windows of the place as they are now.
        today: a day outside them.

    Returns:
        The latest that moved the opening before which, the close after which, or the gap in which
        this day lies; None if none did, for the days were planned so.
    """
    past = [span.last for span in rounds if span.last < today]
    if not past:
        found = [one for one in changes if one.before[0].first != one.after[0].first]
    elif len(past) == len(rounds):
        found = [one for one in changes if one.before[-1].last != one.after[-1].last]
    else:
        gap = {past[-1] + windows.DAY, today}
        found = [one for one in changes if gap & _lost(one, today)]
    return found[-1] if found else None


def _lost(change: Change, until: date) -> set[date]:
    return windows.days(change.before, until) - windows.days(change.after, until)
