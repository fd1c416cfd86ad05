"""Headers that every answer carries (SECURITY P11)."""

import unicodedata
from urllib.parse import quote

from flask import Flask, Response, current_app, request
from werkzeug.http import parse_options_header

from portal.web.access import access_of

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
FIXED = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}


def register(app: Flask) -> None:
    """Add the headers to every answer of the application."""
    app.after_request(_add)


def _spell_file(response: Response) -> None:
    """Keep Đ as D in the name for old browsers: Werkzeug drops what has no accent to lose."""
    kind, given = parse_options_header(response.headers.get("Content-Disposition"))
    name = given.get("filename", "")
    if not {"Đ", "đ"} & set(name):
        return
    plain = unicodedata.normalize("NFKD", name.translate(_D)).encode("ascii", "ignore").decode()
    full = f"UTF-8''{quote(name, safe='')}"
    response.headers.set("Content-Disposition", kind, **{"filename": plain, "filename*": full})


_D = str.maketrans("Đđ", "Dd")


def _add(response: Response) -> Response:
    response.headers.extend(FIXED)
    _spell_file(response)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    if current_app.config["PORTAL"].secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    access = access_of(request.endpoint or "")
    if access is not None and access.kind == "public":
        # Flask would add Vary: Cookie and a session to pages that have neither.
        response.headers.pop("Vary", None)
    return response
