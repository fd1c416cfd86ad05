"""Addresses that come from outside and are followed only inside."""

from urllib.parse import urlsplit


def local_path(target: str | None) -> str | None:
    """Give the target if it is a path of this portal, None for anything else (SECURITY T33)."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(ord(sign) <= 32 for sign in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target
