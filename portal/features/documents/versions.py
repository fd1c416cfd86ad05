"""The history of a text: a row per stretch of writing, and one per decision."""

from datetime import datetime

from portal.core import clock
from portal.core.database import session
from portal.features.documents import queries
from portal.features.documents.models import Document, DocumentVersion
from portal.features.documents.recording import Author

STRETCH_SECONDS = 600
"""Ten minutes by the clock: 9:00 to 9:10."""


def write_down(author: Author, document: Document) -> bool:
    """Keep the text as it stands now, within the stretch that its author is in (inside `write()`).

    A stretch ends after ten minutes, when another account saves, and with every decision.

    Returns:
        Whether a new stretch has begun.
    """
    last = queries.latest_version(document.id)
    now = clock.now()
    if last is not None and _continues(last, author, now):
        last.content, last.saved_at = document.content, now
        return False
    _add(author, document, last, "")
    return True


def mark(author: Author, document: Document, note: str) -> None:
    """Keep the text that a decision was about (inside `write()`).

    Args:
        author: who decided.
        document: about what.
        note: what was decided (msgid).
    """
    _add(author, document, queries.latest_version(document.id), note)


def _continues(last: DocumentVersion, author: Author, now: datetime) -> bool:
    same = not last.note and last.saved_by_id == author.user_id
    return same and _stretch(last.saved_at) == _stretch(now)


def _stretch(moment: datetime) -> int:
    return int(moment.timestamp()) // STRETCH_SECONDS


def _add(author: Author, document: Document, last: DocumentVersion | None, note: str) -> None:
    current = session()
    current.add(
        DocumentVersion(
            document_id=document.id, number=last.number + 1 if last else 1,
            content=document.content, saved_by_id=author.user_id, saved_by=author.display_name,
            saved_at=clock.now(), note=note,
        )
    )  # fmt: skip
    current.flush()
