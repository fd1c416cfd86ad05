"""What a browser itself keeps of its sending: that it has sent, and how often within a minute.

Neither says who it is, and the server keeps neither (SECURITY T1, T19).
"""

import time
from datetime import date

from flask import current_app, request
from werkzeug.wrappers import Response

from portal.core import clock
from portal.features.surveys import pace

MARK, PACE = "da_gui", "nhip"
SENT, ANOTHER = "1", "2"


def mark() -> str | None:
    """Give what the browser is marked with below this address: `SENT`, `ANOTHER` or nothing."""
    return request.cookies.get(MARK)


def put_mark(answer: Response, mark: str, *, path: str, until: date) -> None:
    """Mark the browser, not the person: a form went out, or somebody else wants to send one.

    Args:
        answer: on its way to the browser.
        mark: `SENT` or `ANOTHER`.
        path: below which addresses it is sent.
        until: the last day on which forms are taken; the mark dies with it.
    """
    answer.set_cookie(
        MARK, mark, expires=clock.day_end(until), path=path, httponly=True, samesite="Lax",
        secure=current_app.config["PORTAL"].secure,
    )  # fmt: skip


def paced() -> str | None:
    """Count one sending of this browser; None when it has sent too often within a minute."""
    return pace.step(request.cookies.get(PACE), int(time.time()))


def put_pace(answer: Response, paced: str) -> None:
    """Have the browser keep what `paced` gave."""
    answer.set_cookie(
        PACE, paced, max_age=pace.SECONDS, httponly=True, samesite="Lax",
        secure=current_app.config["PORTAL"].secure,
    )  # fmt: skip
