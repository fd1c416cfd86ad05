"""Who may do what with slips and paper: the table once more, and the lists that agree with it."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.features.campaigns.phase import State
from portal.features.surveys import batches
from portal.features.surveys.models import PaperBatch, SlipBatch
from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import surveyed
from tests.support.officials import PLACES, everybody, official

P = Permission
HANDED = [right for right in P if right.partition(":")[0] in {"paper", "slip"}]
READ = {P.PAPER_READ, P.SLIP_READ}
BOTH = {P.PAPER_CONFIRM, P.SLIP_CONFIRM, P.SLIP_COUNT}
WORKS = [Duty.DRAFT, Duty.APPROVE, Duty.CLERK]
LOCAL = [Role.COMMUNE, Role.YOUTH]
BELOW = [Role.DISTRICT, *LOCAL]


@dataclass(frozen=True)
class Actor:
    role: Role
    duties: frozenset[Duty]
    user_id: int = 7
    unit_id: int = 1

    def reaches(self, unit_id: int) -> bool:
        return unit_id == 1


@dataclass(frozen=True)
class Batch:
    unit_id: int = 1
    is_announced: bool = True
    counted_by_id: int | None = None

    def concerns(self, unit_id: int) -> bool:
        return unit_id == self.unit_id


def held(role, batch, *duties):
    actor = Actor(role, frozenset(duties))
    return {right for right in HANDED if allows(actor, right, batch)}


@pytest.mark.parametrize("duty", WORKS)
def test_the_province_orders_slips_and_types_no_sheet(duty):
    drafting = {P.SLIP_ORDER} if duty == Duty.DRAFT else set()
    assert held(Role.PROVINCE, Batch(), duty) == READ | BOTH | drafting


@pytest.mark.parametrize("duty", WORKS)
@pytest.mark.parametrize("role", LOCAL)
def test_those_at_the_place_type_and_count_and_print_no_slips(role, duty):
    assert held(role, Batch(), duty) == READ | BOTH | {P.PAPER_ENTER, P.PAPER_OPEN}


@pytest.mark.parametrize("role", [Role.PROVINCE, *BELOW])
@pytest.mark.parametrize("duties", [(), (Duty.INSPECT,)])
def test_who_only_looks_only_reads(role, duties):
    assert held(role, Batch(), *duties) == READ


def test_a_district_reads_and_does_nothing():
    assert held(Role.DISTRICT, Batch(), *Duty) == READ


@pytest.mark.parametrize("role", [Role.PROVINCE, *LOCAL])
def test_who_counted_confirms_nothing(role):
    mine = held(role, Batch(counted_by_id=7), *Duty)
    assert held(role, Batch(counted_by_id=8), *Duty) - mine == {P.PAPER_CONFIRM, P.SLIP_CONFIRM}


@pytest.mark.parametrize("role", Role)
def test_what_lies_elsewhere_is_nobody_s(role):
    assert held(role, Batch(unit_id=2), *Duty) == set()


@pytest.mark.parametrize("role", BELOW)
def test_what_is_not_announced_is_nothing_to_those_below(role):
    assert held(role, Batch(is_announced=False), *Duty) == set()


def test_the_operator_holds_nothing_of_it():
    assert held(Role.ADMIN, Batch(), *Duty) == set()


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    for state in State:
        campaign = surveyed.campaign(made, state=state)
        for name in ("Xã 1", "Xã 3"):
            where = {"campaign_id": campaign.id, "unit_id": made[name].id}
            with write() as current:
                current.add(SlipBatch(**where, size=9, printed_on=clock.today(), printed_by=""))
                current.add(PaperBatch(**where, issued=9, day=clock.today(), opened_by=""))
    return made


@pytest.mark.parametrize(("kind", "right"), [(SlipBatch, P.SLIP_READ), (PaperBatch, P.PAPER_READ)])
def test_the_batches_listed_are_the_batches_admitted(place, kind, right):
    everything = list(session().scalars(select(kind).order_by(kind.id)))
    for actor in [*everybody(place), official(place, Role.COMMUNE, at="Xã 3")]:
        listed = {item.id for item in session().scalars(batches.visible_to(actor, kind))}
        admitted = {item.id for item in everything if allows(actor, right, item)}
        assert listed == admitted, (actor.role, actor.unit_id)
        assert listed == {item.id for item in everything
                          if batches.get_visible(actor, kind, item.id)}  # fmt: skip
