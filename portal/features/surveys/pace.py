"""How fast one browser sends: a signed count that the browser itself keeps for a minute.

Never by address: two hundred people in a hall share one (SECURITY T19).
"""

import hmac

from portal.features.surveys import form_keys

LIMIT = 20
SECONDS = 60


def step(kept: str | None, now: int) -> str | None:
    """Count one sending.

    Args:
        kept: what the browser kept, in the form this function gave it; anything else is ignored.
        now: seconds since the epoch.

    Returns:
        What the browser is to keep, or None when it has sent too often within a minute.
    """
    began, count = _read(kept)
    if not 0 <= now - began < SECONDS:
        began, count = now, 0
    if count >= LIMIT:
        return None
    text = f"{began}.{count + 1}"
    return f"{text}.{form_keys.sign(text)}"


def _read(kept: str | None) -> tuple[int, int]:
    text, _, mac = (kept or "").rpartition(".")
    if not text or not hmac.compare_digest(mac.encode(), form_keys.sign(text).encode()):
        return 0, 0
    began, _, count = text.partition(".")
    return int(began), int(count)
