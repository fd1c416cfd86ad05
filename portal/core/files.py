"""Files beside the database: written whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def new_file(folder: Path, suffix: str) -> Iterator[tuple[Path, IO[bytes]]]:
    """Open a file under a random name that appears only once it is complete and on the disk.

    Args:
        folder: made if missing.
        suffix: with its dot, for example ".zip".

    Yields:
        The path it will have, and the open file.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    final = folder / f"{secrets.token_hex(16)}{suffix}"
    partial = final.with_name(f".{final.name}")
    try:
        with partial.open("wb") as stream:
            yield final, stream
            stream.flush()
            os.fsync(stream.fileno())
        partial.rename(final)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
