"""Opening a file that somebody sends: a .docx and nothing else, and never more than it may hold.

Only the parts that are asked for are unpacked, each against a limit that counts real bytes, for
what an archive declares need not be true. Nothing in a file is ever followed out of it.
"""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from portal.core.errors import Invalid
from portal.core.text import N_

FILE_LIMIT: Final = 20 * 1024 * 1024
_UNPACKED_LIMIT: Final = 100 * 1024 * 1024
_PART_LIMIT: Final = 30 * 1024 * 1024
_MEMBER_LIMIT: Final = 2000
_RATIO_LIMIT: Final = 200
_RATIO_FROM: Final = 4 * 1024 * 1024
"""A part below this is harmless however well it was packed."""
_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_COMMON: Final = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"

EMPTY: Final = N_("Tệp này rỗng.")
TOO_LARGE: Final = N_("Tệp lớn hơn 20 MB. Mời bỏ bớt hình rồi tải lại.")
OLD_WORD: Final = N_(
    "Đây là tệp Word đời cũ (.doc). Mời mở bằng Word, lưu thành .docx rồi tải lại."
)
LOCKED: Final = N_("Tệp có mật khẩu. Mời bỏ mật khẩu rồi tải lại.")
MACROS: Final = N_("Tệp có macro (.docm). Mời lưu thành .docx rồi tải lại.")
PDF: Final = N_("Đây là tệp PDF. Mời tải tệp Word (.docx), hoặc chép chữ rồi dán vào.")
OPEN_DOCUMENT: Final = N_("Đây là tệp OpenDocument (.odt). Mời lưu thành .docx rồi tải lại.")
RICH_TEXT: Final = N_("Đây là tệp RTF. Mời mở bằng Word, lưu thành .docx rồi tải lại.")
EXCEL: Final = N_("Đây là tệp Excel. Mời chép bảng rồi dán vào phần nhiệm vụ.")
OTHER: Final = N_("Đây không phải tệp Word (.docx).")
BROKEN: Final = N_(
    "Tệp Word này bị hỏng nên không đọc được. Mời mở bằng Word, lưu lại rồi tải lên."
)
SWOLLEN: Final = N_("Tệp này giải nén ra lớn bất thường nên không nhận.")
FOREIGN: Final = N_("Tệp có nội dung lạ, không phải do Word tạo, nên không nhận.")

_BEGINNINGS: Final = {
    b"%PDF": PDF,
    b"{\\rtf": RICH_TEXT,
}


def refused(message: str) -> Invalid:
    """Give the refusal of a file."""
    return Invalid({"file": message})


@dataclass(frozen=True)
class Package:
    """The parts of a .docx."""

    archive: zipfile.ZipFile
    main: str
    """Where the text is: "word/document.xml"."""

    @classmethod
    def opened(cls, data: bytes) -> "Package":
        """Open a file.

        Raises:
            Invalid: under "file", what it is if it is no .docx, or why it is not taken.
        """
        _look_at(data)
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise refused(BROKEN if data.startswith(b"PK") else OTHER) from error
        _look_into(archive)
        return cls(archive, _main_part(archive))

    def part(self, name: str) -> BaseOxmlElement | None:
        """Read a part beside the main one; None if there is none.

        Raises:
            Invalid: it is broken or too large.
        """
        return _parsed(self.archive, posixpath.join(posixpath.dirname(self.main), name))

    def document(self) -> BaseOxmlElement:
        """Read the main part.

        Raises:
            Invalid: it is missing, broken or too large.
        """
        root = _parsed(self.archive, self.main)
        if root is None:
            raise refused(BROKEN)
        return root

    def headers(self) -> list[str]:
        """Give the names of the parts that hold page headers."""
        folder = posixpath.dirname(self.main)
        names = (name for name in self.archive.namelist() if posixpath.dirname(name) == folder)
        return sorted(one for one in map(posixpath.basename, names) if one.startswith("header"))


def _look_at(data: bytes) -> None:
    """Tell other files by how they begin."""
    if not data:
        raise refused(EMPTY)
    if len(data) > FILE_LIMIT:
        raise refused(TOO_LARGE)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise refused(LOCKED)
        raise refused(OLD_WORD if "WordDocument".encode("utf-16-le") in data else OTHER)
    for beginning, message in _BEGINNINGS.items():
        if data.startswith(beginning):
            raise refused(message)


def _look_into(archive: zipfile.ZipFile) -> None:
    """Tell other archives, macros and bombs by the list of what is in them."""
    members = archive.infolist()
    names = {member.filename for member in members}
    total = sum(member.file_size for member in members)
    if len(members) > _MEMBER_LIMIT or len(names) < len(members) or total > _UNPACKED_LIMIT:
        raise refused(SWOLLEN)
    if any(member.flag_bits & 1 for member in members):
        raise refused(LOCKED)
    if "mimetype" in names and "content.xml" in names:
        raise refused(OPEN_DOCUMENT)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise refused(MACROS)
    if "xl/workbook.xml" in names:
        raise refused(EXCEL)
    if "[Content_Types].xml" not in names:
        raise refused(OTHER)
    if b"macroenabled" in _unpacked(archive, "[Content_Types].xml").lower():
        raise refused(MACROS)


def _main_part(archive: zipfile.ZipFile) -> str:
    relations = _parsed(archive, "_rels/.rels")
    for relation in relations if relations is not None else ():
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        if kind.endswith("/officeDocument") and relation.get("TargetMode") != "External":
            return posixpath.normpath(str(target).lstrip("/"))
    raise refused(OTHER)


def _parsed(archive: zipfile.ZipFile, name: str) -> BaseOxmlElement | None:
    if name not in archive.namelist():
        return None
    data = _unpacked(archive, name).replace(_STRICT, _COMMON)
    try:
        root = parse_xml(data)  # neither resolves entities nor loads anything
    except (SyntaxError, ValueError) as error:  # lxml's XMLSyntaxError is a SyntaxError
        raise refused(BROKEN) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused(FOREIGN)
    return root


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    member = archive.getinfo(name)
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise refused(BROKEN)
    try:
        with archive.open(member) as stream:
            data = stream.read(_PART_LIMIT + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise refused(BROKEN) from error
    ratio = len(data) / max(member.compress_size, 1)
    if len(data) > _PART_LIMIT or (len(data) > _RATIO_FROM and ratio > _RATIO_LIMIT):
        raise refused(SWOLLEN)
    return data
