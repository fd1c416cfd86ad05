"""The numbers of one week of a box. All of them follow from stored rows, whenever they are counted.

What an office did is counted exactly, and so is how many letters came, in all and by point: that is
participation. What they were about is told in pools of weeks (`pools`).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from portal.features.letters.kinds import OPEN, Count, State
from portal.features.mailbox.models import Mailbox
from portal.features.settings import services as settings
from portal.features.surveys.threshold import LEAST
from portal.features.tallies import counting, queries
from portal.features.tallies.pools import Pool, Pooled, pooled
from portal.features.tallies.weeks import WEEK, last_of

ABOUT = (Count.CATEGORY, Count.FIELD, Count.SEALED)
"""What is told in pools only."""


@dataclass(frozen=True)
class Ratings:
    """How many answered the ratings beside the box; what they said is told when these are over."""

    week: int
    so_far: int


@dataclass(frozen=True)
class Figures:
    """A week."""

    week: date
    k: int
    """The threshold that held when it was counted."""
    arrived: int
    by_point: Mapping[str, int]
    """By the number of the point, "" online; every point that hung has a line."""
    states: Mapping[str, int]
    """All letters of the box so far, by where they stood on Sunday evening."""
    carried: int
    """How many from before were open when the week began."""
    in_time: int
    """How many were answered in the week, within their time."""
    late: int
    overdue: int
    """How many were open on Sunday evening after their time."""
    referred: int
    withdrawn: int
    hidden: int
    so_far: int
    """How many letters have come up to the end of the week."""
    about: Mapping[str, Pool | None] = field(default_factory=dict)
    """By `Count`: the pool that was full with this week, None if none was."""
    ratings: Ratings | None = None
    """None where no ratings hang beside the box, or too few answered."""
    reopened: int | None = None
    """How many waited again (`counting.reopened`); None in figures of before it was counted."""
    public: int | None = None
    """How many stood on the public page on Sunday evening; None likewise."""

    @property
    def left_otherwise(self) -> int:
        """Give how many wait no longer without a first answer: passed on, merged, taken back."""
        return self.carried + self.arrived + (self.reopened or 0) - self.answered - self.open

    def as_far_as(self, other: "Figures") -> "Figures":
        """Give it without what was not counted yet when other figures were."""
        later = {one: None for one in ("reopened", "public") if getattr(other, one) is None}
        return replace(self, **later)  # type: ignore[arg-type]  # only such as may be None

    @property
    def is_nil(self) -> bool:
        """Say whether nothing came."""
        return not self.arrived

    @property
    def open(self) -> int:
        """Give how many still waited for somebody on Sunday evening."""
        return sum(self.states.get(state, 0) for state in OPEN)

    @property
    def answered(self) -> int:
        """Give how many were answered in the week."""
        return self.in_time + self.late

    def to_json(self) -> str:
        """Write it as JSON; equal figures give equal texts."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=_iso)

    @classmethod
    def from_json(cls, text: str) -> "Figures":
        """Read what `to_json` wrote."""
        given: dict[str, Any] = json.loads(text)
        given["week"] = date.fromisoformat(given["week"])
        given["about"] = {name: _pool(one) for name, one in given["about"].items()}
        given["ratings"] = Ratings(**given["ratings"]) if given["ratings"] else None
        return cls(**given)


def threshold() -> int:
    """Give k for what is told of letters."""
    return max(LEAST, settings.number("threshold"))


def of(box: Mailbox, week: date, k: int | None = None) -> Figures:
    """Count a week.

    Args:
        box: the box.
        week: its Monday.
        k: the threshold; the one that holds today if it is not given. A recount of what is frozen
            takes that one's.
    """
    k, last = k or threshold(), last_of(week)
    before, after = (counting.evening(box.id, day) for day in (week - timedelta(days=1), last))
    moved = counting.moved(box.id, week, last)
    in_time, late = counting.between(counting.answered_by_day(box.id), week, last)
    about = {str(one): _told(box, one, week, k) for one in ABOUT}
    return Figures(
        week=week, k=k, arrived=counting.arrived(box.id, week, last),
        by_point=counting.by_point(box.id, week),
        states=after.states, carried=before.open,
        in_time=in_time, late=late, overdue=after.overdue,
        referred=moved.get(State.REFERRED, 0), hidden=moved.get(State.HIDDEN, 0),
        withdrawn=moved.get(State.WITHDRAWN, 0) + counting.withdrawn_at_once(box.id, week, last),
        so_far=sum(after.states.values()), about=about, ratings=_ratings(box, week, k),
        reopened=counting.reopened(box.id, week, last), public=counting.public(box.id, last),
    )  # fmt: skip


def told(box: Mailbox, about: Count, week: date, k: int) -> Pooled:
    """Give all that is told up to a week of what letters are about.

    What locked tallies told stands, also where the threshold has been raised since.
    """
    locked = (Figures.from_json(one.figures) for one in queries.locked_before(box.id, week))
    frozen = [pool for one in locked if (pool := one.about.get(about))]
    since = max((pool.last + WEEK for pool in frozen), default=date.min)
    weekly = counting.weekly(box.id, about, last_of(week))
    fresh = pooled(((one, counts) for one, counts in weekly if one >= since), k)
    return Pooled((*frozen, *fresh.told), fresh.waiting)


def _told(box: Mailbox, about: Count, week: date, k: int) -> Pool | None:
    found = told(box, about, week, k).told
    return found[-1] if found and found[-1].last == week else None


def _ratings(box: Mailbox, week: date, k: int) -> Ratings | None:
    if box.campaign_id is None:
        return None
    by_day = counting.ratings(box.campaign_id)
    last = last_of(week)
    so_far = sum(n for day, n in by_day.items() if day <= last)
    here = sum(n for day, n in by_day.items() if week <= day <= last)
    return Ratings(here, so_far) if so_far >= k else None


def _pool(given: dict[str, Any] | None) -> Pool | None:
    if given is None:
        return None
    first, last = (date.fromisoformat(given[name]) for name in ("first", "last"))
    return Pool(first, last, given["counts"])


def _iso(value: object) -> str:
    assert isinstance(value, date), value
    return value.isoformat()
