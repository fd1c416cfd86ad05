"""What was taken back or moved on leaves nothing behind in the database's own files."""

import time

from sqlalchemy import text

from portal.core.database import BUSY_SECONDS, dialect, session


def empty_wal() -> None:
    """Write SQLite's log back into the file and cut it, so that it keeps no order of arrival.

    Somebody who reads for long keeps it from happening, and while SQLite waits for its readers it
    lets nobody write. So it waits briefly and several times; the next run tries again.
    """
    if dialect() != "sqlite":
        return
    current = session()
    current.rollback()
    with current.get_bind().engine.connect() as connection:
        connection.rollback()
        raw = connection.connection.cursor()
        raw.execute("PRAGMA busy_timeout=100")
        for pause in (0.2, 0.4, 0.8, 1.6, 0):
            (busy, *_) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                break
            time.sleep(pause)
        raw.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        raw.close()


def rewrite(*tables: str) -> None:
    """Write tables anew, so that PostgreSQL's pages keep nothing of what is gone from them.

    SQLite overwrites at once what is deleted (`secure_delete`).

    Args:
        tables: their names.
    """
    if dialect() != "postgresql":
        return
    current = session()
    current.rollback()
    with current.get_bind().engine.connect() as connection:
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        for table in tables:
            alone.execute(text(f"VACUUM (FULL) {table}"))
