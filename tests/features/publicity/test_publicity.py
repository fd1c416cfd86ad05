"""Recording, adding to, taking down; and the duty of the plan that follows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid, Refused, Stale
from portal.features.audit.models import AuditEntry
from portal.features.campaigns.phase import State as CampaignState
from portal.features.documents.body import Job
from portal.features.evidence import files
from portal.features.evidence import queries as evidence
from portal.features.evidence import services as photos
from portal.features.org_units.models import Point
from portal.features.publicity import pages, public, queries, services, units
from portal.features.publicity.judging import Mark
from portal.features.publicity.services import Addition
from portal.features.publicity.taking import NewPosting
from portal.features.tasks import services as tasks
from portal.features.tasks.models import State, Task
from portal.policy.roles import Duty, Role
from tests.support import carried, surveyed
from tests.support.papers import worker
from tests.support.pictures import upload

TODAY = clock.today()


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện A": ["Xã 1", "Xã 2"], "Huyện B": ["Xã 3"]})


@pytest.fixture
def campaign(place):
    return carried.carry_out(place, opens_in=0)


@pytest.fixture
def author(place):
    return worker(place, Role.COMMUNE, at="Xã 1")


def new(objects=("plan",), channel="niem_yet", **given):
    return NewPosting(objects, channel, given.pop("from_on", TODAY), **given)


def duty(unit_id):
    query = select(Task.state).where(Task.job == Job.PUBLICITY, Task.unit_id == unit_id)
    return session().scalars(query).one()


def test_recording_begins_the_duty_and_the_last_cell_hands_it_in(author, campaign):
    services.record(author, new(("plan", "roster")), campaign, links=["https://xa1.vn"])
    assert duty(author.unit_id) == State.DOING
    services.record(author, new(("plan", "roster"), "zalo"), campaign)
    assert duty(author.unit_id) == State.DOING  # Said, and not shown.
    for one in queries.of_unit(campaign.id, author.unit_id):
        said = Addition(None, "", told=False, note="")
        services.supplement(author, one, said, one.version, links=["https://zalo.me/bai"])
    assert duty(author.unit_id) == State.SUBMITTED


@pytest.fixture
def complete(author, campaign):
    """Everything public and shown: the duty is handed in."""
    for channel in ("niem_yet", "zalo"):
        services.record(author, new(("plan", "roster"), channel), campaign, links=["https://a.vn"])
    assert duty(author.unit_id) == State.SUBMITTED
    return queries.of_unit(campaign.id, author.unit_id)


def test_a_complete_duty_opens_again_when_something_is_taken_down(author, complete):
    services.take_down(author, complete[0], None, "Gió thổi bay")
    assert duty(author.unit_id) == State.DOING


def test_it_opens_again_when_the_last_thing_that_shows_a_content_goes(author, complete):
    [piece] = evidence.of("posting", [complete[0].id])[complete[0].id]
    services.take_off(author, complete[0], piece, "Ảnh thấy rõ mặt người dân")
    assert duty(author.unit_id) == State.DOING


def test_a_duty_handed_in_by_hand_stays_so_while_more_is_noted(author, campaign):
    query = select(Task).where(Task.job == Job.PUBLICITY, Task.unit_id == author.unit_id)
    tasks.submit(author, session().scalars(query).one(), "Đã công khai")
    services.record(author, new(("plan",)), campaign, links=["https://xa1.vn"])
    assert duty(author.unit_id) == State.SUBMITTED


def test_sent_twice_it_is_there_once(author, campaign):
    for _ in range(2):
        services.record(author, new(("plan", "roster")), campaign, links=["https://xa1.vn"])
    found = queries.of_unit(campaign.id, author.unit_id)
    assert [one.object for one in found] == ["plan", "roster"]
    assert queries.pieces(campaign.id) == {one.id: 1 for one in found}


def test_one_photo_shows_several_contents_and_is_taken_off_one_by_one(author, campaign):
    kept = photos.read_photos([upload()])
    both = services.record(author, new(("plan", "roster")), campaign, kept)
    first, second = (evidence.of("posting", [one.id])[one.id][0] for one in both)
    photos.remove(author, first, "Nhầm")
    assert files.content_of(second.stored)
    photos.remove(author, second, "Nhầm")
    assert files.content_of(kept[0].stored) is None


def test_a_point_gives_its_name_to_the_place(author, place, campaign):
    with write() as current:
        here, there = (
            Point(unit_id=place[name].id, kind="group", name=f"Tổ {name}", folded="", sort_key="")
            for name in ("Xã 1", "Xã 2")
        )
        current.add_all([here, there])
    [one] = services.record(author, new(point_id=here.id), campaign)
    assert one.place == "Tổ Xã 1"
    with pytest.raises(Invalid):
        services.record(author, new(point_id=there.id), campaign)


@pytest.mark.parametrize(
    ("field", "given"),
    [("objects", {"objects": ()}), ("objects", {"objects": ("survey",)}),
     ("objects", {"objects": ("ngan_sach",)}), ("channel", {"channel": "bo_cau"}),
     ("from_on", {"from_on": TODAY + timedelta(days=1)}),
     ("to_on", {"to_on": TODAY - timedelta(days=1)}), ("title", {"title": "x" * 301}),
     ("times", {"channel": "loa_truyen_thanh", "times": "sáng sớm"}),
     ("times", {"channel": "loa_truyen_thanh", "times": "25:00"}),
     ("document", {"document_id": 999})],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_beside_its_field(author, campaign, field, given):
    with pytest.raises(Invalid) as refused:
        services.record(author, new(**given), campaign)
    assert field in refused.value.errors


def test_without_a_campaign_a_content_of_the_law_needs_a_name(author):
    with pytest.raises(Invalid) as refused:
        services.record(author, new(("ngan_sach",)))
    assert "title" in refused.value.errors
    [one] = services.record(author, new(("ngan_sach",), title="Dự toán 2024"))
    assert (one.campaign_id, one.title) == (None, "Dự toán 2024")


def test_hours_are_read_as_people_write_them(place, author):
    loud = replace(carried.RULES, channels=("loa_truyen_thanh",))
    campaign = carried.carry_out(place, loud)
    given = new(channel="loa_truyen_thanh", times="17 giờ, 5h30; 5:30")
    [one] = services.record(author, given, campaign)
    assert (one.times, one.to_on) == ("05:30, 17:00", TODAY)


def test_two_who_save_at_once_do_not_overwrite_each_other(author, campaign):
    [one] = services.record(author, new(), campaign)
    seen = one.version
    said = Addition(None, "", told=False, note="Người thứ nhất")
    services.supplement(author, one, said, seen)
    with pytest.raises(Stale) as refused:
        services.supplement(author, one, Addition(None, "", told=False, note="Hai"), seen)
    assert refused.value.theirs["note"] == "Người thứ nhất"


def test_taking_down_keeps_who_when_and_why(author, campaign):
    [one] = services.record(author, new(), campaign, links=["https://a.vn"])
    services.take_down(author, one, TODAY, "Mưa ướt")
    services.take_down(author, one, TODAY, "Lần hai")
    assert (one.taken_down_why, one.taken_down_by) == ("Mưa ướt", author.display_name)
    matrix = pages.matrix(author, campaign, one.unit)
    assert matrix.cells["plan", "niem_yet"].mark == Mark.EARLY
    entry = session().query(AuditEntry).order_by(AuditEntry.number.desc()).first()
    assert (entry.action, entry.reason) == ("posting:taken_down", "Mưa ướt")


@pytest.mark.parametrize("days", [-1, 1])
def test_it_is_taken_down_between_its_first_day_and_today(author, campaign, days):
    [one] = services.record(author, new(), campaign)
    with pytest.raises(Invalid):
        services.take_down(author, one, TODAY + timedelta(days=days), "Vì")
    with pytest.raises(Invalid):
        services.take_down(author, one, TODAY, " ")


def test_a_mistake_counts_nowhere_and_stays_in_the_list(author, campaign):
    [one] = services.record(author, new(), campaign, links=["https://a.vn"])
    services.take_down(author, one, None, "Ghi nhầm đợt", mistaken=True)
    matrix = pages.matrix(author, campaign, one.unit)
    assert matrix.cells["plan", "niem_yet"].mark == Mark.NONE
    assert [entry.posting for entry in matrix.entries] == [one]
    assert public.page(one.unit_id).past == ()
    with pytest.raises(Refused):
        services.supplement(author, one, Addition(None, "", told=False, note=""), one.version)


def test_those_above_see_their_units_and_filter_them(place, author, campaign):
    services.record(author, new(("plan", "roster")), campaign, links=["https://a.vn"])
    above = worker(place, Role.PROVINCE, Duty.DRAFT)
    readers = [above, *(worker(place, Role.DISTRICT, at=f"Huyện {one}") for one in "AB")]
    names = {}
    for reader in readers:
        listing = units.listing(reader, campaign, units.Wanted())
        names[reader.unit_name] = [(row.unit.name, row.standing) for row in listing.rows]
    assert names["Huyện A"] == [("Xã 1", "mot-phan"), ("Xã 2", "chua")]
    assert names["Huyện B"] == [("Xã 3", "chua")]
    assert len(names["Tỉnh"]) == 3
    lacking = units.listing(above, campaign, units.Wanted(missing=("plan", "niem_yet")))
    assert [row.unit.name for row in lacking.rows] == ["Xã 2", "Xã 3"]


def test_another_units_postings_are_not_found(place, author, campaign):
    [one] = services.record(author, new(), campaign)
    seen = {
        at: queries.get_visible(worker(place, role, at=at), one.id) is not None
        for role, at in [(Role.COMMUNE, "Xã 2"), (Role.DISTRICT, "Huyện B"),
                         (Role.DISTRICT, "Huyện A"), (Role.YOUTH, "Xã 1")]
    }  # fmt: skip
    assert seen == {"Xã 2": False, "Huyện B": False, "Huyện A": True, "Xã 1": True}


def test_everybody_sees_what_is_public_and_nothing_of_drafts(author, campaign):
    links = ["https://xa1.vn", "https://zalo.me/g/nhom123"]
    kept = photos.read_photos([upload()])
    services.record(author, new(place="Bảng tin"), campaign, kept, links)
    [item] = public.page(author.unit_id).now
    assert (item.title, item.days, item.links) == ("Kế hoạch", 1, ["https://xa1.vn"])
    assert evidence.get_public(item.photos[0].id) is not None
    photo_id = item.photos[0].id
    with write():
        campaign.state = CampaignState.CANCELLED
    assert public.page(author.unit_id).now == ()
    assert evidence.get_public(photo_id) is None


def test_what_was_taken_down_is_listed_as_past(author):
    earlier = new(("ngan_sach",), title="Dự toán", from_on=TODAY - timedelta(days=9))
    [one] = services.record(author, earlier, None, links=["https://xa1.vn"])
    services.take_down(author, one, TODAY, "Hết hạn")
    page = public.page(author.unit_id)
    assert page.now == ()
    assert [(item.title, item.days) for item in page.past] == [("Dự toán", 9)]


def test_days_between_two_postings_are_not_days_on_which_it_was_public(author):
    for first, last in ((24, 15), (5, 1)):
        given = new(("ngan_sach",), title="Dự toán", from_on=TODAY - timedelta(days=first),
                    to_on=TODAY - timedelta(days=last))  # fmt: skip
        services.record(author, given, None, links=["https://xa1.vn"])
    [item] = public.page(author.unit_id).past
    entries = pages.entries(queries.shown(author.unit_id))
    assert item.days == 15 == sum(one.days for one in entries)


def test_what_nothing_shows_is_not_called_public(author):
    said = new(("ngan_sach",), title="Dự toán", from_on=TODAY - timedelta(days=9))
    [one] = services.record(author, said, None)
    page = public.page(author.unit_id)
    assert (page.now, page.past) == ((), ())
    assert [item.title for item in page.noted] == ["Dự toán"]
    services.supplement(
        author, one, Addition(None, "", told=False, note=""), one.version, links=["https://xa1.vn"]
    )
    page = public.page(author.unit_id)
    assert ([item.days for item in page.now], page.noted) == ([10], ())


def test_days_are_those_of_the_channels_that_something_shows(author):
    days = timedelta(days=9)
    services.record(author, new(("ngan_sach",), title="Dự toán", from_on=TODAY - days), None)
    told = new(("ngan_sach",), "truong_thon", title="Dự toán", told=True)
    services.record(author, told, None)
    [item] = public.page(author.unit_id).now
    assert (item.days, [one.posting.channel for one in item.noted]) == (1, ["niem_yet"])
