"""The slow hash of receipts, and the program that computes it at the lowest priority.

It runs as a process of its own (`portal.core.slow_work` starts it) and imports nothing of the
portal: it reads a salt and a receipt, 16 bytes each, and writes 32 bytes, until its input ends.
"""

import os
import signal
import sys

from argon2.low_level import Type, hash_secret_raw

SALT, RECEIPT, HASH = 16, 16, 32
_LOWEST = 19


def slow_hash(salt: bytes, receipt: bytes) -> bytes:
    """Hash a receipt: OWASP's second choice of argon2id, 19 MiB and two passes.

    What is guessed has 80 random bits, unlike a password.
    """
    return hash_secret_raw(
        receipt, salt, time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=HASH,
        type=Type.ID,
    )  # fmt: skip


def _serve() -> None:
    os.nice(_LOWEST)
    if hasattr(os, "SCHED_IDLE"):
        # Linux: whoever wakes up takes this processor at once, as if nobody were using it.
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    # Ctrl + C is meant for the server, which then ends our input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while len(one := asked.read(SALT + RECEIPT)) == SALT + RECEIPT:
        answers.write(slow_hash(one[:SALT], one[SALT:]))
        answers.flush()


if __name__ == "__main__":
    _serve()
