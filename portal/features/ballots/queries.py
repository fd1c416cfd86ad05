"""Finding groups of a consultation, their voters, their entries."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload, selectinload

from portal.core.database import session
from portal.features.audit.models import AuditEntry
from portal.features.ballots.models import BallotCount, BallotGroup, State, Voter
from portal.features.consultations import queries as consultations
from portal.features.consultations.models import Comment, Consultation, Track, TrackKind
from portal.features.org_units import points
from portal.features.org_units.models import Point, Unit
from portal.policy.predicates import Actor

_WITH_NAMES = (
    joinedload(BallotGroup.consultation).options(
        joinedload(Consultation.unit).joinedload(Unit.parent),
        joinedload(Consultation.organisation),
        joinedload(Consultation.draft),
        selectinload(Consultation.tracks),
        selectinload(Consultation.groups),
    ),
    selectinload(BallotGroup.entries),
)


def get_visible(actor: Actor, group_id: int) -> BallotGroup | None:
    """Give a group of a consultation that the actor may see."""
    seen = consultations.visible_to(actor).with_only_columns(Consultation.id)
    query = select(BallotGroup).where(
        BallotGroup.id == group_id, BallotGroup.consultation_id.in_(seen)
    )
    return session().scalar(query.options(*_WITH_NAMES))


def of_case(actor: Actor, consultation_id: int, group_id: int) -> BallotGroup | None:
    """Give a group of this very consultation, as far as the actor may see it."""
    group = get_visible(actor, group_id)
    return group if group and group.consultation_id == consultation_id else None


def by_token(token_hash: bytes) -> BallotGroup | None:
    """Give the group that a head's link leads to, None if it was revoked or never was."""
    query = select(BallotGroup).where(BallotGroup.token_hash == token_hash)
    return session().scalar(query.options(*_WITH_NAMES))


def listed(consultation_id: int) -> list[BallotGroup]:
    """List the groups of a consultation in the order in which people say them: 2 before 10."""
    query = select(BallotGroup).where(BallotGroup.consultation_id == consultation_id)
    found = session().scalars(query.options(*_WITH_NAMES).order_by(BallotGroup.id))
    return sorted(found, key=lambda one: (one.sort_key, one.id))


def points_left(consultation: Consultation) -> list[Point]:
    """List the villages and groups of the ward that are not in the consultation yet."""
    taken = {one.point_id for one in listed(consultation.id)}
    lived_in = (one for one in points.listed(consultation.unit_id) if one.kind in points.LIVED_IN)
    return [one for one in lived_in if one.id not in taken]


def counts(group_ids: Sequence[int]) -> list[BallotCount]:
    """List what was settled of some groups, by group and number."""
    query = select(BallotCount).where(BallotCount.group_id.in_(group_ids))
    return list(session().scalars(query.order_by(BallotCount.group_id, BallotCount.number)))


def voters(group_ids: Sequence[int]) -> list[Voter]:
    """List the households of some groups in the order of their lists."""
    query = select(Voter).where(Voter.group_id.in_(group_ids))
    return list(session().scalars(query.order_by(Voter.group_id, Voter.number, Voter.id)))


def voter(group: BallotGroup, voter_id: int) -> Voter | None:
    """Give a household of a group."""
    found = session().get(Voter, voter_id)
    return found if found and found.group_id == group.id else None


def voter_numbers(consultation_id: int) -> dict[int, tuple[int, int]]:
    """Count the households on the lists, and those that have answered, by group."""
    answered = func.sum(case((Voter.has_answered, 1), else_=0))
    query = (
        select(Voter.group_id, func.count(), answered)
        .join(BallotGroup, BallotGroup.id == Voter.group_id)
        .where(BallotGroup.consultation_id == consultation_id)
        .group_by(Voter.group_id)
        .order_by(Voter.group_id)
    )
    return {group: (n, int(done or 0)) for group, n, done in session().execute(query)}


def was_posted(group: BallotGroup) -> bool:
    """Say whether a group's list was printed to be put up, or to be signed for its ballots."""
    query = select(AuditEntry.number).where(
        AuditEntry.subject_kind == "ballot_group", AuditEntry.subject_id == str(group.id),
        AuditEntry.action == "ballot_group:voters_downloaded",
        AuditEntry.changes.not_like("%xlsx%"),
    )  # fmt: skip
    return session().scalar(query.order_by(AuditEntry.number).limit(1)) is not None


def remark_numbers(consultation_id: int) -> dict[int, int]:
    """Count the written remarks that have been typed in, by group."""
    query = select(Comment.ballot_group_id, func.count()).where(
        Comment.consultation_id == consultation_id, Comment.ballot_group_id.is_not(None)
    )
    rows = session().execute(query.group_by(Comment.ballot_group_id)
                             .order_by(Comment.ballot_group_id))  # fmt: skip
    return {group: n for group, n in rows if group is not None}


def remarks(group: BallotGroup) -> list[Comment]:
    """List the written remarks of a group; their numbers are random."""
    query = select(Comment).where(Comment.ballot_group_id == group.id)
    return list(session().scalars(query.order_by(Comment.key, Comment.id)))


def remark(group: BallotGroup, comment_id: int) -> Comment | None:
    """Give a written remark of a group."""
    found = session().get(Comment, comment_id)
    return found if found and found.ballot_group_id == group.id else None


def unsettled(consultation_id: int) -> list[BallotGroup]:
    """List the groups whose papers do not balance yet: no report before these are settled."""
    return [one for one in listed(consultation_id) if one.state != State.BALANCED]


def overdue(consultation_ids: Sequence[int], today: date) -> dict[int, list[str]]:
    """Name the groups whose day is over, or all their days, and that are not settled, by case."""
    if not consultation_ids:
        return {}
    case, last = BallotGroup.consultation_id, func.coalesce(BallotGroup.day, Track.closes_on)
    query = (
        select(case, BallotGroup.group)
        .join(Track, (Track.consultation_id == case) & (Track.kind == TrackKind.HOUSEHOLD))
        .where(case.in_(consultation_ids), BallotGroup.state == State.OPEN, last < today)
    )
    found: dict[int, list[str]] = {}
    for one, name in session().execute(query.order_by(case, BallotGroup.id)):
        found.setdefault(one, []).append(name)
    return found


def with_voters() -> list[Consultation]:
    """List the consultations of which a list of voters is kept."""
    kept = select(BallotGroup.consultation_id).join(Voter, Voter.group_id == BallotGroup.id)
    query = select(Consultation).where(Consultation.id.in_(kept))
    tracks = selectinload(Consultation.tracks)
    return list(session().scalars(query.options(tracks).order_by(Consultation.id)))
