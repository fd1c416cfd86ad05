"""Who reaches whom: derived from parents and successions, joined by every scoped query."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import delete, insert, select

from portal.core.database import write
from portal.features.org_units.models import Unit, UnitScope, UnitSuccession


def rebuild_scopes() -> int:
    """Derive anew which units a unit reaches: itself, those below, and their predecessors.

    What lay below a predecessor belongs to it: a province that took over from another one reaches
    the districts that ended with it.

    Returns:
        How many pairs there are.
    """
    with write("org_units") as current:
        current.flush()
        parents = dict(current.execute(select(Unit.id, Unit.parent_id)).all())
        before: dict[int, list[int]] = defaultdict(list)
        for successor, old in current.execute(
            select(UnitSuccession.successor_id, UnitSuccession.unit_id)
        ):
            before[successor].append(old)
        below: dict[int, list[int]] = defaultdict(list)
        for unit, above in parents.items():
            if above is not None:
                below[above].append(unit)
        pairs = {
            (above, reached)
            for unit in parents
            for above in _line(unit, parents)
            for reached in _with_predecessors(unit, before, below)
        }
        current.execute(delete(UnitScope))
        if pairs:
            current.execute(
                insert(UnitScope),
                [{"above_id": above, "unit_id": unit} for above, unit in sorted(pairs)],
            )
        return len(pairs)


def _line(unit: int, parents: Mapping[int, int | None]) -> list[int]:
    line = [unit]
    while (above := parents[line[-1]]) is not None:
        line.append(above)
    return line


def _with_predecessors(
    unit: int, before: Mapping[int, list[int]], below: Mapping[int, list[int]]
) -> set[int]:
    reached, waiting = {unit}, list(before.get(unit, ()))
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting += (*before.get(one, ()), *below.get(one, ()))
    return reached
