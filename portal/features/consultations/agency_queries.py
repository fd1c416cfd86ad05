"""Finding what agencies are asked and have answered."""

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from portal.core import links
from portal.core.database import session
from portal.core.files import Folder
from portal.core.text import fold
from portal.features.consultations import queries
from portal.features.consultations.models import (
    Comment,
    Consultation,
    State,
    Submission,
    SubmissionState,
)
from portal.features.documents.files import SCANS
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Organisation
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows

LINK = "agency"
"""The kind of these links (`core.links`)."""
LETTERS = Folder("agency-letters", SCANS)
"""The letters of agencies as files."""
_CASE = joinedload(Submission.consultation).options(
    joinedload(Consultation.unit),
    joinedload(Consultation.organisation),
    joinedload(Consultation.draft),
)


def visible_to(actor: Actor) -> Select[Submission]:
    """Select what an actor may see: of consultations that it sees, and what its body is asked."""
    cases = queries.visible_to(actor).with_only_columns(Consultation.id)
    asked = Submission.organisation_id == actor.organisation_id
    return select(Submission).where(or_(Submission.consultation_id.in_(cases), asked))


def get_visible(actor: Actor, submission_id: int) -> Submission | None:
    """Give the answer of one agency that the actor may see."""
    query = visible_to(actor).where(Submission.id == submission_id)
    return session().scalar(query.options(_CASE))


def of_case(consultation: Consultation, submission_id: int) -> Submission | None:
    """Give one answer of a consultation."""
    query = select(Submission).where(
        Submission.consultation_id == consultation.id, Submission.id == submission_id
    )
    return session().scalar(query.options(_CASE))


def by_link(typed: str) -> Submission | None:
    """Give the answer that a link opens; None if it was revoked or never given.

    Args:
        typed: the secret part of the link.
    """
    hashed = links.hashed(typed)
    if hashed is None:
        return None
    query = select(Submission).where(Submission.token_hash == hashed)
    found = session().scalar(query.options(_CASE))
    return found if found and found.consultation.state not in queries.HIDDEN else None


def by_name(consultation_id: int, agency: str) -> Submission | None:
    """Give the answer of the agency of a name, however it is written."""
    query = select(Submission).where(
        Submission.consultation_id == consultation_id, Submission.folded == fold(agency)
    )
    return session().scalar(query)


def listed(consultation_id: int) -> list[Submission]:
    """List the agencies of a consultation: those that have not answered first, then by name."""
    query = select(Submission).where(Submission.consultation_id == consultation_id)
    return list(session().scalars(query.order_by(Submission.state, Submission.folded)))


def asked_of(actor: Actor) -> list[Submission]:
    """List what the actor's own body is asked and has not answered, the latest first."""
    query = (
        select(Submission)
        .join(Submission.consultation)
        .where(
            Submission.organisation_id == actor.organisation_id,
            Submission.state == SubmissionState.INVITED,
            Consultation.state == State.PUBLISHED,
        )
    )
    return list(session().scalars(query.options(_CASE).order_by(Submission.id.desc())))


def answerable(actor: Actor) -> list[Submission]:
    """List what the actor may answer for its own body."""
    return [one for one in asked_of(actor) if allows(actor, Permission.AGENCY_ANSWER, one)]


def of_body(actor: Actor, consultation: Consultation) -> Submission | None:
    """Give the answer that the actor may give for its own body; None if that is not asked."""
    query = select(Submission).where(
        Submission.consultation_id == consultation.id,
        Submission.organisation_id == actor.organisation_id,
    )
    found = session().scalar(query)
    return found if found and allows(actor, Permission.AGENCY_ANSWER, found) else None


def invitable(consultation: Consultation) -> list[Organisation]:
    """List the bodies of the unit that are not asked yet, whoever asks apart, by name."""
    asked = select(Submission.organisation_id).where(
        Submission.consultation_id == consultation.id, Submission.organisation_id.is_not(None)
    )
    query = select(Organisation).where(
        Organisation.unit_id == consultation.unit_id,
        Organisation.valid_to.is_(None),
        Organisation.id != consultation.organisation_id,
        Organisation.kind != OrganisationKind.OPERATOR,
        Organisation.id.not_in(asked),
    )
    return list(session().scalars(query.order_by(Organisation.sort_key, Organisation.id)))


def silent(consultation_ids: Sequence[int]) -> dict[int, int]:
    """Count the agencies that have not answered, by consultation."""
    if not consultation_ids:
        return {}
    case = Submission.consultation_id
    query = select(case, func.count()).where(
        case.in_(consultation_ids), Submission.state == SubmissionState.INVITED
    )
    return dict(session().execute(query.group_by(case).order_by(case)).all())


def counts(submission_ids: Sequence[int]) -> dict[int, int]:
    """Count the comments of some answers."""
    if not submission_ids:
        return {}
    query = (
        select(Comment.submission_id, func.count())
        .where(Comment.submission_id.in_(submission_ids))
        .group_by(Comment.submission_id)
    )
    rows = session().execute(query)
    return {number: n for number, n in rows if number is not None}


def comments(submission_id: int) -> list[Comment]:
    """List what one agency said; its pages put it in the order of the draft."""
    query = select(Comment).where(Comment.submission_id == submission_id)
    return list(session().scalars(query.order_by(Comment.key, Comment.id)))


def comments_of(submission_ids: Sequence[int]) -> dict[int, list[Comment]]:
    """List what some agencies said, by the number of their answer."""
    query = select(Comment).where(Comment.submission_id.in_(submission_ids))
    found: dict[int, list[Comment]] = {}
    for one in session().scalars(query.order_by(Comment.key, Comment.id)):
        found.setdefault(one.submission_id or 0, []).append(one)
    return found


def stored_letters() -> set[str]:
    """Give the names of all files of letters."""
    query = select(Submission.letter_stored).where(Submission.letter_stored != "")
    return set(session().scalars(query.order_by(Submission.id)))
