"""The pages of a document, from its first line to its number; each module puts its own up."""

from portal.blueprints.office.documents import (
    beginning,
    bringing_in,
    detail,
    drafting,
    files,
    history,
)

__all__ = ["beginning", "bringing_in", "detail", "drafting", "files", "history"]
