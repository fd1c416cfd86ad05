"""The rule book of a version: who may freeze it, from which state, and when not."""

import pytest

from portal.core.errors import Forbidden, Missing, Refused
from portal.features.regulations.workflow import DRAFT_VERSION, FAULTY
from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import cased
from tests.support.legal import SHORT, drafted
from tests.support.officials import Official


@pytest.fixture
def ward(app):
    return cased.ward(publishes=False)


def test_the_table_alone_decides_who_publishes_a_version(ward):
    for body in (ward.host, ward.front, ward.above):
        for role in Role:
            for duty in Duty:
                version = drafted(ward.actor())
                actor = Official(role, frozenset({duty}), body.unit_id, body.id)
                if allows(actor, Permission.DRAFT_PUBLISH, version):
                    DRAFT_VERSION.fire(actor, version.id, "publish")
                    assert version.state == "published"
                else:
                    with pytest.raises((Forbidden, Missing)):
                        DRAFT_VERSION.fire(actor, version.id, "publish")
                    assert version.state == "draft"


def test_a_version_is_published_once(ward):
    version = drafted(ward.actor())
    DRAFT_VERSION.fire(ward.actor(), version.id, "publish")
    with pytest.raises(Refused):
        DRAFT_VERSION.fire(ward.actor(), version.id, "publish")


def test_a_number_that_comes_twice_stands_in_the_way(ward):
    version = drafted(ward.actor(), SHORT.replace("\n2. K", "\n1. K"))
    with pytest.raises(Refused) as refused:
        DRAFT_VERSION.fire(ward.actor(), version.id, "publish")
    assert refused.value.message == FAULTY
