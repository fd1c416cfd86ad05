"""Fixtures of the fault tests: a province of some communes that is being asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import faults
from tests.support.databases import Template
from tests.support.faults import Asking
from tests.support.live import LiveServer
from tests.support.postgres import Postgres


@pytest.fixture
def asked(template: Template, tmp_path: Path) -> Iterator[Asking]:
    """Make an installation with twelve communes that are being asked, on both databases."""
    with template.copy() as url, faults.asking(tmp_path, url, communes=12) as made:
        yield made


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Asking, LiveServer]]:
    """Make one that runs, its database in its own folder, for a module's tests to share."""
    folder = tmp_path_factory.mktemp("faults")
    url = f"sqlite:///{folder / 'portal.sqlite3'}"
    with faults.asking(folder, url, communes=2) as made, made.serve() as server:
        yield made, server


@pytest.fixture(scope="module")
def crowded(
    template: Template, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Asking, int]]:
    """Make one that runs, for a module's tests to share, and give its port."""
    folder = tmp_path_factory.mktemp("faults")
    with (
        template.copy() as url,
        faults.asking(folder, url, communes=120) as made,
        made.serve() as server,
    ):
        yield made, faults.port_of(server)


@pytest.fixture
def postgres_alone(server: Postgres) -> Iterator[tuple[Postgres, str]]:
    """Give a PostgreSQL server with an empty database, whatever the others run on."""
    server.execute("CREATE DATABASE {}", "away")
    yield server, server.url("away")
    server.execute("DROP DATABASE {} WITH (FORCE)", "away")
