"""The whole request first, the database after it.

Whoever sends half a form and falls silent holds a thread, of which there are many, but never a
connection of the database, of which there are few (SECURITY T32).
"""

from flask import Flask, request

_WITHOUT_BODY = {"GET", "HEAD", "OPTIONS"}


def register(app: Flask) -> None:
    """Read forms before anything else happens."""
    app.before_request(_read)


def _read() -> None:
    if request.method not in _WITHOUT_BODY and request.routing_exception is None:
        request.form  # noqa: B018 - reading it is what is wanted; what is too large is refused here
