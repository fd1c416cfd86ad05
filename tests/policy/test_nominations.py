"""Who may propose, judge and read nominations; nobody judges his own; lists and table agree."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from portal.core.database import session
from portal.features.nominations import queries
from portal.features.nominations.models import Nomination
from portal.policy.permissions import Permission
from portal.policy.predicates import unbiased
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import nominated, papers, surveyed
from tests.support.officials import everybody, official

P = Permission
HERE, BELOW, BODY = 1, 2, 9
JUDGING = {Role.DISTRICT: P.NOMINATION_ENDORSE, Role.PROVINCE: P.NOMINATION_DECIDE}
WORKS = [Duty.DRAFT, Duty.APPROVE, Duty.CLERK]


@dataclass(frozen=True)
class Actor:
    role: Role
    duties: frozenset[Duty] = frozenset(Duty)
    user_id: int = 7
    unit_id: int = HERE
    organisation_id: int = BODY

    def reaches(self, unit_id: int) -> bool:
        return unit_id in {HERE, BELOW}


@dataclass(frozen=True)
class Item:
    unit_id: int = BELOW
    organisation_id: int | None = None
    from_unit_id: int = BELOW
    author_ids: frozenset[int] = field(default_factory=lambda: frozenset({3}))
    is_announced: bool = True

    def concerns(self, unit_id: int) -> bool:
        return unit_id == HERE


@pytest.mark.parametrize(
    "own", [Item(unit_id=HERE), Item(organisation_id=BODY), Item(author_ids=frozenset({3, 7}))]
)
def test_nobody_judges_his_own(own):
    assert not unbiased(Actor(Role.PROVINCE), own)
    assert unbiased(Actor(Role.PROVINCE), Item())
    for role, right in JUDGING.items():
        assert not allows(Actor(role), right, own)
        assert allows(Actor(role), right, Item())


def test_another_body_of_the_own_unit_is_judged_at_the_province_alone():
    beside = Item(unit_id=HERE, organisation_id=BODY + 1, from_unit_id=HERE)
    assert allows(Actor(Role.PROVINCE), P.NOMINATION_DECIDE, beside)
    assert not allows(Actor(Role.DISTRICT), P.NOMINATION_ENDORSE, beside)


def test_a_name_is_left_off_by_its_unit_or_by_whoever_proposed_it():
    right = P.NOMINATION_NAME
    assert allows(Actor(Role.COMMUNE), right, Item(unit_id=HERE))
    assert allows(Actor(Role.DISTRICT), right, Item(from_unit_id=HERE))
    assert not allows(Actor(Role.PROVINCE), right, Item())


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("right", [P.NOMINATION_ENDORSE, P.NOMINATION_DECIDE])
def test_a_district_agrees_the_province_decides_and_inspectors_only_propose(role, right):
    judges = {duty for duty in Duty if allows(Actor(role, frozenset({duty})), right, Item())}
    assert judges == (set(WORKS) if JUDGING.get(role) == right else set())
    proposes = allows(Actor(role, frozenset({Duty.INSPECT})), P.NOMINATION_PROPOSE, Item())
    assert proposes == (role in {Role.PROVINCE, Role.DISTRICT, Role.COMMUNE})


@pytest.mark.parametrize("role", [Role.PROVINCE, Role.DISTRICT, Role.COMMUNE])
def test_a_draft_is_for_the_unit_that_writes_it(role):
    actor = Actor(role)
    for right in (P.NOMINATION_READ, P.NOMINATION_EDIT):
        assert allows(actor, right, Item(from_unit_id=HERE, is_announced=False))
        assert not allows(actor, right, Item(is_announced=False))


def test_the_list_is_the_provinces():
    holders = {role for role in Role if allows(Actor(role), P.NOMINATION_LIST, Item())}
    assert holders == {Role.PROVINCE}


def test_the_nominations_listed_are_those_admitted(app):
    place = surveyed.province(nominated.PLACES)
    campaign = nominated.asked(place)
    district = papers.worker(place, Role.DISTRICT)
    nominated.drafted(papers.worker(place, Role.COMMUNE), campaign, place["Xã 1"])
    nominated.drafted(district, campaign, place["Xã 2"])
    nominated.proposed(papers.worker(place), campaign, place["Xã 9"])
    nominated.proposed(district, campaign, place["Huyện A"])
    everything = list(session().scalars(select(Nomination).order_by(Nomination.id)))
    for actor in [*everybody(place), official(place, Role.COMMUNE, at="Xã 9")]:
        listed = {one.id for one in queries.listed(actor, campaign.id)}
        admitted = {n.id for n in everything if allows(actor, P.NOMINATION_READ, n)}
        assert listed == admitted, (actor.role, actor.unit_id)
