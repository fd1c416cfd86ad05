"""`flask jobs …`: the worker beside the server, and what it has to do."""

import logging

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from portal.cli import backup
from portal.cli.processes import stop_signals
from portal.core import clock, jobs
from portal.core.database import session
from portal.core.errors import NotStored
from portal.core.jobs import Job

IDLE_SECONDS = 1.0
AWAY_SECONDS = 5.0
_LISTED = 50
log = logging.getLogger("portal.jobs")
worker = AppGroup("jobs", help="Công việc nền.")


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(worker)


@worker.command("work")
@click.option("--once", is_flag=True, help="Làm hết việc đang đến hạn rồi dừng.")
def work(once: bool) -> None:
    """Làm các công việc nền đến hạn, cho tới khi được yêu cầu dừng."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    jobs.kinds.add(backup.DAILY)
    stop = stop_signals()
    if not once:
        log.info("worker started")
    while not stop.is_set():
        pause = _round(app)
        if once and pause:
            break
        stop.wait(pause)
    if not once:
        log.info("worker stopped")


@worker.command("list")
def list_() -> None:
    """Liệt kê những công việc gần đây."""
    query = select(Job).order_by(Job.run_at.desc(), Job.id.desc()).limit(_LISTED)
    for job in session().scalars(query):
        at = job.run_at.astimezone(clock.VN)
        steps = f"{job.done}/{job.total}" if job.total else ""
        click.echo(
            f"{job.id:>6}  {at:%d/%m/%Y %H:%M:%S}  {job.status:<8} {job.kind:<24} "
            f"{job.attempts:>2} lần  {steps}".rstrip()
        )


def _round(app: Flask) -> float:
    """Do one job with a session of its own; give the seconds to rest before the next."""
    with app.app_context():
        try:
            jobs.schedule()
            return 0.0 if jobs.work_once() else IDLE_SECONDS
        except (NotStored, DBAPIError, PoolTimeout) as error:
            # The name alone: a database error prints values.
            log.warning("database away", extra={"kind": type(error).__name__})
            return AWAY_SECONDS
