"""What a person reads when something cannot be done."""

import errno
import logging
from contextlib import suppress

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from portal.core import errors as domain
from portal.core.database import session

log = logging.getLogger("portal.errors")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
PAGES = {400, 403, 404, 405, 409, 413, 429, 500, 503}


def register(app: Flask) -> None:
    """Give every failure its page."""
    for kind, status in (
        (domain.Missing, 404),
        (domain.Forbidden, 403),
        (domain.Refused, 409),
        (domain.Stale, 409),
        (domain.NotStored, 503),
        (domain.Crowded, 503),
        (StaleDataError, 409),
    ):
        app.register_error_handler(kind, _answer_with(status))
    app.register_error_handler(DataError, _impossible_value)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(PoolTimeout, _database_away)
    app.register_error_handler(OSError, _disk)
    app.register_error_handler(CSRFError, _answer_with(400))
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def page(status: int, error: BaseException | None = None) -> ResponseReturnValue:
    """Render the page of a failure."""
    name = status if status in PAGES else (500 if status >= 500 else 400)
    return render_template(f"errors/{name}.html", error=error), status


def _answer_with(status: int):  # type: ignore[no-untyped-def]  # noqa: ANN202 - Flask's handler type
    def answer(error: Exception) -> ResponseReturnValue:
        if status >= 500:
            _note(error)
        return page(status, error)

    return answer


def _database_away(error: Exception) -> ResponseReturnValue:
    # The page must not ask the database who reads it.
    g.database_away = True
    _note(error)
    return page(503, error)


def _disk(error: OSError) -> ResponseReturnValue:
    # An upload waits in a file before anybody looks at it, and there may be no room for it.
    _note(error)
    return page(503 if error.errno in _FULL else 500, error)


def _impossible_value(error: Exception) -> ResponseReturnValue:
    # A forged request carried what no column can hold, such as NUL on PostgreSQL.
    _note(error)
    return page(400, error)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    return page(error.code, error)


def _foreign_host(_error: SecurityError) -> ResponseReturnValue:
    # No page: its links could only lead to the host that was made up.
    kind = {"Content-Type": "text/plain; charset=utf-8"}
    return _("Tên máy chủ này không phải của Cổng."), 400, kind


def _unexpected(error: Exception) -> ResponseReturnValue:
    _note(error)
    return page(500, error)


def _note(error: Exception) -> None:
    with suppress(SQLAlchemyError):
        session().rollback()  # A failed statement must not keep the page from being drawn.
    # The endpoint's name only: neither address nor what was typed may reach a log (SECURITY T23).
    log.error("failed", extra={"endpoint": request.endpoint, "kind": type(error).__name__},
              exc_info=_safe_trace(error))  # fmt: skip


def _safe_trace(error: Exception) -> Exception | None:
    # A database error prints the statement with its values, which may be a citizen's words.
    return None if hasattr(error, "statement") or error.__cause__ is not None else error
