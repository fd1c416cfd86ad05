"""What came of an act, told at the head of the next page."""

from collections.abc import Callable

from flask import flash
from flask_babel import gettext

from portal.core.errors import Invalid, PortalError, Refused


def sentence(failure: PortalError) -> str:
    """Give why something was not done, in the reader's language, its numbers and names in place.

    Args:
        failure: of several things that are wrong (`Invalid`), the first is said; "" if it says
            nothing at all.
    """
    wrong = failure.errors.values() if isinstance(failure, Invalid) else ()
    message = next(iter(wrong), failure.message)
    return gettext(message, **failure.values) if message else ""


def sentences(invalid: Invalid) -> dict[str, str]:
    """Give what is wrong with each field, in the reader's language."""
    return {name: gettext(text, **invalid.values) for name, text in invalid.errors.items()}


def warn(failure: PortalError) -> None:
    """Tell on the next page why something was not done."""
    flash(sentence(failure), "warning")


def done(act: Callable[[], object], said: str) -> bool:
    """Do something and tell on the next page what came of it.

    Args:
        act: a call of one service.
        said: what is told if it was done; a refusal tells itself.

    Returns:
        Whether it was done.
    """
    try:
        act()
    except (Invalid, Refused) as failure:
        warn(failure)
        return False
    flash(said, "success")
    return True
