"""Handing tasks in, moving them along with the work, dropping them with their document."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid
from portal.core.text import clean
from portal.features.documents.body import Job
from portal.features.documents.models import Document
from portal.features.evidence import services as evidence
from portal.features.evidence.services import Photo, Subject
from portal.features.tasks.models import Task
from portal.features.tasks.workflow import TASK
from portal.policy.predicates import Actor
from portal.workflow.engine import MAX_REASON, REASON_TOO_LONG


class Author(Actor, evidence.Author, Protocol):
    """Whoever does a task."""


def drop(document: Document, actor: Actor, reason: str) -> None:  # noqa: ARG001 - an effect
    """Drop what a document asks for and is not done: the effect "drop_tasks" of its end."""
    TASK.follow_all(Task, "drop", Task.document_id == document.id)


def submit(
    actor: Author, task: Task, note: str, photos: Sequence[Photo] = (), links: Iterable[str] = ()
) -> None:
    """Hand a task in, with what shows that it was done.

    Args:
        actor: who does it.
        task: still to be done, or returned.
        note: what came of it.
        photos: from `evidence.services.read_photos`.
        links: addresses.

    Raises:
        Invalid: the note is too long ("note"), or a link cannot be taken ("link").
        Forbidden: it is not the actor's to do.
        Refused: it is handed in already.
    """
    note = clean(note, multiline=True)
    with write(TASK.name), evidence.unless_refused(photos):
        if len(note) > MAX_REASON:
            raise Invalid({"note": REASON_TOO_LONG})
        TASK.fire(actor, task.id, "submit", note)
        evidence.attach(actor, subject_of(task), photos, links)


def subject_of(task: Task) -> Subject:
    """Give what the evidence of a task is attached to."""
    return Subject(TASK.name, task.id, task.unit_id, task.what)


def follow(
    actor: Actor, document_id: int | None, job: Job, unit_id: int, name: str, *,
    due_on: date | None = None, reason: str = "",
) -> int:  # fmt: skip
    """Move the tasks of one job along when the work itself was done on its own page.

    A unit that submits its roster need not tick the roster off besides. Call it inside `write()`
    with the change that it follows from; what the state of a task does not admit stays as it is.

    Args:
        actor: who did the work, or judged it.
        document_id: the plan; None, and nothing happens, for a campaign without one.
        job: which page.
        unit_id: whose tasks.
        name: the transition: "start", "submit", "accept", "return", "reopen".
        due_on: only the one of this day (daily reports); all of them else.
        reason: kept with it.

    Returns:
        How many moved.
    """
    if document_id is None:
        return 0
    line = TASK.transitions[name]
    found = (
        select(Task)
        .where(Task.document_id == document_id, Task.job == job, Task.unit_id == unit_id)
        .where(Task.state.in_(line.source))
        .order_by(Task.id)
    )
    tasks = session().scalars(found if due_on is None else found.where(Task.due_on == due_on))
    moved = list(tasks)
    for task in moved:
        TASK.follow(actor, task, name, reason)
    return len(moved)


def keep_doer(task: Task, actor: Actor, reason: str) -> None:  # noqa: ARG001 - an effect
    """Keep who began: the effect "keep_doer"."""
    task.changed_at, task.changed_by = clock.now(), getattr(actor, "display_name", "")


def keep_verdict(task: Task, actor: Actor, reason: str) -> None:
    """Keep what is said above; an acceptance without words leaves the doer's (an effect)."""
    keep_doer(task, actor, reason)
    task.note = reason or task.note


def keep_note(task: Task, actor: Actor, reason: str) -> None:
    """Keep what the doer says and who it is: the effect "keep_note" of submitting and reopening."""
    task.note = reason
    task.changed_at, task.changed_by = clock.now(), getattr(actor, "display_name", "")
