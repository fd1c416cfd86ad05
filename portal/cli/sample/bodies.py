"""Bodies of the sample at the units without accounts: nearly all have one, some have nobody yet."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import insert, select

from portal.core.database import session, write
from portal.core.text import fold, sort_key
from portal.features.audit import services as audit
from portal.features.org_units.kinds import OrganisationKind as Kind
from portal.features.org_units.models import BEGINNING, Level, Organisation, Unit, UnitScope

_KINDS = {
    Level.COMMUNE: (Kind.WORKING_TEAM, "Tổ công tác"),
    Level.DISTRICT: (Kind.STEERING, "BCĐ chính quyền thân thiện"),
}
_OF, _WITHOUT = 27, {Level.COMMUNE: 11, Level.DISTRICT: 4}
"""Of so many units one has nobody, at this place in the list of its level."""


def create(province: Unit) -> None:
    """Attach them in one statement, each kind where its unit has none.

    Args:
        province: whose units get them.
    """
    rows = [row for level, (kind, name) in _KINDS.items()
            for row in _rows(province, level, kind, name)]  # fmt: skip
    with write() as current:
        current.execute(insert(Organisation), rows)
        audit.record(audit.OPERATOR, audit.Act(
            "installation:sample", "installation", 0, changes={"organisations": [0, len(rows)]},
        ))  # fmt: skip


def _rows(province: Unit, level: Level, kind: Kind, name: str) -> Iterator[dict[str, Any]]:
    has = select(Organisation.unit_id).where(Organisation.kind == kind)
    query = (
        select(Unit)
        .join(UnitScope, UnitScope.unit_id == Unit.id)
        .where(UnitScope.above_id == province.id, Unit.level == level, Unit.id.not_in(has))
        .order_by(Unit.code)
    )
    for place, unit in enumerate(session().scalars(query)):
        if place % _OF != _WITHOUT[level]:
            full = f"{name} {unit.running_name}"
            yield {
                "unit_id": unit.id, "kind": kind, "name": full, "valid_from": BEGINNING,
                "sort_key": sort_key(full), "folded": fold(f"{full} {unit.folded}"),
            }  # fmt: skip
