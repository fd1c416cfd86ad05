"""Places below a commune: villages, groups, the one-stop unit, cultural houses, Zalo teams."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.core.text import N_, clean, fold, sort_key
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.org_units.existing import exists
from portal.features.org_units.kinds import POINT_LABELS, PointKind
from portal.features.org_units.models import Level, Point, Unit, UnitScope
from portal.policy.predicates import Actor
from portal.policy.roles import Role

Changes = Mapping[str, Sequence[object]]
LONGEST: Final = 120
NO_NAME: Final = N_("Chưa ghi tên điểm.")
TOO_LONG: Final = N_("Tên điểm dài quá 120 ký tự.")
NO_KIND: Final = N_("Chưa chọn loại điểm.")
ONLY_COMMUNES: Final = N_("Thôn, tổ dân phố và các điểm là của xã, phường, thị trấn.")
LIVED_IN: Final = frozenset({PointKind.VILLAGE, PointKind.GROUP})
"""Every household belongs to one of these, and only to one."""

_KIND_WORDS: Final[Mapping[str, PointKind]] = {
    r"thon|ban|lang|xom|ap|thon,? ban": PointKind.VILLAGE,
    r"to dan pho|tdp|to( so)? \d+|khu pho|khu( so)? \d+": PointKind.GROUP,
    r"bo phan (mot cua|tiep nhan)|mot cua|trung tam phuc vu hanh chinh cong": PointKind.ONE_STOP,
    r"nha van hoa|nvh|nha sinh hoat cong dong": PointKind.CULTURAL_HOUSE,
    r"tru so|co quan": PointKind.OFFICE,
    r"to dan van|to cong nghe so|nhom zalo|to zalo": PointKind.TEAM,
    r"tren mang|truc tuyen|trang (thong tin|facebook|web)|fanpage|facebook|zalo": PointKind.ONLINE,
    r"(diem )?khac": PointKind.OTHER,
}
_LABELS: Final = {fold(label): kind for kind, label in POINT_LABELS.items()}


@dataclass(frozen=True)
class Described:
    """A point as somebody describes it."""

    kind: str
    name: str
    households: int | None = None

    @classmethod
    def of(cls, point: Point) -> "Described":
        """Give how a stored point is described."""
        return cls(point.kind, point.name, point.households)

    @property
    def faults(self) -> dict[str, str]:
        """Give what cannot be taken, by field."""
        found = {}
        if self.kind not in set(PointKind):
            found["kind"] = NO_KIND
        if not self.name:
            found["name"] = NO_NAME
        elif len(self.name) > LONGEST:
            found["name"] = TOO_LONG
        return found


def kind_of(words: str) -> PointKind | None:
    """Give the kind that words mean, or that a name begins with: “Tổ dân phố số 3”."""
    folded = fold(words)
    if folded in _LABELS:
        return _LABELS[folded]
    found = (kind for key, kind in _KIND_WORDS.items() if re.match(rf"({key})(\W|$)", folded))
    return next(found, None)


def listed(unit_id: int, *, ended: bool = False) -> list[Point]:
    """List the points of a commune by kind and name: those that exist, or those that ended."""
    query = _ordered().where(Point.unit_id == unit_id)
    return list(session().scalars(query.where(~exists(Point) if ended else exists(Point))))


def of_communes(above_id: int) -> list[Point]:
    """List the points that exist in the communes below a unit, commune by commune."""
    query = (
        _ordered(Unit.sort_key)
        .join(Point.unit)
        .join(UnitScope, UnitScope.unit_id == Unit.id)
        .where(UnitScope.above_id == above_id, exists(Unit), exists(Point))
    )
    names = joinedload(Point.unit).joinedload(Unit.parent)
    return list(session().scalars(query.options(names)))


def counted(unit_ids: Sequence[int]) -> dict[int, int]:
    """Count the points that exist, by commune; those without any are left out."""
    query = select(Point.unit_id, func.count()).where(Point.unit_id.in_(unit_ids), exists(Point))
    return dict(session().execute(query.group_by(Point.unit_id).order_by(Point.unit_id)).all())


def get_visible(actor: Actor, point_id: int) -> Point | None:
    """Give a point of a unit that the actor may see; the operator sees all."""
    point = session().get(Point, point_id, options=[joinedload(Point.unit)])
    sees = point is not None and (actor.role == Role.ADMIN or actor.reaches(point.unit_id))
    return point if sees else None


def add(doer: Doer, unit_id: int, described: Described) -> Point:
    """Add a point to a commune.

    Raises:
        Missing: there is no such unit.
        Refused: the unit is no commune.
        Invalid: the name is empty, too long or taken, or the kind unknown; by field.
    """
    _check(described)
    with write("org_units") as current:
        unit = current.get(Unit, unit_id)
        if unit is None:
            raise Missing
        if unit.level != Level.COMMUNE:
            raise Refused(ONLY_COMMUNES)
        _check_free(current, unit_id, described.name)
        point, changes = put(unit, described)
        current.add(point)
        current.flush()
        _record(doer, "point:added", point, changes=changes)
    return point


def change(doer: Doer, point_id: int, described: Described, seen: Described) -> Point:
    """Describe a point anew.

    Args:
        doer: who does it.
        point_id: which.
        described: what it shall be.
        seen: what the doer saw before.

    Raises:
        Missing: there is no such point.
        Invalid: as `add`.
        Stale: somebody else described it anew meanwhile.
    """
    _check(described)
    with write("org_units") as current:
        point = _get(current, point_id)
        stored = Described.of(point)
        if stored not in {seen, described}:
            theirs = {"name": stored.name, "kind": stored.kind, "households": stored.households}
            raise Stale(N_("Có người vừa sửa điểm này."), theirs)
        if point.name != described.name:
            _check_free(current, point.unit_id, described.name)
        if changes := put(point.unit, described, point)[1]:
            _record(doer, "point:changed", point, changes=changes)
    return point


def end(doer: Doer, point_id: int, reason: str) -> Point:
    """Let a point be no longer there, from today; what was counted at it stays.

    Raises:
        Missing: there is no such point.
        Invalid: without a reason.
        Refused: it has ended already.
    """
    reason = clean(reason, multiline=True)[:1000]
    if not reason:
        raise Invalid({"reason": N_("Cần ghi lý do.")})
    with write("org_units") as current:
        point = _get(current, point_id)
        if point.valid_to is not None:
            raise Refused(N_("Điểm này đã ngừng từ trước."))
        point.valid_to = max(point.valid_from, clock.today() - timedelta(days=1))
        _record(doer, "point:ended", point, reason=reason)
    return point


def reopen(doer: Doer, point_id: int) -> Point:
    """Let a point that has ended be there again.

    Raises:
        Missing: there is no such point.
        Refused: it is there.
    """
    with write("org_units") as current:
        point = _get(current, point_id)
        if point.valid_to is None:
            raise Refused(N_("Điểm này đang dùng."))
        point.valid_to = None
        _record(doer, "point:reopened", point)
    return point


def put(unit: Unit, described: Described, point: Point | None = None) -> tuple[Point, Changes]:
    """Describe a point of a commune, a new one if none is given; the caller stores and records.

    Returns:
        The point, and what changed of it: field by field before and after.
    """
    before = Described.of(point) if point else None
    point = point or Point(unit=unit)
    point.kind, point.name, point.households = described.kind, described.name, described.households
    point.folded, point.sort_key = fold(f"{described.name} {unit.folded}"), sort_key(described.name)
    pairs = {
        field: [getattr(before, field, None), getattr(described, field)]
        for field in ("kind", "name", "households")
    }
    return point, {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


def _ordered(*first: InstrumentedAttribute[str]) -> Select[Point]:
    """Select points in the order in which people look for them: where they live comes first."""
    order = {str(kind): at for at, kind in enumerate(PointKind)}
    rank = case(order, value=Point.kind, else_=len(order))
    return select(Point).order_by(*first, Point.unit_id, rank, Point.sort_key, Point.id)


def _check(described: Described) -> None:
    if faults := described.faults:
        raise Invalid(faults)


def _check_free(current: Session, unit_id: int, name: str) -> None:
    taken = select(Point).where(Point.unit_id == unit_id, Point.name == name)
    point = current.scalar(taken.order_by(Point.id))
    if point is None:
        return
    ended = N_("Điểm tên này đã ngừng; mở lại ở danh sách điểm đã ngừng.")
    raise Invalid({"name": ended if point.valid_to else N_("Xã này đã có điểm tên như vậy.")})


def _get(current: Session, point_id: int) -> Point:
    point = current.get(Point, point_id)
    if point is None:
        raise Missing
    return point


def _record(
    doer: Doer, action: str, point: Point, *, reason: str = "", changes: Changes | None = None
) -> None:  # fmt: skip
    audit.record(doer, Act(
        action, "point", point.id, subject_name=f"{point.name}, {point.unit.running_name}",
        unit_id=point.unit_id, reason=reason, changes=changes or {},
    ))  # fmt: skip
