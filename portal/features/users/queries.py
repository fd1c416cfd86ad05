"""Finding accounts and sign-ins."""

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.core.database import session
from portal.core.text import like_pattern, search_terms
from portal.features.org_units.models import Organisation, Unit
from portal.features.users.models import SignIn, User


def get(user_id: int) -> User | None:
    """Give an account with its organisation and unit."""
    return session().scalar(_whole().where(User.id == user_id))


def by_username(username: str) -> User | None:
    """Give the account of a name."""
    return session().scalar(_whole().where(User.username == username))


def credentials(username: str) -> tuple[int, str] | None:
    """Give id and password hash of an active account."""
    query = select(User.id, User.password_hash).where(User.username == username, User.active)
    row = session().execute(query).one_or_none()
    return (row[0], row[1]) if row else None


def accounts(words: str = "", role: str = "", state: str = "") -> Select[User]:
    """Select accounts whose folded names hold every word, by unit and name.

    Args:
        words: parts of the name, the account's name, the organisation or the unit.
        role: one role, or empty for all.
        state: "active", "closed", "new" (still with a one-time password), or empty for all.
    """
    query = _whole().join(User.organisation).join(Organisation.unit)
    for term in search_terms(words):
        both = User.folded + " " + Organisation.folded
        query = query.where(both.like(like_pattern(term), escape="\\"))
    if role:
        query = query.where(User.role == role)
    if state == "active":
        query = query.where(User.active)
    elif state == "closed":
        query = query.where(~User.active)
    elif state == "new":
        query = query.where(User.active, User.must_change_password)
    return query.order_by(Unit.sort_key, User.sort_key, User.id)


def sign_ins(user_id: int, alive_after: datetime) -> list[SignIn]:
    """List the sign-ins of an account that were in use after a moment, latest first."""
    query = select(SignIn).where(SignIn.user_id == user_id, SignIn.seen_at > alive_after)
    return list(session().scalars(query.order_by(SignIn.seen_at.desc(), SignIn.id.desc())))


def last_seen(user_id: int) -> datetime | None:
    """Give when an account was last in use, as far as its sign-ins tell."""
    return session().scalar(select(func.max(SignIn.seen_at)).where(SignIn.user_id == user_id))


def count(*, never_signed_in: bool = False) -> int:
    """Count active accounts, or those of them that still have a one-time password."""
    query = select(func.count(User.id)).where(User.active)
    if never_signed_in:
        query = query.where(User.must_change_password)
    return session().scalar(query) or 0


def _whole() -> Select[User]:
    names = joinedload(User.organisation).joinedload(Organisation.unit).joinedload(Unit.parent)
    return select(User).options(names)
