"""Fixtures of the fault tests: a province of some communes that is being asked."""

import pytest

from tests.support import faults


@pytest.fixture
def asked(template, tmp_path):
    """Make an installation with twelve communes that are being asked, on both databases."""
    with template.copy() as url, faults.asking(tmp_path, url, communes=12) as made:
        yield made


@pytest.fixture
def asked_sqlite(tmp_path):
    """Make one with its database in its own folder."""
    url = f"sqlite:///{tmp_path / 'portal.sqlite3'}"
    with faults.asking(tmp_path, url, communes=2) as made:
        yield made


@pytest.fixture(scope="module")
def crowded(template, tmp_path_factory):
    """Make one that runs, for a module's tests to share."""
    folder = tmp_path_factory.mktemp("faults")
    with template.copy() as url, faults.asking(folder, url, communes=120) as made:
        with made.serve() as server:
            yield made, faults.port_of(server)


@pytest.fixture
def postgres_alone(server):
    """Give a PostgreSQL server with an empty database, whatever the others run on."""
    server.execute("CREATE DATABASE {}", "away")
    yield server, server.url("away")
    server.execute("DROP DATABASE {} WITH (FORCE)", "away")
