"""The table of units and duties: a row a unit, a column a duty and day, a word in every cell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import NamedTuple

from portal.core import clock
from portal.core.text import N_, fold
from portal.features.documents.body import JOB_LABELS, Job
from portal.features.org_units.models import Level, Unit
from portal.features.tasks import board_queries
from portal.features.tasks.board_queries import Found, Plan
from portal.features.tasks.models import AWAITED, OVERDUE, SETTLED
from portal.policy.predicates import Actor

LONGEST_HEAD = 48
"""Letters of a duty in the head of its column; the whole of it stands in the panel."""
FOLLOWING = N_("Khắc phục sau kiểm tra")
"""In place of the words of a duty: each inspection asks for something else."""
DIRECT = 0
"""In place of a district: the communes that have none above them."""


@dataclass(frozen=True)
class Wanted:
    """Which part of the table is looked at."""

    document_id: int | None = None
    level: str = ""
    district_id: int | None = None
    state: str = ""
    search: str = ""


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


class Row(NamedTuple):
    """A unit; once more where two of its bodies have the same duty."""

    unit: Unit
    cells: list[Cell | None]
    done: int
    total: int


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


def of(actor: Actor, wanted: Wanted) -> Board | None:
    """Give the table of a plan, the one issued last if none is chosen; None if there is none.

    Args:
        actor: sees its own unit and those below.
        wanted: which part; what does not exist is passed over.
    """
    plans = board_queries.plans(actor)
    if not plans:
        return None
    plan = next((one for one in plans if one.id == wanted.document_id), plans[0])
    units = board_queries.units(actor, plan.id)
    levels = tuple(level for level in reversed(Level) if any(u.level == level for u in units))
    level = wanted.level if wanted.level in levels else levels[0]
    wanted = replace(wanted, document_id=plan.id, level=level)
    tier = [unit for unit in units if unit.level == level]
    shown = [unit for unit in tier if _is_wanted(unit, wanted)]
    return _laid_out(plans, plan, wanted, levels, tier, shown, board_queries.tasks(actor, plan.id))


def _is_wanted(unit: Unit, wanted: Wanted) -> bool:
    in_district = wanted.district_id is None or _district_of(unit)[0] == wanted.district_id
    return in_district and fold(wanted.search) in unit.folded


def _district_of(unit: Unit) -> tuple[int, str]:
    above = unit.parent
    if unit.level != Level.COMMUNE or above is None or above.level != Level.DISTRICT:
        return DIRECT, ""
    return above.id, above.full_name


def _district_order(unit: Unit) -> str:
    return unit.parent.sort_key if unit.parent and _district_of(unit)[0] else ""


def _laid_out(
    plans: Sequence[Plan], plan: Plan, wanted: Wanted, levels: tuple[str, ...],
    tier: Sequence[Unit], shown: Sequence[Unit], found: Sequence[Found],
) -> Board:  # fmt: skip
    ids = {unit.id for unit in shown}
    tasks = [task for task in found if task.unit_id in ids]
    columns, places = _columns(tasks)
    rows = _rows(shown, tasks, places, len(columns))
    counts = Counter(cell.look for row in rows for cell in row.cells if cell)
    columns = _with_sums(columns, rows)
    districts = dict(_district_of(unit) for unit in sorted(tier, key=_district_order))
    kept = _narrowed(rows, wanted.state) if wanted.state else rows
    used = [at for at, _ in enumerate(columns) if any(row.cells[at] for row in kept)]
    kept = [row._replace(cells=[row.cells[at] for at in used]) for row in kept]
    return Board(
        plans, plan, wanted, levels, tuple(districts.items()),
        tuple(columns[at] for at in used), tuple(_groups(kept)), len(shown), counts,
    )  # fmt: skip


def _columns(tasks: Iterable[Found]) -> tuple[list[Column], dict[tuple[str, date | None], int]]:
    """Give the columns in the order of the tasks, and where each duty and day stands."""
    first: dict[tuple[str, date | None], int] = {}
    for task in tasks:
        first.setdefault(task.column, task.id)
    duties = board_queries.duties(first.values())
    days = Counter(duty for duty, _ in first)
    jobs = Counter(duty.job for duty in duties.values())
    columns = []
    for key, due_on in first:
        duty, told = duties[key], duties[key].job
        what = FOLLOWING if duty.follows else duty.what
        columns.append(Column(what, told, due_on, days[key] > 1, bool(told) and jobs[told] == 1))
    return columns, {key: at for at, key in enumerate(first)}


def _rows(
    units: Sequence[Unit], tasks: Iterable[Found],
    places: dict[tuple[str, date | None], int], width: int,
) -> list[Row]:  # fmt: skip
    today = clock.today()
    lines: dict[int, list[list[Cell | None]]] = {unit.id: [] for unit in units}
    for task in tasks:
        at = places[task.column]
        late = task.due_on is not None and task.due_on < today and task.state in AWAITED
        cell = Cell(task.id, OVERDUE if late else task.state)
        _free_line(lines[task.unit_id], at, width)[at] = cell
    return [_row(unit, cells) for unit in units for cells in lines[unit.id]]


def _free_line(lines: list[list[Cell | None]], at: int, width: int) -> list[Cell | None]:
    for line in lines:
        if line[at] is None:
            return line
    lines.append([None] * width)
    return lines[-1]


def _row(unit: Unit, cells: list[Cell | None]) -> Row:
    return Row(unit, cells, *_sums(cells))


def _sums(cells: Iterable[Cell | None]) -> tuple[int, int]:
    """Count those that are done, and all."""
    looks = [cell.look for cell in cells if cell]
    return sum(map(SETTLED.__contains__, looks)), len(looks)


def _with_sums(columns: Iterable[Column], rows: Iterable[Row]) -> list[Column]:
    summed = []
    for column, cells in zip(columns, zip(*(row.cells for row in rows), strict=True), strict=True):
        done, total = _sums(cells)
        summed.append(replace(column, done=done, total=total))
    return summed


def _narrowed(rows: Iterable[Row], state: str) -> list[Row]:
    """Keep the cells that look so, and the rows that have any."""
    kept = []
    for row in rows:
        cells = [cell if cell and cell.look == state else None for cell in row.cells]
        if any(cells):
            kept.append(row._replace(cells=cells))
    return kept


def _groups(rows: Sequence[Row]) -> Iterator[Group]:
    ordered = sorted(rows, key=lambda row: _district_order(row.unit))
    for (district, name), own in groupby(ordered, key=lambda row: _district_of(row.unit)):
        lines = list(own)
        done, total = sum(row.done for row in lines), sum(row.total for row in lines)
        yield Group(district, name, lines, done, total)
