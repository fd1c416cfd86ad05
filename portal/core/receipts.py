"""Receipts: sixteen signs that follow from a form's key, and are stored as a slow hash only.

80 bits, and 112 would be asked for of a fast hash (ASVS 6.5.2): so the hash is argon2id. The same
slow step gives the sender's own pair of keys, of which the installation stores the public half:
with its database, files and secrets nobody can open what is sealed to a sender.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from portal.core import database, slow_hash
from portal.core.errors import Crowded, NotStored
from portal.core.sealing import Pair, pair_of
from portal.core.slow_work import Full, SlowWork

SIGNS: Final = 16
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O, U, so that what is written like them can be read as what was meant."""
_LOOK_ALIKES: Final = str.maketrans("ILOU", "110V")
_BETWEEN: Final = re.compile(r"[\W_]+")
_LONGEST_TYPED: Final = 100
_state: dict[str, bytes] = {}
_salt: list[Callable[[], bytes]] = []


@dataclass(frozen=True)
class Opened:
    """What a receipt gives to whoever has it."""

    lookup: bytes
    """32 bytes: what is stored of it, and by what its letter is found."""
    sender: Pair
    """The sender's keys: the public half is stored, the private one is nowhere."""


def set_up(secret: bytes, salt: Callable[[], bytes]) -> None:
    """Take what receipts follow from (the factory does).

    Args:
        secret: of this installation; the same form gives the same receipt as long as it is kept.
        salt: gives the installation's salt. It is stored in the database, and so comes back with a
            backup: receipts that are out there must be good after a restore without the secrets.
    """
    _state.clear()
    _state["derive"] = hmac.digest(secret, b"receipt", "sha256")
    _salt[:] = [salt]


def derive(form_key: str) -> str:
    """Give the receipt of a form: always the same one, and none without the secret.

    Args:
        form_key: as the form carried it, found sound; it is stored nowhere.
    """
    left = int.from_bytes(hmac.digest(_state["derive"], form_key.encode(), "sha256")[:10])
    signs = []
    for _ in range(SIGNS):
        left, at = divmod(left, len(ALPHABET))
        signs.append(ALPHABET[at])
    return "".join(signs)


def grouped(receipt: str) -> str:
    """Write a receipt as it is read aloud: “7K2M-9XPQ-4TRB-C8HD”."""
    return "-".join(receipt[at : at + 4] for at in range(0, SIGNS, 4))


def normalise(typed: str) -> str | None:
    """Read what somebody typed: spaces, dashes, small letters, look-alikes; None if it is none."""
    found = read_signs(typed)
    return found if len(found) == SIGNS and set(found) <= set(ALPHABET) else None


def is_last_group(receipt: str, typed: str) -> bool:
    """Say whether what was typed is the receipt's last group, or the whole of it."""
    return read_signs(typed) in {receipt, receipt[-4:]}


def read_signs(typed: str) -> str:
    """Read signs of the alphabet as they were meant: no spaces, dashes, small letters, look-alikes.

    What is longer than anything the portal gives out is cut.
    """
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed[:_LONGEST_TYPED]))
    return plain.upper().translate(_LOOK_ALIKES)


def open_for_letter(receipt: str) -> Opened:
    """Do the slow step for a letter that is being taken in. Never inside `write()`.

    It ends the session's reading transaction: no connection is held while it waits.

    Raises:
        NotStored: too many letters wait already; nothing was stored.
    """
    try:
        return _open(receipt, "letters")
    except Full as full:
        raise NotStored from full


def open_for_lookup(receipt: str) -> Opened:
    """Do the slow step for somebody who looks for a letter: behind a queue of its own.

    Raises:
        Crowded: too many look at once; nothing was compared.
    """
    try:
        return _open(receipt, "lookups")
    except Full as full:
        raise Crowded from full


def _open(receipt: str, queue: str) -> Opened:
    salt = _state.get("salt") or _state.setdefault("salt", _salt[0]())
    database.let_go()
    slow = _work.do(queue, salt + receipt.encode())
    return Opened(_part(slow, b"lookup"), pair_of(_part(slow, b"sender")))


def _part(slow: bytes, label: bytes) -> bytes:
    # From what is stored nobody gets back to the slow hash, and so not to the sender's key either.
    return hashlib.blake2b(key=slow, person=label, digest_size=32).digest()


_work: Final = SlowWork(
    {"letters": 64, "lookups": 32}, program=Path(slow_hash.__file__), answer_bytes=slow_hash.HASH
)
