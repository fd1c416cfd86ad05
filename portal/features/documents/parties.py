"""Which organisations a party of a document stands for."""

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.core.database import session
from portal.features.documents.body import Party
from portal.features.org_units.models import Organisation, Unit, UnitScope


def organisations(party: Party, issuer_unit_id: int) -> list[Organisation]:
    """Give the organisations that a party stands for today; none if the portal knows none.

    Args:
        party: by id, or a group "level:kind" within the issuer's unit; of "level:kind/other"
            each unit gives the first kind that it has (“nơi không có Hội Nông dân …”, plan 001).
        issuer_unit_id: the unit of the organ that issues the document.
    """
    query = (
        select(Organisation)
        .join(Organisation.unit)
        .where(_exists(Organisation), _exists(Unit))
        .options(joinedload(Organisation.unit))
        .order_by(Unit.sort_key, Unit.id, Organisation.sort_key, Organisation.id)
    )
    level, _, kinds = party.group.partition(":")
    if party.organisation_id:
        query = query.where(Organisation.id == party.organisation_id)
    elif kinds:
        query = query.join(UnitScope, UnitScope.unit_id == Unit.id).where(
            UnitScope.above_id == issuer_unit_id,
            Unit.level == level,
            Organisation.kind.in_(kinds.split("/")),
        )
    else:
        return []
    return _first_kinds(list(session().scalars(query)), kinds.split("/"))


def _first_kinds(found: list[Organisation], kinds: list[str]) -> list[Organisation]:
    """Leave out of every unit what only stands in for an organisation that it has."""
    if len(kinds) < 2:
        return found
    first: dict[int, int] = {}
    for one in found:
        rank = kinds.index(one.kind)
        first[one.unit_id] = min(rank, first.get(one.unit_id, rank))
    return [one for one in found if kinds.index(one.kind) == first[one.unit_id]]


def _exists(body: type[Organisation | Unit]) -> ColumnElement[bool]:
    """Say that an organisation or a unit exists today: nobody opens a dissolved one's inbox."""
    today = clock.today()
    return and_(body.valid_from <= today, or_(body.valid_to.is_(None), body.valid_to >= today))
