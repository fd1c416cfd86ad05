"""Versions of a draft about which people are asked: a new one, and on which one somebody spoke."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.core.database import session
from portal.core.errors import Invalid
from portal.core.text import N_, clean
from portal.features.consultations.models import Consultation, State, Submission
from portal.features.documents.recording import Author
from portal.features.regulations import publishing
from portal.features.regulations import queries as regulations
from portal.features.regulations.models import DraftVersion


def asking(draft_id: int) -> Consultation | None:
    """Give the consultation in which people are asked about a draft now, None if there is none."""
    query = select(Consultation).where(
        Consultation.draft_id == draft_id, Consultation.state == State.PUBLISHED
    )
    return session().scalar(query.order_by(Consultation.id.desc()).limit(1))


def publish(author: Author, version: DraftVersion, note: str) -> None:
    """Freeze a version; whoever is being asked about the draft reads what is different in it.

    Raises:
        Invalid: under "note", it is missing or too long.
        Forbidden: the author may not.
        Refused: see `regulations.publishing.publish`.
    """
    if not clean(note) and asking(version.draft_id):
        raise Invalid({"note": NO_NOTE})
    publishing.publish(author, version, note)


def outdated(one: Submission, published: Sequence[DraftVersion]) -> int | None:
    """Give the number of the version on which an agency spoke, if there is a later one.

    Args:
        one: its answer; one that is not sent speaks of whatever version stands.
        published: all that people were given (`regulations.queries.given`).
    """
    if one.sent_on is None or not published:
        return None
    number = max(one.sent_version or 0, one.letter_version or 0)
    if not number and (stood := regulations.stood(published, one.sent_on)):
        number = stood.number  # From before it was noted.
    return number if number < published[-1].number else None


NO_NOTE = N_("Đợt lấy ý kiến đang mở: ghi bản này khác bản trước ở chỗ nào để mọi người biết.")
