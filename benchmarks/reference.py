"""The bare reference: Flask, one durable insert a submission, one page kept pre-rendered.

Served by the same granian with the same workers as the portal, on the same kind of database.
"""

import os
import secrets
import sqlite3
import threading

from flask import Flask, Response, redirect, request

from portal.core.slow_hash import RECEIPT, SALT, slow_hash

app = Flask(__name__)
PAGE = os.environ.get("REFERENCE_PAGE", "x" * 16_000)
DATABASE = os.environ["REFERENCE_DATABASE"]
_local = threading.local()
_gate = threading.Lock()


def _insert(values: tuple[bytes, str]) -> None:
    if DATABASE.startswith("postgresql"):
        import psycopg  # noqa: PLC0415 - only when it is the database of this run

        if not hasattr(_local, "connection"):
            _local.connection = psycopg.connect(DATABASE)
        with _local.connection.transaction():
            _local.connection.execute("INSERT INTO bare_answers VALUES (%s, %s)", values)
        return
    if not hasattr(_local, "connection"):
        _local.connection = sqlite3.connect(DATABASE, isolation_level=None, timeout=10)
        _local.connection.execute("PRAGMA journal_mode=WAL")
        _local.connection.execute("PRAGMA synchronous=FULL")
    with _gate:
        _local.connection.execute("BEGIN IMMEDIATE")
        _local.connection.execute("INSERT INTO answers VALUES (?, ?)", values)
        _local.connection.execute("COMMIT")


@app.get("/form")
def form() -> Response:
    """Answer with the page kept in memory, a fresh key spliced in."""
    return Response(PAGE.replace("KEY", secrets.token_urlsafe(24), 1), mimetype="text/html")


@app.post("/send")
def send() -> Response:
    """Store what was posted, then answer."""
    packed = "|".join(",".join(request.form.getlist(name)) for name in request.form)
    _insert((secrets.token_bytes(16), packed))
    return redirect("/form", 303)


@app.post("/letter")
def letter() -> str:
    """Hash a receipt as slowly as the portal does, store what was posted, then answer."""
    slow_hash(b"s" * SALT, secrets.token_bytes(RECEIPT))
    _insert((secrets.token_bytes(16), request.form["noi_dung"]))
    return PAGE
