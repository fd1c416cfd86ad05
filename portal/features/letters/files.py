"""Where photos of letters lie: under random names, with times that say nothing but the day.

A file of a sealed letter is ciphertext from its first byte on the disk. Between preview and sending
a photo is a draft: ciphertext too, under a key that only the form's own number gives.
"""

import os
import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from portal.core import clock
from portal.core.errors import NotStored
from portal.core.files import new_file

FOLDER, DRAFTS = "letters", "letter-drafts"
MOST_DRAFTS = 4000
"""Photos that wait for their letters, of everybody together: a disk is not filled by them."""
KEPT_DAYS = 1
_NAME = re.compile(r"\.?[0-9a-f]{32}\.(jpg|bin)")
_folder: dict[str, Path] = {}


def use_folder(uploads: Path) -> None:
    """Say where uploads lie (the factory does)."""
    # Drafts are nobody's record: no backup takes them along.
    _folder["letters"], _folder["drafts"] = uploads / FOLDER, uploads.parent / DRAFTS


def store(content: bytes, day: date, *, suffix: str = ".jpg") -> str:
    """Write a file under a random name; it is on the disk when this returns.

    Raises:
        NotStored: the disk is full or away; nothing of it is left.
    """
    try:
        with new_file(_folder["letters"], suffix) as (path, stream):
            stream.write(content)
        _flatten(path, day)
    except OSError as failure:
        raise NotStored from failure
    return path.name


def content_of(name: str) -> bytes | None:
    """Give the bytes of a file as stored, None if it was erased or the disk has lost it."""
    try:
        return (_folder["letters"] / name).read_bytes() if name else None
    except FileNotFoundError:
        return None


def copied(name: str, day: date) -> str:
    """Write a file anew under another name, so that not even the disk knows when it came.

    Returns:
        The new name; "" if the file has gone.
    """
    content = content_of(name)
    return "" if content is None else store(content, day, suffix=Path(name).suffix)


def discard(names: Iterable[str]) -> None:
    """Take files away."""
    for name in filter(None, names):
        (_folder["letters"] / name).unlink(missing_ok=True)


def put_draft(name: str, content: bytes) -> None:
    """Keep ciphertext of a photo until its letter is sent.

    Raises:
        NotStored: the disk is full, or too many drafts wait.
    """
    folder = _folder["drafts"]
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.scandir(folder) as listed:
            if sum(1 for _ in listed) >= MOST_DRAFTS:
                raise NotStored
        partial = folder / f".{name}"
        partial.write_bytes(content)
        _flatten(partial, clock.today())
        partial.rename(folder / name)
    except OSError as failure:
        raise NotStored from failure


def draft(name: str) -> bytes | None:
    """Give the ciphertext of a draft, None if there is none."""
    try:
        return (_folder["drafts"] / name).read_bytes()
    except FileNotFoundError:
        return None


def drop_draft(name: str) -> None:
    """Take a draft away."""
    (_folder["drafts"] / name).unlink(missing_ok=True)


def tidy(named: Iterable[str]) -> int:
    """Take away drafts that were never sent, and files that no row names, a day old.

    Args:
        named: every file that a row names.

    Returns:
        How many.
    """
    kept, gone = frozenset(named), 0
    oldest = clock.day_start(clock.today() - timedelta(days=KEPT_DAYS)).timestamp()
    for folder in (_folder["letters"], _folder["drafts"]):
        for path in folder.glob("*") if folder.is_dir() else ():
            lost = path.name not in kept and _NAME.fullmatch(path.name)
            if lost and path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
                gone += 1
    return gone


def _flatten(path: Path, day: date) -> None:
    moment = clock.day_start(day).timestamp()
    os.utime(path, (moment, moment))
