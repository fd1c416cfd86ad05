"""Links that open one thing without an account: given to one body, revoked by giving another.

The secret of a link follows from a secret of the installation and from a random sign that is drawn
for each link, so that whoever gave it can show it again; the database holds its hash and that sign,
from which nobody can work it out.
"""

import base64
import hashlib
import hmac
import re
import secrets
from typing import Final

SIGNS: Final = 26
"""130 bits in base32: nobody guesses one, and a fast hash is enough."""
_SHAPE: Final = re.compile(f"[a-z2-7]{{{SIGNS}}}")
_state: dict[str, bytes] = {}


def set_up(secret: bytes) -> None:
    """Take what links follow from (the factory does)."""
    _state["derive"] = hmac.digest(secret, b"link", "sha256")


def new_nonce() -> str:
    """Draw the random sign of a new link; a number alone would come again with a reused row."""
    return secrets.token_hex(8)


def token(kind: str, item_id: int, number: int, nonce: str = "") -> str:
    """Give the secret part of a link.

    Args:
        kind: of the thing that it opens.
        item_id: which one.
        number: the how-manieth link to it.
        nonce: what `new_nonce` drew for it; "" for links from before there was one.
    """
    named = "\0".join((kind, str(item_id), str(number), *filter(None, (nonce,))))
    digest = hmac.digest(_state["derive"], named.encode(), "sha256")
    return base64.b32encode(digest)[:SIGNS].decode().lower()


def hashed(typed: str) -> bytes | None:
    """Give what is stored of a link, None for what cannot be one.

    Args:
        typed: the secret part, as it came in an address.
    """
    typed = typed.lower()
    return hashlib.sha256(typed.encode()).digest() if _SHAPE.fullmatch(typed) else None
