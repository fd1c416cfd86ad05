"""Flask's signed cookie, without work for those who have none: citizens."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface


class OnlyWithCookie(SecureCookieSessionInterface):
    """Builds the signer only for requests that bring a session."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Give the session of the cookie, or an empty one."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


def register(app: Flask) -> None:
    """Use it."""
    app.session_interface = OnlyWithCookie()
