"""Headers that every answer carries (SECURITY P11)."""

from flask import Flask, Response, current_app, request

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


def _add(response: Response) -> Response:
    response.headers.extend(FIXED)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    if current_app.config["PORTAL"].secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    access = access_of(request.endpoint or "")
    if access is not None and access.kind == "public":
        # Flask would add Vary: Cookie and a session to pages that have neither.
        response.headers.pop("Vary", None)
    return response
