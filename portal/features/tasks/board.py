"""The table of units and duties: a row a unit, a column a duty and day, a word in every cell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from portal.core import clock
from portal.core.text import N_, fold
from portal.features.org_units.models import Level, Unit
from portal.features.tasks import board_queries
from portal.features.tasks.board_parts import Board, Cell, Column, Group, Row, Wanted
from portal.features.tasks.board_queries import Found, Plan
from portal.features.tasks.models import AWAITED, OVERDUE, SETTLED
from portal.policy.predicates import Actor

FOLLOWING = N_("Khắc phục sau kiểm tra")
"""In place of the words of a duty: each inspection asks for something else."""
DIRECT = 0
"""In place of a district: the communes that have none above them."""


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
    if wanted.unreceived:
        kept = [row for row in kept if row.unreceived]
    used = [at for at, _ in enumerate(columns) if any(row.cells[at] for row in kept)]
    kept = [row._replace(cells=[row.cells[at] for at in used]) for row in kept]
    return Board(
        plans, plan, wanted, levels, tuple(districts.items()),
        tuple(columns[at] for at in used), tuple(_groups(kept)), len(shown), counts,
        len({row.unit.id for row in rows if row.unreceived}),
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
        cell = Cell(task.id, OVERDUE if late else task.state, task.organisation_id is not None)
        _free_line(lines[task.unit_id], at, width)[at] = cell
    return [_row(unit, cells) for unit in units for cells in lines[unit.id]]


def _free_line(lines: list[list[Cell | None]], at: int, width: int) -> list[Cell | None]:
    for line in lines:
        if line[at] is None:
            return line
    lines.append([None] * width)
    return lines[-1]


def _row(unit: Unit, cells: list[Cell | None]) -> Row:
    open_ = (cell for cell in cells if cell and cell.look not in SETTLED)
    unreceived = sum(not cell.received for cell in open_)
    return Row(unit, cells, *_sums(cells), unreceived)


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
