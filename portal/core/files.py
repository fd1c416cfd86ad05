"""Files beside the database: written whole or not at all."""

import os
import re
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, Final

from portal.core import clock
from portal.core.errors import NotStored

_GRACE: Final = timedelta(days=1)
_RANDOM: Final = re.compile(r"\.?[0-9a-f]{32}")
_uploads: dict[str, Path] = {}


def use_uploads(folder: Path) -> None:
    """Say where uploads lie (the factory does)."""
    _uploads["folder"] = folder


@dataclass(frozen=True)
class Folder:
    """Files that rows of one kind name, in a folder of their own inside that of the uploads.

    One rule for all: `store` before `write()`, for a disk is slow; `kept` inside it. So a row
    never lacks its file, and a file that lacks its row goes with `tidy`.
    """

    name: str
    """"" for the folder of the uploads itself."""
    suffixes: Collection[str]
    """Of what is kept here, with their dots."""

    @property
    def path(self) -> Path:
        """Give where it is."""
        return _uploads["folder"] / self.name

    def path_of(self, stored: str) -> Path:
        """Give where a file lies."""
        return self.path / stored

    def store(self, data: bytes, suffix: str) -> str:
        """Write a file under a random name; it is on the disk when this returns.

        Returns:
            The name.

        Raises:
            NotStored: the disk is full or away; nothing of it is left.
        """
        try:
            with new_file(self.path, suffix) as (path, stream):
                stream.write(data)
        except OSError as failure:
            raise NotStored from failure
        return path.name

    @contextmanager
    def kept(self, *stored: str) -> Iterator[None]:
        """Take stored files away again if the block that writes their rows fails.

        Inside `write()`: a failure after the block, while the rows are committed, takes nothing
        away, for the database may have them all the same.

        Args:
            stored: their names; "" stands for none.
        """
        try:
            yield
        except BaseException:
            self.discard(*stored)
            raise

    def discard(self, *stored: str) -> None:
        """Take files away; "" stands for none."""
        for name in filter(None, stored):
            self.path_of(name).unlink(missing_ok=True)

    def tidy(self, named: Collection[str]) -> int:
        """Take away what was refused late or a process that died left behind, a day old.

        Args:
            named: every file that a row names.

        Returns:
            How many.
        """
        oldest, gone = (clock.now() - _GRACE).timestamp(), 0
        for path in self.path.glob("*"):
            ours = path.suffix in self.suffixes and _RANDOM.fullmatch(path.stem)
            if ours and path.name not in named and path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
                gone += 1
        return gone


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
