"""The way of lists upwards: by districts, by the association, and where a body is missing."""

import pytest

from portal.core.database import write
from portal.core.errors import Refused
from portal.core.text import fold, sort_key
from portal.features.org_units.models import BodyFallback, Organisation
from portal.features.rosters import consolidation, queries, route_page, sending, services
from portal.features.rosters.consolidation import stations, thawed
from portal.features.rosters.models import Kind, Passage, State
from portal.features.rosters.route import Way
from portal.features.rosters.workflow import CONSIGNMENT
from portal.policy.roles import Duty, Role
from tests.support import papers, rostered, surveyed
from tests.support.officials import PLACES
from tests.support.rostered import BY_ASSOCIATION, line


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


def body(place, name, kind, called):
    with write() as current:
        made = Organisation(
            unit_id=place[name].id, kind=kind, name=called, folded=fold(called),
            sort_key=sort_key(called),
        )  # fmt: skip
        current.add(made)
    return made


def associations(place):
    body(place, "Tỉnh", "farmers", "Hội Nông dân tỉnh")
    body(place, "Tỉnh", "mass_mobilisation", "Ban Dân vận Tỉnh ủy")


def names(campaign, place, unit="Xã 1"):
    return [stop.name for stop in Way(campaign, [place[unit]]).of(place[unit])]


def sent(place, campaign, *units):
    for name in units:
        doer = papers.worker(place, Role.COMMUNE, at=name)
        where = rostered.desk(campaign, place, name)
        rostered.listed(doer, where, line(campaign))
        rostered.send(doer, where)


def roster(campaign, place, name="Xã 1"):
    return queries.of_unit(campaign.id, place[name].id)


def station(campaign, place, name, number=0):
    return stations(campaign, place[name].id)[number]


def test_in_plan_002_lists_go_by_the_district_to_ban_dan_van(place):
    campaign = rostered.asked(place)
    body(place, "Huyện A", "mass_mobilisation", "Ban Dân vận Huyện ủy A")
    body(place, "Tỉnh", "mass_mobilisation", "Ban Dân vận Tỉnh ủy")
    assert names(campaign, place) == ["Ban Dân vận Huyện ủy A", "Ban Dân vận Tỉnh ủy"]


def test_in_plan_001_lists_go_by_the_association(place):
    campaign = rostered.asked(place, steps=BY_ASSOCIATION)
    associations(place)
    assert names(campaign, place) == ["Hội Nông dân tỉnh", "Ban Dân vận Tỉnh ủy"]


def test_whoever_was_named_stands_in_for_a_body_that_is_not_there(place):
    stand_in = body(place, "Huyện A", "steering", "Ban Chỉ đạo huyện A")
    with write() as current:
        current.add(BodyFallback(
            unit_id=place["Huyện A"].id, kind="mass_mobilisation", organisation_id=stand_in.id
        ))  # fmt: skip
    campaign = rostered.asked(place)
    [first, _] = Way(campaign, [place["Xã 1"]]).of(place["Xã 1"])
    assert (first.name, first.instead) == ("Ban Chỉ đạo huyện A", True)
    assert names(campaign, place, "Xã 3")[0] == "Huyện B"


def test_without_districts_their_stop_falls_away(app):
    place = surveyed.province({"": ["Xã 1"]})
    campaign = rostered.asked(place)
    body(place, "Tỉnh", "mass_mobilisation", "Ban Dân vận Tỉnh ủy")
    assert names(campaign, place) == ["Ban Dân vận Tỉnh ủy"]


def test_without_a_way_the_campaigns_own_unit_receives(place):
    assert names(rostered.asked(place, steps=()), place) == ["Tỉnh"]


def test_a_district_sends_on_what_it_has_accepted_frozen_and_dated(place):
    campaign = rostered.asked(place)
    sent(place, campaign, "Xã 1", "Xã 2")
    district = papers.worker(place, Role.DISTRICT)
    with pytest.raises(Refused):
        consolidation.send(district, station(campaign, place, "Huyện A"))
    sending.judge(district, [roster(campaign, place).id], "accept")
    made = consolidation.send(district, station(campaign, place, "Huyện A"))
    assert (made.units, made.people, made.missing, made.days_late) == (1, 1, 1, 0)
    assert [one.unit for one in thawed(made.content)] == ["Xã 1"]
    with pytest.raises(Refused):
        consolidation.send(district, station(campaign, place, "Huyện A"))


