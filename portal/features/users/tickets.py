"""Signing in and out: a ticket a browser, stored by hash; once deleted, every copy is dead."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Missing, NotStored
from portal.features.org_units.models import Organisation
from portal.features.users import passwords, queries, slowing
from portal.features.users.models import SignIn, User

IDLE = timedelta(hours=8)
ABSOLUTE = timedelta(days=7)
_SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class SignedIn:
    """It was the right password; the token goes into the cookie and nowhere else."""

    token: str
    user_id: int


@dataclass(frozen=True)
class Wait:
    """Too many tries; nothing was compared."""

    seconds: int


@dataclass(frozen=True)
class Wrong:
    """No such name, or not its password, or closed: which of these is not said."""


@dataclass(frozen=True)
class Ended:
    """It was the right password, and the account is closed: its organisation is no more."""

    organisation: str
    last_day: date


def sign_in(
    username: str, password: str, known_browser: str | None, browser: str
) -> SignedIn | Wait | Wrong | Ended:
    """Try a name and a password.

    Args:
        username: as typed; capitals do not matter.
        password: as typed.
        known_browser: the number of a browser that has signed in to this account before.
        browser: how the list of sign-ins calls the browser.
    """
    username = username.strip().lower()
    tries = slowing.key("name", username)
    if known_browser:
        tries = slowing.key("browser", known_browser, username)
    if seconds := slowing.take(tries):
        return Wait(seconds)
    user_id, stored = queries.credentials(username) or (0, None)
    session().rollback()  # No connection is held while the hash is computed.
    if not passwords.matches(password, stored):
        return Wrong()
    token, now = secrets.token_urlsafe(32), clock.now()
    with write() as current:
        user = current.get(User, user_id)
        if user is None or user.password_hash != stored:
            return Wrong()
        if not user.active:
            return _closed(user.organisation)
        slowing.give_back(current, tries)
        current.add(SignIn(
            user_id=user_id, token_hash=_hash(token), browser=browser, created_at=now, seen_at=now,
        ))  # fmt: skip
    return SignedIn(token, user_id)


def _closed(body: Organisation) -> Ended | Wrong:
    if body.valid_to is None or body.valid_to >= clock.today():
        return Wrong()
    return Ended(body.name, body.valid_to)


def find_sign_in(token: str) -> SignIn | None:
    """Give the live sign-in of a ticket, and note every few minutes that it is in use."""
    found = _find(token)
    if found is None or not _alive(found):
        return None
    if clock.now() - found.seen_at < _SEEN_EVERY:
        return found
    try:
        with write() as current:
            seen = update(SignIn).where(SignIn.id == found.id).values(seen_at=clock.now())
            current.execute(seen)
    except NotStored:
        pass  # A full disk must not keep anybody from reading.
    return _find(token)


def live_sign_ins(user_id: int) -> list[SignIn]:
    """List an account's own sign-ins that still hold, latest first."""
    now = clock.now()
    return [one for one in queries.sign_ins(user_id, now - IDLE) if one.created_at > now - ABSOLUTE]


def end_sign_in(user_id: int, sign_in_id: int) -> None:
    """End one of an account's own sign-ins.

    Raises:
        Missing: it has none of this number.
    """
    with write() as current:
        found = current.get(SignIn, sign_in_id)
        if found is None or found.user_id != user_id:
            raise Missing
        current.delete(found)


def end_other_sign_ins(user_id: int, keep_id: int | None = None) -> None:
    """End every sign-in of an account but one."""
    with write() as current:
        current.execute(
            delete(SignIn).where(SignIn.user_id == user_id, SignIn.id != (keep_id or 0))
        )


def end_ticket(token: str) -> None:
    """Sign out: the ticket is no more."""
    with write() as current:
        current.execute(delete(SignIn).where(SignIn.token_hash == _hash(token)))


def forget_expired() -> None:
    """Drop tickets that no longer hold and counts that are full again."""
    with write() as current:
        current.execute(delete(SignIn).where(_expired(clock.now())))
        slowing.forget_full(current)


def _find(token: str) -> SignIn | None:
    names = joinedload(SignIn.user).joinedload(User.organisation).joinedload(Organisation.unit)
    return session().scalar(select(SignIn).where(SignIn.token_hash == _hash(token)).options(names))


def _alive(found: SignIn) -> bool:
    now = clock.now()
    fresh = found.seen_at > now - IDLE and found.created_at > now - ABSOLUTE
    return fresh and found.user.active


def _expired(now: datetime) -> ColumnElement[bool]:
    return or_(SignIn.seen_at <= now - IDLE, SignIn.created_at <= now - ABSOLUTE)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
