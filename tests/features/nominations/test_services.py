"""Drafts: what is entered, what is refused by field, two people at once, evidence."""

import pytest

from portal.core.errors import Invalid, Refused, Stale
from portal.features.evidence import queries as evidence
from portal.features.evidence import services as pictures
from portal.features.nominations import pages, queries, services
from portal.features.nominations.models import Kind
from portal.features.nominations.pages import Wanted
from portal.features.nominations.services import NominationInput
from portal.features.nominations.workflow import NOMINATION
from portal.policy.roles import Role
from tests.support import nominated, papers, surveyed
from tests.support.pictures import upload

LINK = "https://vi-du.example/bai-1"


@pytest.fixture
def place(app):
    return surveyed.province(nominated.PLACES)


@pytest.fixture
def campaign(place):
    return nominated.asked(place)


@pytest.fixture
def commune(place):
    return papers.worker(place, Role.COMMUNE)


def test_a_collective_has_the_name_of_its_body_or_its_unit(place, campaign, commune):
    whole = nominated.drafted(commune, campaign, place["Xã 1"])
    given = NominationInput(
        Kind.COLLECTIVE, commune.organisation_id, "Tên gõ nhầm", "Trưởng", "Làm tốt"
    )
    body = services.create(commune, campaign, place["Xã 1"], given)
    assert (whole.name, body.name, body.position) == ("Xã 1", "Ban Xã 1", "")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (NominationInput("person", None, " ", "", ""), "name"),
        (NominationInput("person", None, "A" * 151, "", ""), "name"),
        (NominationInput("collective", None, "", "", "A" * 4001), "achievement"),
        (NominationInput("collective", 1, "", "", ""), "organisation_id"),
        (NominationInput("hàng xóm", None, "A", "", ""), "kind"),
    ],
)
def test_what_cannot_be_taken_is_said_by_field(place, campaign, commune, given, field):
    with pytest.raises(Invalid) as invalid:
        services.create(commune, campaign, place["Xã 1"], given)
    assert set(invalid.value.errors) == {field}


def test_a_person_is_the_same_without_accents_and_capitals(place, campaign, commune):
    nominated.drafted(commune, campaign, place["Xã 1"], "Nguyễn Văn A")
    with pytest.raises(Invalid):
        nominated.drafted(commune, campaign, place["Xã 1"], "NGUYEN VĂN  A")


def test_nothing_is_proposed_without_a_word_why(place, campaign, commune):
    one = services.create(commune, campaign, place["Xã 1"], nominated.words(achievement=" "))
    with pytest.raises(Refused, match="thành tích"):
        NOMINATION.fire(commune, one.id, "propose")


def test_the_second_of_two_editors_is_told_what_the_first_saved(place, campaign, commune):
    one = nominated.drafted(commune, campaign, place["Xã 1"])
    seen = one.version
    services.edit(commune, one, nominated.words(achievement="Bản một"), seen)
    with pytest.raises(Stale) as stale:
        services.edit(commune, one, nominated.words(achievement="Bản hai"), seen)
    assert stale.value.theirs["achievement"] == one.achievement == "Bản một"


def test_what_was_proposed_is_not_changed_any_more(place, campaign, commune):
    one = nominated.proposed(commune, campaign, place["Xã 1"])
    with pytest.raises(Refused):
        services.edit(commune, one, nominated.words(achievement="Khác"), one.version)
    assert one.achievement == "Làm tốt"


def test_photos_and_links_stay_with_the_nomination(place, campaign, commune):
    photos = pictures.read_photos([upload()])
    one = services.create(
        commune, campaign, place["Xã 1"], nominated.words(), photos=photos, links=[LINK]
    )
    found = evidence.of("nomination", [one.id])[one.id]
    assert sorted(each.kind for each in found) == ["link", "photo"]
    assert pages.detail(commune, one).evidence == tuple(found)


def test_the_list_counts_by_state_and_shows_what_is_wanted(place, campaign, commune):
    nominated.drafted(commune, campaign, place["Xã 1"], "Nguyễn Văn A")
    nominated.proposed(commune, campaign, place["Xã 1"])
    page = pages.listing(commune, campaign, Wanted(kind="person"))
    assert page.counts == {"draft": 1, "proposed": 1}
    assert [row.nomination.name for row in page.rows] == ["Nguyễn Văn A"]
    elsewhere = Wanted(district_id=place["Huyện B"].id)
    assert pages.listing(commune, campaign, elsewhere).rows == ()


def test_a_nomination_after_its_day_says_so(place, campaign, commune):
    nominated.due_yesterday(campaign)
    nominated.proposed(commune, campaign, place["Xã 1"])
    [row] = pages.listing(commune, campaign).rows
    assert row.is_late
    assert queries.listed(commune, campaign.id) == [row.nomination]
