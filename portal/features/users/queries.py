"""Finding accounts and sign-ins."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import joinedload

from portal.core.database import session
from portal.core.text import like_pattern, search_terms
from portal.features.org_units.models import Organisation, Unit, UnitScope
from portal.features.users.models import SignIn, User
from portal.policy.predicates import Actor
from portal.policy.roles import Duty, Role, tiers_below

NO_PASSWORD = ""
"""Stored until a one-time password is given; no password fits it."""


def get(user_id: int) -> User | None:
    """Give an account with its organisation and unit."""
    return session().scalar(whole().where(User.id == user_id))


def by_username(username: str) -> User | None:
    """Give the account of a name."""
    return session().scalar(whole().where(User.username == username))


def credentials(username: str) -> tuple[int, str] | None:
    """Give id and password hash of an account, closed or not."""
    query = select(User.id, User.password_hash).where(User.username == username)
    row = session().execute(query).one_or_none()
    return (row[0], row[1]) if row else None


EDITING = frozenset({Duty.DRAFT, Duty.CLERK})
"""Duties that let an office edit its unit (`unit:edit` of the policy)."""
_OFFICE = sorted({Role.PROVINCE, Role.DISTRICT, Role.COMMUNE})

STATES: Mapping[str, Callable[[], ColumnElement[bool]]] = {
    "active": lambda: User.active.is_(True),
    "new": lambda: and_(User.active, User.must_change_password),
    "without": lambda: and_(User.active, User.password_hash == NO_PASSWORD),
    "closed": lambda: User.active.is_(False),
}
"""Open; not yet signed in; without any password; closed."""


def accounts(
    words: str = "", *, role: str = "", kind: str = "", state: str = "", unit_id: int | None = None
) -> Select[User]:
    """Select accounts whose folded names hold every word, by unit and name.

    Args:
        words: parts of the name, the account's name, the organisation or the unit, or its code.
        role: one role, or empty for all.
        kind: the kind of the organisation, or empty for all.
        state: one of `STATES`, or empty for all.
        unit_id: only of this unit and of those that it reaches.
    """
    query = whole().join(User.organisation).join(Organisation.unit)
    for term in search_terms(words):
        both = User.folded + " " + Organisation.folded
        query = query.where(both.like(like_pattern(term), escape="\\"))
    if role:
        query = query.where(User.role == role)
    if kind:
        query = query.where(Organisation.kind == kind)
    if state in STATES:
        query = query.where(STATES[state]())
    if unit_id is not None:
        query = query.where(Organisation.unit_id.in_(_reached(unit_id)))
    return query.order_by(Unit.sort_key, Unit.id, User.sort_key, User.id)


def visible_below(actor: Actor, words: str = "", state: str = "") -> Select[User]:
    """Select the open accounts of the tiers below an actor's own, within what its unit reaches."""
    query = accounts(words, state=state, unit_id=actor.unit_id)
    return query.where(User.role.in_(sorted(tiers_below(actor.role))), User.active)


def get_below(actor: Actor, user_id: int) -> User | None:
    """Give an open account of a tier below."""
    return session().scalar(visible_below(actor).where(User.id == user_id))


def editors(unit: Unit) -> list[User]:
    """List who looks after a unit's page: the nearest of it and those above that has somebody."""
    query = whole().join(User.organisation).where(User.active, User.role.in_(_OFFICE))
    at: Unit | None = unit
    while at is not None:
        here = query.where(Organisation.unit_id == at.id).order_by(User.sort_key, User.id)
        if found := [one for one in session().scalars(here) if one.duties & EDITING]:
            return found
        at = at.parent
    return []


def _reached(unit_id: int) -> Select[int]:
    return select(UnitScope.unit_id).where(UnitScope.above_id == unit_id)


def sign_ins(user_id: int, alive_after: datetime) -> list[SignIn]:
    """List the sign-ins of an account that were in use after a moment, latest first."""
    query = select(SignIn).where(SignIn.user_id == user_id, SignIn.seen_at > alive_after)
    return list(session().scalars(query.order_by(SignIn.seen_at.desc(), SignIn.id.desc())))


def last_seen(user_id: int) -> datetime | None:
    """Give when an account was last in use, as far as its sign-ins tell."""
    return session().scalar(select(func.max(SignIn.seen_at)).where(SignIn.user_id == user_id))


def all_last_seen() -> dict[int, datetime]:
    """Give when every account was last in use, as far as its sign-ins tell."""
    query = select(SignIn.user_id, func.max(SignIn.seen_at)).group_by(SignIn.user_id)
    return dict(session().execute(query.order_by(SignIn.user_id)).all())


def count(*, state: str = "active") -> int:
    """Count the accounts of one of `STATES`."""
    return session().scalar(select(func.count(User.id)).where(STATES[state]())) or 0


def whole() -> Select[User]:
    """Select accounts with their organisation and the names of their units."""
    names = joinedload(User.organisation).joinedload(Organisation.unit).joinedload(Unit.parent)
    return select(User).options(names)
