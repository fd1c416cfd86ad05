"""Databases for tests: the real migrations once into a template, then a copy for each test."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from tests.support import emptying
from tests.support.postgres import Postgres

BACKENDS = ("sqlite", "postgresql")

Fill = Callable[[str], None]
"""Makes the schema (and what else is wanted) in the empty database at an address."""

_numbers = itertools.count(1)


class Template(Protocol):
    """A filled database that can be copied."""

    def copy(self) -> AbstractContextManager[str]:
        """Give the address of a copy that lives as long as the block."""

    def lend(self) -> AbstractContextManager[str]:
        """Give the address of a copy that others have used before, if that is quicker."""


class SqliteTemplate:
    """Copies a file."""

    def __init__(self, folder: Path, fill: Fill) -> None:
        self._folder = folder
        self._file = folder / f"template-{next(_numbers)}.sqlite3"
        fill(f"sqlite:///{self._file}")

    @contextmanager
    def copy(self) -> Iterator[str]:
        """Give the address of a copy that lives as long as the block."""
        file = self._folder / f"test-{next(_numbers)}.sqlite3"
        shutil.copyfile(self._file, file)
        try:
            yield f"sqlite:///{file}"
        finally:
            for leftover in self._folder.glob(f"{file.name}*"):
                leftover.unlink()

    lend = copy


class PostgresTemplate:
    """Lets the server copy; a copy that was lent is emptied and lent again.

    A copy of some 800 files costs more than most tests, and a new one knows nothing of itself yet.
    """

    LENDINGS = 40
    """So often a copy is lent: what was deleted stays in its files."""

    def __init__(self, server: Postgres, fill: Fill) -> None:
        self._server = server
        self._name = f"template_{next(_numbers)}"
        server.execute("CREATE DATABASE {}", self._name)
        fill(server.url(self._name))
        self._shape = emptying.shape(server, self._name)
        self._free: list[tuple[str, int]] = []

    @contextmanager
    def copy(self) -> Iterator[str]:
        """Give the address of a copy that lives as long as the block."""
        name = self._new()
        try:
            yield self._server.url(name)
        finally:
            self._drop(name)

    @contextmanager
    def lend(self) -> Iterator[str]:
        """Give the address of a copy; who has it next finds it empty, or gets a new one."""
        name, lent = self._free.pop() if self._free else (self._new(), 0)
        try:
            yield self._server.url(name)
        finally:
            if lent < self.LENDINGS and emptying.empty(self._server, name, self._shape):
                self._free.append((name, lent + 1))
            else:
                self._drop(name)

    def _new(self) -> str:
        name = f"test_{next(_numbers)}"
        self._server.execute("CREATE DATABASE {} TEMPLATE {}", name, self._name)
        return name

    def _drop(self, name: str) -> None:
        self._server.execute("DROP DATABASE {} WITH (FORCE)", name)
