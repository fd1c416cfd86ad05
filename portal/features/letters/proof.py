"""Proving that a letter stands among those that were counted (SECURITY P7, T7).

Every morning's letters have one root over their commitments; each root is chained to the one
before. Whoever has a commitment and its path computes the root again; a commitment tells nothing
without the salt and the text.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Step:
    """A neighbour on the way from a leaf to the root."""

    left: bool
    """Whether the neighbour stands to the left."""
    digest: bytes


def commitment(salt: bytes, text: str, photos: Iterable[bytes] = ()) -> bytes:
    """Give what stands for a text and its photos (SHA-256 of each) once they may be erased."""
    return hashlib.sha256(salt + text.encode() + b"".join(photos)).digest()


def leaf(committed: bytes) -> bytes:
    """Give a commitment as a leaf; leaves and nodes are told apart as in RFC 6962."""
    return hashlib.sha256(b"\0" + committed).digest()


def root(commitments: Iterable[bytes]) -> bytes:
    """Give the root over commitments in the order of their bytes.

    Raises:
        ValueError: there is none.
    """
    return _levels(commitments)[-1][0]


def path(commitments: Iterable[bytes], one: bytes) -> list[Step]:
    """Give the neighbours from one commitment up to the root."""
    levels = _levels(commitments)
    at = levels[0].index(leaf(one))
    steps = []
    for level in levels[:-1]:
        neighbour = at ^ 1
        if neighbour < len(level):
            steps.append(Step(neighbour < at, level[neighbour]))
        at //= 2
    return steps


def climb(committed: bytes, steps: Sequence[Step]) -> bytes:
    """Give the root to which a path leads."""
    digest = leaf(committed)
    for step in steps:
        pair = step.digest + digest if step.left else digest + step.digest
        digest = hashlib.sha256(b"\1" + pair).digest()
    return digest


def chained(before: bytes, number: int, day: date, size: int, batch_root: bytes) -> bytes:
    """Give the digest of a batch: over the one before, its number, day, size and root."""
    head = f"{number}|{day.isoformat()}|{size}|".encode()
    return hashlib.sha256(before + head + batch_root).digest()


def _levels(commitments: Iterable[bytes]) -> list[list[bytes]]:
    level = [leaf(each) for each in sorted(commitments)]
    if not level:
        raise ValueError("a batch without letters")
    levels = [level]
    while len(level) > 1:
        pairs = [
            hashlib.sha256(b"\1" + a + b).digest()
            for a, b in zip(level[::2], level[1::2], strict=False)
        ]
        # An odd node at the end rises as it is: at its place `at // 2` of the next level.
        level = pairs + level[len(pairs) * 2 :]
        levels.append(level)
    return levels
