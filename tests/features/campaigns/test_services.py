"""Campaigns are made, changed and audited; codes follow their units."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.features.audit import queries as audit
from portal.features.campaigns import issuing, queries, services
from portal.features.campaigns.drafting import Scope
from portal.features.campaigns.phase import State
from portal.features.campaigns.workflow import CAMPAIGN
from portal.policy.roles import Duty, Role
from tests.support import drafted, surveyed
from tests.support.officials import PLACES, official


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def drafter(place):
    return official(place, Role.PROVINCE, Duty.DRAFT, Duty.APPROVE)


@pytest.fixture
def given(place):
    return drafted.given(drafted.version())


def live(campaign) -> dict[int, str]:
    return {code.unit_id: code.code for code in queries.codes(campaign.id)}


def errors(call) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        call()
    return refusal.value.errors


def test_a_new_campaign_is_a_draft_with_a_code_for_every_commune(drafter, given):
    campaign = services.create(drafter, given)
    assert campaign.state == State.DRAFT
    assert len(set(live(campaign).values())) == 3


def test_districts_bring_all_their_communes(place, drafter, given):
    chosen = frozenset({place["Huyện A"].id})
    campaign = services.create(drafter, replace(given, scope=Scope.DISTRICTS, districts=chosen))
    assert live(campaign).keys() == {place["Xã 1"].id, place["Xã 2"].id}


def test_communes_are_chosen_one_by_one_and_foreign_ids_choose_nothing(place, drafter, given):
    picked = frozenset({place["Xã 3"].id, place["Huyện A"].id, 999_999})
    campaign = services.create(drafter, replace(given, scope=Scope.COMMUNES, communes=picked))
    assert live(campaign).keys() == {place["Xã 3"].id}


def test_a_unit_that_ends_before_the_window_is_not_asked(place, drafter, given):
    with write():
        place["Xã 3"].valid_to = given.opens_on - timedelta(days=1)
        place["Xã 2"].valid_to = given.opens_on
    assert place["Xã 3"].id not in (asked := live(services.create(drafter, given)))
    assert place["Xã 2"].id in asked


def test_units_that_drop_out_lose_their_code_and_the_others_keep_theirs(place, drafter, given):
    campaign = services.create(drafter, given)
    before, one = live(campaign), place["Xã 1"].id
    fewer = replace(given, scope=Scope.COMMUNES, communes=frozenset({one}))
    services.edit(drafter, campaign, fewer, campaign.version)
    assert live(campaign) == {one: before[one]}


def test_an_edit_is_on_the_record_with_what_was_and_what_is(drafter, given):
    campaign = services.create(drafter, given)
    services.edit(drafter, campaign, replace(given, minutes=6), campaign.version)
    entry = audit.of_subject("campaign", campaign.id)[0]
    assert (entry.action, json.loads(entry.changes)) == ("campaign:edited", {"minutes": [4, 6]})


def test_saving_the_same_again_leaves_no_trace(drafter, given):
    campaign = services.create(drafter, given)
    services.edit(drafter, campaign, given, campaign.version)
    assert len(audit.of_subject("campaign", campaign.id)) == 1


def test_who_saves_second_is_told_what_the_first_has_stored(drafter, given):
    campaign = services.create(drafter, given)
    seen = campaign.version
    services.edit(drafter, campaign, replace(given, name="Thứ nhất"), seen)
    with pytest.raises(Stale) as conflict:
        services.edit(drafter, campaign, replace(given, name="Thứ hai"), seen)
    assert conflict.value.theirs == {"name": "Thứ nhất"}


def test_a_change_of_places_alone_is_seen_by_the_second_too(place, drafter, given):
    campaign = services.create(drafter, given)
    seen = campaign.version
    fewer = replace(given, scope=Scope.COMMUNES, communes=frozenset({place["Xã 1"].id}))
    services.edit(drafter, campaign, fewer, seen)
    with pytest.raises(Stale) as conflict:
        services.edit(drafter, campaign, given, seen)
    assert conflict.value.theirs == {"scope": 1}


def test_only_a_draft_is_edited(drafter, given):
    campaign = services.create(drafter, given)
    CAMPAIGN.fire(drafter, campaign.id, "approve")
    with pytest.raises(Refused):
        services.edit(drafter, campaign, given, campaign.version)


def test_a_reissued_code_withdraws_the_old_one_and_says_why(place, drafter, given):
    campaign = services.create(drafter, given)
    old = services.live_code(campaign.id, place["Xã 1"].id)
    fresh = issuing.reissue(drafter, old, "Áp phích bị dán đè")
    assert (old.revoke_reason, old.revoked_on) == ("Áp phích bị dán đè", clock.today())
    assert services.live_code(campaign.id, place["Xã 1"].id).code == fresh.code != old.code
    assert audit.of_subject("campaign", campaign.id)[0].action == "campaign:code_reissued"


def test_a_code_is_not_exchanged_twice_at_once(place, drafter, given):
    old = services.live_code(services.create(drafter, given).id, place["Xã 1"].id)
    issuing.reissue(drafter, old, "lần một")
    with pytest.raises(Refused):
        issuing.reissue(drafter, old, "lần hai")


def test_a_code_is_exchanged_only_with_a_reason(place, drafter, given):
    old = services.live_code(services.create(drafter, given).id, place["Xã 1"].id)
    assert "reason" in errors(lambda: issuing.reissue(drafter, old, " \u200b "))


def test_codes_of_a_campaign_that_is_over_stay(place, drafter, given):
    campaign = services.create(drafter, given)
    CAMPAIGN.fire(drafter, campaign.id, "approve")
    with write():
        campaign.opens_on = campaign.closes_on = clock.today() - timedelta(days=1)
    with pytest.raises(Refused):
        issuing.reissue(drafter, services.live_code(campaign.id, place["Xã 1"].id), "muộn")


def test_where_a_campaign_does_not_ask_there_is_no_code(drafter, given):
    with pytest.raises(Missing):
        services.live_code(services.create(drafter, given).id, drafter.unit_id)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "), ("name", "x" * 121), ("headline", ""), ("about", "x" * 501),
        ("minutes", 0), ("minutes", 61), ("supporter", "\u202e"), ("version_id", 999_999),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_at_its_field(drafter, given, field, value):
    assert errors(lambda: services.create(drafter, replace(given, **{field: value}))).keys() == {
        field
    }


@pytest.mark.parametrize(
    ("opens", "closes", "field"),
    [(3, 2, "closes_on"), (-3, -1, "closes_on"), (900, 901, "opens_on")],
)
def test_an_impossible_window_is_refused(drafter, given, opens, closes, field):
    today = clock.today()
    wrong = replace(
        given, opens_on=today + timedelta(days=opens), closes_on=today + timedelta(days=closes)
    )
    assert field in errors(lambda: services.create(drafter, wrong))


def test_nowhere_to_ask_is_refused(drafter, given):
    assert "scope" in errors(lambda: services.create(drafter, replace(given, scope=Scope.COMMUNES)))
