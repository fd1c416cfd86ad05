"""Cookies that their own browser cannot read: secrets that a server must not keep either.

What is in one is encrypted with the session secret and good for some minutes only; it is bound to
its name and to a context, so that it opens nowhere else.
"""

import base64
import binascii
import hmac
from datetime import datetime, timedelta

from flask import current_app, request
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core.sealing import Shut, decrypt_for, encrypt_for
from portal.settings import Settings

_EXPIRY = 8


def put(
    response: Response, name: str, content: bytes, lives: timedelta, *, path: str, bound: str = ""
) -> None:
    """Have a browser keep something for us.

    Args:
        response: on its way to the browser.
        name: of the cookie.
        content: at most some 2,500 bytes, or a browser drops it.
        lives: how long it is good; the server looks, whatever the browser does.
        path: below which addresses it is sent.
        bound: to what it is bound, such as the sign-in.
    """
    until = int((clock.now() + lives).timestamp())
    plain = until.to_bytes(_EXPIRY) + content
    shut = encrypt_for(_key(), _context(name, bound), plain)
    response.set_cookie(
        name, base64.urlsafe_b64encode(shut).decode(), max_age=lives, path=path, httponly=True,
        samesite="Strict", secure=_settings().secure,
    )  # fmt: skip


def take(name: str, *, bound: str = "") -> tuple[bytes, datetime] | None:
    """Give what a browser kept for us and until when it is good; None if there is nothing sound."""
    try:
        shut = base64.b64decode(request.cookies.get(name, "").encode("ascii"), altchars=b"-_")
        plain = decrypt_for(_key(), _context(name, bound), shut)
    except (UnicodeEncodeError, binascii.Error, Shut):
        return None
    until = datetime.fromtimestamp(int.from_bytes(plain[:_EXPIRY]), clock.VN)
    return (plain[_EXPIRY:], until) if clock.now() < until else None


def drop(response: Response, name: str, *, path: str) -> None:
    """Have a browser forget it."""
    response.delete_cookie(
        name, path=path, httponly=True, samesite="Strict", secure=_settings().secure
    )


def _context(name: str, bound: str) -> str:
    return f"{name}\0{bound}"


def _key() -> bytes:
    secret: bytes = current_app.config["SECRET_KEY"]
    return hmac.digest(secret, b"shut-cookie", "sha256")


def _settings() -> Settings:
    settings: Settings = current_app.config["PORTAL"]
    return settings
