"""The job worker as a command."""

import signal
import subprocess
import sys
from datetime import timedelta

from portal.cli import jobs as command
from portal.core import jobs
from portal.core.database import write
from portal.core.jobs import JobStatus, Kind
from tests.support import live, processes


def test_once_does_all_that_is_due_and_ends(app, settings):
    live.run_flask(
        live.environment(settings.data_dir, settings.database_url), "jobs", "work", "--once"
    )
    assert jobs.lag() == timedelta()
    listed = app.test_cli_runner().invoke(args=["jobs", "list"]).output
    assert "fold" in listed
    assert JobStatus.DONE in listed


def test_a_worker_ends_politely_when_asked(settings):
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "work"],
        cwd=live.PROJECT, env=live.environment(settings.data_dir, settings.database_url),
        stderr=subprocess.PIPE,
    )  # fmt: skip
    assert processes.soon(lambda: b"worker started" in worker.stderr.readline())
    worker.send_signal(signal.SIGTERM)
    assert b"worker stopped" in worker.communicate(timeout=20)[1]
    assert worker.returncode == 0


def test_a_database_that_is_away_is_waited_for(app, monkeypatch):
    done = []
    jobs.kinds.add(Kind("test", lambda running: done.append(running.id)))
    with write():
        jobs.enqueue("test", "test:1")
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "schedule", away)
        assert command._round(app) == command.AWAY_SECONDS
    while command._round(app) == 0:
        pass
    assert len(done) == 1


def away():
    raise command.NotStored
