"""Whether a track takes comments: worked out from its days and the clock, never stored."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.features.consultations.models import Consultation, State, Track


class Standing(StrEnum):
    """What somebody finds who comes with a comment."""

    NOT_THERE = "not_there"
    """Still a draft, or there is no such track."""
    BEFORE = "before"
    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True)
class Where:
    """Where a track stands on a day.

    Attributes:
        standing: whether it takes comments.
        opens_on: its first day; None if there is no such track.
        closes_on: its last day.
        days_left: days until its last, which counts as 0; 0 unless it is open.
    """

    standing: Standing
    opens_on: date | None = None
    closes_on: date | None = None
    days_left: int = 0

    @property
    def takes(self) -> bool:
        """Say whether it takes comments."""
        return self.standing is Standing.OPEN


def at(state: str, track: Track | None, today: date) -> Where:
    """Say where a track stands on a day.

    Args:
        state: of its consultation.
        track: None if the consultation goes without it.
        today: by Vietnam's calendar.
    """
    if state == State.DRAFT or track is None:
        return Where(Standing.NOT_THERE)
    if state != State.PUBLISHED or today > track.closes_on:
        return Where(Standing.OVER, track.opens_on, track.closes_on)
    if today < track.opens_on:
        return Where(Standing.BEFORE, track.opens_on, track.closes_on)
    left = (track.closes_on - today).days
    return Where(Standing.OPEN, track.opens_on, track.closes_on, left)


def of(consultation: Consultation, kind: str, today: date) -> Where:
    """Say where one of the tracks of a consultation stands; `kind` is a `TrackKind`."""
    return at(consultation.state, consultation.track(kind), today)


def first_day(consultation: Consultation) -> date | None:
    """Give the day from which anybody is asked; None without tracks."""
    return min((one.opens_on for one in consultation.tracks), default=None)


def last_day(consultation: Consultation) -> date | None:
    """Give the day after which nobody is asked any more; None without tracks."""
    return max((one.closes_on for one in consultation.tracks), default=None)
