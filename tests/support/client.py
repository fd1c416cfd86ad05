"""A test client that checks every answer it gets, and gives pages that can be used."""

import contextvars
import hashlib
import secrets
from collections.abc import Iterator
from typing import Any

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from portal.core import clock, database
from portal.features.users.models import SignIn, User
from tests.support import header_rules
from tests.support.html_rules import faults
from tests.support.page import Page

CITIZENS = {"citizen"}
"""Blueprints whose readers have no account."""


class CheckingClient(FlaskClient):
    """Fails the test whose page breaks a rule of `html_rules` or `header_rules`."""

    application: Flask

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401 - as FlaskClient's
        """Fetch as usual, and check what came.

        A request has a context and a database session of its own, as in real life; the session of
        the test is begun anew, so that it sees what the request has stored.
        """
        _begin_anew()
        response: TestResponse = contextvars.Context().run(super().open, *args, **kwargs)
        _begin_anew()
        found = list(self._faults(response))
        request = response.request
        assert not found, "\n  ".join([f"{request.method} {request.path}:", *found])
        return response

    def page(self, address: str, *, status: int | None = 200, **kwargs: Any) -> Page:  # noqa: ANN401
        """Fetch a page, follow where it leads, and insist on the status.

        Args:
            address: path and query.
            status: what the last answer must have; None leaves it to the caller.
            kwargs: as for `open`.
        """
        response = self.open(address, follow_redirects=True, **kwargs)
        seen = response.get_data(as_text=True)[:2000]
        assert status in {None, response.status_code}, f"{address}: {response.status}\n{seen}"
        return Page(response, self)

    def sign_in(self, user: User) -> None:
        """Give this browser a ticket of the account; the sign-in page has tests of its own."""
        token = secrets.token_urlsafe(32)
        digest = hashlib.sha256(token.encode()).digest()
        now = clock.now()
        with database.write() as session:
            session.add(SignIn(user_id=user.id, token_hash=digest, created_at=now, seen_at=now))
        with self.session_transaction() as cookie:
            cookie["_user_id"] = token

    def sign_out(self) -> None:
        """Forget every cookie, as another browser would."""
        assert self._cookies is not None
        self._cookies.clear()

    def _faults(self, response: TestResponse) -> Iterator[str]:
        yield from header_rules.of_every_answer(response)
        if self._blueprint(response) in CITIZENS:
            cookie = self.application.config["SESSION_COOKIE_NAME"]
            yield from header_rules.of_citizens_pages(response, cookie)
        if response.mimetype == "text/html" and response.get_data() and not response.location:
            yield from header_rules.of_every_page(response)
            yield from faults(response.get_data(as_text=True))

    def _blueprint(self, response: TestResponse) -> str:
        request = response.request
        try:
            adapter = self.application.url_map.bind(request.host)
            endpoint, _ = adapter.match(request.path, method=request.method)
        except (RequestRedirect, HTTPException):
            return ""
        return str(endpoint).rpartition(".")[0]


def _begin_anew() -> None:
    if has_app_context():
        database.session().rollback()
