"""What letters are about: weeks are put together until no letter stands out.

Whoever has seen somebody at the box on a Tuesday must not find in the week's tally that its only
letter was a complaint. How many came in a week is participation; of what kind they were is told for
a pool of weeks, the first at which every kind has none or at least k, or the few that have fewer
make k together. A pool is told whole or not at all, and none overlaps another: what two papers tell
differs by whole pools.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

REST = "*"
"""The kinds of a pool that have fewer than k each, put together."""


@dataclass(frozen=True)
class Pool:
    """What came in some weeks, by kind."""

    first: date
    """The Monday of its first week."""
    last: date
    """The Monday of its last week: it is told with this week's tally."""
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """Give how many letters it holds."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Pooled:
    """The pools of a box as far as they are full, and how many letters wait for the next."""

    told: tuple[Pool, ...]
    waiting: int


def pooled(weekly: Iterable[tuple[date, Mapping[str, int]]], k: int) -> Pooled:
    """Put weeks together until what they hold can be told.

    Args:
        weekly: how many came of each kind, by week in order; a week is complete.
        k: the threshold.
    """
    told: list[Pool] = []
    held: Counter[str] = Counter()
    first: date | None = None
    for week, counts in weekly:
        held.update(counts)
        if not held.total():
            continue
        first = first or week
        if shown := _shown(held, k):
            told.append(Pool(first, week, shown))
            held, first = Counter(), None
    return Pooled(tuple(told), held.total())


def together(pools: Iterable[Pool]) -> dict[str, int]:
    """Add up what some pools tell."""
    found: Counter[str] = Counter()
    for pool in pools:
        found.update(pool.counts)
    return dict(found)


def _shown(held: Counter[str], k: int) -> dict[str, int]:
    """Give the kinds as they may be told, none where they may not be yet."""
    large = {kind: n for kind, n in sorted(held.items()) if n >= k}
    rest = held.total() - sum(large.values())
    if not large or 0 < rest < k:
        return {}
    return large | ({REST: rest} if rest else {})
