"""What the table of units and duties consists of."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from portal.features.documents.body import JOB_LABELS, Job
from portal.features.org_units.models import Unit
from portal.features.tasks.board_queries import Plan
from portal.features.tasks.models import SETTLED

LONGEST_HEAD = 48
"""Letters of a duty in the head of its column; the whole of it stands in the panel."""


@dataclass(frozen=True)
class Wanted:
    """Which part of the table is looked at."""

    document_id: int | None = None
    level: str = ""
    district_id: int | None = None
    state: str = ""
    search: str = ""
    unreceived: bool = False
    """Only the units where somebody is missing who could receive a task."""


@dataclass(frozen=True)
class Column:
    """A duty, on one of its days."""

    what: str
    job: str
    due_on: date | None
    many: bool
    """Whether the duty has other days too."""
    told_by_job: bool
    """Whether the page on which it is done is name enough for it."""
    done: int = 0
    total: int = 0

    @property
    def label(self) -> str:
        """Give its short name: a msgid where a page says it, else the beginning of the duty."""
        if self.told_by_job:
            return JOB_LABELS[Job(self.job)]
        if len(self.what) <= LONGEST_HEAD:
            return self.what
        return self.what[:LONGEST_HEAD].rpartition(" ")[0].rstrip(",;: ") + "…"

    @property
    def day(self) -> str:
        """Give its day, “06/5”, where there are others."""
        return f"{self.due_on:%d}/{self.due_on.month}" if self.many and self.due_on else ""


class Cell(NamedTuple):
    """A task: which, and its state or `OVERDUE`."""

    id: int
    look: str
    received: bool
    """Whether some body has it; it waits at its unit else."""


class Row(NamedTuple):
    """A unit; once more where two of its bodies have the same duty."""

    unit: Unit
    cells: list[Cell | None]
    done: int
    total: int
    unreceived: int
    """How many of its tasks are not done and have been received by no body."""

    @property
    def bodiless(self) -> bool:
        """Say whether no body has received any of them."""
        return not any(cell.received for cell in self.cells if cell)


class Group(NamedTuple):
    """The communes of a district."""

    id: int
    name: str
    """"" for those that have no district."""
    rows: list[Row]
    done: int
    total: int


@dataclass(frozen=True)
class Board:
    """The table, as far as it is wanted."""

    plans: Sequence[Plan]
    plan: Plan
    wanted: Wanted
    levels: tuple[str, ...]
    """At which tiers there are tasks, from the bottom up."""
    districts: tuple[tuple[int, str], ...]
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    units: int
    """How many units there are before a state is asked for."""
    counts: Counter[str]
    """How many tasks of these units look how, before a state is asked for."""
    unreceived: int
    """In how many of these units a task waits that no body has received."""

    @property
    def total(self) -> int:
        """Give how many tasks there are."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Give how many are handed in, accepted, or do not apply."""
        return sum(n for look, n in self.counts.items() if look in SETTLED)

    @property
    def rows(self) -> Iterator[Row]:
        """Give the rows of all groups."""
        return (row for group in self.groups for row in group.rows)

    def beside(self, task_id: int) -> tuple[int | None, int | None]:
        """Give the tasks before and after one: down its column, then on to the next."""
        columns = zip(*(row.cells for row in self.rows), strict=True)
        order = [cell.id for column in columns for cell in column if cell]
        if task_id not in order:
            return None, (order[0] if order else None)
        at = order.index(task_id)
        return order[at - 1] if at else None, order[at + 1] if at + 1 < len(order) else None