def test_the_last_stop_gets_everything_that_was_accepted_below(place):
    campaign = rostered.asked(place)
    sent(place, campaign, "Xã 1", "Xã 3")
    for name, unit in (("Huyện A", "Xã 1"), ("Huyện B", "Xã 3")):
        worker = papers.worker(place, Role.DISTRICT, at=name)
        sending.judge(worker, [roster(campaign, place, unit).id], "accept")
        made = consolidation.send(worker, station(campaign, place, name))
    province = papers.worker(place)
    CONSIGNMENT.fire(province, made.id, "accept")
    there = station(campaign, place, "Tỉnh")
    assert [one.unit for one in there.listed] == ["Xã 3"]
    assert {unit.name for unit in there.missing} == {"Xã 1", "Xã 2"}
    assert there.to is None


def test_a_returned_list_is_sent_again_beside_the_one_that_was(place):
    campaign = rostered.asked(place)
    sent(place, campaign, "Xã 1")
    district, province = papers.worker(place, Role.DISTRICT), papers.worker(place)
    sending.judge(district, [roster(campaign, place).id], "accept")
    first = consolidation.send(district, station(campaign, place, "Huyện A"))
    CONSIGNMENT.fire(province, first.id, "return", "Còn thiếu Xã 2")
    second = consolidation.send(district, station(campaign, place, "Huyện A"))
    assert (first.state, first.note, second.number) == (Passage.RETURNED, "Còn thiếu Xã 2", 1)


def test_the_district_sees_who_is_missing_and_judges_many_at_once(place):
    campaign = rostered.asked(place)
    sent(place, campaign, "Xã 1", "Xã 2")
    district = papers.worker(place, Role.DISTRICT)
    page = route_page.route_page(district, campaign)
    assert (page.sent, len(page.judged), page.may_send) == (2, 2, True)
    assert sending.judge(district, page.judged, "accept") == 2
    assert sending.judge(district, page.judged, "accept") == 0
    assert route_page.route_page(district, campaign).accepted == 2


def test_the_association_lists_the_leaders_who_inspect(place):
    campaign = rostered.asked(place, steps=BY_ASSOCIATION)
    worker, other = papers.worker(place), papers.worker(place, Role.PROVINCE, Duty.APPROVE)
    associations(place)
    where = rostered.desk(campaign, place, "Tỉnh")
    assert (where.kind, where.to.name) == (Kind.INSPECTORS, "Ban Dân vận Tỉnh ủy")
    made = rostered.listed(worker, where, line(campaign, "Trần Văn B", day="", place="Huyện A"))
    assert queries.rows(made)[0].day is None
    rostered.send(worker, where)
    sending.judge(other, [made.id], "accept")
    assert made.state == State.ACCEPTED


def test_a_district_that_the_way_passes_by_has_no_list_of_leaders(place):
    campaign = rostered.asked(place, steps=BY_ASSOCIATION)
    assert queries.desk_of(campaign, place["Huyện A"].id) is None


def test_people_added_after_the_list_went_on_make_it_news(place):
    campaign = rostered.asked(place)
    sent(place, campaign, "Xã 1")
    commune, district = (
        papers.worker(place, Role.COMMUNE, Duty.DRAFT),
        papers.worker(place, Role.DISTRICT),
    )
    sending.judge(district, [roster(campaign, place).id], "accept")
    consolidation.send(district, station(campaign, place, "Huyện A"))
    where = rostered.desk(campaign, place)
    cells = dict(zip(
        ("person", "body", "phone", "day", "half", "place"), line(campaign, "Vũ Thị G"),
        strict=True,
    ))  # fmt: skip
    services.add(commune, where, cells | {"position": ""})
    rostered.send(commune, where, "Đông người")
    assert not station(campaign, place, "Huyện A").has_news
    sending.judge(district, [roster(campaign, place).id], "accept")
    assert station(campaign, place, "Huyện A").has_news
