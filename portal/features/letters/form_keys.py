"""The number of one form of a letter: random, signed for its code, good for one letter.

It stands in the form as a hidden field. Only its hash is stored; the receipt follows from it, so
that a form sent again after a lost network gives the same receipt (SECURITY T29).
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

    body: bytes
    """Known to whoever holds the form alone; what opens follows from it."""

    @property
    def hash(self) -> bytes:
        """Give what is stored."""
        return hashlib.sha256(b"letter\0" + self.body).digest()

    def derived(self, label: bytes) -> bytes:
        """Give 32 bytes that need the form and the secret of this machine."""
        return hmac.digest(_secrets["form"], b"letter:" + label + b"\0" + self.body, "sha256")


def use_secret(secret: bytes) -> None:
    """Take the secret that signs forms (the factory does)."""
    _secrets["form"] = secret


def new(code: str) -> str:
    """Give a new key for a form at this code: 44 signs that need no escaping."""
    body = random_key()
    return base64.urlsafe_b64encode(body + _mac(code, body)).decode()


def read(code: str, text: str) -> FormKey | None:
    """Give the key that a form carries, None unless it was given out for this code."""
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    body, mac = raw[:_RANDOM], raw[_RANDOM:]
    return FormKey(body) if hmac.compare_digest(mac, _mac(code, body)) else None


def sign(label: str, text: str) -> str:
    """Sign a short text that a browser keeps for us."""
    content = f"{label}\0{text}".encode()
    return hmac.digest(_secrets["form"], b"letter:sign\0" + content, "sha256")[:_MAC].hex()


def _mac(code: str, body: bytes) -> bytes:
    content = b"letter:form\0" + code.encode() + b"\0" + body
    return hmac.digest(_secrets["form"], content, "sha256")[:_MAC]
