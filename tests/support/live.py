"""The portal as it runs in real life: `flask serve` in processes of its own."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
_SECONDS_TO_START = 180
"""The first start loads the sample, on a busy machine too."""


@dataclass(frozen=True)
class LiveServer:
    """A running portal."""

    url: str
    data_dir: Path
    environ: Mapping[str, str]
    process: subprocess.Popen[bytes]

    def flask(self, *arguments: str) -> str:
        """Run a command of the portal on the same data, and give what it prints."""
        return run_flask(self.environ, *arguments)

    @property
    def log(self) -> str:
        """Give what the server has written so far."""
        return (self.data_dir / "serve.log").read_text(errors="replace")


def environment(
    data_dir: Path, database_url: str, *, port: int = 8000, **more: str
) -> dict[str, str]:
    """Give the environment of an installation, free of what this machine has set for its own."""
    # Without what Python has compiled a server starts anew each time, three seconds a process.
    names = ("PORTAL_", "FLASK_", "DATABASE_URL", "PYTEST_", "PYTHONDONTWRITEBYTECODE")
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(names)}
    return inherited | {
        "PORTAL_DATA": str(data_dir),
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "PORTAL_WORKERS": "1",
        "PYTHONUNBUFFERED": "1",
        **more,
    }


def run_flask(environ: Mapping[str, str], *arguments: str) -> str:
    """Run a command of the portal and give what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
        cwd=PROJECT,
        env=dict(environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"flask {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
    return done.stdout


@contextmanager
def serve(data_dir: Path, database_url: str, **more: str) -> Iterator[LiveServer]:
    """Run the portal with its job worker until the block ends.

    Args:
        data_dir: folder for what it keeps.
        database_url: where its database is; it migrates by itself.
        more: further environment variables, such as PORTAL_SAMPLE="1".
    """
    port = free_port()
    environ = environment(data_dir, database_url, port=port, **more)
    with (data_dir / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "serve"],
            cwd=PROJECT,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    server = LiveServer(f"http://127.0.0.1:{port}", data_dir, environ, process)
    try:
        _wait(server)
        yield server
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes], seconds: float = 15) -> None:
    """End a server with all its children, politely first."""
    for sent in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sent)
            process.wait(seconds)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
    process.wait()


def free_port() -> int:
    """Give a port of this machine that nobody listens on.

    Below the range the system itself hands out, and each worker in a part of its own, so that
    nobody takes it before the server does.
    """
    first = 20_000 + 1_000 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
    while True:
        try:
            with socket.create_server(("127.0.0.1", first + secrets.randbelow(1_000))) as listener:
                return int(listener.getsockname()[1])
        except OSError:
            continue


def _wait(server: LiveServer) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while server.process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{server.url}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the portal did not start:\n{server.log}")
