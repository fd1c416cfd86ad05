"""When a box takes letters: worked out from its rounds and the clock, never stored."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from portal.features.documents.deadlines import Span


class State(StrEnum):
    """What officials decide about a box."""

    DRAFT = "draft"
    OPEN = "open"
    ENDED = "ended"


class Standing(StrEnum):
    """What somebody finds who comes with a letter."""

    TAKES = "takes"
    BETWEEN = "between"
    """Between two rounds of a box that takes letters in rounds alone."""
    EARLY = "early"
    OVER = "over"
    NOT_THERE = "not_there"
    """Still a draft."""


def at(state: str, rounds: Sequence[Span], today: date, *, takes_between: bool) -> Standing:
    """Say where a box stands on a day.

    Args:
        state: see `State`.
        rounds: in order and apart.
        today: by Vietnam's calendar.
        takes_between: whether it takes letters between its first and last day throughout.
    """
    if state == State.DRAFT or not rounds:
        return Standing.NOT_THERE
    if state == State.ENDED or today > rounds[-1].last:
        return Standing.OVER
    if today < rounds[0].first:
        return Standing.EARLY
    if takes_between or any(one.first <= today <= one.last for one in rounds):
        return Standing.TAKES
    return Standing.BETWEEN


def round_on(rounds: Sequence[Span], day: date) -> int | None:
    """Give the number, from 1, of the round that a day lies in; None between rounds."""
    numbers = (at for at, one in enumerate(rounds, 1) if one.first <= day <= one.last)
    return next(numbers, None)
