"""`flask serve`: starts, stays, stops without remains, and refuses what it must."""

import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace

import pytest

from portal.core.database import write
from portal.features.settings.models import Setting
from tests.conftest import running_app
from tests.support import live, processes

# Processes start and end alike on both databases; tests/harness starts them on both.
pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session")


@pytest.fixture
def portal(template, tmp_path):
    with template.copy() as url, live.serve(tmp_path, url) as running:
        yield running


def refused(environ, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
        cwd=live.PROJECT, env=environ, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert done.returncode != 0
    return done.stderr


def test_it_stops_cleanly_when_asked_and_leaves_no_children(portal):
    children = processes.family(portal.process.pid)
    assert len(children) >= 3
    portal.process.send_signal(signal.SIGTERM)
    assert portal.process.wait(20) == 0
    assert processes.all_gone(children, 1)
    assert "Cổng đã dừng." in portal.log


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGHUP])
def test_ctrl_c_and_a_closed_terminal_stop_it_too(portal, sent):
    children = processes.family(portal.process.pid)
    portal.process.send_signal(sent)
    assert portal.process.wait(20) == 0
    assert processes.all_gone(children, 1)


def test_when_it_is_killed_no_orphan_keeps_the_port(portal):
    children = processes.family(portal.process.pid)
    portal.process.kill()
    portal.process.wait()
    assert processes.all_gone(children)
    with socket.create_server(("127.0.0.1", int(portal.environ["PORT"]))):
        pass


def test_when_granian_is_killed_its_workers_end_and_the_failure_is_told(portal):
    children = processes.family(portal.process.pid)
    [granian, *_] = processes.running(portal.process.pid, "granian")
    granian.kill()
    assert portal.process.wait(30) == 1
    assert processes.all_gone(children)
    assert "dừng bất thường" in portal.log


def test_a_job_worker_that_died_is_started_again(portal):
    parent = portal.process.pid
    assert processes.soon(lambda: bool(processes.running(parent, "jobs")))
    [before] = processes.running(parent, "jobs")
    before.kill()
    assert processes.soon(lambda: processes.running(parent, "jobs") not in ([], [before]))


def test_a_web_worker_that_died_is_started_again(portal):
    [granian, *_] = processes.running(portal.process.pid, "granian")
    before = granian.children()[-1]
    before.kill()
    assert processes.soon(lambda: bool(granian.children()) and before not in granian.children(), 20)


def test_a_taken_port_is_said_plainly(database, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused(live.environment(tmp_path, database, port=port), "serve")
    assert f"Không mở được cổng {port}" in said


def test_a_data_folder_that_cannot_be_written_is_named(database, tmp_path):
    (tmp_path / "file").touch()
    said = refused(live.environment(tmp_path / "file", database), "serve")
    assert "PORTAL_DATA" in said
    assert "không ghi được" in said


@pytest.mark.parametrize(
    ("more", "arguments"),
    [
        ({}, ["--host", "0.0.0.0"]),
        ({"PORTAL_BASE_URL": "https://danchu.example.vn"}, []),
    ],
)
def test_a_sample_is_not_served_to_others(database, tmp_path, more, arguments):
    environ = live.environment(tmp_path, database, PORTAL_SAMPLE="1", **more)
    assert "Dữ liệu mẫu chỉ được chạy trên chính máy này" in refused(environ, "serve", *arguments)


def test_a_database_with_a_sample_is_not_served_to_others_either(app, settings):
    mark_as_sample()
    environ = live.environment(settings.data_dir, settings.database_url)
    assert "Dữ liệu mẫu" in refused(environ, "serve", "--host", "0.0.0.0")


def mark_as_sample():
    with write() as current:
        current.add(Setting(name="sample", value="1"))


@contextmanager
def public(settings):
    with running_app(replace(settings, base_url="https://danchu.example.vn")) as app:
        yield app.test_client()


@pytest.mark.parametrize(
    "foreign",
    [
        {"base_url": "https://danchu.example.vn"},
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}, "headers": {"X-Forwarded-For": "127.0.0.1"}},
    ],
)
def test_granian_alone_does_not_show_a_sample_to_others(app, settings, foreign):
    mark_as_sample()
    with public(settings) as client:
        assert "chỉ xem được trên chính máy" in client.page("/", status=403, **foreign).text


@pytest.mark.parametrize(
    "near",
    [
        {"environ_base": {"REMOTE_ADDR": "127.0.13.37"}},
        {"environ_base": {"REMOTE_ADDR": "::1"}},
        {"headers": {"X-Forwarded-For": "192.0.2.7", "X-Real-Ip": "192.0.2.7"}},
    ],
)
def test_this_very_machine_sees_the_sample_whatever_its_headers_say(app, settings, near):
    mark_as_sample()
    with running_app(settings) as running:
        assert running.test_client().get("/", **near).status_code == 200


def test_without_a_sample_others_are_welcome(settings):
    with public(settings) as client:
        assert client.get("/", base_url="https://danchu.example.vn").status_code == 200
