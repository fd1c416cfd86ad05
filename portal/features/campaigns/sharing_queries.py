"""Finding whom the Zalo kit is for, and what was passed on already."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.core.database import session
from portal.features.campaigns.models import ShareNote
from portal.features.org_units.kinds import PointKind
from portal.features.org_units.models import Point


def teams(unit_ids: Collection[int]) -> list[Point]:
    """List the community teams that exist today at these units, by name."""
    query = select(Point).where(Point.unit_id.in_(unit_ids), _is_team())
    return list(session().scalars(query.order_by(Point.unit_id, Point.sort_key, Point.id)))


def team(unit_id: int, point_id: int) -> Point | None:
    """Give a community team of a unit."""
    here = (Point.unit_id == unit_id) & (Point.id == point_id)
    return session().scalar(select(Point).where(here, _is_team()))


def notes(campaign_id: int, unit_ids: Collection[int]) -> list[ShareNote]:
    """List what was passed on at these units, the latest first."""
    query = select(ShareNote).where(
        ShareNote.campaign_id == campaign_id, ShareNote.unit_id.in_(unit_ids)
    )
    query = query.options(joinedload(ShareNote.point))
    return list(session().scalars(query.order_by(ShareNote.sent_on.desc(), ShareNote.id.desc())))


def note(campaign_id: int, unit_id: int, note_id: int) -> ShareNote | None:
    """Give a line of the log of a unit."""
    query = select(ShareNote).where(
        ShareNote.id == note_id, ShareNote.campaign_id == campaign_id, ShareNote.unit_id == unit_id
    )
    return session().scalar(query)


def _is_team() -> ColumnElement[bool]:
    today = clock.today()
    standing = (Point.valid_from <= today) & (Point.valid_to.is_(None) | (Point.valid_to >= today))
    return (Point.kind == PointKind.TEAM) & standing
