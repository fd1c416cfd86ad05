"""What stands inside a sealed letter, and opening it again."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from portal.core import sealing


@dataclass(frozen=True)
class Payload:
    """What is sealed: the words, and what opens the photos that lie beside."""

    text: str
    photo_keys: tuple[bytes, ...] = ()
    salt: bytes = b""
    """Of the commitment. Beside a sealed letter it would let anybody try out what it may say."""

    def packed(self) -> bytes:
        """Give the bytes that are sealed."""
        whole = {
            "text": self.text,
            "photo_keys": [_written(key) for key in self.photo_keys],
            "salt": _written(self.salt),
        }
        return json.dumps(whole, ensure_ascii=False).encode()


def unpack(content: bytes) -> Payload:
    """Read what `Payload.packed` gave."""
    whole = json.loads(content)
    keys = tuple(base64.b64decode(key) for key in whole["photo_keys"])
    return Payload(whole["text"], keys, base64.b64decode(whole["salt"]))


def seal_twice(reader: bytes, sender: bytes, payload: Payload) -> tuple[bytes, bytes]:
    """Seal to the public key of the level that reads, and to the sender's own."""
    content = payload.packed()
    return sealing.seal(reader, content), sealing.seal(sender, content)


def open_sealed(private: bytes, sealed: bytes) -> Payload:
    """Open one of the two.

    Raises:
        portal.core.sealing.Shut: it was sealed to another key.
    """
    return unpack(sealing.open_sealed(private, sealed))


def digests(photos: Sequence[bytes]) -> list[bytes]:
    """Give the SHA-256 of each large photo, as the commitment takes them."""
    return [hashlib.sha256(photo).digest() for photo in photos]


def _written(value: bytes) -> str:
    return base64.b64encode(value).decode()
