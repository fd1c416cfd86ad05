"""What somebody pasted, kept on the disk between two requests, for that account alone.

A table that was looked at has an address of its own (post, redirect, get), so that the browser's
Back gives a page and never asks to send a form again. It holds names and numbers of people: it goes
when it is saved, and after twelve hours in any case; no backup takes it along.
"""

import re
import time
from pathlib import Path
from typing import Final

from flask import current_app

from portal.core.files import new_file
from portal.web.actor import actor

_FOLDER: Final = "pasted"
_SECONDS: Final = 12 * 3600
_NAME: Final = re.compile(r"[0-9a-f]{32}")


def keep(content: str, owner: str = "") -> str:
    """Keep a text for the account that asks; give the name by which `find` gives it back.

    Args:
        content: the text.
        owner: whoever asks without an account, as one that was looked up: “cq-12”.

    Raises:
        OSError: the disk is full.
    """
    _tidy()
    with new_file(_folder(owner), ".json") as (path, stream):
        stream.write(content.encode())
    return path.stem


def find(name: str, owner: str = "") -> str | None:
    """Give what this account keeps under a name, None if it is gone or another account's."""
    path = _folder(owner) / f"{name}.json"
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    return path.read_text("utf-8")


def forget(owner: str = "") -> None:
    """Take everything of this account off the disk: it has been saved."""
    for path in _folder(owner).glob("*"):
        path.unlink(missing_ok=True)


def _folder(owner: str) -> Path:
    return _root() / (owner or str(actor().user_id))


def _root() -> Path:
    folder: Path = current_app.config["PORTAL"].data_dir
    return folder / _FOLDER


def _tidy() -> None:
    """Take off whatever is too old, whose it may be."""
    oldest = time.time() - _SECONDS
    for path in _root().glob("*/*"):
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:
            continue  # Another process was faster.
