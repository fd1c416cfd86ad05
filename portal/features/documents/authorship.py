"""What of an author's is unfinished, for whoever takes it over."""

from collections.abc import Mapping

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from portal.core.database import session
from portal.features.documents.models import OPEN_STATES, Document, DocumentComment
from portal.features.users.handover import Work

_DRAFTS = Document.state.in_(sorted(OPEN_STATES))
_OPEN = DocumentComment.resolved_at.is_(None)


def _count(user_id: int) -> Mapping[str, int]:
    drafts = select(func.count(Document.id)).where(Document.author_id == user_id, _DRAFTS)
    remarks = select(func.count(DocumentComment.id)).where(
        DocumentComment.author_id == user_id, _OPEN
    )
    return {
        "drafts": session().scalar(drafts) or 0,
        "comments": session().scalar(remarks) or 0,
    }


def _move(current: Session, from_id: int, to_id: int) -> Mapping[str, int]:
    # Not the text: whoever is writing at this moment need not choose between two versions.
    found = _count(from_id)
    current.execute(
        update(Document).where(Document.author_id == from_id, _DRAFTS).values(author_id=to_id)
    )
    current.execute(
        update(DocumentComment)
        .where(DocumentComment.author_id == from_id, _OPEN)
        .values(author_id=to_id)
    )
    return found


WORK = Work(_count, _move)
