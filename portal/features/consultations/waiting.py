"""What a consultation asks of an account these days, besides the duties of its plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.core import clock
from portal.features.consultations import agency_queries, queries, standing
from portal.features.consultations.models import Consultation, State, TrackKind
from portal.features.documents.body import Job
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows


class Ask(StrEnum):
    """What is to be done."""

    PUBLISH = "publish"
    """Look at it and publish it."""
    FINISH = "finish"
    """Finish the draft before its first day."""
    ANSWER = "answer"
    """Explain every comment and report."""
    END = "end"
    """Make the answers public, note the decision, close it."""
    REPLY = "reply"
    """Answer as an agency that is asked."""


@dataclass(frozen=True)
class Waiting:
    """One thing, and until when."""

    ask: Ask
    one: Consultation
    day: date | None
    submission_id: int = 0
    """Of `REPLY`: the answer of the actor's own body."""

    @property
    def job(self) -> Job:
        """Give the duty of a plan that means the same."""
        return _JOBS.get(self.ask, Job.CONSULTATION)


_JOBS = {Ask.ANSWER: Job.OPINIONS, Ask.REPLY: Job.AGENCIES}


def of(actor: Actor) -> list[Waiting]:
    """Give what the consultations of the actor's own unit ask of it."""
    found = (_of(actor, one) for one in queries.going_on(actor.unit_id))
    return [*(each for ones in found for each in ones), *_replies(actor)]


def _replies(actor: Actor) -> Iterator[Waiting]:
    for asked in agency_queries.asked_of(actor):
        where = standing.of(asked.consultation, TrackKind.AGENCY, clock.today())
        if where.takes and allows(actor, Permission.AGENCY_ANSWER, asked):
            yield Waiting(Ask.REPLY, asked.consultation, where.closes_on, asked.id)


def _of(actor: Actor, one: Consultation) -> Iterator[Waiting]:
    edits = allows(actor, Permission.CONSULTATION_EDIT, one)
    decides = allows(actor, Permission.CONSULTATION_PUBLISH, one)
    first = min((track.opens_on for track in one.tracks), default=None)
    if one.state == State.DRAFT and first is not None:
        if decides:
            yield Waiting(Ask.PUBLISH, one, first)
        elif edits:
            yield Waiting(Ask.FINISH, one, first)
    elif one.state == State.PUBLISHED and edits and _is_over(one):
        yield Waiting(Ask.ANSWER, one, one.report_due_on)
    elif one.state == State.REPORTED and decides:
        yield Waiting(Ask.END, one, None)


def _is_over(one: Consultation) -> bool:
    last = standing.last_day(one)
    return last is not None and clock.today() > last
