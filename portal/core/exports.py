"""Files that a job has made for the one person who asked; gone after a week, like the job.

What opens something by itself, such as one-time passwords and slips, is gone after a day.
"""

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

BRIEFLY = timedelta(days=1)
_BRIEF = "brief"
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

    @property
    def is_brief(self) -> bool:
        """Say whether it is kept for a day only."""
        return self.stored.startswith(f"{_BRIEF}/")

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
def new_export(name: str, *, brief: bool = False) -> Iterator[tuple[Export, IO[bytes]]]:
    """Open a file that exists only once it is complete.

    Args:
        name: what it is saved as, with its suffix: “Áp phích PKS 03.pdf”.
        brief: it is gone after a day.

    Yields:
        The export, for the job's result, and the open file.
    """
    folder = _folder["exports"] / _BRIEF if brief else _folder["exports"]
    with new_file(folder, Path(name).suffix) as (path, stream):
        yield Export(str(path.relative_to(_folder["exports"])), name), stream


def _tidy(_running: Running) -> None:
    with write() as current:
        jobs.forget_old(current)
    _forget(_folder["exports"], jobs.KEEP)
    _forget(_folder["exports"] / _BRIEF, BRIEFLY)


def _forget(folder: Path, keep: timedelta) -> None:
    oldest = (clock.now() - keep).timestamp()
    for path in folder.glob("*"):
        if path.is_file() and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


TIDY = Kind("tidy", _tidy, every=timedelta(hours=1))
