"""Who reads an explanation and who judges it: whoever is above, with a duty of work."""

import itertools
from dataclasses import dataclass

import pytest

from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import surveyed
from tests.support.officials import PLACES, official

WORKS = {Duty.DRAFT, Duty.APPROVE, Duty.CLERK}


@dataclass(frozen=True)
class Given:
    unit_id: int


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


def test_those_above_judge_and_nobody_his_own(place):
    given = Given(place["Xã 1"].id)
    for role, duty in itertools.product(Role, Duty):
        may = allows(official(place, role, duty), Permission.EXPLANATION_JUDGE, given)
        assert may == (role in {Role.PROVINCE, Role.DISTRICT} and duty in WORKS), (role, duty)


def test_another_district_neither_reads_nor_judges(place):
    given = Given(place["Xã 3"].id)
    actor = official(place, Role.DISTRICT, *Duty)
    assert not allows(actor, Permission.EXPLANATION_JUDGE, given)
    assert not allows(actor, Permission.EXPLANATION_READ, given)


def test_everybody_above_and_the_unit_itself_read_it(place):
    given = Given(place["Xã 1"].id)
    readers = {r for r in Role if allows(official(place, r), Permission.EXPLANATION_READ, given)}
    assert readers == set(Role) - {Role.ADMIN}
