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
    SUPERVISE = "supervise"
    """Note what the Front saw."""
    EXPLAIN = "explain"
    """Explain opinions that have no answer."""
    RETURNED = "returned"
    """Rewrite explanations that came back."""
    PLACE = "place"
    """Say where opinions belong whose provision is gone."""
    SETTLE = "settle"
    """Settle the ballots of groups whose day is over."""
    REMIND = "remind"
    """Remind agencies before their last day."""
    APPROVE = "approve"
    """Approve explanations."""


@dataclass(frozen=True)
class Waiting:
    """One thing, and until when."""

    ask: Ask
    one: Consultation
    day: date | None
    submission_id: int = 0
    """Of `REPLY`: the answer of the actor's own body."""
    n: int = 0
    """How many opinions, groups or agencies it is about."""
    names: tuple[str, ...] = ()
    """The first few of them, where they have names."""

    @property
    def job(self) -> Job | None:
        """Give the duty of a plan that means the same, None if none says as much."""
        return _JOBS.get(self.ask)


_JOBS = {
    Ask.PUBLISH: Job.CONSULTATION, Ask.FINISH: Job.CONSULTATION, Ask.END: Job.CONSULTATION,
    Ask.ANSWER: Job.OPINIONS, Ask.REPLY: Job.AGENCIES, Ask.SUPERVISE: Job.SUPERVISION,
}  # fmt: skip


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
    begun = one.is_announced and first is not None and first <= clock.today()
    if begun and not one.supervision and allows(actor, Permission.CONSULTATION_SUPERVISE, one):
        yield Waiting(Ask.SUPERVISE, one, one.report_due_on or standing.last_day(one))
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
