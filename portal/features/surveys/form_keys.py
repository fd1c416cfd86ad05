"""The number of one form: random, signed for its code, good for one answer.

It stands in the form as a hidden field and is the form's guard against forged requests too. Only
its hash is stored, apart from the answer, so that sending the same form again counts once.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass

from portal.core.database import random_key

_RANDOM, _MAC = 16, 16
_secrets: dict[str, bytes] = {}


@dataclass(frozen=True)
class FormKey:
    """A form's number that this portal gave out."""

    hash: bytes
    """What is stored."""
    another: bool
    """The form was asked for as that of another person at the same browser."""


def use_secret(secret: bytes) -> None:
    """Take the secret that signs forms (the factory does)."""
    _secrets["form"] = secret


def new(code: str, *, another: bool = False) -> str:
    """Give a new key for a form at this code: 44 signs that need no escaping.

    Args:
        code: the code of the address, as stored.
        another: the browser has sent a form before, and says that somebody else answers now.
    """
    body = random_key() + bytes([another])
    return base64.urlsafe_b64encode(body + _mac(code, body)).decode()


def read(code: str, text: str) -> FormKey | None:
    """Give the key that a form carries, None unless it was given out for this code."""
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    body, mac = raw[: _RANDOM + 1], raw[_RANDOM + 1 :]
    if not hmac.compare_digest(mac, _mac(code, body)):
        return None
    return FormKey(hashlib.sha256(body).digest(), another=bool(body[_RANDOM]))


def of_slip(slip: str) -> FormKey:
    """Give the key that a slip is, whichever of its forms is sent: so it counts once.

    The hash needs the secret, which is in no backup: 76 bits alone could be tried out.
    """
    return FormKey(hmac.digest(_secrets["form"], b"slip\0" + slip.encode(), "sha256"), another=True)


def sign(text: str) -> str:
    """Sign a short text that a browser keeps for us."""
    return hmac.digest(_secrets["form"], b"pace\0" + text.encode(), "sha256")[:_MAC].hex()


def _mac(code: str, body: bytes) -> bytes:
    return hmac.digest(_secrets["form"], b"form\0" + code.encode() + b"\0" + body, "sha256")[:_MAC]
