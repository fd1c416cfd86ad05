"""A campaign that is copied gets a name of its own."""

from dataclasses import replace

import pytest

from portal.core import clock
from portal.features.campaigns import copying, services
from portal.policy.roles import Duty, Role
from tests.support import drafted, surveyed
from tests.support.officials import PLACES, official

NAME = f"PKS 07LC năm {clock.today().year}"


@pytest.fixture
def leader(app):
    return official(surveyed.province(PLACES), Role.PROVINCE, Duty.DRAFT)


def test_copies_within_a_year_are_numbered(leader):
    given = replace(drafted.given(drafted.version()), name=NAME)
    first = services.create(leader, given)
    assert copying.suggestion(first)["name"] == f"{NAME}, lần 2"
    second = services.create(leader, replace(given, name=f"{NAME}, lần 2"))
    assert copying.suggestion(first)["name"] == f"{NAME}, lần 3"
    assert copying.suggestion(second)["name"] == f"{NAME}, lần 3"


def test_a_long_name_keeps_room_for_its_number(leader):
    first = services.create(leader, replace(drafted.given(drafted.version()), name="A" * 120))
    assert copying.suggestion(first)["name"] == "A" * 113 + ", lần 2"
