"""Handing tasks out when a document is issued, taking them back when it is withdrawn."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, insert, select

from portal.core import clock
from portal.core.database import session
from portal.features.documents import parties, schedule
from portal.features.documents.models import Document
from portal.features.tasks.models import State, Task
from portal.features.tasks.workflow import TASK
from portal.policy.predicates import Actor


def hand_out(document: Document, actor: Actor, reason: str) -> None:  # noqa: ARG001 - an effect
    """Make a task of every duty, for every organisation that leads it, by every date it has.

    The effect "hand_out_tasks" of issuing a document. Who joins when others have their tasks
    already gets what is still ahead: nobody is late from the first day.
    """
    known = {tuple(row) for row in session().execute(_handed_out(document))}
    today = clock.today()
    rows = [
        row for row in _rows(document)
        if not known or ((row["duty"], row["organisation_id"], row["due_on"]) not in known
                         and (row["due_on"] or today) >= today)
    ]  # fmt: skip
    if rows:
        session().execute(insert(Task), rows)


def _handed_out(document: Document) -> Select[str, int, date | None]:
    query = select(Task.duty, Task.organisation_id, Task.due_on)
    return query.where(Task.document_id == document.id).order_by(Task.id)


def drop(document: Document, actor: Actor, reason: str) -> None:  # noqa: ARG001 - an effect
    """Drop what a document asks for and is not done: the effect "drop_tasks" of its end."""
    TASK.follow_all(Task, "drop", Task.document_id == document.id)


def keep_note(task: Task, actor: Actor, reason: str) -> None:
    """Keep what the doer says and who it is: the effect "keep_note" of finishing and reopening."""
    task.note = reason
    task.changed_at, task.changed_by = clock.now(), getattr(actor, "display_name", "")


def _rows(document: Document) -> Iterator[dict[str, Any]]:
    body, year, now = document.body, schedule.year_of(document), clock.now()
    windows = schedule.windows(body, year)
    leads = {one: parties.organisations(one, document.unit_id)
             for one in {duty.lead for duty in body.duties}}  # fmt: skip
    for duty in body.duties:
        for day in schedule.days(duty, windows, year) or (None,):
            for lead in leads[duty.lead]:
                yield {
                    "document_id": document.id, "duty": duty.id, "unit_id": lead.unit_id,
                    "organisation_id": lead.id, "what": duty.what, "joins": duty.joins,
                    "due_text": duty.due, "due_on": day, "evidence": duty.evidence,
                    "state": State.TODO, "note": "", "changed_at": now, "changed_by": "",
                }  # fmt: skip
