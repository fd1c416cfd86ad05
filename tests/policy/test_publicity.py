"""Who says what hangs at a place, and who looks: postings and the evidence of whatever was done."""

from dataclasses import dataclass

import pytest

from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import allows

P = Permission
HOME, BELOW_IT, ELSEWHERE = 1, 2, 3
WORKS = (Duty.DRAFT, Duty.APPROVE, Duty.CLERK)
LOCAL = (Role.COMMUNE, Role.YOUTH)
OFFICIALS = (Role.PROVINCE, Role.DISTRICT, *LOCAL)


@dataclass(frozen=True)
class Actor:
    role: Role
    duties: frozenset[Duty]
    user_id: int = 7
    unit_id: int = HOME
    organisation_id: int = 1

    def reaches(self, unit_id: int) -> bool:
        return unit_id in {HOME, BELOW_IT}


@dataclass(frozen=True)
class Thing:
    unit_id: int = HOME
    from_unit_id: int = HOME


def held(role: Role, duty: Duty, permission: P, thing: Thing | None = None) -> bool:
    return allows(Actor(role, frozenset({duty})), permission, thing or Thing())


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("duty", Duty)
def test_those_at_the_place_who_work_there_write(role, duty):
    writes = role in LOCAL and duty in WORKS
    assert held(role, duty, P.POSTING_RECORD) is writes
    assert held(role, duty, P.POSTING_EDIT) is writes
    assert not held(role, duty, P.POSTING_EDIT, Thing(BELOW_IT))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", [P.POSTING_READ, P.EVIDENCE_READ])
def test_every_official_reads_what_is_his_own_and_below(role, right):
    seen = [held(role, Duty.INSPECT, right, Thing(at)) for at in (HOME, BELOW_IT, ELSEWHERE)]
    assert seen == [role in OFFICIALS, role in OFFICIALS, False]


@pytest.mark.parametrize("role", Role)
def test_whoever_added_a_photo_takes_it_off_and_nobody_else(role):
    found_below = Thing(BELOW_IT, from_unit_id=HOME)  # An inspection of the unit above.
    assert held(role, Duty.INSPECT, P.EVIDENCE_REMOVE, found_below) is (role in OFFICIALS)
    assert not held(role, Duty.DRAFT, P.EVIDENCE_REMOVE, Thing(HOME, from_unit_id=ELSEWHERE))
