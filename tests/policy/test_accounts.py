"""Whoever sits above gives a password again, to the tiers below and to nobody else."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.core.database import session
from portal.features.users import queries
from portal.features.users.models import User
from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role, tiers_below
from portal.policy.table import allows
from tests.support import surveyed
from tests.support.officials import PLACES, everybody

MAY = frozenset({Duty.APPROVE})


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    for role, name in (
        (Role.ADMIN, "Tỉnh"), (Role.PROVINCE, "Tỉnh"), (Role.DISTRICT, "Huyện A"),
        (Role.DISTRICT, "Huyện B"), (Role.COMMUNE, "Xã 1"), (Role.YOUTH, "Xã 1"),
        (Role.COMMUNE, "Xã 3"),
    ):  # fmt: skip
        surveyed.account(made, name, role, MAY)
    return made


def reset(place, role, name, duties=MAY):
    """Give the units and roles of the accounts that somebody may reset."""
    actor = surveyed.actor(
        session().scalar(
            select(User).where(User.role == role, User.display_name == f"Cán bộ {name}")
        )
    )
    actor.duties = duties
    every = session().scalars(select(User).order_by(User.id))
    found = [one for one in every if allows(actor, Permission.ACCOUNT_RESET, one)]
    return {(one.display_name.removeprefix("Cán bộ "), one.role) for one in found}


def test_the_province_resets_every_tier_below_but_neither_its_own_nor_the_operator(place):
    assert reset(place, "province", "Tỉnh") == {
        ("Huyện A", "district"), ("Huyện B", "district"), ("Xã 1", "commune"), ("Xã 1", "youth"),
        ("Xã 3", "commune"),
    }  # fmt: skip


def test_a_district_resets_its_own_communes(place):
    assert reset(place, "district", "Huyện A") == {("Xã 1", "commune"), ("Xã 1", "youth")}


@pytest.mark.parametrize(
    ("role", "name"), [("commune", "Xã 1"), ("youth", "Xã 1"), ("admin", "Tỉnh")]
)
def test_others_reset_nobody(place, role, name):
    assert reset(place, role, name) == set()


@pytest.mark.parametrize("duties", [frozenset(), frozenset({Duty.DRAFT, Duty.INSPECT})])
def test_it_takes_somebody_who_signs_or_keeps_the_stamp(place, duties):
    assert reset(place, "province", "Tỉnh", duties) == set()


def test_the_list_is_what_the_table_admits(place):
    for actor in (replace(one, duties=MAY) for one in everybody(place)):
        listed = {one.id for one in session().scalars(queries.visible_below(actor))}
        every = session().scalars(select(User).where(User.active).order_by(User.id))
        assert listed == {
            one.id for one in every if allows(actor, Permission.ACCOUNT_RESET, one)
        }, actor.role


def test_no_tier_is_below_itself():
    assert all(role not in tiers_below(role) for role in Role)
