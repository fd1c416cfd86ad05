"""GET /healthz: database, migration, job lag."""

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from portal.core import jobs
from portal.core.database import session
from portal.web.access import public

SLOW_JOBS_SECONDS = 300


@public
def healthz() -> ResponseReturnValue:
    """Say whether the portal can do its work; 503 if not."""
    try:
        session().execute(text("SELECT 1"))
        migration, lag = _migration(), round(jobs.lag().total_seconds())
    except Exception as error:
        return jsonify(status="down", database=type(error).__name__), 503
    well = migration == "current" and lag < SLOW_JOBS_SECONDS
    report = {"database": "ok", "migration": migration, "job_lag_seconds": lag}
    return jsonify(status="ok" if well else "degraded", **report), 200 if well else 503


def _migration() -> str:
    script = ScriptDirectory(current_app.extensions["migrate"].directory)
    present = MigrationContext.configure(session().connection()).get_current_revision()
    return "current" if present == script.get_current_head() else "behind"


def register(app: Flask) -> None:
    """Open the endpoint."""
    app.add_url_rule("/healthz", "healthz", healthz)
