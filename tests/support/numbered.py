"""Papers that want a number."""

from dataclasses import replace
from datetime import date
from typing import Any, cast

from portal.core import clock
from portal.core.database import write
from portal.features.documents.models import Letterhead
from portal.features.org_units import queries as org_units
from portal.features.registers.services import Wanted
from tests.support.surveyed import Place


def letterhead(place: Place, unit: str = "Tỉnh", regime: str = "state") -> Letterhead:
    """Set the letterhead of the one organisation of a unit."""
    [seat] = org_units.organisations([place[unit].id])
    with write() as session:
        made = Letterhead(
            organisation_id=seat.id, regime=regime, issuer_name=seat.name.upper(),
            symbol="UBND" if regime == "state" else "BCĐ", place=unit, term="2025-2030",
            signer="Người Ký Mẫu", titles="CHỦ TỊCH",
        )  # fmt: skip
        session.add(made)
    return made


def wanted(place: Place, unit: str = "Tỉnh", day: date | None = None, **other: object) -> Wanted:
    """Give a plan of the unit's organisation, dated today unless told otherwise."""
    [seat] = org_units.organisations([place[unit].id])
    day = day or clock.today()
    given = Wanted(
        organisation_id=seat.id, type_code="ke_hoach", period=str(day.year),
        symbol="/KH-UBND", day=day, summary="Kế hoạch khảo sát", recipients="Như trên",
        signer="Người Ký Mẫu", pages=4,
    )  # fmt: skip
    return replace(given, **cast(Any, other))
