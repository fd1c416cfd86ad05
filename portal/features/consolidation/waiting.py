"""What the opinions, ballots and agencies of a running consultation ask of an account."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from portal.core import clock
from portal.features.ballots import queries as ballots
from portal.features.consolidation import queries
from portal.features.consolidation.models import Opinion, State
from portal.features.consultations import agency_queries, standing
from portal.features.consultations import queries as consultations
from portal.features.consultations.models import Consultation, TrackKind
from portal.features.consultations.models import State as Case
from portal.features.consultations.waiting import Ask, Waiting
from portal.features.regulations import moves
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows

NEAR: Final = timedelta(days=3)
"""How long before the end agencies that have not answered are worth a line."""


def of(actor: Actor) -> list[Waiting]:
    """Give what running consultations ask of an account, each with how many there are."""
    running = [one for one in consultations.going_on(actor.unit_id) if one.state == Case.PUBLISHED]
    runs = [one for one in running if allows(actor, Permission.OPINION_EDIT, one)]
    leads = [one for one in running if allows(actor, Permission.CONSULTATION_PUBLISH, one)]
    return [*_answers(runs), *_lost(runs), *_papers(runs), *_approvals(actor, leads)]


def _answers(runs: Sequence[Consultation]) -> Iterator[Waiting]:
    new = queries.per_case([one.id for one in runs], Opinion.state == State.NEW)
    # What was handed in had a decision: the others need not be read for why they came back.
    back = queries.per_case(
        list(new), Opinion.state == State.NEW, Opinion.decision != "", Opinion.returned_why != ""
    )
    for one in runs:
        if n := back.get(one.id, 0):
            yield Waiting(Ask.RETURNED, one, clock.today(), n=n)
        if n := new.get(one.id, 0) - back.get(one.id, 0):
            yield Waiting(Ask.EXPLAIN, one, one.report_due_on, n=n)


def _lost(runs: Sequence[Consultation]) -> Iterator[Waiting]:
    keys = queries.keys([one.id for one in runs])
    for one in runs:
        found = moves.stands(one.draft_id, keys[one.id]) if one.id in keys else {}
        if n := sum(to is None for to in found.values()):
            yield Waiting(Ask.PLACE, one, one.report_due_on, n=n)


def _papers(runs: Sequence[Consultation]) -> Iterator[Waiting]:
    ids, today = [one.id for one in runs], clock.today()
    late, silent = ballots.overdue(ids, today), agency_queries.silent(ids)
    for one in runs:
        if names := late.get(one.id):
            yield Waiting(Ask.SETTLE, one, one.sum_due_on, n=len(names), names=tuple(names[:3]))
        last = standing.of(one, TrackKind.AGENCY, today).closes_on
        if last and last - NEAR <= today <= last and (n := silent.get(one.id, 0)):
            yield Waiting(Ask.REMIND, one, last, n=n)


def _approvals(actor: Actor, leads: Sequence[Consultation]) -> Iterator[Waiting]:
    others = Opinion.drafted_by_id != actor.user_id
    found = queries.per_case([one.id for one in leads], Opinion.state == State.SUBMITTED, others)
    for one in leads:
        if n := found.get(one.id, 0):
            yield Waiting(Ask.APPROVE, one, one.report_due_on, n=n)
