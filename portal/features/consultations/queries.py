"""Finding consultations: by a code as anybody may, otherwise inside what the actor may see."""

from collections.abc import Collection

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import defer, joinedload, selectinload

from portal.core.database import session
from portal.features.campaigns import codes
from portal.features.consultations.models import Comment, Consultation, State
from portal.features.consultations.voice_models import VoiceIntake
from portal.features.documents.models import Document
from portal.features.org_units.models import Unit, UnitScope
from portal.policy.predicates import Actor
from portal.policy.roles import Role

HIDDEN = (State.DRAFT, State.CANCELLED)
"""Of these nobody knows but its own unit."""

_ABOVE = joinedload(Unit.parent).joinedload(Unit.parent)
_WITH_NAMES = (
    joinedload(Consultation.unit).options(_ABOVE),
    joinedload(Consultation.organisation),
    joinedload(Consultation.draft),
    selectinload(Consultation.tracks),
)


def by_code(typed: str) -> Consultation | None:
    """Give the consultation that a code leads to, also while it is a draft: see `standing`.

    Args:
        typed: as it came in the address or was typed: capitals, spaces, dashes do not matter.
    """
    code = codes.normalise(typed)
    if code is None:
        return None
    query = select(Consultation).where(Consultation.code == code)
    return session().scalar(query.options(*_WITH_NAMES))


def visible_to(actor: Actor) -> Select[Consultation]:
    """Select what an actor may see: that of its unit, and what is announced of units below.

    The same as CONSULTATION_READ in `policy.table`; a test holds both against each other.
    """
    if actor.role == Role.ADMIN:
        return select(Consultation).where(false())
    reached = select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)
    own = Consultation.unit_id == actor.unit_id
    below = Consultation.unit_id.in_(reached) & Consultation.state.not_in(HIDDEN)
    return select(Consultation).where(or_(own, below))


def get_visible(actor: Actor, consultation_id: int) -> Consultation | None:
    """Give a consultation that the actor may see, with what its pages show."""
    query = visible_to(actor).where(Consultation.id == consultation_id)
    papers = (Consultation.plan, Consultation.report, Consultation.petition, Consultation.decision)
    names = (joinedload(one).options(defer(Document.content)) for one in papers)
    groups = selectinload(Consultation.groups)
    return session().scalar(query.options(*_WITH_NAMES, groups, *names))


def get(consultation_id: int) -> Consultation | None:
    """Give a consultation, for work without an actor (delivery, links, the public page)."""
    return session().get(Consultation, consultation_id, options=_WITH_NAMES)


def listed(actor: Actor) -> list[Consultation]:
    """List what an actor may see, its own unit first, then by unit; the latest first in each."""
    query = visible_to(actor).join(Consultation.unit).options(*_WITH_NAMES)
    own_first = (Consultation.unit_id != actor.unit_id).asc()
    order = (own_first, Unit.sort_key, Consultation.id.desc())
    return list(session().scalars(query.order_by(*order)))


def by_plan(actor: Actor, document_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """Give the consultations that plans order, by plan and unit, as far as an actor sees them.

    Of one that was called off and held again it is the latest.
    """
    if not document_ids:
        return {}
    query = visible_to(actor).where(
        Consultation.plan_id.in_(document_ids), Consultation.state != State.CANCELLED
    )
    columns = (Consultation.plan_id, Consultation.unit_id, Consultation.id)
    rows = session().execute(query.order_by(Consultation.id).with_only_columns(*columns))
    return {(plan, unit): one for plan, unit, one in rows if plan is not None}


def of_unit(unit_id: int) -> list[Consultation]:
    """List the consultations of a unit that citizens may know of, the latest first."""
    query = select(Consultation).where(
        Consultation.unit_id == unit_id, Consultation.state.not_in(HIDDEN)
    )
    order = (Consultation.published_on.desc(), Consultation.id.desc())
    return list(session().scalars(query.options(*_WITH_NAMES).order_by(*order)))


def is_code_taken(code: str) -> bool:
    """Say whether a consultation has this code."""
    return bool(session().scalar(select(select(Consultation.id)
                                        .where(Consultation.code == code).exists())))  # fmt: skip


def comment_counts(consultation_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """Count the comments of consultations by track; ballots that say the same count as one."""
    if not consultation_ids:
        return {}
    query = (
        select(Comment.consultation_id, Comment.track, func.count())
        .where(Comment.consultation_id.in_(consultation_ids))
        .group_by(Comment.consultation_id, Comment.track)
        .order_by(Comment.consultation_id, Comment.track)
    )
    found: dict[int, dict[str, int]] = {}
    for one, track, n in session().execute(query):
        found.setdefault(one, {})[track] = n
    return found


def voices_waiting(consultation_id: int) -> int:
    """Count what came from the public page and is not delivered yet."""
    query = select(func.count()).where(VoiceIntake.consultation_id == consultation_id)
    return session().scalar(query) or 0


def going_on(unit_id: int) -> list[Consultation]:
    """List the consultations of a unit that are neither closed nor cancelled, by number."""
    over = (State.CLOSED, State.CANCELLED)
    query = select(Consultation).where(
        Consultation.unit_id == unit_id, Consultation.state.not_in(over)
    )
    names = (selectinload(Consultation.tracks), selectinload(Consultation.bodies))
    return list(session().scalars(query.options(*names).order_by(Consultation.id)))
