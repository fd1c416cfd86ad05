"""Who acts for a party: what a unit has, else who was named there, else nobody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.core.text import fold, sort_key
from portal.features.documents import asked, parties, queries
from portal.features.documents.body import Duty, Party, Recipient
from portal.features.documents.models import State
from portal.features.documents.pages import dry_run
from portal.features.org_units import fallbacks
from portal.features.org_units.models import Organisation
from portal.features.tasks import pages
from portal.features.tasks.models import Task
from tests.support import numbered, papers, surveyed
from tests.support.officials import PLACES

FARMERS = Party("Hội Nông dân cấp xã", group="commune:farmers")


class Doer:
    user_id, display_name = 1, "Cán bộ"


DOER = Doer()


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


def add(place, unit, kind):
    name = f"{kind} {unit}"
    with write() as current:
        body = Organisation(unit_id=place[unit].id, kind=kind, name=name, folded=fold(name),
                            sort_key=sort_key(name))  # fmt: skip
        current.add(body)
    return body


def acting(place, party=FARMERS, issuer="Tỉnh"):
    found = parties.standing(party, place[issuer].id)
    return {one.unit.name: (one.organisation.name, one.instead) for one in found}


def test_who_was_named_acts_where_the_body_is_missing(place):
    add(place, "Xã 1", "farmers")
    block = add(place, "Xã 2", "mass_mobilisation")
    fallbacks.name(DOER, place["Xã 2"].id, {"farmers": block.id})
    assert acting(place) == {
        "Xã 1": ("farmers Xã 1", ""), "Xã 2": ("mass_mobilisation Xã 2", "farmers"),
    }  # fmt: skip
    assert acting(place, issuer="Huyện B") == {}


def test_what_the_unit_has_of_its_own_comes_before_whoever_was_named(place):
    front = add(place, "Xã 1", "front")
    fallbacks.name(DOER, place["Xã 1"].id, {"farmers": front.id})
    both = Party("Hội Nông dân", group="commune:farmers/mass_mobilisation")
    assert acting(place, both)["Xã 1"] == ("front Xã 1", "farmers")
    add(place, "Xã 1", "mass_mobilisation")
    assert acting(place, both)["Xã 1"] == ("mass_mobilisation Xã 1", "farmers")
    add(place, "Xã 1", "farmers")
    assert acting(place, both)["Xã 1"] == ("farmers Xã 1", "")


def test_who_is_dissolved_acts_for_nobody(place):
    front = add(place, "Xã 1", "front")
    fallbacks.name(DOER, place["Xã 1"].id, {"farmers": front.id})
    with write():
        front.valid_to = clock.today() - timedelta(days=1)
    assert acting(place) == {}
    assert fallbacks.bodies(place["Xã 1"], ["farmers"])[0].is_open


def test_one_that_acts_for_two_units_is_told_and_tasked_once(place):
    numbered.letterhead(place)
    author = papers.worker(place)
    district = add(place, "Huyện A", "farmers")
    for name in ("Xã 1", "Xã 2"):
        fallbacks.name(DOER, place[name].id, {"farmers": district.id})
    duty = Duty(what="Hướng dẫn người dân", lead=FARMERS, due="thường xuyên")
    document = papers.draft(author, duties=(duty,), recipients=(Recipient(FARMERS),))
    [line] = dry_run.of(document).lines
    assert (line.tasks, [unit.name for unit in line.lacking]) == (2, ["Xã 3"])
    assert [one.unit.name for one in line.instead["Hội Nông dân"]] == ["Xã 1", "Xã 2"]
    papers.bring(document, State.ISSUED, author)
    task, waiting = session().scalars(select(Task).order_by(Task.organisation_id.is_(None))).all()
    assert (task.organisation_id, pages.in_whose_place(task)) == (district.id, "Hội Nông dân")
    assert (waiting.unit.name, pages.in_whose_place(waiting)) == ("Xã 3", "")
    assert [one.organisation_id for one in queries.deliveries_of(document.id)] == [district.id]


def test_where_a_tier_is_missing_whoever_the_issuer_named_acts(app):
    place = surveyed.province({"": ["Xã 1"]})
    front = add(place, "Tỉnh", "front")
    fallbacks.name(DOER, place["Tỉnh"].id, {"district:farmers": front.id})
    party = Party("Hội Nông dân cấp huyện", group="district:farmers")
    assert acting(place, party) == {"Tỉnh": ("front Tỉnh", "district:farmers")}
    assert fallbacks.kind_label("district:farmers") == "Hội Nông dân"


def test_a_tier_that_is_there_needs_no_one_in_its_place(place):
    front = add(place, "Tỉnh", "front")
    fallbacks.name(DOER, place["Tỉnh"].id, {"district:farmers": front.id})
    assert acting(place, Party("Hội", group="district:farmers")) == {}


def test_the_plans_of_the_library_say_which_bodies_they_need():
    assert {"farmers", "mass_mobilisation", "working_team"} <= set(asked.kinds("commune"))
    assert {"farmers", "steering"} <= set(asked.kinds("district"))
    assert asked.kinds("village") == ()
