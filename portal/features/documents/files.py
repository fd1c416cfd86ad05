"""Files that belong to documents, in a folder beside the database: known by their bytes."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from portal.core.database import session
from portal.core.errors import Invalid
from portal.core.files import Folder
from portal.core.text import N_, clean
from portal.features.documents.importing.opening import Package
from portal.features.documents.models import DocumentFile

LIMIT = 20 * 1024 * 1024
MAX_NAME = 200
WORD = ".docx"
SCANS = (".pdf", ".jpg", ".png")
"""What a scanner or a signing program makes."""
_TYPES = {
    ".pdf": (b"%PDF-", "application/pdf"),
    ".jpg": (b"\xff\xd8\xff", "image/jpeg"),
    ".png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    WORD: (b"PK", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
"""By suffix: first bytes, media type."""
_RANGE, _SIGNATURE = re.compile(rb"/ByteRange\s*\["), re.compile(rb"/Type\s*/Sig\b|/FT\s*/Sig\b")
UPLOADS = Folder("", SCANS)


@dataclass(frozen=True)
class Taken:
    """What a form takes, and what it says to those who send something else."""

    suffixes: tuple[str, ...]
    nothing: str
    other: str
    unnamed: str
    """What a file is called that came without a name."""


@dataclass(frozen=True)
class Upload:
    """A file that was sent, seen to be one of the kinds that are taken."""

    name: str
    """As it is offered again, with the suffix of what it is."""
    data: bytes
    suffix: str

    @property
    def media_type(self) -> str:
        """Give the type under which it is sent."""
        return media_type(self.suffix)

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


NO_FILE = N_("Mời chọn tệp bản đã ký.")
TOO_LARGE = N_("Tệp lớn quá 20 MB.")
SIGNED = Taken(SCANS, NO_FILE, N_("Chỉ nhận tệp PDF, JPEG hoặc PNG."), "ban-da-ky")


def path_of(file: DocumentFile) -> Path:
    """Give where a file lies."""
    return UPLOADS.path_of(file.stored)


def media_type(suffix: str) -> str:
    """Give the type under which a file is sent, by the suffix under which it is stored."""
    return _TYPES[suffix][1]


def recognise(name: str, data: bytes, taken: Taken = SIGNED) -> Upload:
    """Look what was sent; its name and the browser's word for its type decide nothing.

    Raises:
        Invalid: under "file": it is empty, too large, or none of the kinds that are taken.
    """
    if not data or len(data) > LIMIT:
        raise Invalid({"file": TOO_LARGE if data else taken.nothing})
    suffix = next((one for one in taken.suffixes if data.startswith(_TYPES[one][0])), None)
    if suffix is None:
        raise Invalid({"file": taken.other})
    if suffix == WORD:
        Package.opened(data)
    return Upload(_named(name, suffix) or taken.unnamed + suffix, data, suffix)


def stored_names() -> set[str]:
    """Give the names of all files that belong to a document."""
    return set(session().scalars(select(DocumentFile.stored)))


def _named(name: str, suffix: str) -> str:
    """Give the name it is offered under: no folders, and the suffix of what it is; "" for none."""
    stem = clean(name.replace("\\", "/").rpartition("/")[2]).strip(". ")
    stem = re.sub(r"\.(pdf|docx|jpe?g|png)$", "", stem, flags=re.IGNORECASE)
    return stem and stem[: MAX_NAME - len(suffix)] + suffix
