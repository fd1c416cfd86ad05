"""What everybody may read of what others wrote, where a consultation shows it.

The order is another one every day, so that nobody's words are always on top and none tells when it
came; what is hidden leaves a line that says so and why.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, func, select

from portal.core import clock
from portal.core.database import session
from portal.core.pagination import Page, paginate
from portal.features.consultations import comment_queries
from portal.features.consultations.models import (
    Comment,
    CommentHiding,
    CommentState,
    Consultation,
    TrackKind,
)
from portal.features.regulations import moves

SIZE: Final = 20
_PRIME: Final = 1_000_003


@dataclass(frozen=True)
class Shown:
    """One comment as everybody reads it."""

    key: str
    """Of the provision where it stands now; "" for the draft as a whole."""
    text: str
    """"" if it is hidden."""
    hiding: CommentHiding | None = None


def counts(consultation: Consultation) -> dict[str, int]:
    """Count what everybody may read, by key of provision as it stands now; {} if nothing."""
    if not consultation.shows_comments:
        return {}
    query = select(Comment.key, func.count()).where(*_public(consultation)).group_by(Comment.key)
    found = dict(session().execute(query.order_by(Comment.key)).all())
    now = moves.resolve(consultation.draft_id, found)
    counted: dict[str, int] = {}
    for key, n in found.items():
        counted[now[key]] = counted.get(now[key], 0) + n
    return counted


def page(consultation: Consultation, keys: list[str], number: int) -> Page[Shown]:
    """Give a page of what others wrote about some provisions, in today's order.

    Args:
        consultation: one that shows comments.
        keys: of provisions as they stand now; "" for the draft as a whole.
        number: from 1.
    """
    query = select(Comment.key).where(*_public(consultation)).distinct().order_by(Comment.key)
    now = moves.resolve(consultation.draft_id, session().scalars(query).all())
    meant = [key for key, stands in now.items() if stands in keys]
    about = select(Comment).where(*_public(consultation), Comment.key.in_(meant))
    found = paginate(about.order_by(_shuffled(clock.today()), Comment.id), number, SIZE)
    hidden = comment_queries.hidden([one.id for one in found.rows])
    rows = [_shown(one, now[one.key], hidden.get(one.id)) for one in found.rows]
    return Page(rows, found.number, found.pages, found.total)


def _shown(comment: Comment, key: str, hiding: CommentHiding | None) -> Shown:
    hides = comment.state == CommentState.HIDDEN
    return Shown(key, "" if hides else comment.text, hiding if hides else None)


def _public(consultation: Consultation) -> tuple[ColumnElement[bool], ...]:
    return (Comment.consultation_id == consultation.id, Comment.track == TrackKind.PUBLIC)


def _shuffled(day: date) -> ColumnElement[int]:
    # Multiplying by another number every day turns random numbers into another order of them.
    return (Comment.id % _PRIME) * (day.toordinal() * 7919 % _PRIME) % _PRIME
