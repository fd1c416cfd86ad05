"""Emptying a PostgreSQL database of a test: the next one has it as the migrations left it."""

from psycopg import Connection, sql

from tests.support.postgres import Postgres

KEPT = "alembic_version"
_SHAPE = """
SELECT (SELECT count(*) || ' ' || sum(hashtext(concat(relname, relkind))::bigint) FROM pg_class
         WHERE relnamespace = 'public'::regnamespace),
       (SELECT count(*) || ' ' || sum(hashtext(concat(attname, atttypid))::bigint) FROM pg_attribute
         JOIN pg_class ON attrelid = pg_class.oid WHERE relnamespace = 'public'::regnamespace),
       (SELECT count(*) || ' ' || sum(hashtext(concat(tgname, tgenabled))::bigint) FROM pg_trigger),
       (SELECT count(*) || ' ' || sum(hashtext(prosrc)::bigint) FROM pg_proc
         WHERE pronamespace = 'public'::regnamespace),
       (SELECT count(*) || ' ' || sum(hashtext(conname)::bigint) FROM pg_constraint),
       (SELECT count(*) FROM pg_index WHERE indisclustered),
       (SELECT min(version_num) FROM alembic_version)
"""
_TABLES = """
SELECT relname FROM pg_class
 WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> %s
"""
_END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_BEGIN_NUMBERS_ANEW = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
  FROM pg_sequences WHERE last_value IS NOT NULL
"""


def shape(server: Postgres, name: str) -> tuple[object, ...]:
    """Give what tells a database as the migrations left it: () if it holds anything."""
    with server.connect(name) as connection:
        return () if _filled(connection) else _shape(connection)


def empty(server: Postgres, name: str, expected: tuple[object, ...]) -> bool:
    """Delete all that a test has stored.

    Returns:
        False if it cannot be used again: the test has changed more than rows.
    """
    with server.connect(name) as connection:
        connection.execute(_END_OTHERS)
        if not expected or _shape(connection) != expected:
            return False
        # No trigger keeps anything, and no order has to be found between tables.
        connection.execute("SET session_replication_role = replica")
        for table in _filled(connection):
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        connection.execute(_BEGIN_NUMBERS_ANEW)
    return True


def _shape(connection: Connection) -> tuple[object, ...]:
    return connection.execute(_SHAPE).fetchone() or ()


def _filled(connection: Connection) -> list[str]:
    names = [name for (name,) in connection.execute(_TABLES, [KEPT])]
    each = (
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(name, sql.Identifier(name))
        for name in names
    )
    return [name for (name,) in connection.execute(sql.SQL(" UNION ALL ").join(each))]
