"""Rows that wait and are moved on in one go: one that cannot be moved holds up none of the others.

What is wrong with such a row is for whoever runs the machine; what it says is never logged.
"""

import logging
from collections.abc import Callable, Sequence

from portal.core.errors import NotStored

log = logging.getLogger("portal.moving")


def moved(keys: Sequence[bytes], move: Callable[[Sequence[bytes]], int]) -> int:
    """Move rows on, all at once; where that fails, by halves down to the one that cannot be moved.

    Args:
        keys: of the rows.
        move: moves rows by their keys in one transaction, and gives how many it moved.

    Returns:
        How many were moved; a row that cannot be is left where it is, and logged.

    Raises:
        NotStored: the database or the disk is away or full; that is no fault of a row.
    """
    if not keys:
        return 0
    try:
        return move(keys)
    except NotStored:
        raise
    except Exception as failure:
        if len(keys) == 1:
            # Without its trace: a database quotes what it was given.
            extra = {"key": keys[0].hex(), "failure": type(failure).__name__}
            log.error("a row cannot be moved on", extra=extra)
            return 0
    half = len(keys) // 2
    return moved(keys[:half], move) + moved(keys[half:], move)
