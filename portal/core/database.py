"""The database: declarative base, column types, and the one way to write.

A request reads freely through `session()`. What it changes, it changes inside `write()`: one short
transaction that begins as a writer, so that two of them never both read and then fail to upgrade
(DESIGN rule 3). A flush anywhere else is an error.
"""

import fcntl
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import DateTime, Dialect, Engine, MetaData, Text, TextClause, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from portal.core.errors import NotStored

BUSY_SECONDS = 10
_WRITE = "portal_write"
_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the portal."""

    metadata = MetaData(naming_convention=_NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time; SQLite by itself would give it back without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WordSet(TypeDecorator[frozenset[str]]):
    """A small set of words, stored sorted and separated by spaces."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: frozenset[str] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Sort, so that equal sets are equal texts."""
        return None if value is None else " ".join(sorted(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[str] | None:  # noqa: ARG002
        """Split again."""
        return None if value is None else frozenset(value.split())


def random_key() -> bytes:
    """Give 16 random bytes: the key of a row that must not tell its order."""
    return secrets.token_bytes(16)


def random_id() -> int:
    """Give a random number of 62 bits: the same where rows are numbered."""
    return secrets.randbits(62)


_provider: Callable[[], Session] | None = None


def provide(provider: Callable[[], Session]) -> None:
    """Say where `session()` finds the session of this request or job (the factory does)."""
    global _provider  # noqa: PLW0603 - the one seam between the domain and Flask-SQLAlchemy
    _provider = provider


def session() -> Session:
    """Give the session of this request or job."""
    if _provider is None:
        raise RuntimeError("no session provider: create_app() has not run")
    return _provider()


_sqlite_gate = threading.Lock()


@contextmanager
def write(*locks: str) -> Iterator[Session]:
    """Run the block as one short write transaction and commit it at its end.

    Args:
        locks: names of what must not happen twice at once. SQLite has one writer anyway;
            PostgreSQL takes an advisory lock per name, in the order given.

    Yields:
        The session. What was loaded before is reloaded on its next use. A nested `write()` joins
        the outer one.

    Raises:
        NotStored: the database is full, locked or away; nothing was changed.
    """
    current = session()
    if current.info.get(_WRITE):
        lock(current, *locks)
        yield current
        return
    current.rollback()
    with _gate(current) as seconds_left:
        try:
            current.info[_WRITE] = True
            current.connection(execution_options={_WRITE: seconds_left})
            lock(current, *locks)
            yield current
            current.flush()
            for last in current.info.pop("at_end", ()):
                last(current)
            current.commit()
        except OperationalError as failure:
            current.rollback()
            raise NotStored from failure
        except BaseException:
            current.rollback()
            raise
        finally:
            current.info.pop(_WRITE, None)
            current.info.pop("at_end", None)


def write_alone(statement: TextClause, values: Mapping[str, object]) -> list[Any]:
    """Run one statement that is a whole transaction, and give its first column.

    For the one hot path of PostgreSQL: `write()` costs four round trips more.

    Raises:
        NotStored: the database is full, locked or away; nothing was changed.
    """
    current = session()
    current.rollback()
    try:
        with current.get_bind().engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            return list(alone.scalars(statement, values))
    except OperationalError as failure:
        raise NotStored from failure


def at_end(act: Callable[[Session], None]) -> None:
    """Have `act` run as the last thing before this write commits (the audit chain does)."""
    session().info.setdefault("at_end", []).append(act)


def lock(current: Session, *names: str) -> None:
    """Hold each name until this transaction ends (PostgreSQL; SQLite has one writer)."""
    if current.get_bind().dialect.name != "postgresql":
        return
    for name in names:
        current.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name}
        )


@contextmanager
def _gate(current: Session) -> Iterator[float]:
    """Queue SQLite's writers, those of this process and those of others.

    SQLite itself makes a second writer sleep and try again, up to 100 ms a time; a queue wakes it
    at once. The gate only saves that waiting: BEGIN IMMEDIATE is what keeps writers apart.

    Yields:
        How many seconds the database may still let us wait, so that nobody waits twice.
    """
    bind = current.get_bind()
    file = bind.engine.url.database if bind.dialect.name == "sqlite" else None
    if file is None:
        yield BUSY_SECONDS
        return
    given_up = time.monotonic() + BUSY_SECONDS
    if not _sqlite_gate.acquire(timeout=BUSY_SECONDS):
        raise NotStored
    try:
        with _open_gate(file) as gate:
            _queue(gate.fileno(), given_up)
            yield max(given_up - time.monotonic(), 1)
    finally:
        _sqlite_gate.release()


def _open_gate(file: str) -> IO[bytes]:
    try:
        return Path(f"{file}-gate").open("ab")
    except OSError as failure:
        # The disk is full or the folder is gone: what stores nothing either.
        raise NotStored from failure


def _queue(descriptor: int, given_up: float) -> None:
    # Closing the file leaves the queue. Whoever holds it is between BEGIN and COMMIT.
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > given_up:
                raise NotStored from None
            time.sleep(0.0005)
        else:
            return


@event.listens_for(Session, "before_flush")
def _only_inside_write(current: Session, *_: object) -> None:
    if _WRITE not in current.info and (current.new or current.dirty or current.deleted):
        raise RuntimeError("a change outside core.database.write()")


def tune(engine: Engine) -> None:
    """Set an engine up: durable SQLite whose writers begin as writers (DESIGN rule 3)."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _tune_postgres)


def _tune_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:  # noqa: ANN401
    # The driver must not begin transactions by itself: `_begin_sqlite` does.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "trusted_schema=OFF",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _tune_postgres(connection: Any, _record: ConnectionPoolEntry) -> None:  # noqa: ANN401
    # Waiting for somebody else's lock ends here too; PostgreSQL itself would wait for ever.
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.commit()


def _begin_sqlite(connection: Any) -> None:  # noqa: ANN401
    seconds_left = connection.get_execution_options().get(_WRITE)
    if seconds_left is None:
        connection.exec_driver_sql("BEGIN")
        return
    driver = connection.connection.driver_connection
    driver.execute(f"PRAGMA busy_timeout={int(seconds_left * 1000)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def let_go() -> None:
    """Hold no connection while something slow goes on; what was loaded is loaded again.

    Raises:
        RuntimeError: inside `write()`, where nothing slow belongs.
    """
    current = session()
    if current.info.get(_WRITE):
        raise RuntimeError("something slow inside core.database.write()")
    current.rollback()


def dialect() -> str:
    """Give "sqlite" or "postgresql"."""
    return session().get_bind().dialect.name


def upsert(table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """Begin an INSERT that says itself what happens to a row that is there: `on_conflict_…`."""
    return postgresql.insert(table) if dialect() == "postgresql" else sqlite.insert(table)
