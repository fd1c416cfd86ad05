"""Who may do what with rosters: the maker, the body that they are sent to, those above."""

from dataclasses import dataclass

import pytest

from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import allows

RIGHTS = {Permission.ROSTER_EDIT, Permission.ROSTER_JUDGE, Permission.ROSTER_READ}
PROVINCE, DISTRICT, COMMUNE, NEIGHBOUR = 1, 2, 3, 4
BELOW = {PROVINCE: {1, 2, 3, 4}, DISTRICT: {2, 3}, COMMUNE: {3}, NEIGHBOUR: {4}}


@dataclass(frozen=True)
class Actor:
    role: Role
    unit_id: int
    duties: frozenset[Duty] = frozenset({Duty.DRAFT})
    organisation_id: int = 50
    user_id: int = 7

    def reaches(self, unit_id: int) -> bool:
        return unit_id in BELOW[self.unit_id]


@dataclass(frozen=True)
class Sent:
    """A roster of the commune that was sent to the district."""

    unit_id: int = COMMUNE
    organisation_id: int | None = None
    to_unit_id: int | None = DISTRICT
    to_organisation_id: int | None = None
    sent_by_id: int | None = 1
    is_announced: bool = True


def held(actor, item=None):
    return {right for right in RIGHTS if allows(actor, right, item or Sent())}


def test_the_unit_makes_its_own_and_judges_nothing():
    assert held(Actor(Role.COMMUNE, COMMUNE)) == {Permission.ROSTER_EDIT, Permission.ROSTER_READ}


def test_the_body_above_judges_and_changes_nothing():
    for role, unit in ((Role.DISTRICT, DISTRICT), (Role.PROVINCE, PROVINCE)):
        assert held(Actor(role, unit)) == {Permission.ROSTER_JUDGE, Permission.ROSTER_READ}


def test_another_commune_knows_nothing_of_it():
    assert held(Actor(Role.COMMUNE, NEIGHBOUR)) == set()


@pytest.mark.parametrize("role", [Role.COMMUNE, Role.YOUTH])
def test_without_a_duty_one_reads(role):
    assert held(Actor(role, COMMUNE, frozenset())) == {Permission.ROSTER_READ}


def test_a_body_without_duties_makes_and_receives_what_is_its_own():
    body = Actor(Role.PROVINCE, PROVINCE, frozenset())
    own = Sent(PROVINCE, organisation_id=50, to_unit_id=PROVINCE, to_organisation_id=51)
    assert held(body, own) == {Permission.ROSTER_EDIT, Permission.ROSTER_READ}
    assert Permission.ROSTER_JUDGE in held(body, Sent(to_unit_id=PROVINCE, to_organisation_id=50))


def test_nobody_receives_what_the_same_account_has_sent():
    item = Sent(PROVINCE, to_unit_id=PROVINCE, sent_by_id=7)
    assert Permission.ROSTER_JUDGE not in held(Actor(Role.PROVINCE, PROVINCE), item)


def test_before_it_is_announced_nobody_below_knows_of_it():
    assert held(Actor(Role.COMMUNE, COMMUNE), Sent(is_announced=False)) == set()
