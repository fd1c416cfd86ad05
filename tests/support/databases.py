"""Databases for tests: the real migrations once into a template, then a copy for each test."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from tests.support.postgres import Postgres

BACKENDS = ("sqlite", "postgresql")

Fill = Callable[[str], None]
"""Makes the schema (and what else is wanted) in the empty database at an address."""

_numbers = itertools.count(1)


class Template(Protocol):
    """A filled database that can be copied."""

    def copy(self) -> AbstractContextManager[str]:
        """Give the address of a copy that lives as long as the block."""


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


class PostgresTemplate:
    """Lets the server copy, which is as quick as emptying tables and also resets all else."""

    def __init__(self, server: Postgres, fill: Fill) -> None:
        self._server = server
        self._name = f"template_{next(_numbers)}"
        server.execute("CREATE DATABASE {}", self._name)
        fill(server.url(self._name))

    @contextmanager
    def copy(self) -> Iterator[str]:
        """Give the address of a copy that lives as long as the block."""
        name = f"test_{next(_numbers)}"
        self._server.execute("CREATE DATABASE {} TEMPLATE {}", name, self._name)
        try:
            yield self._server.url(name)
        finally:
            self._server.execute("DROP DATABASE {} WITH (FORCE)", name)
