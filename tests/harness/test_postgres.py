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


@pytest.fixture
def debian(tmp_path, monkeypatch):
    """A machine without the wheel; gives a function that installs versions of Debian's package."""
    monkeypatch.setattr(postgres, "_wheel", lambda: None)
    monkeypatch.setattr(postgres, "_DEBIAN", tmp_path)

    def install(*versions):
        for version in versions:
            (tmp_path / version / "bin").mkdir(parents=True)
            (tmp_path / version / "bin" / "initdb").touch()

    return install


def test_the_newest_of_the_systems_servers_is_taken(debian, tmp_path):
    debian("9", "15", "17")
    assert postgres.find_binaries() == tmp_path / "17" / "bin"


@pytest.mark.parametrize("versions", [[], ["13"]])
def test_without_a_server_new_enough_the_one_line_that_installs_it_is_said(debian, versions):
    debian(*versions)
    with pytest.raises(postgres.PostgresMissing, match="make install"):
        postgres.find_binaries()


def test_binaries_out_of_the_servers_reach_are_copied(tmp_path: Path, monkeypatch):
    """As root, in a checkout that only root may enter."""
    wheel = postgres.find_binaries().parent.parent
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o700)
    for name in (wheel.name, f"{wheel.name}.libs"):
        shutil.copytree(wheel.parent / name, locked / name)
    monkeypatch.setattr(postgres, "_wheel", lambda: locked / wheel.name)
    with postgres.start() as server:
        assert server.binaries.is_relative_to(locked)
        subprocess.run([server.binaries / "pg_dump", "--version"], check=True, env=dict(os.environ))
