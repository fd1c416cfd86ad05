"""Carrying a reform of units out: all of it in one transaction, or nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused, Stale
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns import issuing, succession
from portal.features.campaigns.succession import Heirs, Loss
from portal.features.org_units import crosswalk
from portal.features.org_units.importing import CHANGED_BY_ANOTHER
from portal.features.org_units.models import Unit
from portal.features.org_units.reading import Row, RowError
from portal.features.reforms import bodies, plan, points
from portal.features.reforms.plan import Reform, Way


@dataclass(frozen=True)
class Outcome:
    """What a reform did; with errors it did nothing."""

    successions: int = 0
    ended: int = 0
    moved: int = 0
    merged: int = 0
    points: int = 0
    campaigns: int = 0
    codes: int = 0
    losses: tuple[Loss, ...] = ()
    """What the new units have to choose anew in running campaigns."""
    errors: tuple[RowError, ...] = ()


def carry_out(
    doer: audit.Doer,
    rows: Iterable[Row],
    day: date,
    *,
    wanted: Mapping[int, str] | None = None,
    alone: Collection[int] = (),
    seen: str | None = None,
) -> Outcome:
    """Let units take over from others, with all that follows; a second time it adds nothing.

    Old units end and keep what was counted in them. Organisations go where it was chosen, points
    begin anew, and the campaigns that still run ask in the new units by codes of their own.

    Args:
        doer: who does it.
        rows: old_code, new_code, new_full_name.
        day: the first day of the new units.
        wanted: what was chosen for organisations; see `plan.of`.
        alone: units that are meant to end with nobody taking over, and to leave what they hold.
        seen: the fingerprint of what the doer was shown.

    Raises:
        Refused: the day has not come.
        Invalid: nobody takes over from a unit that holds what would be lost.
        Stale: somebody else has changed these units since.
    """
    if day > clock.today():
        raise Refused(NOT_YET, day=clock.format_date(day))
    with write("org_units", issuing.LOCK, "accounts"):
        reform = plan.of(rows, day, wanted, alone)
        if seen is not None and reform.fingerprint != seen:
            raise Stale(CHANGED_BY_ANOTHER, {})
        if reform.crosswalk.errors:
            return Outcome(errors=reform.crosswalk.errors)
        if reform.unclaimed:
            raise _without_heir(reform.unclaimed)
        return _carry_out(doer, reform)


def _without_heir(units: Sequence[Unit]) -> Invalid:
    names = "; ".join(f"{unit.full_name} ({unit.code})" for unit in units)
    return Invalid({f"alone-{unit.id}": NO_HEIR for unit in units}, units=names)


def _carry_out(doer: audit.Doer, reform: Reform) -> Outcome:
    stored = crosswalk.store(reform.crosswalk)
    heirs = reform.crosswalk.heirs
    moved = points.move(heirs, reform.day)
    bodies.hand_over(doer, reform)
    by_id = {old.id: new for old, new in heirs.items()}
    joined = succession.join(doer, Heirs(reform.day, by_id, moved))
    outcome = Outcome(
        successions=stored.added, ended=stored.ended, moved=reform.ways[Way.MOVE],
        merged=reform.ways[Way.INTO], points=len(moved), campaigns=joined.campaigns,
        codes=joined.codes, losses=reform.losses,
    )  # fmt: skip
    counts = {name: n for name, n in vars(outcome).items() if isinstance(n, int)}
    changes: dict[str, object] = {name: n for name, n in counts.items() if n}
    left = [one.unit for one in reform.orphans if one.holding.needs_heir]
    if left:
        changes["left_alone"] = [None, [f"{unit.full_name} ({unit.code})" for unit in left]]
    audit.record(doer, Act("units:succeeded", "unit_list", reform.day, changes=changes))
    return outcome


NO_HEIR = N_("Chưa có nơi nhận: thêm dòng cho đơn vị này, hoặc đánh dấu là không có.")
NOT_YET = N_("Ngày %(day)s chưa tới. Từ ngày ấy mới xác nhận được, để mã cũ không đổi sớm.")
