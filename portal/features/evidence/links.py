"""Links that are given as evidence."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from portal.core.errors import Invalid
from portal.core.text import N_, clean

MAX_LINK = 500
_BARE = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?")
"""An address as people type it, without its beginning: “facebook.com/…”."""


def read_links(typed: str | Iterable[str]) -> tuple[str, ...]:
    """Read addresses that lead to a page of the web; empty ones are left out.

    Args:
        typed: one, several parted by spaces or lines, or a list of such.

    Raises:
        Invalid: one is no http(s) address or too long, or there are too many; under "link".
    """
    texts = [typed] if isinstance(typed, str) else typed
    words = [word for text in texts for word in clean(text, multiline=True).split()]
    links = tuple(dict.fromkeys(_link(word) for word in words))
    if len(links) > MOST_LINKS:
        raise Invalid({"link": TOO_MANY})
    return links


MOST_LINKS = 6


def _link(word: str) -> str:
    if "://" not in word and _BARE.fullmatch(word):
        word = f"https://{word}"
    if len(word) > MAX_LINK:
        raise Invalid({"link": TOO_LONG})
    try:
        parts = urlsplit(word)
        fits = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        fits = False
    if not fits or "@" in parts.netloc or "." not in (parts.hostname or ""):
        raise Invalid({"link": NO_LINK})
    return word


NO_LINK = N_("Đường dẫn cần có dạng https://ten-mien/…")
TOO_LONG = N_("Đường dẫn dài quá 500 ký tự.")
TOO_MANY = N_("Mỗi lần thêm nhiều nhất 6 đường dẫn.")
