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
        report = {
            "database": "ok",
            "migration": _migration(),
            "job_lag_seconds": round(jobs.lag().total_seconds()),
        }
    except Exception as error:  # noqa: BLE001 - whatever it is, the answer is “not well”
        return jsonify(status="down", database=type(error).__name__), 503
    well = report["migration"] == "current" and report["job_lag_seconds"] < SLOW_JOBS_SECONDS
    return jsonify(status="ok" if well else "degraded", **report), 200 if well else 503


def _migration() -> str:
    script = ScriptDirectory(current_app.extensions["migrate"].directory)
    present = MigrationContext.configure(session().connection()).get_current_revision()
    return "current" if present == script.get_current_head() else "behind"


def register(app: Flask) -> None:
    """Open the endpoint."""
    app.add_url_rule("/healthz", "healthz", healthz)
