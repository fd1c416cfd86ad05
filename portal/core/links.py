"""Links that open one thing without an account: given to one body, revoked by giving another.

The secret of a link follows from a secret of the installation and from how often a link was given,
so that whoever gave it can show it again; the database holds its hash alone.
"""

import base64
import hashlib
import hmac
import re
from typing import Final

SIGNS: Final = 26
"""130 bits in base32: nobody guesses one, and a fast hash is enough."""
_SHAPE: Final = re.compile(f"[a-z2-7]{{{SIGNS}}}")
_state: dict[str, bytes] = {}


def set_up(secret: bytes) -> None:
    """Take what links follow from (the factory does)."""
    _state["derive"] = hmac.digest(secret, b"link", "sha256")


def token(kind: str, item_id: int, number: int) -> str:
    """Give the secret part of a link.

    Args:
        kind: of the thing that it opens.
        item_id: which one.
        number: the how-manieth link to it.
    """
    digest = hmac.digest(_state["derive"], f"{kind}\0{item_id}\0{number}".encode(), "sha256")
    return base64.b32encode(digest)[:SIGNS].decode().lower()


def hashed(typed: str) -> bytes | None:
    """Give what is stored of a link, None for what cannot be one.

    Args:
        typed: the secret part, as it came in an address.
    """
    typed = typed.lower()
    return hashlib.sha256(typed.encode()).digest() if _SHAPE.fullmatch(typed) else None
