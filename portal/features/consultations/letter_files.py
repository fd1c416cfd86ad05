"""The letters of agencies as files: in a folder of their own inside that of the uploads."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from portal.core import clock
from portal.core.errors import NotStored
from portal.core.files import new_file
from portal.features.consultations import agency_queries
from portal.features.documents.files import Upload

FOLDER = "agency-letters"
GRACE = timedelta(days=1)
_STORED = re.compile(r"\.?[0-9a-f]{32}\.(pdf|jpg|png)")
_folder: dict[str, Path] = {}


def use_folder(uploads: Path) -> None:
    """Say where uploads lie (the factory does)."""
    _folder["letters"] = uploads / FOLDER


def path_of(name: str) -> Path:
    """Give where a file lies."""
    return _folder["letters"] / name


@contextmanager
def stored(upload: Upload | None) -> Iterator[str]:
    """Write a letter under a random name, and take it away again if the block fails.

    Yields:
        The name, "" without a letter.

    Raises:
        NotStored: the disk is full or away; nothing of it is left.
    """
    if upload is None:
        yield ""
        return
    try:
        with new_file(_folder["letters"], upload.suffix) as (path, stream):
            stream.write(upload.data)
    except OSError as failure:
        raise NotStored from failure
    try:
        yield path.name
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def tidy() -> int:
    """Take away what no row names, a day old.

    Returns:
        How many.
    """
    oldest, named, gone = (clock.now() - GRACE).timestamp(), agency_queries.stored_letters(), 0
    for path in _folder["letters"].glob("*"):
        lost = _STORED.fullmatch(path.name) and path.name not in named
        if lost and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
