"""What can go wrong, said once; the web layer turns each into a page."""

from collections.abc import Mapping


class PortalError(Exception):
    """A refusal that a person can understand. The message is a Vietnamese msgid."""

    def __init__(self, message: str = "", **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class Missing(PortalError):
    """There is no such thing, or the actor may not know that there is (404)."""


class Forbidden(PortalError):
    """The actor may see the thing but not do this with it (403)."""


class Refused(PortalError):
    """A rule says no at this moment; the message says which (409)."""


class Stale(PortalError):
    """Somebody else saved first (409). `theirs` holds what stands in the database now."""

    def __init__(self, message: str, theirs: Mapping[str, object]) -> None:
        super().__init__(message)
        self.theirs = theirs


class Invalid(PortalError):
    """What was entered cannot be taken; `errors` maps field name to message."""

    def __init__(self, errors: Mapping[str, str], **values: object) -> None:
        super().__init__("", **values)
        self.errors = dict(errors)


class NotStored(PortalError):
    """The database could not take it: full, locked or away (503). Nothing was acknowledged."""


class Crowded(PortalError):
    """Too many ask for the same slow thing at once (503). Nothing was done; later it works."""
