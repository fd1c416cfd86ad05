"""Knowing a browser again, so that guesses made elsewhere do not slow its owner down.

A signed cookie holds a random number and, by hash, the accounts that signed in here (OWASP's
device cookies). It lets nobody in; it only gives the browser tries of its own.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask import Response, current_app, request
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer

COOKIE = "trinh_duyet"
KEPT = timedelta(days=365)
_ACCOUNTS = 5
_BROWSERS = (
    ("Edg", "Edge"), ("coc_coc", "Cốc Cốc"), ("OPR", "Opera"), ("Firefox", "Firefox"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Device:
    """What the cookie says."""

    number: str
    accounts: tuple[str, ...]

    def knows(self, username: str) -> bool:
        """Say whether an account has signed in here before."""
        return _mark(username) in self.accounts


def device() -> Device:
    """Give the browser that asks; a new one if its cookie is missing or not ours."""
    try:
        content = _signer().loads(
            request.cookies.get(COOKIE, ""), max_age=int(KEPT.total_seconds())
        )
        return Device(str(content["n"]), tuple(map(str, content["a"])))
    except (BadSignature, KeyError, TypeError):
        return Device(secrets.token_hex(16), ())


def remember(response: Response, username: str) -> None:
    """Have the browser known as one in which this account has signed in."""
    known = device()
    others = [one for one in known.accounts if one != _mark(username)]
    content = {"n": known.number, "a": [_mark(username), *others][:_ACCOUNTS]}
    response.set_cookie(
        COOKIE, _signer().dumps(content), max_age=KEPT, httponly=True, samesite="Lax",
        secure=current_app.config["PORTAL"].secure, path="/dang-nhap",
    )  # fmt: skip


def label() -> str:
    """Call the browser something its owner knows it by: “Chrome, Windows”."""
    agent = request.user_agent.string
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    return ", ".join(filter(None, (browser, system))) or _("Trình duyệt khác")


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or b"", salt="trinh-duyet")


def _mark(username: str) -> str:
    return hashlib.sha256(username.strip().lower().encode()).hexdigest()[:16]
