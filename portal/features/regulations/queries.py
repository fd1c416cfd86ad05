"""Finding drafts, their versions and papers."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, and_, false, or_, select
from sqlalchemy.orm import joinedload

from portal.core.database import session
from portal.features.org_units.models import UnitScope
from portal.features.regulations.models import (
    Draft,
    DraftPaper,
    DraftVersion,
    Provision,
    ProvisionMove,
    VersionState,
)
from portal.policy.predicates import Actor
from portal.policy.roles import Role


def visible_to(actor: Actor) -> Select[Draft]:
    """Select the drafts of the actor's own unit, and those below it that were published.

    The same as DRAFT_READ in `policy.table`; a test holds both against each other.
    """
    if actor.role == Role.ADMIN:
        return select(Draft).where(false())
    reached = select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)
    announced = select(DraftVersion.draft_id).where(DraftVersion.state == VersionState.PUBLISHED)
    below = and_(Draft.unit_id.in_(reached), Draft.id.in_(announced))
    return select(Draft).where(or_(Draft.unit_id == actor.unit_id, below))


def listed(actor: Actor) -> list[Draft]:
    """List the drafts that the actor may see, the latest first."""
    query = visible_to(actor).options(joinedload(Draft.unit), joinedload(Draft.organisation))
    return list(session().scalars(query.order_by(Draft.id.desc())))


def get_visible(actor: Actor, draft_id: int) -> Draft | None:
    """Give a draft that the actor may see."""
    return session().scalar(visible_to(actor).where(Draft.id == draft_id))


def published(draft_id: int) -> DraftVersion | None:
    """Give the version that people read and comment on: the latest published one."""
    query = _versions(draft_id).where(DraftVersion.state == VersionState.PUBLISHED)
    return session().scalar(query.order_by(DraftVersion.number.desc()).limit(1))


def given(draft_id: int) -> list[DraftVersion]:
    """List the versions that people were given to read, the first one first."""
    query = _versions(draft_id).where(DraftVersion.state == VersionState.PUBLISHED)
    return list(session().scalars(query.order_by(DraftVersion.number)))


def standing_on(draft_id: int, day: date) -> DraftVersion | None:
    """Give the version that people had before them on a day; the first one for days before it."""
    return stood(given(draft_id), day)


def stood(published: Sequence[DraftVersion], day: date) -> DraftVersion | None:
    """Give the same of versions that are read already (`given`)."""
    by_then = [one for one in published if one.published_on and one.published_on <= day]
    return next(iter(by_then[-1:] or published), None)


def in_work(draft_id: int) -> DraftVersion | None:
    """Give the version that is being prepared, if there is one."""
    query = _versions(draft_id).where(DraftVersion.state == VersionState.DRAFT)
    return session().scalar(query.order_by(DraftVersion.number.desc()).limit(1))


def version(draft_id: int, number: int) -> DraftVersion | None:
    """Give one version of a draft."""
    return session().scalar(_versions(draft_id).where(DraftVersion.number == number))


def get_visible_version(actor: Actor, version_id: int) -> DraftVersion | None:
    """Give a version that the actor may see; one in work is no matter of other units."""
    seen = visible_to(actor).with_only_columns(Draft.id)
    query = (
        select(DraftVersion)
        .join(Draft)
        .where(
            DraftVersion.id == version_id,
            DraftVersion.draft_id.in_(seen),
            or_(Draft.unit_id == actor.unit_id, DraftVersion.state == VersionState.PUBLISHED),
        )
    )
    return session().scalar(query)


def versions(draft_id: int) -> list[DraftVersion]:
    """List the versions of a draft, the first one first."""
    return list(session().scalars(_versions(draft_id).order_by(DraftVersion.number)))


def provisions(version_id: int) -> list[Provision]:
    """List the provisions of a version in reading order."""
    query = select(Provision).where(Provision.version_id == version_id)
    return list(session().scalars(query.order_by(Provision.position)))


def keys(version_id: int) -> list[str]:
    """List the keys of the provisions of a version in reading order."""
    query = select(Provision.key).where(Provision.version_id == version_id)
    return list(session().scalars(query.order_by(Provision.position)))


def moves(draft_id: int) -> dict[str, str]:
    """Give where a person put comments on provisions that are gone: key by key."""
    query = select(ProvisionMove).where(ProvisionMove.draft_id == draft_id)
    found = session().scalars(query.order_by(ProvisionMove.id))
    return {move.key: move.to_key for move in found}


def papers(draft_id: int) -> list[DraftPaper]:
    """List the papers that go with a draft, the first one first; removed ones are left out."""
    query = select(DraftPaper).where(
        DraftPaper.draft_id == draft_id, DraftPaper.removed_on.is_(None)
    )
    return list(session().scalars(query.order_by(DraftPaper.id)))


def paper(draft_id: int, paper_id: int) -> DraftPaper | None:
    """Give a paper of a draft that was not removed."""
    query = select(DraftPaper).where(
        DraftPaper.draft_id == draft_id,
        DraftPaper.id == paper_id,
        DraftPaper.removed_on.is_(None),
    )
    return session().scalar(query)


def _versions(draft_id: int) -> Select[DraftVersion]:
    return select(DraftVersion).where(DraftVersion.draft_id == draft_id)
