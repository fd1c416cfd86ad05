"""The digest of a batch: a Merkle root over its rows, so that none can change unnoticed.

Leaves and inner nodes are told apart by their first byte, as in RFC 6962: otherwise a node could
be passed off as a row.
"""

import hashlib
from collections.abc import Iterable

from portal.features.surveys.models import SealedAnswer, SealedText


def commitment(salt: bytes, text: str) -> bytes:
    """Give what stands for a text in its batch; without salt and text it tells nothing."""
    return hashlib.sha256(salt + text.encode()).digest()


def answer_leaf(key: bytes, choices: str) -> tuple[bytes, bytes]:
    """Give a sealed answer as a leaf under its key."""
    return key, _hash(b"\0a" + key + choices.encode())


def text_leaf(key: bytes, question: str, committed: bytes) -> tuple[bytes, bytes]:
    """Give a text's commitment as a leaf under its key."""
    return key, _hash(b"\0t" + key + committed + question.encode())


def root(leaves: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Give the root over leaves in the order of their random keys.

    An odd node at the end of a level rises as it is.

    Raises:
        ValueError: there is no leaf.
    """
    level = [digest for _, digest in sorted(leaves)]
    if not level:
        raise ValueError("a batch without rows")
    while len(level) > 1:
        pairs = [_hash(b"\1" + a + b) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def root_of(answers: Iterable[SealedAnswer], texts: Iterable[SealedText]) -> bytes:
    """Give the root over stored rows of one batch."""
    return root(
        [
            *(answer_leaf(row.key, row.choices) for row in answers),
            *(text_leaf(row.key, row.question, row.commitment) for row in texts),
        ]
    )


def _hash(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
