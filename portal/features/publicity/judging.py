"""Judging what was made public: since when, for how many days, shown by what, with which gaps.

Pure functions over postings; a day is public if any posting of the same content covers it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

from portal.core import clock
from portal.core.pasting import Remark, remark
from portal.core.text import N_
from portal.features.publicity.contents import BOARDS, LOUDSPEAKER, Content, Proof, proof_of

_DAY = timedelta(days=1)


class Shown(Protocol):
    """A posting, or the columns of one."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def channel(self) -> str: ...  # noqa: D102
    @property
    def from_on(self) -> date: ...  # noqa: D102
    @property
    def to_on(self) -> date | None: ...  # noqa: D102
    @property
    def taken_down_on(self) -> date | None: ...  # noqa: D102
    @property
    def times(self) -> str: ...  # noqa: D102
    @property
    def told(self) -> bool: ...  # noqa: D102


class Mark(StrEnum):
    """Where one content stands by one channel."""

    NONE = "none"
    UNPROVEN = "unproven"
    EARLY = "early"
    POSTED = "posted"


MARK_LABELS = {
    Mark.NONE: N_("Chưa có"),
    Mark.UNPROVEN: N_("Thiếu bằng chứng"),
    Mark.EARLY: N_("Đã gỡ sớm"),
    Mark.POSTED: N_("Đã công khai"),
}


@dataclass(frozen=True)
class Cell:
    """One content by one channel."""

    mark: Mark
    from_on: date | None = None
    ids: tuple[int, ...] = ()
    """The postings it stands on, the latest last."""


def last_day(one: Shown) -> date | None:
    """Give the last day on which it is public; None while nobody says. May lie before the first."""
    down = one.taken_down_on - _DAY if one.taken_down_on else None
    days = [day for day in (one.to_on, down) if day]
    return min(days) if days else None


def is_running(one: Shown, today: date) -> bool:
    """Say whether it is public on a day."""
    last = last_day(one)
    return one.from_on <= today and (last is None or last >= today)


def days_of(one: Shown, today: date) -> int:
    """Count the days on which it has been public, today among them."""
    last = last_day(one)
    return max(0, ((min(last, today) if last else today) - one.from_on).days + 1)


def is_proven(one: Shown, pieces: int) -> bool:
    """Say whether something shows it: photos, links, hours of broadcast, somebody's word."""
    proof = proof_of(one.channel)
    told = (proof == Proof.HOURS and one.times) or (proof == Proof.TICK and one.told)
    return bool(pieces or told)


def is_early(one: Shown, closes_on: date | None = None) -> bool:
    """Say whether it was taken down before the day that was said, or before a campaign closed."""
    until = one.to_on or closes_on
    return one.taken_down_on is not None and until is not None and one.taken_down_on <= until


def cell(ones: Sequence[Shown], pieces: dict[int, int], closes_on: date | None) -> Cell:
    """Judge one content by one channel in a campaign.

    Args:
        ones: its postings, mistakes apart.
        pieces: photos and links by posting.
        closes_on: the last day of the campaign; until then it is to stay.
    """
    if not ones:
        return Cell(Mark.NONE)
    kept = [one for one in ones if not is_early(one, closes_on)]
    proven = [one for one in kept if is_proven(one, pieces.get(one.id, 0))]
    mark = Mark.POSTED if proven else Mark.UNPROVEN if kept else Mark.EARLY
    meant = sorted(proven or kept or ones, key=lambda one: (one.from_on, one.id))
    return Cell(mark, meant[0].from_on, tuple(one.id for one in meant))


@dataclass(frozen=True)
class Span:
    """Days on end."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Count them."""
        return (self.last - self.first).days + 1


def spans(ones: Iterable[Shown], today: date) -> list[Span]:
    """Give the days on which a content was public until today, those on end together."""
    found: list[Span] = []
    for one in sorted(ones, key=lambda one: one.from_on):
        last = min(last_day(one) or today, today)
        if last < one.from_on:
            continue
        if found and one.from_on <= found[-1].last + _DAY:
            found[-1] = Span(found[-1].first, max(found[-1].last, last))
        else:
            found.append(Span(one.from_on, last))
    return found


@dataclass(frozen=True)
class Progress:
    """How long a content has been public by a channel, against what the law wants."""

    days: int
    """On end, the longest run."""
    least: int
    over: bool
    """Nothing of it is public today."""

    @property
    def is_enough(self) -> bool:
        """Say whether it has been public long enough."""
        return self.days >= self.least

    @property
    def share(self) -> float:
        """Give how much of it has passed, 0 to 1."""
        return min(1.0, self.days / self.least)


def progress(content: Content, ones: Sequence[Shown], today: date) -> Progress | None:
    """Give how long the postings of one content by one channel have been public; None if free."""
    least = content.least(ones[0].channel)
    if least is None:
        return None
    longest = max((span.days for span in spans(ones, today)), default=0)
    return Progress(longest, least, not any(is_running(one, today) for one in ones))


def remarks(
    content: Content, ones: Sequence[Shown], today: date, decided_on: date | None = None
) -> list[Remark]:
    """Say what is amiss with the postings of one content by one channel; nothing is refused.

    Args:
        content: with the durations of the law.
        ones: one at least, mistakes apart.
        today: until when it is looked at.
        decided_on: the day of the document.
    """
    return [*_late(content, ones, decided_on), *_gaps(ones, today), *_short(content, ones, today)]


def _late(content: Content, ones: Sequence[Shown], decided_on: date | None) -> list[Remark]:
    if decided_on is None or content.within is None:
        return []
    due = clock.working_day_after(decided_on, content.within)
    first = min(one.from_on for one in ones)
    if first <= due:
        return []
    return [remark(
        N_("Công khai ngày %(first)s, sau hạn %(due)s (%(n)s ngày làm việc từ ngày văn bản)."),
        first=clock.format_date(first), due=clock.format_date(due), n=content.within,
    )]  # fmt: skip


def _gaps(ones: Sequence[Shown], today: date) -> list[Remark]:
    found = spans(ones, today)
    return [
        remark(
            N_("Trống %(n)s ngày: %(first)s–%(last)s."),
            n=(after.first - before.last).days - 1,
            first=clock.format_date(before.last + _DAY), last=clock.format_date(after.first - _DAY),
        )
        for before, after in pairwise(found)
    ]  # fmt: skip


def _short(content: Content, ones: Sequence[Shown], today: date) -> list[Remark]:
    reached = progress(content, ones, today)
    if reached is None or reached.is_enough:
        return []
    ends = [last_day(one) for one in ones]
    if None in ends:
        return []  # Without an end it can still become long enough.
    planned = max((span.days for span in spans(ones, date.max)), default=0)
    if planned >= reached.least:
        return []
    channel = ones[0].channel
    said = _BOARD if channel in BOARDS else _BROADCAST if channel == LOUDSPEAKER else _OPEN
    return [remark(said, n=planned, least=reached.least, basis=content.basis)]


_BOARD = N_("Niêm yết %(n)s ngày liên tục, cần ít nhất %(least)s ngày.")
_BROADCAST = N_("Phát loa %(n)s ngày liên tiếp, cần ít nhất %(least)s ngày.")
_OPEN = N_("Công khai %(n)s ngày, cần ít nhất %(least)s ngày.")
