"""Finding comments and the wishes to hide them, always inside what the actor may see."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.core.database import session
from portal.features.consultations import queries
from portal.features.consultations.models import Comment, CommentHiding, Consultation
from portal.features.letters.kinds import HidingState
from portal.features.org_units.models import UnitScope
from portal.policy.predicates import Actor
from portal.policy.roles import Duty, Role

_ABOVE = frozenset({Role.PROVINCE, Role.DISTRICT})
_WORKS = frozenset({Duty.DRAFT, Duty.APPROVE, Duty.CLERK})


def visible_to(actor: Actor) -> Select[Comment]:
    """Select the comments on what an actor may see."""
    seen = queries.visible_to(actor).with_only_columns(Consultation.id)
    return select(Comment).where(Comment.consultation_id.in_(seen))


def get_visible(actor: Actor, comment_id: int) -> Comment | None:
    """Give a comment that the actor may see."""
    query = visible_to(actor).where(Comment.id == comment_id)
    return session().scalar(query.options(joinedload(Comment.submission)))


def get_hiding(actor: Actor, hiding_id: int) -> CommentHiding | None:
    """Give a wish to hide a comment that the actor may see."""
    seen = queries.visible_to(actor).with_only_columns(Consultation.id)
    query = select(CommentHiding).where(
        CommentHiding.id == hiding_id, CommentHiding.consultation_id.in_(seen)
    )
    return session().scalar(query)


def hidings_of(comment_id: int) -> list[CommentHiding]:
    """List what was asked and decided about hiding a comment, the latest first."""
    query = select(CommentHiding).where(CommentHiding.comment_id == comment_id)
    return list(session().scalars(query.order_by(CommentHiding.id.desc())))


def hidings(comment_ids: Collection[int]) -> dict[int, CommentHiding]:
    """Give what was last asked about hiding some comments, by the comment."""
    query = select(CommentHiding).where(CommentHiding.comment_id.in_(comment_ids))
    return {one.comment_id: one for one in session().scalars(query.order_by(CommentHiding.id))}


def hidden(comment_ids: Collection[int]) -> dict[int, CommentHiding]:
    """Give by what those among some comments are hidden that are."""
    found = hidings(comment_ids)
    return {one: hiding for one, hiding in found.items() if hiding.state == HidingState.HIDDEN}


def hidings_to_decide(actor: Actor) -> list[CommentHiding]:
    """List the comments that the actor's level is asked to hide, the first asked first.

    The same as HIDING_DECIDE in `policy.table`.
    """
    if actor.role not in _ABOVE or actor.duties.isdisjoint(_WORKS):
        return []
    reached = select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)
    query = select(CommentHiding).where(
        CommentHiding.state == HidingState.ASKED, CommentHiding.unit_id != actor.unit_id,
        CommentHiding.unit_id.in_(reached),
    )  # fmt: skip
    named = query.options(joinedload(CommentHiding.consultation).joinedload(Consultation.unit))
    return list(session().scalars(named.order_by(CommentHiding.id)))
