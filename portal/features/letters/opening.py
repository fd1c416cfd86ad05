"""Finding a letter by its receipt, as its sender does; and slowing whoever tries wrong ones.

Every receipt that could be one costs the same slow hash, whether its letter exists or not, behind a
queue that all share: that, and its 80 bits, is what keeps receipts from being guessed. Nobody is
known by address (SECURITY P6), so the wait after wrong tries is kept by the form and the browser
themselves: it slows whoever mistypes, not whoever throws both away.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core import receipts
from portal.core.database import session
from portal.features.letters import form_keys
from portal.features.letters.models import Letter, LetterIntake
from portal.features.mailbox.models import Mailbox

HASH_BYTES = 32
FREE, LONGEST, FORGOTTEN = 5, 15 * 60, 3600
"""Wrong tries without a wait; the longest wait and when they are forgotten, in seconds."""


@dataclass(frozen=True)
class Opened:
    """What a browser keeps, encrypted, of somebody who typed the right receipt."""

    receipt_hash: bytes
    private: bytes
    """The sender's own key, which is stored nowhere."""

    @property
    def packed(self) -> bytes:
        """Give the bytes that a browser keeps."""
        return self.receipt_hash + self.private

    @classmethod
    def unpacked(cls, kept: bytes) -> "Opened":
        """Read what `packed` gave."""
        return cls(kept[:HASH_BYTES], kept[HASH_BYTES:])

    @property
    def token(self) -> str:
        """Give what the forms of its page carry, so that no other page can send them."""
        return form_keys.sign("opened", self.receipt_hash.hex())

    def is_token(self, text: str) -> bool:
        """Say whether a form comes from its page."""
        return hmac.compare_digest(self.token.encode(), text.encode())


def of_receipt(typed: str) -> Opened | None:
    """Open the letter of a receipt. Slow by intent: never inside `write()`.

    Args:
        typed: with spaces, dashes, small letters or look-alikes as they come.

    Returns:
        None if there is no such letter.

    Raises:
        portal.core.errors.Crowded: too many look at once.
    """
    receipt = receipts.normalise(typed)
    if receipt is None:
        return None
    found = receipts.open_for_lookup(receipt)
    opened = Opened(found.lookup, found.sender.private)
    # Everybody is always asked, so that no kind of receipt takes less time than another.
    known = [load(opened) is not None, *(knows(opened.receipt_hash) for knows in _others)]
    return opened if any(known) else None


def also(knows: Callable[[bytes], bool]) -> None:
    """Have receipts of a later feature opened by the same form (the registry says so).

    Args:
        knows: says whether there is something with this hash of a receipt.
    """
    if knows not in _others:
        _others.append(knows)


_others: list[Callable[[bytes], bool]] = []


def load(opened: Opened) -> Letter | LetterIntake | None:
    """Give the letter: delivered, or still waiting for the morning; None if there is none."""
    named = joinedload(Letter.box).joinedload(Mailbox.unit)
    delivered = select(Letter).where(Letter.receipt_hash == opened.receipt_hash)
    waiting = select(LetterIntake).where(LetterIntake.receipt_hash == opened.receipt_hash)
    # Both are always asked for, so that neither takes less time than the other.
    found = session().scalar(delivered.options(named)), session().scalar(waiting)
    return found[0] or found[1]


@dataclass(frozen=True)
class Tries:
    """How many wrong receipts came from one form and browser, and when the latest did."""

    count: int = 0
    last: int = 0

    @property
    def kept(self) -> str:
        """Give it signed, for the form and the browser to keep."""
        text = f"{self.count}.{self.last}"
        return f"{text}.{form_keys.sign('tries', text)}"

    def wait(self, now: int) -> int:
        """Say how many seconds are left to wait: doubling from the fifth wrong try on."""
        if self.count < FREE or not 0 <= now - self.last < FORGOTTEN:
            return 0
        pause = min(5 << (self.count - FREE), LONGEST)
        return max(self.last + pause - now, 0)

    def one_more(self, now: int) -> "Tries":
        """Count a wrong one."""
        fresh = not 0 <= now - self.last < FORGOTTEN
        return Tries(1 if fresh else min(self.count + 1, 60), now)


def tries(*kept: str | None) -> Tries:
    """Read what a form and a browser kept, and take the worse; what is not ours counts nothing."""
    return max((_tries(each or "") for each in kept), key=lambda one: one.count, default=Tries())


def _tries(kept: str) -> Tries:
    text, _, mac = kept.rpartition(".")
    if not text or not hmac.compare_digest(mac.encode(), form_keys.sign("tries", text).encode()):
        return Tries()
    count, _, last = text.partition(".")
    return Tries(int(count), int(last))
