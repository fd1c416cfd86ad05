"""Finding units and organisations."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.core.database import session
from portal.core.text import like_pattern, search_terms
from portal.features.org_units.models import Level, Organisation, Unit, UnitScope
from portal.policy.predicates import Actor
from portal.policy.roles import Role


def reaches(above_id: int, unit_id: int) -> bool:
    """Say whether a unit is another one, lies below it, or preceded one that does."""
    return session().get(UnitScope, (above_id, unit_id)) is not None


def visible_to(actor: Actor) -> Select[tuple[Unit]]:
    """Select the units an actor may see: its own and those below; the operator all."""
    if actor.role == Role.ADMIN:
        return select(Unit)
    reached = select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)
    return select(Unit).where(Unit.id.in_(reached))


def get_visible(actor: Actor, unit_id: int) -> Unit | None:
    """Give a unit the actor may see."""
    query = visible_to(actor).where(Unit.id == unit_id).options(joinedload(Unit.parent))
    return session().scalar(query)


def search(actor: Actor, words: str = "", limit: int = 500) -> list[Unit]:
    """List visible units whose folded names hold every word, in any order and without accents."""
    query = visible_to(actor).options(joinedload(Unit.parent))
    for term in search_terms(words):
        query = query.where(Unit.folded.like(like_pattern(term), escape="\\"))
    return list(session().scalars(query.order_by(Unit.sort_key, Unit.code, Unit.id).limit(limit)))


def communes_below(unit_id: int) -> list[Unit]:
    """List the communes a unit reaches, by district and name."""
    query = (
        select(Unit)
        .join(UnitScope, UnitScope.unit_id == Unit.id)
        .where(UnitScope.above_id == unit_id, Unit.level == Level.COMMUNE)
        .options(joinedload(Unit.parent))
    )
    return sorted(session().scalars(query), key=_by_district)


def organisations(unit_ids: Sequence[int]) -> list[Organisation]:
    """List the organisations of these units by name."""
    query = select(Organisation).where(Organisation.unit_id.in_(unit_ids))
    return list(session().scalars(query.order_by(Organisation.sort_key, Organisation.id)))


def _by_district(unit: Unit) -> tuple[str, str, str]:
    district = unit.parent.sort_key if unit.parent else ""
    return district, unit.sort_key, unit.code
