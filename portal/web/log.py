"""One structured log: a JSON line an event, without the addresses of public pages.

For citizens' pages nothing is written at all, not even that somebody came (SECURITY T4, T23).
"""

import json
import logging
import sys
import time

from flask import Flask, Response, g, request

from portal.core import clock
from portal.web.access import access_of

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """A record as one JSON line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write time, level, name, message, the extra fields and a trace without values."""
        line: dict[str, object] = {
            "at": clock.now().isoformat(timespec="seconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def set_up() -> None:
    """Send the portal's log to standard error (once a process)."""
    logger = logging.getLogger("portal")
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False


def register(app: Flask) -> None:
    """Log officials' requests; leave public ones alone."""
    app.before_request(_start)
    app.after_request(_finish)


def _start() -> None:
    g.started = time.perf_counter()


def _finish(response: Response) -> Response:
    access = access_of(request.endpoint or "")
    if access is not None and access.kind != "public":
        # A request that was turned away at the door has not been timed.
        seconds = time.perf_counter() - g.get("started", time.perf_counter())
        logging.getLogger("portal.requests").info(
            "request",
            extra={
                "method": request.method,
                "endpoint": request.endpoint,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
            },
        )
    return response
