"""Where photos lie: in a folder of their own beside the database, inside that of the uploads.

So a backup takes them along. They are complete on the disk before any row names them.
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from portal.core import clock
from portal.core.errors import NotStored
from portal.core.files import new_file
from portal.features.evidence import queries

FOLDER = "evidence"
MEDIA_TYPE = "image/jpeg"
GRACE = timedelta(days=1)
_STORED = re.compile(r"\.?[0-9a-f]{32}\.jpg")
_folder: dict[str, Path] = {}


def use_folder(uploads: Path) -> None:
    """Say where uploads lie (the factory does)."""
    _folder["photos"] = uploads / FOLDER


def path_of(name: str) -> Path:
    """Give where a file lies."""
    return _folder["photos"] / name


def content_of(name: str) -> bytes | None:
    """Give the bytes of a file, None if the disk has lost it."""
    try:
        return path_of(name).read_bytes()
    except FileNotFoundError:
        return None


def store(content: bytes) -> str:
    """Write a photo under a random name; it is on the disk when this returns.

    Raises:
        NotStored: the disk is full or away; nothing of it is left.
    """
    try:
        with new_file(_folder["photos"], ".jpg") as (path, stream):
            stream.write(content)
    except OSError as failure:
        raise NotStored from failure
    return path.name


def discard(names: Iterable[str]) -> None:
    """Take files away again."""
    for name in names:
        path_of(name).unlink(missing_ok=True)


def tidy() -> int:
    """Take away what no row names, a day old: forms that were refused, processes that died.

    Returns:
        How many.
    """
    oldest, named, gone = (clock.now() - GRACE).timestamp(), queries.stored_names(), 0
    for path in _folder["photos"].glob("*"):
        lost = _STORED.fullmatch(path.name) and path.name not in named
        if lost and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
