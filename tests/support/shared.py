"""What all workers of one test run have in common: made by whoever comes first."""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.databases import Fill


def folder(factory: pytest.TempPathFactory, name: str) -> Path:
    """Give a folder of this name that every worker of this run is given."""
    own = factory.getbasetemp()
    found = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    found.mkdir(exist_ok=True)
    return found


def filled_once(place: Path, fill: Fill) -> Fill:
    """Have a database filled by the first worker alone; the others take a copy.

    Args:
        place: a folder that all have in common.
        fill: does it.
    """

    def either(url: str) -> None:
        copy = place / "database"
        with _alone(place):
            if copy.exists():
                _fetch(url, copy)
            else:
                fill(url)
                _store(url, copy)

    return either


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _store(url: str, copy: Path) -> None:
    if url.startswith("sqlite"):
        shutil.copyfile(_file(url), copy)
    else:
        _run("pg_dump", "--format=custom", "--compress=0", f"--file={copy}", _server(url))


def _fetch(url: str, copy: Path) -> None:
    if url.startswith("sqlite"):
        shutil.copyfile(copy, _file(url))
    else:
        _run("pg_restore", "--exit-on-error", f"--dbname={_server(url)}", str(copy))


def _file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def _server(url: str) -> str:
    return url.replace("+psycopg", "")


def _run(*command: str) -> None:
    subprocess.run(command, check=True)
