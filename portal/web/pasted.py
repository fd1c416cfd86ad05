"""What somebody pasted, kept between two requests for the account that asks.

A table that was looked at has an address of its own (post, redirect, get), so that the browser's
Back gives a page and never asks to send a form again. How long it lies there: `portal.core.pasted`.
"""

from portal.core import pasted
from portal.web.actor import actor


def keep(content: str, owner: str = "") -> str:
    """Keep a text for the account that asks; give the name by which `find` gives it back.

    Args:
        content: the text.
        owner: whoever asks without an account, as one that was looked up: “cq-12”.

    Raises:
        OSError: the disk is full.
    """
    return pasted.keep(content, _owner(owner))


def find(name: str, owner: str = "") -> str | None:
    """Give what this account keeps under a name, None if it is gone or another account's."""
    return pasted.find(name, _owner(owner))


def forget(owner: str = "") -> None:
    """Take everything of this account off the disk: it has been saved."""
    pasted.forget(_owner(owner))


def _owner(given: str) -> str:
    return given or str(actor().user_id)
