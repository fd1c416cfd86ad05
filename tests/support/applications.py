"""One application for each kind of database, pointed at one installation after another.

Building an application compiles the addresses of all its pages, and a new engine prepares every
statement anew: together more than half of what a test used to cost. What an installation has of
its own (folders, keys, its database) changes with each test; nothing else does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url

import portal
from portal.core.keep import Kept
from portal.extensions import db
from portal.settings import Settings


class Applications:
    """The applications of this worker."""

    def __init__(self) -> None:
        self._made: dict[str, Flask] = {}

    @contextmanager
    def pointed_at(self, settings: Settings) -> Iterator[Flask]:
        """Give an application of this installation, with its context pushed."""
        kind = make_url(settings.database_url).get_backend_name()
        app = self._made.get(kind) or self._made.setdefault(kind, _made(settings))
        portal._configure(app, settings)  # create_app() itself begins with it
        app.instance_path = str(settings.data_dir)
        _forget(app)
        with app.app_context():
            engine = db.engine
            engine.url = make_url(settings.database_url)
            try:
                yield app
            finally:
                db.session.remove()
                engine.dispose()


def _made(settings: Settings) -> Flask:
    app = portal.create_app(settings)
    with app.app_context():
        _follow_its_url(db.engine)
    return app


def _follow_its_url(engine: Engine) -> None:
    """Let an engine connect to where its address says now, not where it was made for."""

    @event.listens_for(engine, "do_connect")
    def _aim(dialect: Any, _record: Any, arguments: list[Any], options: dict[str, Any]) -> None:  # noqa: ANN401
        arguments[:], present = dialect.create_connect_args(engine.url)
        options.update(present)


def _forget(app: Flask) -> None:
    """Empty what an application keeps in memory between requests."""
    for kept in app.extensions.values():
        if isinstance(kept, Kept):
            kept.clear()
