"""What a list shows is what the table admits: no more and no less, for every role."""

import itertools
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.campaigns.phase import State
from portal.features.org_units import queries as units
from portal.features.org_units.models import Unit
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from tests.support import surveyed
from tests.support.officials import PLACES, everybody, official


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def seeded(place):
    """A campaign of every state, before, in and after its window, asking here and there."""
    for state, opens_in in itertools.product(State, (-9, -1, 3)):
        for asked in ("Xã 1", "Xã 3"):
            made = surveyed.campaign(place, state=state, opens_in=opens_in)
            with write() as current:
                elsewhere = CampaignUnit.unit_id != place[asked].id
                mine = CampaignUnit.campaign_id == made.id
                for row in current.scalars(select(CampaignUnit).where(mine, elsewhere)):
                    current.delete(row)
                made.sealed_on = clock.today() - timedelta(days=1) if opens_in < -5 else None
    return place


def test_the_campaigns_listed_are_the_campaigns_admitted(seeded):
    everything = list(session().scalars(select(Campaign).order_by(Campaign.id)))
    for actor in [*everybody(seeded), official(seeded, Role.COMMUNE, at="Xã 3")]:
        listed = {item.id for item in campaigns.listed(actor)}
        admitted = [c for c in everything if allows(actor, Permission.CAMPAIGN_READ, c)]
        assert listed == {item.id for item in admitted}, (actor.role, actor.unit_id)


def test_the_units_listed_are_those_in_scope_and_all_for_the_operator(place):
    everything = list(session().scalars(select(Unit).order_by(Unit.id)))
    for actor in everybody(place):
        listed = {unit.id for unit in units.search(actor)}
        mine = {unit.id for unit in everything if actor.reaches(unit.id)}
        assert listed == ({u.id for u in everything} if actor.role == Role.ADMIN else mine)


def test_each_thing_found_alone_is_found_in_the_list(seeded):
    for actor in everybody(seeded):
        for item in session().scalars(select(Campaign).order_by(Campaign.id)):
            found = campaigns.get_visible(actor, item.id)
            assert (found is not None) == allows(actor, Permission.CAMPAIGN_READ, item)
