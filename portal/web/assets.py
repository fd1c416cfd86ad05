"""Static files: kept in memory compressed, addressed by content, cached for ever."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Flask, Response, abort, request, url_for
from werkzeug.security import safe_join

from portal.web.access import public

ROOT = Path(__file__).resolve().parent.parent / "static"
FOREVER = "public, max-age=31536000, immutable"
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")


@dataclass(frozen=True)
class Asset:
    """A file ready to send."""

    body: bytes
    packed: bytes | None
    kind: str
    tag: str


@cache
def asset(name: str) -> Asset | None:
    """Give a static file by its name below static/, None if there is none."""
    path = safe_join(str(ROOT), name)
    if path is None or not Path(path).is_file():
        return None
    body = Path(path).read_bytes()
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind.endswith(("svg+xml", "json"))
    packed = gzip.compress(body, 9, mtime=0) if text else None
    tag = hashlib.sha256(body).hexdigest()[:12]
    return Asset(body, packed, f"{kind}; charset=utf-8" if text else kind, tag)


@cache
def _tag(name: str) -> str:
    found = asset(name)
    if found is None:
        raise LookupError(f"static/{name} does not exist")
    return found.tag


def static(name: str) -> str:
    """Give the address of a static file, with its content's tag (for templates)."""
    return url_for("static", filename=name, v=_tag(name))


@public
def send(filename: str) -> Response:
    """Answer with a static file."""
    found = asset(filename)
    if found is None:
        abort(404)
    packed = found.packed is not None and "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(found.packed if packed else found.body, content_type=found.kind)
    response.set_etag(found.tag + ("-gz" if packed else ""))
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    fresh = request.args.get("v") == found.tag
    response.headers["Cache-Control"] = FOREVER if fresh else "no-cache"
    response.make_conditional(request)
    return response


def register(app: Flask) -> None:
    """Serve static/ through `send`."""
    app.add_url_rule("/static/<path:filename>", "static", send)
    app.jinja_env.globals["static"] = static
