"""Files that a job has made for the one person who asked; gone after a week, like the job."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO

from portal.core import clock, jobs
from portal.core.database import write
from portal.core.files import new_file
from portal.core.jobs import Kind, Running

_folder: dict[str, Path] = {}


@dataclass(frozen=True)
class Export:
    """A finished file: the random name it is stored under, and the one it is saved as."""

    stored: str
    name: str

    @property
    def path(self) -> Path:
        """Give where it lies."""
        return _folder["exports"] / self.stored

    def to_result(self) -> str:
        """Give it as a job's result."""
        return json.dumps({"stored": self.stored, "name": self.name}, ensure_ascii=False)

    @classmethod
    def from_result(cls, result: str | None) -> "Export | None":
        """Read a job's result, None if it names no file or the file has gone."""
        try:
            export = cls(**json.loads(result or ""))
        except (ValueError, TypeError):
            return None
        return export if export.path.is_file() else None


def use_folder(folder: Path) -> None:
    """Say where exports lie (the factory does)."""
    _folder["exports"] = folder


@contextmanager
def new_export(name: str) -> Iterator[tuple[Export, IO[bytes]]]:
    """Open a file that exists only once it is complete.

    Args:
        name: what it is saved as, with its suffix: “Áp phích PKS 03.pdf”.

    Yields:
        The export, for the job's result, and the open file.
    """
    with new_file(_folder["exports"], Path(name).suffix) as (path, stream):
        yield Export(path.name, name), stream


def _tidy(_running: Running) -> None:
    with write() as current:
        jobs.forget_old(current)
    oldest = (clock.now() - jobs.KEEP).timestamp()
    for path in _folder["exports"].glob("*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


TIDY = Kind("tidy", _tidy, every=timedelta(hours=1))
