"""Who helps at a unit follows from which bodies it has."""

from dataclasses import replace

import pytest

from portal.core.database import write
from portal.core.text import fold, sort_key
from portal.features.campaigns import parts, services
from portal.features.org_units.models import BodyFallback, Organisation
from portal.policy.roles import Duty, Role
from tests.support import drafted, surveyed
from tests.support.officials import PLACES, official

NAMED, OTHER = "Hội Nông dân xã", "Khối Dân vận xã"


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def commune(place):
    return official(place, Role.COMMUNE, Duty.DRAFT)


@pytest.fixture
def campaign(place, commune):
    given = replace(
        drafted.given(drafted.version()), supporter=NAMED, fallback_supporter=OTHER
    )  # fmt: skip
    return services.create(official(place, Role.PROVINCE, Duty.DRAFT), given)


def body(place, at, kind, name):
    with write() as current:
        made = Organisation(
            unit_id=place[at].id, kind=kind, name=name, folded=fold(name), sort_key=sort_key(name)
        )
        current.add(made)
    return made


def helpers(place, campaign):
    page = parts.listing(official(place, Role.PROVINCE), campaign)
    return {row.part.unit.name: row.supporter for row in page.rows}


def test_only_a_unit_that_has_the_body_is_helped_by_it(place, campaign, commune):
    body(place, "Xã 1", "farmers", "Hội Nông dân xã 1")
    body(place, "Xã 2", "mass_mobilisation", "Khối Dân vận xã 2")
    assert helpers(place, campaign) == {"Xã 1": NAMED, "Xã 2": OTHER, "Xã 3": OTHER}
    assert parts.own_row(commune, campaign).supporter == NAMED


def test_whoever_does_its_work_helps_where_neither_body_is(place, campaign):
    women = body(place, "Xã 2", "women", "Hội Phụ nữ xã 2")
    with write() as current:
        current.add(
            BodyFallback(unit_id=place["Xã 2"].id, kind="farmers", organisation_id=women.id)
        )
    assert helpers(place, campaign)["Xã 2"] == "Hội Phụ nữ xã 2"


def test_whom_the_unit_has_chosen_helps(place, campaign, commune):
    body(place, "Xã 1", "farmers", "Hội Nông dân xã 1")
    for name in ("Xã 1", "Xã 3"):
        part = parts.of_unit(campaign, place[name].id, place["Tỉnh"].id)
        parts.arrange(commune, campaign, part, None, "Đoàn Thanh niên xã")
    assert helpers(place, campaign) == {
        "Xã 1": "Đoàn Thanh niên xã", "Xã 2": OTHER, "Xã 3": "Đoàn Thanh niên xã",
    }  # fmt: skip


def test_a_name_that_is_no_body_s_holds_everywhere(place, campaign):
    with write():
        campaign.supporter = "Trưởng thôn"
    assert set(helpers(place, campaign).values()) == {"Trưởng thôn"}
