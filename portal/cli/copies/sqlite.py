"""Copying an SQLite file while the portal runs.

`cp` of a live file loses rows or damages the copy (SECURITY 0.9). Here a read transaction is
counted and copied in one step, without holding writers up; VACUUM INTO then writes the copy anew:
rows in the order of their random keys, no free pages, so that nothing of the order of arrival is
left in it.
"""

import os
import secrets
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from portal.cli.copies import CopyError, Counted, require_equal
from portal.core.database import BUSY_SECONDS

_FILES = ("", "-wal", "-shm")


class SqliteStore:
    """The embedded database."""

    kind = "sqlite"

    def __init__(self, path: Path) -> None:
        """Say where the file is."""
        self._path = path

    def dump(self, target: Path) -> Counted:
        """Copy into `target`; see `Store.dump`."""
        snapshot = target.with_name(f".{target.name}.snapshot")
        try:
            with closing(_open(self._path)) as live, closing(_open(snapshot)) as copy:
                live.execute("BEGIN")
                counts = _count(live)
                live.backup(copy)
                live.execute("COMMIT")
                copy.execute("VACUUM INTO ?", (str(target),))
            _sync(target)
            with closing(_open(target)) as copy:
                _require_sound(copy)
                require_equal(counts, _count(copy))
        except sqlite3.Error as error:
            raise CopyError(f"Chưa sao lưu được cơ sở dữ liệu: {error}") from error
        finally:
            _remove(snapshot)
        return Counted(counts, reopened=True)

    def load(self, source: Path) -> None:
        """Put the copy in place in one transaction, also under a running portal."""
        try:
            self._set_aside_if_broken()
            with closing(_open(source)) as copy, closing(_open(self._path)) as live:
                copy.backup(live)
                live.execute("PRAGMA journal_mode=WAL")
                live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                _require_sound(live)
        except sqlite3.Error as error:
            raise CopyError(f"Chưa khôi phục được cơ sở dữ liệu: {error}") from error

    def counts(self) -> Mapping[str, int]:
        """Count every table; see `Store.counts`."""
        if not self._path.exists():
            return {}
        try:
            with closing(_open(self._path)) as live:
                return _count(live)
        except sqlite3.Error as error:
            raise CopyError(f"Không đọc được cơ sở dữ liệu hiện tại: {error}") from error

    def _set_aside_if_broken(self) -> None:
        try:
            with closing(_open(self._path)) as live:
                _require_sound(live)
        except (sqlite3.DatabaseError, CopyError):
            # Kept beside: somebody may want to look for what came after the backup.
            mark = secrets.token_hex(4)
            for ending in _FILES:
                file = Path(f"{self._path}{ending}")
                if file.exists():
                    file.rename(f"{self._path}.hong-{mark}{ending}")


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def _count(connection: sqlite3.Connection) -> dict[str, int]:
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
        "ESCAPE '\\' ORDER BY name"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in names
    }


def _require_sound(connection: sqlite3.Connection) -> None:
    (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise CopyError(f"Tệp cơ sở dữ liệu bị hỏng: {verdict}")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    for ending in _FILES:
        Path(f"{path}{ending}").unlink(missing_ok=True)
