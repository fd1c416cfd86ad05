"""Runs migrations inside the application (flask db upgrade)."""

from alembic import context
from flask import current_app
from sqlalchemy import text

from portal.core.database import Base


def _run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # A batch rebuild drops and renames tables that others refer to.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        else:
            # Two nodes starting at once: the second waits and then finds nothing to do. The lock
            # lives as long as the connection, which therefore does not go back to the pool.
            connection.detach()
            connection.execute(text("SET lock_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_lock(hashtextextended('migrate', 0))"))
        context.configure(
            connection=connection, target_metadata=Base.metadata, render_as_batch=True,
            compare_type=True, transaction_per_migration=True,
            include_object=lambda thing, *_: thing.info.get("only", engine.dialect.name)
            == engine.dialect.name,
        )  # fmt: skip
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if engine.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


_run()
