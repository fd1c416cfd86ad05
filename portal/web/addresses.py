"""The portal's own address, the numbers in ours, and what comes from outside and stays inside."""

from urllib.parse import urlsplit

from flask import Flask, current_app, request
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID, LARGEST_RANDOM = 2**31 - 1, 2**63 - 1


class RowNumber(IntegerConverter):
    """A number that a column can hold; a larger one is an address that does not exist."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


class RandomNumber(IntegerConverter):
    """The random number of a letter, which tells nothing of its turn."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_RANDOM)


def register(app: Flask) -> None:
    """Take `<int:…>` in addresses as the number of a row, `<random:…>` as that of a letter."""
    app.url_map.converters.update({"int": RowNumber, "random": RandomNumber})


def base_url() -> str:
    """Give the configured address of the portal, without a slash at its end."""
    return str(current_app.config["PORTAL"].base_url)


def from_here() -> bool:
    """Say whether the form was sent from the portal's own page, as far as the browser tells."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc in {request.host, urlsplit(base_url()).netloc}


def local_path(target: str | None) -> str | None:
    """Give the target if it is a path of this portal, None for anything else (SECURITY T33)."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(ord(sign) <= 32 for sign in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target
