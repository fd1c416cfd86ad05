"""Keys are made and held above the wards, by leaders, for their own body."""

import pytest

from portal.features.sealing.models import SealKey
from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import surveyed
from tests.support.officials import PLACES, official

P = Permission
ABOVE = (Role.PROVINCE, Role.DISTRICT)
BELOW = (Role.COMMUNE, Role.YOUTH, Role.ADMIN)


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.mark.parametrize("role", ABOVE)
def test_a_leader_above_the_wards_makes_and_shares_the_key_of_its_own_body(place, role):
    leader = official(place, role, Duty.APPROVE)
    own = SealKey(organisation_id=leader.organisation_id)
    other = SealKey(organisation_id=leader.organisation_id + 1)
    assert allows(leader, P.SEAL_KEY_MAKE)
    assert allows(leader, P.SEAL_KEY_MANAGE, own)
    assert not allows(leader, P.SEAL_KEY_MANAGE, other)


@pytest.mark.parametrize("duty", sorted(set(Duty) - {Duty.APPROVE}))
def test_who_does_not_lead_can_hold_a_key_but_not_share_it(place, duty):
    one = official(place, Role.DISTRICT, duty)
    own = SealKey(organisation_id=one.organisation_id)
    assert allows(one, P.SEAL_KEY_READ)
    assert not allows(one, P.SEAL_KEY_MAKE)
    assert not allows(one, P.SEAL_KEY_MANAGE, own)


@pytest.mark.parametrize("role", BELOW)
def test_the_criticised_and_those_who_run_the_server_have_nothing_to_do_with_keys(place, role):
    one = official(place, role, *Duty)
    own = SealKey(organisation_id=one.organisation_id)
    held = [right for right in P if right.startswith("seal_key") and allows(one, right, own)]
    assert held == []
