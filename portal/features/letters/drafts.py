"""Photos between preview and sending: drawn anew, and shut up under what only the form knows.

Whoever finds them on the disk finds ciphertext whose key needs the number in the writer's own form.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.core import photos, sealing
from portal.core.sealing import Shut
from portal.features.letters import files
from portal.features.letters.form_keys import FormKey

MOST = 3
_LENGTH = 4


@dataclass(frozen=True)
class Photo:
    """A photo of a letter that has not been sent."""

    slot: int
    """Which of the three places of its form it takes."""
    large: bytes
    small: bytes


def put(key: FormKey, slot: int, drawn: photos.Drawn) -> None:
    """Keep a photo in one place of a form.

    Raises:
        portal.core.errors.NotStored: the disk is full.
    """
    content = len(drawn.small).to_bytes(_LENGTH, "big") + drawn.small + drawn.large
    files.put_draft(_name(key, slot), sealing.encrypt(_key(key), content))


def load(key: FormKey, slots: Iterable[int]) -> list[Photo]:
    """List the photos that are still there, in the order of their places."""
    return [found for slot in sorted(set(slots)) if (found := _load(key, slot)) is not None]


def drop(key: FormKey, slots: Iterable[int] = range(MOST)) -> None:
    """Take photos away: the letter was sent, or its writer wants it without them."""
    for slot in slots:
        files.drop_draft(_name(key, slot))


def _load(key: FormKey, slot: int) -> Photo | None:
    shut = files.draft(_name(key, slot)) if 0 <= slot < MOST else None
    if shut is None:
        return None
    try:
        content = sealing.decrypt(_key(key), shut)
    except Shut:
        return None
    edge = _LENGTH + int.from_bytes(content[:_LENGTH], "big")
    return Photo(slot, content[edge:], content[_LENGTH:edge])


def _name(key: FormKey, slot: int) -> str:
    return key.derived(b"photo-name:%d" % slot)[:16].hex() + ".bin"


def _key(key: FormKey) -> bytes:
    return key.derived(b"photo-key")
