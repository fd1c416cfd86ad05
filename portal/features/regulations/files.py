"""Files of drafts, in a folder of their own beside the database: known by their bytes."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.core.errors import Invalid, NotStored
from portal.core.files import new_file
from portal.core.text import N_, clean
from portal.features.documents.importing.opening import Package
from portal.features.regulations.models import DraftPaper, DraftVersion

FOLDER: Final = "drafts"
LIMIT: Final = 20 * 1024 * 1024
LONGEST_NAME: Final = 150
_SUFFIXES: Final = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
_BEGINNINGS: Final = ((b"%PDF-", ".pdf"), (b"\xff\xd8\xff", ".jpg"), (b"\x89PNG\r\n\x1a\n", ".png"))
_STORED: Final = re.compile(r"\.?[0-9a-f]{32}\.(pdf|docx|jpg|png)")
_GRACE: Final = timedelta(days=1)
_folder: dict[str, Path] = {}


@dataclass(frozen=True)
class Upload:
    """A file that was sent, seen to be one of the kinds that are taken."""

    name: str
    """As it is offered again, with the suffix of what it is."""
    data: bytes
    suffix: str

    @property
    def sha256(self) -> str:
        """Give the digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


def use_folder(uploads: Path) -> None:
    """Say where uploads lie (the factory does)."""
    _folder["drafts"] = uploads / FOLDER


def path_of(stored: str) -> Path:
    """Give where a file lies."""
    return _folder["drafts"] / stored


def media_type(stored: str) -> str:
    """Give the type under which a stored file is sent."""
    return _SUFFIXES[Path(stored).suffix]


def recognise(name: str, data: bytes) -> Upload:
    """Look what was sent; its name and the browser's word for its type decide nothing.

    Raises:
        Invalid: under "file": it is empty, too large, or none of the kinds that are taken.
    """
    if not data:
        raise Invalid({"file": N_("Mời chọn tệp.")})
    if len(data) > LIMIT:
        raise Invalid({"file": N_("Tệp lớn quá 20 MB.")})
    for first, suffix in _BEGINNINGS:
        if data.startswith(first):
            return Upload(_named(name, suffix), data, suffix)
    if not data.startswith(b"PK"):
        raise Invalid({"file": N_("Chỉ nhận tệp Word (.docx), PDF, JPEG hoặc PNG.")})
    Package.opened(data)
    return Upload(_named(name, ".docx"), data, ".docx")


@contextmanager
def stored(upload: Upload | None) -> Iterator[str]:
    """Keep a file while the block writes its row; it goes again if the block fails.

    Yields:
        The name it is stored under, "" if there is none.

    Raises:
        NotStored: the disk is full or away.
    """
    if upload is None:
        yield ""
        return
    try:
        with new_file(_folder["drafts"], upload.suffix) as (path, stream):
            stream.write(upload.data)
    except OSError as failure:
        raise NotStored from failure
    try:
        yield path.name
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def names() -> set[str]:
    """Give the names of all files that a version or a paper names."""
    read_from = session().scalars(select(DraftVersion.stored).order_by(DraftVersion.id))
    papers = session().scalars(select(DraftPaper.stored).order_by(DraftPaper.id))
    return {name for name in (*read_from, *papers) if name}


def tidy() -> int:
    """Take away what a process that died left behind: files that no row names, a day old.

    Returns:
        How many.
    """
    named = names()
    oldest, gone = (clock.now() - _GRACE).timestamp(), 0
    for path in _folder["drafts"].glob("*"):
        lost = _STORED.fullmatch(path.name) and path.name not in named
        if lost and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _named(name: str, suffix: str) -> str:
    stem = clean(name.replace("\\", "/").rpartition("/")[2]).strip(". ")
    stem = re.sub(r"\.(pdf|docx|jpe?g|png)$", "", stem, flags=re.IGNORECASE)
    return (stem[: LONGEST_NAME - len(suffix)] or "du-thao") + suffix
