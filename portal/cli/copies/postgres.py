"""Copying a PostgreSQL database with its own tools, from one exported snapshot."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import make_url

from portal.cli.copies import CopyError, Counted, require_equal

_IN_ORDER_OF_ARRIVAL = (
    "survey_intake", "survey_form_keys", "letter_intake", "letter_messages", "consultation_intake",
)  # fmt: skip
_LOCK_WAIT = "5s"


class PostgresStore:
    """A database on a server."""

    kind = "postgresql"

    def __init__(self, url: str) -> None:
        """Say where it is, as SQLAlchemy does."""
        parts = make_url(url)
        named = parts.translate_connect_args(username="user", database="dbname")
        self._options: dict[str, Any] = {**named, **parts.query}

    def dump(self, target: Path) -> Counted:
        """Copy into `target`; see `Store.dump`."""
        self._reorder()
        try:
            with self._connect() as live:
                live.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                snapshot = cast("str", _value(live, sql.SQL("SELECT pg_export_snapshot()")))
                counts = _count(live)
                self._run(
                    "pg_dump", "--format=custom", "--no-owner", "--no-privileges",
                    f"--snapshot={snapshot}", f"--file={target}",
                )  # fmt: skip
        except psycopg.Error as error:
            raise CopyError(f"Chưa sao lưu được cơ sở dữ liệu: {error}") from error
        self._run("pg_restore", "--list", str(target))
        return Counted(counts, reopened=self._reopened(target, counts))

    def load(self, source: Path) -> None:
        """Empty the database and put the copy there; the portal should be stopped."""
        try:
            with self._connect() as live:
                live.execute("DROP SCHEMA public CASCADE")
                live.execute("CREATE SCHEMA public")
        except psycopg.Error as error:
            raise CopyError(f"Chưa dọn được cơ sở dữ liệu: {error}") from error
        self._restore(source)

    def counts(self) -> Mapping[str, int]:
        """Count every table; see `Store.counts`."""
        try:
            with self._connect() as live:
                return _count(live)
        except psycopg.Error as error:
            raise CopyError(f"Không đọc được cơ sở dữ liệu hiện tại: {error}") from error

    def _reorder(self) -> None:
        """Lay what still waits for the fold in the order of its random keys.

        pg_dump copies rows as they lie, which for these is as they came (SECURITY T5). A table
        that is busy for seconds is left as it is: an unsorted copy is better than none.
        """
        for table in _IN_ORDER_OF_ARRIVAL:
            with (
                suppress(errors.LockNotAvailable, errors.UndefinedTable),
                self._connect() as live,
            ):
                live.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(_LOCK_WAIT))
                live.execute(
                    sql.SQL("CLUSTER {} USING {}").format(
                        sql.Identifier(table), sql.Identifier(f"pk_{table}")
                    )
                )

    def _reopened(self, target: Path, counts: Mapping[str, int]) -> bool:
        """Restore into a database made for it and dropped again, where the role may make one."""
        name = f"portal_check_{secrets.token_hex(6)}"
        scratch = PostgresStore.__new__(PostgresStore)
        scratch._options = self._options | {"dbname": name}
        try:
            self._administer("CREATE DATABASE {} TEMPLATE template0", name)
        except errors.InsufficientPrivilege:
            return False
        try:
            scratch._restore(target)
            require_equal(counts, scratch.counts())
        finally:
            self._administer("DROP DATABASE {} WITH (FORCE)", name)
        return True

    def _restore(self, source: Path) -> None:
        self._run(
            "pg_restore", "--no-owner", "--no-privileges", "--single-transaction",
            "--exit-on-error", "--clean", "--if-exists",
            f"--dbname={self._conninfo()}", str(source),
        )  # fmt: skip

    def _administer(self, statement: str, name: str) -> None:
        with self._connect(autocommit=True) as live:
            live.execute(sql.SQL(cast("Any", statement)).format(sql.Identifier(name)))

    def _connect(self, *, autocommit: bool = False) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(**self._options, autocommit=autocommit)

    def _conninfo(self) -> str:
        return make_conninfo("", **{k: v for k, v in self._options.items() if k != "password"})

    def _run(self, program: str, *arguments: str) -> None:
        found = shutil.which(program)
        if found is None:
            raise CopyError(
                f"Không tìm thấy {program}. Mời cài: apt-get install -y postgresql-client"
            )
        environ = dict(os.environ)
        if password := self._options.get("password"):
            environ["PGPASSWORD"] = password  # never an argument: those are seen by everybody
        if program == "pg_dump":
            arguments = (*arguments, f"--dbname={self._conninfo()}")
        done = subprocess.run(  # noqa: S603 - fixed words, no shell
            [found, *arguments], env=environ, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise CopyError(f"{program}: {done.stderr.strip()}")


def _count(live: psycopg.Connection[tuple[Any, ...]]) -> dict[str, int]:
    names = live.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    ).fetchall()
    query = sql.SQL("SELECT count(*) FROM public.{}")
    return {
        name: cast("int", _value(live, query.format(sql.Identifier(name)))) for (name,) in names
    }


def _value(live: psycopg.Connection[tuple[Any, ...]], query: sql.SQL | sql.Composed) -> object:
    row = live.execute(query).fetchone()
    return row[0] if row else None
