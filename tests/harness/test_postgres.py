"""The private PostgreSQL server itself."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest

from tests.support import postgres


@pytest.fixture(scope="module")
def server() -> postgres.Postgres:
    with postgres.start() as server:
        yield server


def test_a_server_is_new_enough_and_speaks_utf8(server):
    with psycopg.connect(f"host={server.folder} user=portal dbname=postgres") as connection:
        assert connection.info.server_version >= 150000
        assert connection.info.parameter_status("server_encoding") == "UTF8"


def test_a_server_listens_on_no_network_port(server):
    with psycopg.connect(f"host={server.folder} user=portal dbname=postgres") as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_a_server_and_its_files_are_gone_at_the_end():
    with postgres.start() as server:
        assert server.process.poll() is None
    assert server.process.poll() is not None
    assert not server.folder.exists()


def test_without_any_server_the_one_line_that_installs_it_is_said(tmp_path: Path):
    with pytest.raises(postgres.PostgresMissing, match="make install"):
        postgres.find_binaries(None, tmp_path)


def test_too_old_a_server_counts_as_none(tmp_path: Path):
    (tmp_path / "13/bin").mkdir(parents=True)
    (tmp_path / "13/bin/initdb").touch()
    with pytest.raises(postgres.PostgresMissing):
        postgres.find_binaries(None, tmp_path)


def test_the_newest_of_the_systems_servers_is_taken(tmp_path: Path):
    for version in ("9", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin/initdb").touch()
    assert postgres.find_binaries(None, tmp_path) == tmp_path / "17/bin"


def test_binaries_out_of_the_servers_reach_are_copied(tmp_path: Path, monkeypatch):
    """As root, in a checkout that only root may enter."""
    wheel = postgres.find_binaries(postgres._wheel()).parent.parent
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o700)
    for name in (wheel.name, f"{wheel.name}.libs"):
        shutil.copytree(wheel.parent / name, locked / name)
    monkeypatch.setattr(postgres, "_wheel", lambda: locked / wheel.name)
    with postgres.start() as server:
        assert server.binaries.is_relative_to(locked)
        subprocess.run([server.binaries / "pg_dump", "--version"], check=True, env=dict(os.environ))
