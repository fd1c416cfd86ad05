"""Who may do what with papers: offices share those of their unit, the youth union keeps its own."""

from dataclasses import dataclass, replace

import pytest

from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import allows

P = Permission
DRAFT, APPROVE, CLERK, INSPECT = Duty.DRAFT, Duty.APPROVE, Duty.CLERK, Duty.INSPECT
WORKS = {DRAFT, APPROVE, CLERK}
OFFICES = (Role.PROVINCE, Role.DISTRICT, Role.COMMUNE)
OFFICIALS = (*OFFICES, Role.YOUTH)
HOME, BELOW, ELSEWHERE = 1, 2, 3
OWN_BODY, OTHER_BODY = 10, 11

BY_DUTY = {
    P.DOCUMENT_APPROVE: {APPROVE},
    P.DOCUMENT_DISCUSS: WORKS,
    P.DOCUMENT_EDIT: {DRAFT},
    P.DOCUMENT_ISSUE: {CLERK},
    P.DOCUMENT_SIGN: {APPROVE, CLERK},
    P.LETTERHEAD_MANAGE: {CLERK},
    P.REGISTER_MANAGE: {CLERK},
}
"""What is done with one's own papers, and the duties of which one is needed."""
READING = {P.DOCUMENT_READ, P.REGISTER_READ}
RECEIVED = {P.DELIVERY_ACT, P.TASK_DO}
PAPERS = {*BY_DUTY, *READING, *RECEIVED}


@dataclass(frozen=True)
class Actor:
    role: Role
    duties: frozenset[Duty]
    user_id: int = 7
    unit_id: int = HOME
    organisation_id: int = OWN_BODY

    def reaches(self, unit_id: int) -> bool:
        return unit_id in {HOME, BELOW}


@dataclass(frozen=True)
class Paper:
    unit_id: int = HOME
    organisation_id: int = OWN_BODY
    sent_to: int = ELSEWHERE
    is_announced: bool = False

    def concerns(self, unit_id: int) -> bool:
        return unit_id == self.sent_to


OWN, OF_THE_UNIT = Paper(), Paper(organisation_id=OTHER_BODY)
FOREIGN = Paper(unit_id=ELSEWHERE, organisation_id=OTHER_BODY)
LOWER = replace(FOREIGN, unit_id=BELOW)


def held(role: Role, paper: Paper, *duties: Duty) -> set[P]:
    actor = Actor(role, frozenset(duties))
    return {right for right in PAPERS if allows(actor, right, paper)}


def worked(duty: Duty) -> set[P]:
    return {right for right, duties in BY_DUTY.items() if duty in duties}


@pytest.mark.parametrize("role", OFFICIALS)
@pytest.mark.parametrize("duty", sorted(WORKS))
def test_each_duty_does_its_own_work_on_its_body_s_papers(role, duty):
    assert held(role, OWN, duty) == worked(duty) | READING | RECEIVED


@pytest.mark.parametrize("duty", sorted(WORKS))
def test_the_offices_of_a_unit_share_its_papers_and_the_union_does_not(duty):
    for role in OFFICES:
        assert held(role, OF_THE_UNIT, duty) == worked(duty) | READING | RECEIVED
    assert held(Role.YOUTH, OF_THE_UNIT, duty) == set()


@pytest.mark.parametrize("role", OFFICES)
def test_an_inspector_reads_the_papers_of_its_unit_and_changes_none(role):
    assert held(role, OF_THE_UNIT, INSPECT) == READING


@pytest.mark.parametrize("role", OFFICIALS)
def test_without_a_duty_one_answers_only_for_what_came_to_one_s_body(role):
    assert held(role, OWN) == RECEIVED
    assert held(role, OF_THE_UNIT) == set()


@pytest.mark.parametrize("role", OFFICIALS)
@pytest.mark.parametrize("paper", [FOREIGN, LOWER])
def test_a_draft_of_another_unit_is_nothing_to_anybody_even_above_it(role, paper):
    assert held(role, paper, *Duty) == set()
    assert held(role, replace(paper, sent_to=HOME), *Duty) == set()


@pytest.mark.parametrize("role", OFFICIALS)
@pytest.mark.parametrize("duties", [(), tuple(Duty)])
def test_what_is_issued_is_read_by_those_it_went_to_and_those_above_its_issuer(role, duties):
    issued = replace(FOREIGN, is_announced=True)
    assert held(role, issued, *duties) == set()
    assert held(role, replace(issued, sent_to=HOME), *duties) == {P.DOCUMENT_READ}
    assert held(role, replace(LOWER, is_announced=True), *duties) == {P.DOCUMENT_READ}


@pytest.mark.parametrize("role", OFFICIALS)
def test_every_official_with_the_duty_drafts(role):
    assert allows(Actor(role, frozenset({DRAFT})), P.DOCUMENT_CREATE)
    assert not allows(Actor(role, frozenset({APPROVE, CLERK, INSPECT})), P.DOCUMENT_CREATE)


@pytest.mark.parametrize("role", OFFICIALS)
def test_tasks_are_seen_by_those_above_and_done_by_the_body_itself(role):
    assert allows(Actor(role, frozenset()), P.TASK_READ, LOWER)
    assert not allows(Actor(role, frozenset(Duty)), P.TASK_READ, FOREIGN)
    assert not allows(Actor(role, frozenset(Duty)), P.TASK_DO, LOWER)


def test_the_operator_reads_and_changes_no_paper():
    issued = replace(OWN, is_announced=True, sent_to=HOME)
    assert held(Role.ADMIN, issued, *Duty) == set()
    assert not allows(Actor(Role.ADMIN, frozenset(Duty)), P.DOCUMENT_CREATE)
    assert not allows(Actor(Role.ADMIN, frozenset(Duty)), P.TASK_READ, OWN)
