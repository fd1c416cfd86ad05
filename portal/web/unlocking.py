"""Keys that an account has unlocked: for half an hour in its browser's cookie, nowhere at rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import g, url_for
from werkzeug.wrappers import Response

from portal.core.sealing import KEY_BYTES
from portal.features.sealing import queries
from portal.web import shut_cookies
from portal.web.actor import actor

UNLOCKED: Final = timedelta(minutes=30)
_COOKIE, _PATH, _ID = "khoa_thu", "/", 8
_ROW: Final = _ID + KEY_BYTES


@dataclass(frozen=True)
class Ring:
    """The private keys that are unlocked now."""

    keys: Mapping[int, bytes]
    until: datetime


def opened_key(key_id: int) -> bytes | None:
    """Give a private key that the actor has unlocked and still holds; None if it is locked."""
    found = ring()
    private = found.keys.get(key_id) if found else None
    return private if private and queries.holds(actor(), key_id) else None


def ring() -> Ring | None:
    """Give what the actor's browser keeps unlocked; None if that is nothing."""
    if "ring" not in g:
        g.ring = _read()
    found: Ring | None = g.ring
    return found


def keep(response: Response, keys: Mapping[int, bytes]) -> None:
    """Keep keys unlocked for half an hour, in this browser and this sign-in alone."""
    content = b"".join(key_id.to_bytes(_ID) + private for key_id, private in keys.items())
    shut_cookies.put(response, _COOKIE, content, UNLOCKED, path=_PATH, bound=_bound())


def lock(response: Response) -> None:
    """Lock everything again."""
    shut_cookies.drop(response, _COOKIE, path=_PATH)


def unlock_url(key_id: int, back_to: str) -> str:
    """Give the address of the page where the actor types its passphrase.

    Args:
        key_id: the key that is asked for.
        back_to: the path of this portal to which it leads afterwards.
    """
    return url_for("office.unlock", key_id=key_id, tiep=back_to)


def _read() -> Ring | None:
    found = shut_cookies.take(_COOKIE, bound=_bound())
    if found is None:
        return None
    content, until = found
    rows = (content[at : at + _ROW] for at in range(0, len(content), _ROW))
    return Ring({int.from_bytes(row[:_ID]): row[_ID:] for row in rows}, until)


def _bound() -> str:
    return actor().token
