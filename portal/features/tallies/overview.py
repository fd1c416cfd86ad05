"""What the page of a box tells of its letters at a glance: whole weeks, under the threshold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.features.letters.kinds import Count
from portal.features.letters.models import LetterCount
from portal.features.mailbox.models import Mailbox
from portal.features.surveys.disclosure import Masked, hidden_nodes, masked
from portal.features.tallies.figures import threshold
from portal.features.tallies.weeks import monday_of, of_box

Key = TypeVar("Key", date, str)
SHOWN = 10
"""So many weeks stand on the page; the tallies have them all."""


@dataclass(frozen=True)
class Week:
    """One week that is over."""

    monday: date
    letters: Masked


@dataclass(frozen=True)
class Numbers:
    """The letters of a box up to last Sunday."""

    total: Masked
    weeks: tuple[Week, ...]
    points: Mapping[str, Masked]
    """By the number of the point, "" online."""
    k: int

    def at(self, point_id: int | None) -> Masked:
        """Give how many came from a point; None is online."""
        nobody = masked(0, self.total.is_hidden, self.k)
        return self.points.get(str(point_id) if point_id else "", nobody)

    @property
    def most(self) -> int:
        """Give the length of the longest bar."""
        return max([1, *(one.letters.exact or 0 for one in self.weeks)])

    @property
    def is_nil(self) -> bool:
        """Say whether none has come."""
        return self.total.exact == 0


def of(box: Mailbox) -> Numbers:
    """Count the letters of a box by week and by point, this week left out until it is over."""
    this_week, k = monday_of(clock.today()), threshold()
    by_week, by_point = _counts(box.id, this_week)
    over = [one for one in of_box(box) if one < this_week][-SHOWN:]
    weeks = _masked({one: by_week.get(one, 0) for one in (*by_week, *over)}, k)
    total = sum(by_week.values())
    return Numbers(
        masked(total, 0 < total < k, k), tuple(Week(one, weeks[one]) for one in over),
        _masked(by_point, k), k,
    )  # fmt: skip


def _counts(box_id: int, before: date) -> tuple[dict[date, int], dict[str, int]]:
    query = select(LetterCount).where(
        LetterCount.box_id == box_id, LetterCount.week < before,
        LetterCount.what.in_((Count.ALL, Count.POINT)),
    )  # fmt: skip
    by_week: dict[date, int] = {}
    by_point: dict[str, int] = {}
    for one in session().scalars(query.order_by(LetterCount.week, LetterCount.value)):
        if one.what == Count.ALL:
            by_week[one.week] = one.n
        else:
            by_point[one.value] = by_point.get(one.value, 0) + one.n
    return by_week, by_point


def _masked(counts: Mapping[Key, int], k: int) -> dict[Key, Masked]:
    parents = {f"{one}": "all" for one in counts} | {"all": None}
    hidden = hidden_nodes({f"{one}": n for one, n in counts.items()}, parents, k)
    return {one: masked(n, f"{one}" in hidden, k) for one, n in counts.items()}
