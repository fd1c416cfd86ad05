"""Finding opinions inside what an actor may see."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager

from portal.core.database import session
from portal.features.consolidation.models import KeptApart, Opinion, State
from portal.features.consultations import queries as consultations
from portal.features.consultations.models import Comment, Consultation
from portal.policy.predicates import Actor


def visible_to(actor: Actor) -> Select[Opinion]:
    """Select the opinions of consultations that the actor may see."""
    cases = consultations.visible_to(actor).with_only_columns(Consultation.id).order_by(None)
    return select(Opinion).where(Opinion.consultation_id.in_(cases))


def get_visible(actor: Actor, opinion_id: int) -> Opinion | None:
    """Give an opinion that the actor may see, with its consultation."""
    query = visible_to(actor).join(Opinion.consultation).where(Opinion.id == opinion_id)
    return session().scalar(query.options(contains_eager(Opinion.consultation)))


def of(ids: Collection[int]) -> dict[int, Opinion]:
    """Give opinions by number."""
    if not ids:
        return {}
    query = select(Opinion).where(Opinion.id.in_(ids)).order_by(Opinion.id)
    return {one.id: one for one in session().scalars(query)}


def joined_into(opinion_ids: Collection[int]) -> dict[int, list[Opinion]]:
    """Give by opinion those that were merged into it."""
    query = select(Opinion).where(Opinion.merged_into_id.in_(opinion_ids)).order_by(Opinion.id)
    found: dict[int, list[Opinion]] = {}
    for one in session().scalars(query):
        found.setdefault(one.merged_into_id or 0, []).append(one)
    return found


def comments(opinion_id: int) -> list[Comment]:
    """List the comments that an opinion answers, those of the merged ones too."""
    query = select(Comment).where(Comment.opinion_id.in_(_all_of(opinion_id)))
    return list(session().scalars(query.order_by(Comment.day, Comment.id)))


def kept_apart(opinion_ids: Collection[int]) -> set[tuple[int, int]]:
    """Give the pairs among these of which somebody said that they differ, the smaller first."""
    query = select(KeptApart.one_id, KeptApart.other_id).where(
        or_(KeptApart.one_id.in_(opinion_ids), KeptApart.other_id.in_(opinion_ids))
    )
    return {(one, other) for one, other in session().execute(query)}


def undecided(consultation_id: int) -> int:
    """Count the opinions that have no approved answer yet; hidden ones need none."""
    query = select(func.count()).where(*standing(consultation_id), Opinion.state != State.APPROVED)
    return session().scalar(query) or 0


def standing(consultation_id: int) -> tuple[ColumnElement[bool], ...]:
    """Give what an opinion of a consultation that has to be answered fulfils, in SQL."""
    said = Opinion.agencies + Opinion.households + Opinion.voices
    return (Opinion.consultation_id == consultation_id, Opinion.state != State.MERGED, said > 0)


def _all_of(opinion_id: int) -> Select[int]:
    return select(Opinion.id).where(
        or_(Opinion.id == opinion_id, Opinion.merged_into_id == opinion_id)
    )
