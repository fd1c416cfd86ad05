"""“Where there is no X, Y does it”: who stands in, named for many units by one rule."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core.database import session, write
from portal.core.errors import Invalid
from portal.core.text import N_
from portal.features.audit.services import Doer
from portal.features.org_units import fallbacks
from portal.features.org_units.existing import exists
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Level, Organisation, Unit, UnitScope


@dataclass(frozen=True)
class Rule:
    """For which units, what they lack, and who does it."""

    level: str
    kind: str
    """What is lacking."""
    by_kind: str = ""
    """The kind of the unit's own body that does it."""
    by_organisation: int | None = None
    """Or one organisation for all."""
    replaces: bool = False
    """Also where somebody was named already."""


@dataclass(frozen=True)
class Change:
    """What a rule does at one unit that lacks the body."""

    unit: Unit
    before: Organisation | None
    after: Organisation | None
    """Who would do it; None where the unit has no such body either."""

    @property
    def is_new(self) -> bool:
        """Say whether the rule changes anything here."""
        return self.after is not None and self.after is not self.before


@dataclass(frozen=True)
class Outcome:
    """What a rule does."""

    changes: tuple[Change, ...]
    """The units that lack the body, in order."""
    have_own: int
    """Units that need nobody."""

    @property
    def named(self) -> list[Change]:
        """Give where somebody is named anew."""
        return [one for one in self.changes if one.is_new]

    @property
    def kept(self) -> list[Change]:
        """Give where it stays as it was chosen."""
        return [one for one in self.changes if not one.is_new and one.before is not None]

    @property
    def still_open(self) -> list[Change]:
        """Give where nobody does it even then."""
        return [one for one in self.changes if one.after is None and one.before is None]


def work_out(above_id: int, rule: Rule) -> Outcome:
    """Work out what a rule would do below a unit; nothing is stored.

    Raises:
        Invalid: the rule names nobody, or a body in its own place; by field of `Rule`.
    """
    _check(above_id, rule)
    units = _units(above_id, rule.level)
    by_unit: dict[tuple[int, str], Organisation] = {}
    for body in reversed(fallbacks.present([unit.id for unit in units])):
        by_unit[body.unit_id, body.kind] = body
    before = {
        row.unit_id: row.organisation
        for row in fallbacks.of_group(above_id, rule.level, [rule.kind])
    }
    one = session().get(Organisation, rule.by_organisation) if rule.by_organisation else None
    changes = []
    for unit in units:
        if (unit.id, rule.kind) not in by_unit:
            named = before.get(unit.id)
            after = one or by_unit.get((unit.id, rule.by_kind))
            keeps = named is not None and not rule.replaces
            changes.append(Change(unit, named, named if keeps else after))
    return Outcome(tuple(changes), len(units) - len(changes))


def apply(doer: Doer, above_id: int, rule: Rule) -> int:
    """Do what `work_out` shows, in one transaction.

    Returns:
        At how many units somebody was named.

    Raises:
        Invalid: as `work_out`.
    """
    with write("org_units") as current:
        named = work_out(above_id, rule).named
        for change in named:
            assert change.after is not None
            fallbacks.put(current, doer, change.unit, rule.kind, change.after.id)
    return len(named)


def _check(above_id: int, rule: Rule) -> None:
    kinds = set(OrganisationKind)
    if rule.level not in {Level.COMMUNE, Level.DISTRICT}:
        raise Invalid({"level": N_("Chưa chọn cấp.")})
    if rule.kind not in kinds:
        raise Invalid({"kind": N_("Chưa chọn tổ chức.")})
    if rule.by_organisation is not None:
        above = session().get(Unit, above_id)
        known = (
            {body.id for _at, found in fallbacks.offered(above) for body in found}
            if above
            else set()
        )
        if rule.by_organisation not in known:
            raise Invalid({"by": fallbacks.NOT_OFFERED})
    elif rule.by_kind not in kinds:
        raise Invalid({"by": N_("Chưa chọn nơi làm thay.")})
    elif rule.by_kind == rule.kind:
        raise Invalid({"by": N_("Nơi làm thay phải khác nơi được thay.")})


def _units(above_id: int, level: str) -> list[Unit]:
    query = (
        select(Unit)
        .join(UnitScope, UnitScope.unit_id == Unit.id)
        .where(UnitScope.above_id == above_id, Unit.level == level, exists(Unit))
        .where(Unit.id != above_id)
        .options(joinedload(Unit.parent))
    )
    return list(session().scalars(query.order_by(Unit.sort_key, Unit.id)))
