"""Who sets consultations up, publishes, answers and reads them, and sees names of voters."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from portal.core.database import session, write
from portal.features.consultations import queries
from portal.features.consultations.models import Consultation, State
from portal.features.org_units.models import Organisation
from portal.features.regulations.models import Draft
from portal.policy.permissions import Permission as P  # noqa: N817
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import surveyed
from tests.support.officials import PLACES, everybody, official

AREAS = ("agency", "ballot", "comment", "consultation", "draft", "opinion", "voter")
EVERY = {right for right in P if right.partition(":")[0] in AREAS}
READ = {P.CONSULTATION_READ, P.OPINION_READ}
PAPERS = {P.BALLOT_EDIT, P.BALLOT_READ, P.COMMENT_ENTER, P.VOTER_EDIT, P.VOTER_READ}
"""What the offices of a ward do together."""
WORK = {P.AGENCY_ANSWER, P.AGENCY_MANAGE, P.BALLOT_SETTLE, P.COMMENT_HIDE, P.DRAFT_PUBLISH,
        P.OPINION_EDIT, P.OPINION_REPORT}  # fmt: skip
"""What the host's own accounts do, whatever their duty."""
HELD = {
    Duty.DRAFT: {P.CONSULTATION_CREATE, P.CONSULTATION_EDIT, P.DRAFT_CREATE, P.DRAFT_EDIT}
    | WORK | PAPERS,
    Duty.APPROVE: {P.CONSULTATION_PUBLISH, P.OPINION_APPROVE} | WORK | PAPERS,
    Duty.CLERK: WORK | PAPERS,
    Duty.INSPECT: {P.BALLOT_READ},
}  # fmt: skip
OTHERS = {
    Duty.DRAFT: {P.CONSULTATION_CREATE, P.DRAFT_CREATE} | PAPERS,
    Duty.APPROVE: PAPERS,
    Duty.CLERK: PAPERS,
    Duty.INSPECT: {P.BALLOT_READ},
}  # fmt: skip
"""What other bodies of the same ward may."""


@dataclass
class Case:
    unit_id: int
    organisation_id: int
    is_announced: bool = True
    drafted_by_id: int | None = None
    supervisor_ids: frozenset[int] = frozenset()
    leaders: frozenset[int] = frozenset()

    @property
    def leader_ids(self) -> frozenset[int]:
        return self.leaders | {self.organisation_id}


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


def held(actor, case) -> set[P]:
    return {right for right in EVERY if allows(actor, right, case)}


@pytest.mark.parametrize("duty", list(Duty))
def test_the_host_does_what_its_accounts_duties_say(place, duty):
    actor = official(place, Role.COMMUNE, duty)
    case = Case(actor.unit_id, actor.organisation_id)
    assert held(actor, case) == HELD[duty] | READ | {P.DRAFT_READ}


@pytest.mark.parametrize("duty", list(Duty))
def test_another_body_of_the_ward_helps_with_papers(place, duty):
    actor = official(place, Role.COMMUNE, duty)
    case = Case(actor.unit_id, actor.organisation_id + 1)
    assert held(actor, case) == OTHERS[duty] | READ | {P.DRAFT_READ}


def test_the_leader_of_the_wards_committee_publishes_and_approves_for_its_division(place):
    actor = official(place, Role.COMMUNE, Duty.APPROVE)
    committee = frozenset({actor.organisation_id})
    case = Case(actor.unit_id, actor.organisation_id + 1, leaders=committee)
    assert held(actor, case) - OTHERS[Duty.APPROVE] - READ - {P.DRAFT_READ} == {
        P.CONSULTATION_PUBLISH, P.OPINION_APPROVE,
    }  # fmt: skip


def test_the_front_alone_supervises_and_not_what_it_runs_itself(place):
    actor = official(place, Role.COMMUNE, Duty.CLERK)
    front = frozenset({actor.organisation_id})
    theirs = Case(actor.unit_id, actor.organisation_id + 1, supervisor_ids=front)
    assert allows(actor, P.CONSULTATION_SUPERVISE, theirs)
    own = Case(actor.unit_id, actor.organisation_id, supervisor_ids=front)
    assert not allows(actor, P.CONSULTATION_SUPERVISE, own)


def test_the_youth_union_answers_for_itself_and_sees_no_ballot_and_no_voter(place):
    actor = official(place, Role.YOUTH, *Duty)
    own = held(actor, Case(actor.unit_id, actor.organisation_id))
    assert own == {P.AGENCY_ANSWER, P.DRAFT_READ} | READ


@pytest.mark.parametrize("role", [Role.PROVINCE, Role.DISTRICT])
def test_those_above_read_what_is_announced_and_no_name_of_a_voter(place, role):
    actor = official(place, role, *Duty)
    ward = official(place, Role.COMMUNE)
    case = Case(ward.unit_id, ward.organisation_id)
    assert held(actor, case) - {P.DRAFT_READ} == READ
    case.is_announced = False
    assert held(actor, case) - {P.DRAFT_READ} == set()


def test_a_neighbour_and_the_operator_may_nothing_with_it(place):
    ward = official(place, Role.COMMUNE)
    case = Case(ward.unit_id, ward.organisation_id)
    assert held(official(place, Role.ADMIN, *Duty), case) == set()
    makes = {P.CONSULTATION_CREATE, P.DRAFT_CREATE}
    assert held(official(place, Role.COMMUNE, *Duty, at="Xã 3"), case) == makes


def test_nobody_approves_an_explanation_of_his_own(place):
    actor = official(place, Role.COMMUNE, Duty.APPROVE)
    case = Case(actor.unit_id, actor.organisation_id, drafted_by_id=actor.user_id)
    assert P.OPINION_APPROVE not in held(actor, case)


def test_the_cases_listed_are_the_cases_admitted(place):
    with write() as current:
        for at, state in enumerate(State):
            for unit in ("Xã 1", "Xã 3", "Tỉnh"):
                current.add(_case(current, place[unit].id, state, f"{at}{unit[-1]}"))
    everything = list(session().scalars(select(Consultation).order_by(Consultation.id)))
    for actor in everybody(place):
        listed = {one.id for one in queries.listed(actor)}
        admitted = {one.id for one in everything if allows(actor, P.CONSULTATION_READ, one)}
        assert listed == admitted, (actor.role, actor.unit_id)
        assert {one.id for one in everything if queries.get_visible(actor, one.id)} == listed


def _case(current, unit_id: int, state: str, code: str) -> Consultation:
    body = current.scalars(select(Organisation).where(Organisation.unit_id == unit_id)).first()
    draft = Draft(unit_id=unit_id, organisation_id=body.id, title="Quy chế")
    current.add(draft)
    current.flush()
    return Consultation(
        unit_id=unit_id, organisation_id=body.id, draft_id=draft.id, name=f"Đợt {code}",
        code=code, state=state,
    )  # fmt: skip
