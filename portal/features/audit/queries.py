"""Reading the record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from portal.core import clock
from portal.core.database import session
from portal.core.text import clean, fold
from portal.features.audit.models import AuditEntry


@dataclass(frozen=True)
class Filter:
    """Which part of the record is wanted."""

    actions: Collection[str] = ()
    """Any of these; all if there are none."""
    subject_kind: str = ""
    actor_name: str = ""
    first_day: date | None = None
    last_day: date | None = None


def entries(wanted: Filter, *, before: int | None = None, limit: int = 50) -> list[AuditEntry]:
    """List entries, newest first.

    Args:
        wanted: the part.
        before: only entries with smaller numbers (the next page).
        limit: how many at most.
    """
    query = _within(select(AuditEntry), wanted)
    if before is not None:
        query = query.where(AuditEntry.number < before)
    return list(session().scalars(query.order_by(AuditEntry.number.desc()).limit(limit)))


def of_subject(kind: str, subject_id: object, limit: int = 20) -> list[AuditEntry]:
    """List what happened to one thing, newest first."""
    query = select(AuditEntry).where(
        AuditEntry.subject_kind == kind, AuditEntry.subject_id == str(subject_id)
    )
    return list(session().scalars(query.order_by(AuditEntry.number.desc()).limit(limit)))


@dataclass(frozen=True)
class Found:
    """What the record can be filtered by; each sorted."""

    actions: list[str]
    subject_kinds: list[str]
    actors: list[str]


def found() -> Found:
    """Give the acts, the kinds of things and the names of everybody on the record."""
    columns = (AuditEntry.action, AuditEntry.subject_kind, AuditEntry.actor_name)
    rows = session().execute(select(*columns).distinct().order_by(*columns)).all()
    actions, kinds, actors = ({row[n] for row in rows} for n in range(len(columns)))
    return Found(sorted(actions), sorted(kinds), sorted(actors, key=fold))


def count() -> int:
    """Count the entries."""
    return session().scalar(select(func.count(AuditEntry.number))) or 0


def _within(query: Select[AuditEntry], wanted: Filter) -> Select[AuditEntry]:
    if wanted.actions:
        query = query.where(AuditEntry.action.in_(wanted.actions))
    if wanted.subject_kind:
        query = query.where(AuditEntry.subject_kind == wanted.subject_kind)
    if wanted.actor_name:
        query = query.where(AuditEntry.actor_name == clean(wanted.actor_name))
    if wanted.first_day:
        query = query.where(AuditEntry.at >= clock.day_start(wanted.first_day))
    if wanted.last_day:
        query = query.where(AuditEntry.at < clock.day_end(wanted.last_day))
    return query
