"""Finding units and organisations."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.core.database import session
from portal.core.text import like_pattern, search_terms
from portal.features.org_units.existing import exists
from portal.features.org_units.models import (
    Level,
    Organisation,
    Unit,
    UnitScope,
    UnitSuccession,
)
from portal.policy.predicates import Actor
from portal.policy.roles import Role


def reaches(above_id: int, unit_id: int) -> bool:
    """Say whether a unit is another one, lies below it, or preceded one that does."""
    return session().get(UnitScope, (above_id, unit_id)) is not None


def visible_to(actor: Actor) -> Select[Unit]:
    """Select the units an actor may see: its own and those below; the operator all."""
    if actor.role == Role.ADMIN:
        return select(Unit)
    reached = select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)
    return select(Unit).where(Unit.id.in_(reached))


def get_visible(actor: Actor, unit_id: int) -> Unit | None:
    """Give a unit the actor may see."""
    query = visible_to(actor).where(Unit.id == unit_id).options(joinedload(Unit.parent))
    return session().scalar(query)


def matching(
    actor: Actor, words: str = "", *, level: str = "", valid_on: date | None = None
) -> Select[Unit]:
    """Select visible units by name in Vietnamese order.

    Args:
        actor: who looks.
        words: parts of the names of the unit and of those above it, or of its code; in any order,
            without accents.
        level: one level, or empty for all.
        valid_on: only units that exist on this day.
    """
    query = visible_to(actor).options(joinedload(Unit.parent).joinedload(Unit.parent))
    for term in search_terms(words):
        query = query.where(Unit.folded.like(like_pattern(term), escape="\\"))
    if level:
        query = query.where(Unit.level == level)
    if valid_on:
        ended = Unit.valid_to < valid_on
        query = query.where(Unit.valid_from <= valid_on, or_(Unit.valid_to.is_(None), ~ended))
    return query.order_by(Unit.sort_key, Unit.code, Unit.id)


def search(actor: Actor, words: str = "", limit: int = 500) -> list[Unit]:
    """List visible units whose folded names hold every word, in any order and without accents."""
    return list(session().scalars(matching(actor, words).limit(limit)))


def current_by_code(code: str) -> Unit | None:
    """Give the unit that has a code today, the latest if lists of several years are loaded."""
    today = clock.today()
    query = (
        select(Unit)
        .where(Unit.code == code, Unit.valid_from <= today)
        .where(or_(Unit.valid_to.is_(None), Unit.valid_to >= today))
        .order_by(Unit.valid_from.desc(), Unit.id)
    )
    return session().scalar(query.limit(1))


def count_present() -> dict[str, int]:
    """Count the units of each level that exist today."""
    today = clock.today()
    query = (
        select(Unit.level, func.count(Unit.id))
        .where(Unit.valid_from <= today, or_(Unit.valid_to.is_(None), Unit.valid_to >= today))
        .group_by(Unit.level)
    )
    return dict(session().execute(query.order_by(Unit.level)).all())


def communes_below(unit_id: int) -> list[Unit]:
    """List the communes a unit reaches, by district and name."""
    query = (
        select(Unit)
        .join(UnitScope, UnitScope.unit_id == Unit.id)
        .where(UnitScope.above_id == unit_id, Unit.level == Level.COMMUNE)
        .options(joinedload(Unit.parent))
    )
    return sorted(session().scalars(query), key=_by_district)


def children(unit_id: int) -> list[Unit]:
    """List the units right below one, by name."""
    query = select(Unit).where(Unit.parent_id == unit_id)
    return list(session().scalars(query.order_by(Unit.sort_key, Unit.code, Unit.id)))


def successors(unit_id: int) -> list[Unit]:
    """List the units that took over from one."""
    query = select(Unit).join(UnitSuccession, UnitSuccession.successor_id == Unit.id)
    query = query.where(UnitSuccession.unit_id == unit_id)
    return list(session().scalars(query.order_by(Unit.sort_key, Unit.id)))


def predecessors(unit_id: int) -> list[Unit]:
    """List the units one took over from."""
    query = select(Unit).join(UnitSuccession, UnitSuccession.unit_id == Unit.id)
    query = query.where(UnitSuccession.successor_id == unit_id)
    return list(session().scalars(query.order_by(Unit.sort_key, Unit.id)))


def organisations(unit_ids: Sequence[int]) -> list[Organisation]:
    """List the organisations of these units by name."""
    query = select(Organisation).where(Organisation.unit_id.in_(unit_ids))
    return list(session().scalars(query.order_by(Organisation.sort_key, Organisation.id)))


def organisation(organisation_id: int) -> Organisation | None:
    """Give an organisation with its unit."""
    names = joinedload(Organisation.unit).joinedload(Unit.parent).joinedload(Unit.parent)
    return session().get(Organisation, organisation_id, options=[names])


def search_organisations(words: str) -> Select[Organisation]:
    """Select organisations that exist by their own words and those of their units, by unit."""
    names = joinedload(Organisation.unit).joinedload(Unit.parent).joinedload(Unit.parent)
    query = select(Organisation).join(Organisation.unit).options(names).where(exists(Organisation))
    for term in search_terms(words):
        query = query.where(Organisation.folded.like(like_pattern(term), escape="\\"))
    return query.order_by(Unit.sort_key, Unit.id, Organisation.sort_key, Organisation.id)


def _by_district(unit: Unit) -> tuple[str, str, str]:
    district = unit.parent.sort_key if unit.parent else ""
    return district, unit.sort_key, unit.code
