"""Slowing guesses down without ever locking anybody out (SECURITY T22).

A name has five tries, and one more every ten seconds. A browser that has signed in to the account
before has tries of its own, so that somebody guessing elsewhere cannot keep the owner out. Names
nobody has are treated alike. The counts are in the database: all workers share them.
"""

import hashlib
import math
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.database import write
from portal.features.users.models import SignInBucket

TRIES = 5
SECONDS_A_TRY = 10
_FULL_AGAIN = timedelta(seconds=TRIES * SECONDS_A_TRY)


def key(*parts: str) -> bytes:
    """Give the key of a count; names themselves are not kept, people type passwords there."""
    return hashlib.sha256("\0".join(parts).encode()).digest()


def take(bucket_key: bytes) -> int:
    """Take one try.

    Returns:
        0, or the seconds to wait if there is none left.
    """
    with write(bucket_key.hex()) as current:
        bucket = _bucket(current, bucket_key)
        if bucket.tries_left < 1:
            return math.ceil((1 - bucket.tries_left) * SECONDS_A_TRY)
        bucket.tries_left -= 1
        return 0


def give_back(current: Session, bucket_key: bytes) -> None:
    """Return a try that was right (inside the write that signs in)."""
    bucket = current.get(SignInBucket, bucket_key)
    if bucket is not None:
        bucket.tries_left = min(TRIES, bucket.tries_left + 1)


def forget_full(current: Session) -> None:
    """Drop the counts that have filled up again."""
    full = clock.now() - _FULL_AGAIN
    current.execute(delete(SignInBucket).where(SignInBucket.counted_at < full))


def _bucket(current: Session, bucket_key: bytes) -> SignInBucket:
    now = clock.now()
    bucket = current.get(SignInBucket, bucket_key)
    if bucket is None:
        bucket = SignInBucket(key=bucket_key, tries_left=float(TRIES), counted_at=now)
        current.add(bucket)
        return bucket
    # A clock set back must not make anybody wait for it to catch up.
    elapsed = max(0.0, (now - bucket.counted_at).total_seconds())
    bucket.tries_left = min(float(TRIES), bucket.tries_left + elapsed / SECONDS_A_TRY)
    bucket.counted_at = now
    return bucket
