"""Who does what a plan asks of a body, or of a tier, that is not there (DOMAIN R05)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased, joinedload

from portal.core.database import session, write
from portal.core.errors import Invalid, Missing
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.org_units import arrivals
from portal.features.org_units.existing import exists
from portal.features.org_units.kinds import KIND_LABELS, OrganisationKind
from portal.features.org_units.models import (
    BodyFallback,
    Level,
    Organisation,
    Unit,
    UnitScope,
)

NOT_OFFERED = N_("Chọn một nơi có trong danh sách.")


@dataclass(frozen=True)
class Body:
    """What a unit has of one kind, and who stands in where it has none."""

    key: str
    """The kind; "district:farmers" for a kind of a tier that the unit has nobody of."""
    own: tuple[Organisation, ...]
    named: Organisation | None
    """Who was named and exists today."""

    @property
    def label(self) -> str:
        """Give the name of the kind (msgid)."""
        return kind_label(self.key)

    @property
    def is_open(self) -> bool:
        """Say whether nobody does what is asked of it."""
        return not self.own and self.named is None


def kind_label(key: str) -> str:
    """Give the name of a kind, or of a kind at a missing tier (msgid)."""
    return KIND_LABELS[OrganisationKind(key.rpartition(":")[2])]


def bodies(unit: Unit, kinds: Iterable[str]) -> list[Body]:
    """Tell for every kind what a unit has, and who stands in.

    Args:
        unit: whose.
        kinds: keys as `Body.key`, in the order wanted.
    """
    own: dict[str, list[Organisation]] = {}
    for one in present([unit.id]):
        own.setdefault(one.kind, []).append(one)
    named = {row.kind: row.organisation for row in _rows(BodyFallback.unit_id == unit.id)}
    return [Body(key, tuple(own.get(key, ())), named.get(key)) for key in kinds]


def open_kinds(unit_ids: Sequence[int], kinds: Iterable[str]) -> dict[int, list[str]]:
    """Give the kinds that nobody stands for, by unit; units that lack none are left out."""
    have = {(one.unit_id, one.kind) for one in present(unit_ids)}
    have |= {(row.unit_id, row.kind) for row in _rows(BodyFallback.unit_id.in_(unit_ids))}
    wanted = list(kinds)
    found = {unit: [kind for kind in wanted if (unit, kind) not in have] for unit in unit_ids}
    return {unit: lacking for unit, lacking in found.items() if lacking}


def of_group(above_id: int, level: str, kinds: Sequence[str]) -> list[BodyFallback]:
    """Give who was named for these kinds at the units of a level below one (or at itself)."""
    return _rows(
        BodyFallback.kind.in_(kinds), Unit.level == level, exists(Unit),
        BodyFallback.unit_id.in_(
            select(UnitScope.unit_id).where(UnitScope.above_id == above_id)
        ),
    )  # fmt: skip


def of_tier(unit_id: int, level: str, kinds: Sequence[str]) -> list[BodyFallback]:
    """Give who was named for a tier that a unit has nobody of; none while it has that tier."""
    keys = [f"{level}:{kind}" for kind in kinds]
    rows = _rows(BodyFallback.unit_id == unit_id, BodyFallback.kind.in_(keys))
    return rows if rows and not has_tier(unit_id, level) else []


def has_tier(unit_id: int, level: str) -> bool:
    """Say whether a unit is of a level, or has units of that level below it, today."""
    query = select(Unit.id).join(UnitScope, UnitScope.unit_id == Unit.id).where(
        UnitScope.above_id == unit_id, Unit.level == level, exists(Unit)
    )  # fmt: skip
    return session().scalar(query.limit(1)) is not None


def tier_keys(unit: Unit, kinds: Iterable[str]) -> list[str]:
    """Give the keys of what plans ask of districts, for a province that has none."""
    if unit.level != Level.PROVINCE or has_tier(unit.id, Level.DISTRICT):
        return []
    return [f"{Level.DISTRICT}:{kind}" for kind in kinds]


def offered(unit: Unit) -> list[tuple[Unit, list[Organisation]]]:
    """Give who may be named at a unit: its own organisations and those of its district.

    The operator stands in for nobody, and the province not for a commune, unless it was named so.
    """
    line: list[Unit] = []
    one: Unit | None = unit
    while one is not None:
        line.append(one)
        one = one.parent
    near = {at.id for at in line if at is unit or at.level == Level.DISTRICT}
    named = {row.organisation_id for row in _rows(BodyFallback.unit_id == unit.id)}
    found = [
        body
        for body in present([at.id for at in line])
        if body.id in named or (body.unit_id in near and body.kind != OrganisationKind.OPERATOR)
    ]
    grouped = ((at, [body for body in found if body.unit_id == at.id]) for at in line)
    return [(at, known) for at, known in grouped if known]


def name(doer: Doer, unit_id: int, chosen: Mapping[str, int | None]) -> int:
    """Say who stands in at a unit.

    Args:
        doer: who says so.
        unit_id: where.
        chosen: the organisation by key (`Body.key`); None for nobody.

    Returns:
        How many of them are new.

    Raises:
        Missing: there is no such unit.
        Invalid: a kind is unknown, or an organisation not among those offered; by the key.
    """
    with write("org_units") as current:
        unit = current.get(Unit, unit_id)
        if unit is None:
            raise Missing
        known = {body.id for _at, found in offered(unit) for body in found}
        wrong = {
            key: NOT_OFFERED
            for key, body in chosen.items()
            if not _is_key(key) or (body is not None and body not in known)
        }
        if wrong:
            raise Invalid(wrong)
        changed = sum(put(current, doer, unit, key, body) for key, body in chosen.items())
        current.flush()
        arrivals.announce(doer, [unit_id])
        return changed


def _is_key(key: str) -> bool:
    level, _, kind = key.rpartition(":")
    return kind in set(OrganisationKind) and level in {"", Level.DISTRICT}


def put(current: Session, doer: Doer, unit: Unit, key: str, organisation_id: int | None) -> bool:
    """Name who stands in for one kind, inside a write; an unchanged one leaves no trace."""
    row = current.get(BodyFallback, (unit.id, key))
    before = row.organisation.name if row else None
    if (row.organisation_id if row else None) == organisation_id:
        return False
    if row is not None and organisation_id is None:
        current.delete(row)
    elif organisation_id is not None:
        row = row or BodyFallback(unit_id=unit.id, kind=key)
        row.organisation = current.get_one(Organisation, organisation_id)
        current.add(row)
    after = current.get_one(Organisation, organisation_id).name if organisation_id else None
    audit.record(doer, Act(
        "fallback:named", "unit", unit.id, subject_name=unit.full_name, unit_id=unit.id,
        changes={"kind": key.rpartition(":")[2], "stand_in": [before, after]},
    ))  # fmt: skip
    return True


def present(unit_ids: Sequence[int]) -> list[Organisation]:
    """Give the organisations of these units that exist today, by name."""
    query = select(Organisation).where(Organisation.unit_id.in_(unit_ids), exists(Organisation))
    return list(session().scalars(query.order_by(Organisation.sort_key, Organisation.id)))


def named_at(unit_ids: Sequence[int]) -> list[BodyFallback]:
    """Give who was named at these units, for whatever kind."""
    return _rows(BodyFallback.unit_id.in_(unit_ids))


def _rows(*where: ColumnElement[bool]) -> list[BodyFallback]:
    """Give who was named, in order of the units; those that are dissolved name nobody."""
    home = aliased(Unit)
    query = (
        select(BodyFallback)
        .join(BodyFallback.unit)
        .join(BodyFallback.organisation)
        .join(home, home.id == Organisation.unit_id)
        .where(*where, exists(Organisation), exists(home))
        .options(joinedload(BodyFallback.organisation).joinedload(Organisation.unit))
        .options(joinedload(BodyFallback.unit))
        .order_by(Unit.sort_key, Unit.id, BodyFallback.kind)
    )
    return list(session().scalars(query))
