"""The file of a backup: a tar with a manifest, the database's copy and what people uploaded."""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, cast

from portal.cli.copies import CopyError
from portal.core.files import new_file

FORMAT = 1
DATABASE = "database"
_MANIFEST = "manifest.json"
_BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself."""

    format: int
    made_at: str
    kind: str
    """ "sqlite" or "postgresql"."""
    migration: str
    counts: Mapping[str, int]
    reopened: bool
    audit_key: str
    """A fingerprint: says whether an installation's key is the one of this record."""
    files: Mapping[str, str]
    """Name in the archive → SHA-256."""


def digest(path: Path) -> str:
    """Give the SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write(folder: Path, name: str, manifest: Manifest, files: Mapping[str, Path]) -> Path:
    """Write an archive that appears only once it is complete, readable by its owner alone.

    Args:
        folder: where to.
        name: what to call it.
        manifest: goes in first.
        files: name in the archive → file.
    """
    with new_file(folder, ".tar") as (drafted, stream):
        os.fchmod(stream.fileno(), 0o600)
        with tarfile.open(fileobj=stream, mode="w") as tar:
            _add(tar, _MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
            for inside, path in sorted(files.items()):
                with path.open("rb") as content:
                    tar.addfile(_member(inside, path.stat().st_size), content)
    final = folder / name
    drafted.rename(final)
    return final


@contextmanager
def opened(path: Path, workspace: Path) -> Iterator[tuple[Manifest, Path]]:
    """Unpack an archive into a folder that lives as long as the block; every digest is checked.

    Args:
        path: the archive.
        workspace: where there is room for its content.

    Yields:
        The manifest, and the folder with the files under their names in the archive.

    Raises:
        CopyError: it is no archive of ours, or has changed since it was written.
    """
    with tempfile.TemporaryDirectory(dir=workspace, prefix=".mo-") as room:
        folder = Path(room).resolve()
        try:
            with tarfile.open(path) as tar:
                manifest = _manifest(tar)
                for name, expected in manifest.files.items():
                    _extract(tar, name, folder, expected)
        except (tarfile.TarError, KeyError, ValueError, TypeError, OSError) as error:
            raise CopyError(f"{path.name}: không phải tệp sao lưu đọc được ({error}).") from error
        yield manifest, folder


def _manifest(tar: tarfile.TarFile) -> Manifest:
    content = tar.extractfile(_MANIFEST)
    manifest = Manifest(**json.load(cast("BinaryIO", content)))
    if manifest.format != FORMAT:
        raise CopyError(f"Tệp sao lưu theo khuôn {manifest.format}, bản này đọc khuôn {FORMAT}.")
    return manifest


def _extract(tar: tarfile.TarFile, name: str, folder: Path, expected: str) -> None:
    target = (folder / name).resolve()
    if not target.is_relative_to(folder):
        raise CopyError(f"Tên tệp lạ trong bản sao lưu: {name}")
    target.parent.mkdir(parents=True, exist_ok=True)
    with cast("BinaryIO", tar.extractfile(name)) as content, target.open("wb") as stream:
        shutil.copyfileobj(content, stream, _BLOCK)
    if digest(target) != expected:
        raise CopyError(f"{name}: nội dung đã thay đổi so với lúc sao lưu.")


def _member(name: str, size: int) -> tarfile.TarInfo:
    # Times and owners of files would say when somebody sent something: all are zero.
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    with tempfile.TemporaryFile() as stream:
        stream.write(content)
        stream.seek(0)
        tar.addfile(_member(name, len(content)), stream)
