"""What somebody pasted, kept on the disk between two requests, for its owner alone.

It holds names and numbers of people: it goes when it is saved, and after twelve hours in any case,
whether or not anybody pastes again; no backup takes it along.
"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Final

from portal.core import clock
from portal.core.files import new_file
from portal.core.jobs import Kind, Running

KEPT: Final = timedelta(hours=12)
_NAME: Final = re.compile(r"[0-9a-f]{32}")
_folder: dict[str, Path] = {}


def use_folder(folder: Path) -> None:
    """Say where it lies (the factory does)."""
    _folder["pasted"] = folder


def keep(content: str, owner: str) -> str:
    """Keep a text; give the name by which `find` gives it back.

    Args:
        content: the text.
        owner: whose it is: the number of an account, or “cq-12”.

    Raises:
        OSError: the disk is full.
    """
    with new_file(_folder["pasted"] / owner, ".json") as (path, stream):
        stream.write(content.encode())
    return path.stem


def find(name: str, owner: str) -> str | None:
    """Give what this owner keeps under a name, None if it is gone or somebody else's."""
    path = _folder["pasted"] / owner / f"{name}.json"
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    return path.read_text("utf-8")


def forget(owner: str) -> None:
    """Take everything of this owner off the disk: it has been saved."""
    for path in (_folder["pasted"] / owner).glob("*"):
        path.unlink(missing_ok=True)


def _tidy(_running: Running) -> None:
    oldest = (clock.now() - KEPT).timestamp()
    for path in _folder["pasted"].glob("*/*"):
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:
            continue  # It has just been saved.


TIDY = Kind("pasted:tidy", _tidy, every=timedelta(hours=1))
"""Takes off whatever is too old, whosever it may be."""
