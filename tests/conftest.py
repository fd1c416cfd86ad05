"""Fixtures for all tests. What they do is written in tests/support."""

import gc
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, Page

from portal import create_app
from portal.cli.sample import seeding
from portal.extensions import db
from portal.settings import Settings
from tests.support import browser as browsers
from tests.support import gates, live, postgres, shared, silent_writes, unworded_acts
from tests.support.applications import Applications
from tests.support.browser import ChromiumMissing, Windows
from tests.support.client import CheckingClient
from tests.support.databases import BACKENDS, Fill, PostgresTemplate, SqliteTemplate, Template
from tests.support.live import LiveServer
from tests.support.postgres import Postgres, PostgresMissing

pytest_plugins = ("tests.support.asked_agencies",)
ARTIFACTS = Path(__file__).parent / ".artifacts"
PAGES = Path(__file__).parent / "blueprints"
MakeTemplate = Callable[[Fill], Template]
_failed = pytest.StashKey[bool]()
_compiled = tempfile.TemporaryDirectory(prefix="portal-templates-")
_templates = FileSystemBytecodeCache(_compiled.name)
"""Every test has an application of its own; none compiles a template anew that has not changed."""


_applications = Applications()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=BACKENDS, help="only this database, for a quick run")
    parser.addoption("--no-skips", action="store_true", help="whatever is skipped fails")


def pytest_configure() -> None:
    gc.disable()  # What is collected stays.
    gates.forbid_foreign_network()
    silent_writes.watch()
    unworded_acts.watch()


def pytest_collection_finish() -> None:
    """Let nobody look for garbage among six thousand tests again and again: a sixth of the time."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Stop a full run at once, with the one line that installs what it lacks."""
    if session.config.getoption("--no-skips"):
        try:
            browsers.find_chromium()
            postgres.find_binaries()
        except (ChromiumMissing, PostgresMissing) as missing:
            pytest.exit(str(missing), returncode=1)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    unwanted = [item for item in items if not _is_wanted(item, config.getoption("--db"))]
    config.hook.pytest_deselected(items=unwanted)
    items[:] = [item for item in items if item not in unwanted]


def _is_wanted(item: pytest.Item, chosen: str | None) -> bool:
    """Say whether a test runs: on the database that was asked for, on both if none was.

    What a page shows is the same on both: there its tests, and those with a browser, run on
    SQLite, while what it asks of PostgreSQL is tested by the features, the journeys without a
    browser, and by opening every page once.
    """
    callspec = getattr(item, "callspec", None)
    backend = callspec.params.get("backend") if callspec else None
    if chosen or backend is None:
        return backend in {None, chosen}
    shows = PAGES in item.path.parents or item.get_closest_marker("browser")
    return backend == "sqlite" or not shows


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if item.config.getoption("--no-skips"):
        gates.fail_if_skipped(report)
    item.stash[_failed] = item.stash.get(_failed, False) or report.failed
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if collector.config.getoption("--no-skips"):
        gates.fail_if_skipped(report)
    return report


# --- databases


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """Run one PostgreSQL for this worker, once a test asks for it."""
    with postgres.start() as running, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(running.binaries), prepend=os.pathsep)
        yield running


@pytest.fixture(scope="session", params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Say on which database the test runs: each test that asks runs on both."""
    return str(request.param)


@pytest.fixture(scope="session")
def make_template(
    backend: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> MakeTemplate:
    """Give what makes a template of this kind of database."""
    if backend == "sqlite":
        return partial(SqliteTemplate, tmp_path_factory.mktemp("databases"))
    return partial(PostgresTemplate, request.getfixturevalue("server"))


@pytest.fixture(scope="session")
def template(make_template: MakeTemplate, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """Migrate one database for real; the tests get copies."""
    folder = tmp_path_factory.mktemp("template")

    def fill(url: str) -> None:
        with running_app(installation(folder, url)):
            upgrade()

    return make_template(fill)


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory, backend: str) -> Path:
    """Give the folder for what the sample keeps beside its database."""
    return shared.folder(tmp_path_factory, f"sample-data-{backend}")


@pytest.fixture(scope="session")
def sample_template(
    make_template: MakeTemplate,
    sample_data: Path,
    backend: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Template:
    """Load the sample province once, whichever worker comes first; the tests get copies."""

    def fill(url: str) -> None:
        with running_app(installation(sample_data, url)):
            upgrade()
            seeding.prepare(sample_data, lambda _: None)

    place = shared.folder(tmp_path_factory, f"sample-{backend}")
    return make_template(shared.filled_once(place, fill))


@pytest.fixture
def database(template: Template) -> Iterator[str]:
    """Give the address of an empty, migrated database."""
    with template.lend() as url:
        yield url


# --- the application in this process


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """Give the settings of an installation of this test's own."""
    return installation(tmp_path, database)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """Run the portal in this process, with its context pushed."""
    with _applications.pointed_at(settings) as running:
        running.test_client_class = CheckingClient
        running.jinja_env.bytecode_cache = _templates
        yield running


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    """Give a client that checks every page; a second one comes from `app.test_client()`."""
    return cast("CheckingClient", app.test_client())


@pytest.fixture
def sample_app(sample_template: Template, sample_data: Path, tmp_path: Path) -> Iterator[Flask]:
    """Run the portal in this process with its sample province; `test_client()` as always."""
    with sample_template.copy() as url:
        folder = shutil.copytree(sample_data, tmp_path / "sample")
        with _applications.pointed_at(installation(folder, url)) as running:
            running.test_client_class = CheckingClient
            running.jinja_env.bytecode_cache = _templates
            yield running


# --- the application in processes of its own, and a browser


@pytest.fixture(scope="module")
def live_server(
    template: Template, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """Run the portal as in real life, on an empty database that a module's tests share."""
    folder = tmp_path_factory.mktemp("live")
    with template.copy() as url, live.serve(folder, url) as running:
        yield running


@pytest.fixture(scope="module")
def sample_server(
    sample_template: Template, sample_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """Run the portal as `make run` does: with its sample province, shared by a module's tests."""
    with sample_template.copy() as url:
        folder = shutil.copytree(sample_data, tmp_path_factory.mktemp("live") / "sample")
        with live.serve(folder, url, PORTAL_SAMPLE="1") as running:
            yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Run the system's Chromium."""
    with browsers.launch() as running:
        yield running


@pytest.fixture
def windows(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Windows]:
    """Open browser windows; whatever goes wrong in one of them fails the test."""
    opened = Windows(browser)
    yield opened
    failed = request.node.stash.get(_failed, False) or opened.faults
    name = re.sub(r"\W+", "-", request.node.nodeid.removeprefix("tests/"))
    opened.close(ARTIFACTS / name if failed else None)
    assert not opened.faults, "\n".join(opened.faults)


@pytest.fixture
def page(windows: Windows, live_server: LiveServer) -> Page:
    """Open one window on the live server."""
    return windows.open(live_server.url)


def installation(data_dir: Path, database_url: str) -> Settings:
    """Give the settings of an installation for tests."""
    return Settings(
        data_dir=data_dir, database_url=database_url, base_url="http://localhost", testing=True
    )


@contextmanager
def running_app(settings: Settings) -> Iterator[Flask]:
    """Make the application, push its context, and close its connections at the end."""
    app = create_app(settings)
    app.test_client_class = CheckingClient
    app.jinja_env.bytecode_cache = _templates
    with app.app_context():
        engines = db.engines.values()
        try:
            yield app
        finally:
            db.session.remove()
            for engine in engines:
                engine.dispose()
