"""Reading evidence: by subject, one by its id, and whether its subject is open to everybody."""

from collections import defaultdict
from collections.abc import Callable, Collection

from sqlalchemy import Select, func, or_, select

from portal.core.database import session
from portal.features.evidence.models import Evidence, Kind
from portal.features.org_units.models import UnitScope
from portal.policy.predicates import Actor
from portal.policy.roles import Role

IsPublic = Callable[[int], bool]
"""Says of a subject's id whether everybody may see it."""
_public: dict[str, IsPublic] = {}


def open_to_all(subject_kind: str, is_public: IsPublic) -> None:
    """Let a feature say which of its subjects everybody may see (the registry does)."""
    _public[subject_kind] = is_public


def visible_to(actor: Actor) -> Select[Evidence]:
    """Select the evidence of the actor's unit and of those below; none for the operator."""
    if actor.role == Role.ADMIN:
        return select(Evidence).where(Evidence.id.is_(None))
    reached = select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)
    return select(Evidence).where(Evidence.unit_id.in_(reached))


def get_visible(actor: Actor, evidence_id: int) -> Evidence | None:
    """Give a piece of evidence that the actor may see and that is still there."""
    query = visible_to(actor).where(Evidence.id == evidence_id, Evidence.removed_on.is_(None))
    return session().scalar(query)


def get_public(evidence_id: int) -> Evidence | None:
    """Give a photo that everybody may see."""
    found = session().get(Evidence, evidence_id)
    if found is None or not found.is_photo:
        return None
    is_public = _public.get(found.subject_kind)
    return found if is_public and is_public(found.subject_id) else None


def of(
    subject_kind: str, ids: Collection[int], *, removed: bool = False
) -> dict[int, list[Evidence]]:
    """Give the evidence of subjects, the earliest first; those without are left out.

    Args:
        subject_kind: as it was attached.
        ids: of the subjects.
        removed: with what was taken off.
    """
    if not ids:
        return {}
    query = select(Evidence).where(
        Evidence.subject_kind == subject_kind, Evidence.subject_id.in_(ids)
    )
    if not removed:
        query = query.where(Evidence.removed_on.is_(None))
    found: dict[int, list[Evidence]] = defaultdict(list)
    for one in session().scalars(query.order_by(Evidence.id)):
        found[one.subject_id].append(one)
    return dict(found)


def counts(subject_kind: str, ids: Select[int]) -> dict[int, int]:
    """Count the evidence that is still there, by subject; those without are left out.

    Args:
        subject_kind: as it was attached.
        ids: selects the subjects.
    """
    query = (
        select(Evidence.subject_id, func.count(Evidence.id))
        .where(Evidence.subject_kind == subject_kind, Evidence.subject_id.in_(ids))
        .where(Evidence.removed_on.is_(None))
        .group_by(Evidence.subject_id)
        .order_by(Evidence.subject_id)
    )
    return dict(session().execute(query).all())


def stored_names() -> set[str]:
    """Give the names of all files that belong to evidence."""
    query = select(Evidence.stored, Evidence.small)
    kept = query.where(Evidence.kind == Kind.PHOTO, Evidence.removed_on.is_(None))
    rows = session().execute(kept.order_by(Evidence.id))
    return {name for row in rows for name in row}


def is_named(name: str) -> bool:
    """Say whether a file belongs to some evidence: one photo can show several subjects."""
    query = select(Evidence.id).where(or_(Evidence.stored == name, Evidence.small == name))
    return session().scalar(query.limit(1)) is not None
