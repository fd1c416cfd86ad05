"""Finding opinions inside what an actor may see."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import contains_eager

from portal.core.database import session
from portal.features.consolidation.models import KeptApart, Opinion, State
from portal.features.consultations import queries as consultations
from portal.features.consultations.models import Comment, Consultation
from portal.features.consultations.models import State as Case
from portal.policy.predicates import Actor
from portal.policy.roles import Duty, Role


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


def said(opinion_id: int) -> set[str]:
    """Give what the comments say that an opinion answers, folded; hidden ones too."""
    query = select(Comment.folded).where(Comment.opinion_id.in_(_all_of(opinion_id)))
    return set(session().scalars(query.order_by(Comment.id)))


def kept_apart(opinion_ids: Collection[int]) -> set[tuple[int, int]]:
    """Give the pairs among these of which somebody said that they differ, the smaller first."""
    query = select(KeptApart.one_id, KeptApart.other_id).where(
        or_(KeptApart.one_id.in_(opinion_ids), KeptApart.other_id.in_(opinion_ids))
    )
    return {(one, other) for one, other in session().execute(query)}


def undecided(consultation_id: int) -> int:
    """Count the opinions that have no approved answer yet; hidden ones need none."""
    return count(*standing(consultation_id), Opinion.state != State.APPROVED)


def per_case(consultation_ids: Collection[int], *conditions: ColumnElement[bool]) -> dict[int, int]:
    """Count the opinions of each of some consultations that count and fulfil all of these."""
    if not consultation_ids:
        return {}
    case = Opinion.consultation_id
    query = select(case, func.count()).where(case.in_(consultation_ids), *_counts(), *conditions)
    return dict(session().execute(query.group_by(case).order_by(case)).all())


def keys(consultation_ids: Collection[int]) -> dict[int, list[str]]:
    """Give on which provisions there are opinions that count, by consultation."""
    if not consultation_ids:
        return {}
    columns = (Opinion.consultation_id, Opinion.key)
    query = select(*columns).where(columns[0].in_(consultation_ids), *_counts()).distinct()
    found: dict[int, list[str]] = {}
    for one, key in session().execute(query.order_by(*columns)):
        found.setdefault(one, []).append(key)
    return found


def waiting_for(actor: Actor) -> ColumnElement[int]:
    """Count, as a part of a query, what an account explains or approves for its own body."""
    at_work = actor.role == Role.COMMUNE
    query = (
        select(func.count()).select_from(Opinion).join(Opinion.consultation)
        .where(Consultation.organisation_id == actor.organisation_id,
               Consultation.state == Case.PUBLISHED, *_counts())
    )  # fmt: skip
    writes = at_work and not actor.duties.isdisjoint({Duty.DRAFT, Duty.CLERK})
    new = query.where(Opinion.state == State.NEW if writes else false())
    handed_in = (Opinion.state == State.SUBMITTED, Opinion.drafted_by_id != actor.user_id)
    approves = at_work and Duty.APPROVE in actor.duties
    submitted = query.where(*(handed_in if approves else (false(),)))
    return new.scalar_subquery() + submitted.scalar_subquery()


def count(*conditions: ColumnElement[bool]) -> int:
    """Count the opinions that fulfil all of these."""
    return session().scalar(select(func.count()).where(*conditions)) or 0


def standing(consultation_id: int) -> tuple[ColumnElement[bool], ...]:
    """Give what an opinion of a consultation that has to be answered fulfils, in SQL."""
    return (Opinion.consultation_id == consultation_id, *_counts())


def written(consultation_id: int) -> tuple[ColumnElement[bool], ...]:
    """Give what one that is explained and not handed in yet fulfils, in SQL."""
    explained = (Opinion.decision != "", Opinion.explanation != "")
    return (*standing(consultation_id), Opinion.state == State.NEW, *explained)


def waiting(consultation_id: int, user_id: int) -> tuple[ColumnElement[bool], ...]:
    """Give what one that waits for somebody's approval fulfils, in SQL: others handed it in."""
    others = Opinion.drafted_by_id != user_id
    return (*standing(consultation_id), Opinion.state == State.SUBMITTED, others)


def _counts() -> tuple[ColumnElement[bool], ...]:
    said = Opinion.agencies + Opinion.households + Opinion.voices
    return (Opinion.state != State.MERGED, said > 0)


def _all_of(opinion_id: int) -> Select[int]:
    return select(Opinion.id).where(
        or_(Opinion.id == opinion_id, Opinion.merged_into_id == opinion_id)
    )
