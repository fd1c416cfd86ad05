"""Work outside a request: a table of jobs with a unique run key and a lease (DESIGN rule 12).

Right with one node or many, on both databases: a worker takes a job by writing its lease inside
`write()`, and a job whose worker died is taken again when the lease has run out. A handler must
therefore be able to run twice.
"""

import json
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, Select, Text, delete, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core import clock
from portal.core.database import Base, UtcDateTime, session, write

LEASE = timedelta(minutes=5)
ATTEMPTS = 5
KEEP = timedelta(days=7)
log = logging.getLogger("portal.jobs")


class JobStatus(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """One piece of work."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'running', 'done', 'failed')", name="status"),
        Index(None, "status", "run_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    run_key: Mapped[str] = mapped_column(unique=True)
    payload: Mapped[str] = mapped_column(Text, default="{}")
    owner_id: Mapped[int | None]
    status: Mapped[str] = mapped_column(default=JobStatus.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    run_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_key: Mapped[str | None]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[str | None] = mapped_column(Text)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def data(self) -> dict[str, object]:
        """Give the payload."""
        return dict(json.loads(self.payload))


@dataclass(frozen=True)
class Running:
    """What a handler is given."""

    id: int
    data: Mapping[str, object]
    owner_id: int | None

    def progress(self, done: int, total: int) -> None:
        """Say how far the work is, and hold the lease."""
        with write() as current:
            job = current.get_one(Job, self.id)
            job.done, job.total = done, total
            job.lease_until = clock.now() + LEASE


Handler = Callable[[Running], str | None]
"""Does the work; the text it gives back is kept as the job's result."""


@dataclass(frozen=True)
class Kind:
    """A kind of work, and how often it comes round by itself."""

    name: str
    handler: Handler
    every: timedelta | None = None


class Kinds:
    """The kinds of work this portal knows; the feature registry fills it."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kinds: dict[str, Kind] = {}

    def add(self, kind: Kind) -> None:
        """Make a kind known; the same name again replaces it."""
        self._kinds[kind.name] = kind

    def get(self, name: str) -> Kind:
        """Give a kind, KeyError if unknown."""
        return self._kinds[name]

    def periodic(self) -> list[tuple[Kind, timedelta]]:
        """Give those that come round by themselves."""
        return [(kind, kind.every) for kind in self._kinds.values() if kind.every]


kinds = Kinds()


def enqueue(
    kind: str,
    run_key: str,
    data: Mapping[str, object] | None = None,
    *,
    owner_id: int | None = None,
    total: int = 0,
) -> Job:
    """Give the job with this run key, made now if there is none (call inside `write()`).

    Args:
        kind: name of a registered kind.
        run_key: what makes the work one and the same; a second call gives the first job back.
        data: what the handler needs, as JSON values.
        owner_id: the account that may look at the result.
        total: steps expected, for the progress bar.
    """
    kinds.get(kind)
    with write("jobs") as current:
        job = current.scalar(select(Job).where(Job.run_key == run_key))
        if job is None:
            job = Job(
                kind=kind, run_key=run_key, payload=json.dumps(data or {}), owner_id=owner_id,
                total=total, run_at=clock.now(),
            )  # fmt: skip
            current.add(job)
            current.flush()
        return job


def owned_by(user_id: int, job_id: int) -> Job | None:
    """Give a job that this account asked for."""
    return session().scalar(select(Job).where(Job.id == job_id, Job.owner_id == user_id))


def retry(job: Job) -> None:
    """Put a job that has ended in the queue again: it failed, or what it made has gone."""
    with write("jobs") as current:
        current.refresh(job)
        if job.status in {JobStatus.DONE, JobStatus.FAILED}:
            job.status, job.run_at, job.result = JobStatus.WAITING, clock.now(), None
            job.attempts = job.done = 0
            job.finished_at = None


def schedule() -> None:
    """Put the periodic work of this moment in the queue, once whatever the number of workers."""
    now = clock.now()
    due = {
        f"{kind.name}:{int(now.timestamp() // every.total_seconds())}": kind
        for kind, every in kinds.periodic()
    }
    known = set(session().scalars(select(Job.run_key).where(Job.run_key.in_(due))))
    for run_key in sorted(due.keys() - known):
        enqueue(due[run_key].name, run_key)


def work_once() -> bool:
    """Do the next job that is due; say whether there was one."""
    taken = _take()
    if taken is None:
        return False
    running, kind, lease_key = taken
    try:
        result = kinds.get(kind).handler(running)
    except Exception:
        log.exception("job failed", extra={"job": running.id, "kind": kind})
        _finish(running.id, lease_key, failed=True)
    else:
        _finish(running.id, lease_key, result=result)
    return True


def lag() -> timedelta:
    """Give how long the oldest due job has been waiting."""
    now = clock.now()
    oldest = session().scalar(select(func.min(Job.run_at)).where(Job.status == JobStatus.WAITING))
    return max(now - oldest, timedelta()) if oldest else timedelta()


def failed(limit: int = 20) -> list[Job]:
    """List the jobs of the last days that were given up, latest first."""
    query = select(Job).where(Job.status == JobStatus.FAILED)
    query = query.order_by(Job.finished_at.desc(), Job.id.desc())
    return list(session().scalars(query.limit(limit)))


def _take() -> tuple[Running, str, str] | None:
    if session().scalar(_due(clock.now())) is None:
        return None
    with write("jobs") as current:
        now = clock.now()
        job_id = current.scalar(_due(now))
        if job_id is None:
            return None
        job = current.get_one(Job, job_id)
        job.status, job.attempts = JobStatus.RUNNING, job.attempts + 1
        job.lease_until, job.lease_key = now + LEASE, secrets.token_hex(8)
        return Running(job.id, job.data, job.owner_id), job.kind, job.lease_key


def _due(now: datetime) -> Select[Any]:
    abandoned = (Job.status == JobStatus.RUNNING) & (Job.lease_until < now)
    waiting = (Job.status == JobStatus.WAITING) & (Job.run_at <= now)
    return select(Job.id).where(or_(waiting, abandoned)).order_by(Job.run_at, Job.id).limit(1)


def _finish(
    job_id: int, lease_key: str, *, result: str | None = None, failed: bool = False
) -> None:
    with write() as current:
        job = current.get_one(Job, job_id)
        if job.lease_key != lease_key:
            return
        job.lease_key = job.lease_until = None
        now = clock.now()
        if failed and job.attempts < ATTEMPTS:
            job.status, job.run_at = JobStatus.WAITING, now + timedelta(seconds=2**job.attempts)
            return
        job.status, job.finished_at = JobStatus.FAILED if failed else JobStatus.DONE, now
        job.result = result


def forget_old(current: Session) -> None:
    """Drop finished jobs after a week; what they did is in their own tables."""
    current.execute(delete(Job).where(Job.finished_at < clock.now() - KEEP))
