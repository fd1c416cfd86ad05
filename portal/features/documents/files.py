"""Files that belong to documents, in a folder beside the database: known by their bytes."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.core.errors import Invalid, NotStored
from portal.core.files import new_file
from portal.core.text import N_, clean
from portal.features.documents.models import DocumentFile

LIMIT = 20 * 1024 * 1024
MAX_NAME = 200
_TYPES = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
)
"""First bytes, media type, suffix: what a scanner or a signing program makes."""
_RANGE, _SIGNATURE = re.compile(rb"/ByteRange\s*\["), re.compile(rb"/Type\s*/Sig\b|/FT\s*/Sig\b")
_STORED = re.compile(r"\.?[0-9a-f]{32}\.(pdf|jpg|png)")
GRACE = timedelta(days=1)
_folder: dict[str, Path] = {}


@dataclass(frozen=True)
class Upload:
    """A file that was sent, seen to be one of the kinds that are taken."""

    name: str
    data: bytes
    media_type: str
    suffix: str

    @property
    def is_signed(self) -> bool:
        """Say whether it is a PDF with a signature dictionary (ISO 32000-1, 12.8.1).

        Nobody verifies the signature here; the signed bytes themselves cannot be compressed, so
        they are found by looking.
        """
        if self.media_type != "application/pdf":
            return False
        return bool(_RANGE.search(self.data) and _SIGNATURE.search(self.data))

    @property
    def sha256(self) -> str:
        """Give the digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


def use_folder(folder: Path) -> None:
    """Say where uploads lie (the factory does)."""
    _folder["uploads"] = folder


def path_of(file: DocumentFile) -> Path:
    """Give where a file lies."""
    return _folder["uploads"] / file.stored


def recognise(name: str, data: bytes) -> Upload:
    """Look what was sent; its name and the browser's word for its type decide nothing.

    Raises:
        Invalid: it is empty, too large, or neither PDF, JPEG nor PNG.
    """
    if not data or len(data) > LIMIT:
        raise Invalid({"file": NO_FILE if not data else TOO_LARGE})
    for first, media_type, suffix in _TYPES:
        if data.startswith(first):
            return Upload(_named(name, suffix), data, media_type, suffix)
    raise Invalid({"file": N_("Chỉ nhận tệp PDF, JPEG hoặc PNG.")})


def store(upload: Upload) -> Path:
    """Write the bytes under a random name; they are on the disk when this returns.

    Raises:
        NotStored: the disk is full or away; nothing of it is left.
    """
    try:
        with new_file(_folder["uploads"], upload.suffix) as (path, stream):
            stream.write(upload.data)
    except OSError as failure:
        raise NotStored from failure
    return path


@contextmanager
def unless_refused(path: Path) -> Iterator[None]:
    """Take a stored file away again if the block that writes its row fails.

    A failure after the block, while the row is committed, takes nothing away: the database may
    have it all the same. A row never lacks its file; a file that lacks its row goes with `tidy`.
    """
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def stored_names() -> set[str]:
    """Give the names of all files that belong to a document."""
    return set(session().scalars(select(DocumentFile.stored)))


def tidy() -> int:
    """Take away what a process that died left behind: files that no row names, a day old.

    Returns:
        How many.
    """
    oldest, named, gone = (clock.now() - GRACE).timestamp(), stored_names(), 0
    for path in _folder["uploads"].glob("*"):
        lost = _STORED.fullmatch(path.name) and path.name not in named
        if lost and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _named(name: str, suffix: str) -> str:
    """Give the name it is offered under: no folders, and the suffix of what it is."""
    stem = clean(name.replace("\\", "/").rpartition("/")[2]).strip(". ")
    stem = re.sub(r"\.(pdf|jpe?g|png)$", "", stem, flags=re.IGNORECASE)
    return (stem[: MAX_NAME - len(suffix)] or "ban-da-ky") + suffix


NO_FILE = N_("Mời chọn tệp bản đã ký.")
TOO_LARGE = N_("Tệp lớn quá 20 MB.")
