"""A running portal that is being asked, people at their phones, and what can go wrong with both."""

import http.client
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode

import psutil
import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from portal.core.database import session, write
from portal.extensions import db
from portal.features.campaigns.codes import new_code
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.surveys import form_keys
from portal.features.surveys.models import FormKey, Intake, SealedText
from portal.features.users.passwords import hashed
from portal.policy.roles import Role
from tests.conftest import installation, running_app
from tests.support import live, processes, surveyed
from tests.support.postgres import Postgres
from tests.support.surveyed import Place

T = TypeVar("T")
R = TypeVar("R")
_PASSWORD = "năm con voi trắng"  # noqa: S105 - opens nothing but a test's database


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """By their names in small letters: servers write them either way."""
    text: str


@dataclass
class Browser:
    """One browser: it keeps its own cookies, and may come from another address."""

    port: int
    source: str = "127.0.0.1"
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    seconds: float = 40

    def get(self, path: str, **headers: str) -> Answer:
        """Fetch a page."""
        return self.ask("GET", path, b"", headers)

    def post(self, path: str, fields: Mapping[str, str] | bytes, **headers: str) -> Answer:
        """Send a form, or bytes that look like one."""
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, body, kind | headers)

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send one request over a connection of its own, with the cookies kept so far."""
        way = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=self.seconds, source_address=(self.source, 0)
        )
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        with closing(way):
            sent = self.headers | ({"Cookie": cookies} if cookies else {}) | dict(headers)
            way.request(method, path, body or None, sent)
            answer = way.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                name, _, value = cookie.split(";")[0].partition("=")
                self.cookies[name] = value
            text = answer.read().decode(errors="replace")
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status, headers, text)


@dataclass(frozen=True)
class Sheet:
    """A filled-in form with a key and words of its own."""

    code: str
    key: str
    words: str

    def send(self, port: int, by: Browser | None = None) -> int:
        """Send it, from a browser of its own unless told otherwise; 0 if nobody answered."""
        try:
            return self.send_and_read(port, by).status
        except (OSError, http.client.HTTPException):
            return 0

    def send_and_read(self, port: int, by: Browser | None = None) -> Answer:
        """Send it, and give the page that comes back."""
        fields = {"khoa": self.key, "chung": "5", "biet": "khong", "them": self.words}
        return (by or Browser(port)).post(f"/{self.code}/gui", fields)


@dataclass(frozen=True)
class Asking:
    """An installation whose communes are being asked; its application runs here too."""

    folder: Path
    url: str
    app: Flask
    place: Place
    campaign: Campaign

    @cached_property
    def codes(self) -> list[str]:
        """List the codes, one a commune."""
        found = list(session().scalars(select(QrCode.code).order_by(QrCode.code)))
        session().rollback()
        return found

    def sheets(self, count: int, said: str = "Ý kiến") -> list[Sheet]:
        """Fill in as many forms, spread over the communes."""
        return [
            Sheet(code, form_keys.new(code), f"{said} số {number}.")
            for number in range(count)
            for code in [self.codes[number % len(self.codes)]]
        ]

    def stored(self) -> list[str]:
        """List the words of every answer that the database holds, folded or not."""
        current = session()
        current.rollback()
        waiting = current.scalars(select(Intake.texts).where(Intake.texts != ""))
        words = [json.loads(texts)["them"] for texts in waiting]
        words += [text for text in current.scalars(select(SealedText.text)) if text]
        current.rollback()
        return words

    def keys(self) -> int:
        """Count the forms that have been sent."""
        found = len(session().scalars(select(FormKey.hash)).all())
        session().rollback()
        return found

    def serve(self, **more: str) -> AbstractContextManager[live.LiveServer]:
        """Run the portal on it in processes of its own."""
        return live.serve(self.folder, self.url, **{"PORTAL_WORKERS": "2"} | more)


@contextmanager
def asking(folder: Path, url: str, communes: int = 1) -> Iterator[Asking]:
    """Make a province whose communes are being asked, on a migrated or an empty database."""
    with running_app(installation(folder, url)) as app:
        upgrade()
        db.session.remove()
        place = surveyed.province({"Huyện A": [f"Xã {number}" for number in range(communes)]})
        campaign = surveyed.campaign(place)
        with write() as current:
            for number in range(communes):
                unit = place[f"Xã {number}"]
                current.add(QrCode(code=new_code(), campaign_id=campaign.id, unit_id=unit.id))
        yield Asking(folder, url, app, place, campaign)


@contextmanager
def web_alone(made: Asking, log: Path) -> Iterator[int]:
    """Serve without the job worker, so that nothing but requests is ever written; give the port."""
    port = live.free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port),
               "--workers", "1", "--no-access-log", "wsgi:app"]  # fmt: skip
    environ = live.environment(made.folder, made.url, port=port)
    with log.open("wb") as out, subprocess.Popen(
        command, cwd=live.PROJECT, env=environ, stdout=out, stderr=out, start_new_session=True
    ) as process:  # fmt: skip
        try:
            assert processes.soon(lambda: answers(port), 30), log.read_text()
            yield port
        finally:
            live.stop(process)


def answers(port: int) -> bool:
    """Say whether a portal answers there."""
    try:
        return Browser(port, seconds=2).get("/healthz").status == 200
    except (OSError, http.client.HTTPException):
        return False


def port_of(server: live.LiveServer) -> int:
    """Give the port of a server."""
    return int(server.environ["PORT"])


def official(made: Asking, port: int) -> Browser:
    """Give a browser of the province that came in by the form, as a person would."""
    user = surveyed.account(made.place, "Tỉnh", Role.PROVINCE)
    with write() as current:
        current.merge(user).password_hash = hashed(_PASSWORD)
    browser = Browser(port)
    fields = {"username": user.username, "password": _PASSWORD}
    fields["csrf_token"] = token(browser.get("/dang-nhap").text)
    assert browser.post("/dang-nhap", fields).status in {302, 303}
    return browser


def all_at_once(act: Callable[[T], R], items: Sequence[T], people: int = 16) -> list[R]:
    """Have so many people act at the same time, each on the next item."""
    with ThreadPoolExecutor(people) as crowd:
        return list(crowd.map(act, items))


def kill_all(server: live.LiveServer) -> None:
    """End every process of a server as a power cut of the machine would: none may tidy up."""
    everybody = [psutil.Process(server.process.pid), *processes.family(server.process.pid)]
    for process in everybody:
        os.kill(process.pid, signal.SIGKILL)
    server.process.wait()
    assert processes.all_gone(everybody)


def limit_files(server: live.LiveServer, size: int = -1) -> None:
    """Let none of a server's processes make a file longer than `size`; -1 lifts the limit."""
    _, hard = psutil.Process().rlimit(psutil.RLIMIT_FSIZE)
    for process in processes.family(server.process.pid):
        process.rlimit(psutil.RLIMIT_FSIZE, (size, hard))


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the write lock of an SQLite database, as a foreign program would."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def file_of(url: str) -> Path:
    """Give the file of an SQLite address."""
    return Path(url.removeprefix("sqlite:///"))


@contextmanager
def commits_unanswered() -> Iterator[None]:
    """Have every commit reach the database, and its answer get lost on the way back."""
    commit = Session.commit

    def lost(current: Session) -> None:
        commit(current)
        raise ConnectionError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "commit", lost)
        with pytest.raises(ConnectionError):
            yield


@contextmanager
def away(server: Postgres, url: str) -> Iterator[None]:
    """Cut everybody off from a PostgreSQL database, and let nobody in until the block ends."""
    name = make_url(url).database or ""
    server.execute("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", name)
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
        "AND datname IS NOT NULL AND datname <> 'postgres'"
    )
    try:
        yield
    finally:
        server.execute("ALTER DATABASE {} WITH ALLOW_CONNECTIONS true", name)


def token(page: str, name: str = "csrf_token") -> str:
    """Give the hidden value of the first form of a page."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)
    assert found, page[:500]
    return found[1]
