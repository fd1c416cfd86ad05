"""Who sets boxes up, runs them and sees them."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from portal.core.database import session, write
from portal.features.mailbox import queries
from portal.features.mailbox.models import Mailbox
from portal.features.org_units import queries as org_units
from portal.policy.permissions import Permission as P  # noqa: N817
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import surveyed
from tests.support.officials import PLACES, everybody, official

RUN = {P.MAILBOX_CREATE, P.MAILBOX_EDIT, P.MAILBOX_HANDLE, P.MAILBOX_OPEN}
HELD = {
    Duty.DRAFT: RUN - {P.MAILBOX_OPEN},
    Duty.APPROVE: {P.MAILBOX_HANDLE, P.MAILBOX_OPEN},
    Duty.CLERK: {P.MAILBOX_HANDLE},
    Duty.INSPECT: set(),
}


@dataclass
class Box:
    unit_id: int
    organisation_id: int
    is_announced: bool = True


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


def held(actor, box) -> set[P]:
    return {right for right in RUN if allows(actor, right, box)}


@pytest.mark.parametrize("role", [Role.COMMUNE, Role.YOUTH])
@pytest.mark.parametrize("duty", list(Duty))
def test_the_body_that_runs_a_box_does_what_its_accounts_duties_say(place, role, duty):
    actor = official(place, role, duty)
    assert held(actor, Box(actor.unit_id, actor.organisation_id)) == HELD[duty]


@pytest.mark.parametrize("role", [Role.PROVINCE, Role.DISTRICT, Role.ADMIN])
def test_those_above_and_the_operator_run_none(place, role):
    actor = official(place, role, *Duty)
    assert held(actor, Box(actor.unit_id, actor.organisation_id)) == set()


def test_another_body_of_the_same_ward_changes_nothing(place):
    actor = official(place, Role.COMMUNE, *Duty)
    assert held(actor, Box(actor.unit_id, actor.organisation_id + 1)) == {P.MAILBOX_CREATE}


def test_the_boxes_listed_are_the_boxes_admitted(place):
    for name, state in (("Xã 1", "draft"), ("Xã 2", "open"), ("Xã 3", "ended"), ("Xã 3", "draft")):
        [seat] = org_units.organisations([place[name].id])
        body = {"organisation_id": seat.id, "reader_id": seat.id, "unit_id": place[name].id}
        with write() as current:
            current.add(Mailbox(**body, name=name, subject="Việc", fields="Hộ tịch", state=state,
                                code=f"bbbb{place[name].id:02}{state[:2]}"))  # fmt: skip
    everything = session().scalars(select(Mailbox).order_by(Mailbox.id)).all()
    for actor in [*everybody(place), official(place, Role.YOUTH, at="Xã 3")]:
        admitted = {box.id for box in everything if allows(actor, P.MAILBOX_READ, box)}
        assert {box.id for box in queries.listed(actor)} == admitted, (actor.role, actor.unit_id)
        assert {b.id for b in everything if queries.get_visible(actor, b.id)} == admitted
