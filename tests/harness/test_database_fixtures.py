"""The fixtures that give every test a database of its own."""

import pytest
from sqlalchemy import inspect, text

from portal.core import database as core


def test_the_database_is_migrated(app):
    assert "alembic_version" in inspect(core.session().get_bind()).get_table_names()


@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_commits_no_other_sees(app, turn):
    with core.write() as session:
        session.execute(text("CREATE TABLE left_behind (turn INTEGER)"))
    assert core.session().execute(text("SELECT count(*) FROM left_behind")).scalar() == 0


def test_the_backend_is_the_one_named(app, backend):
    assert core.dialect() == backend


def test_pg_dump_on_the_path_is_of_the_servers_version(server):
    import shutil

    assert shutil.which("pg_dump") == str(server.binaries / "pg_dump")
