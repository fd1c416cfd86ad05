"""Nobody judges his own, the way is kept, three to five are held by a guard."""

import threading
from dataclasses import replace

import pytest

from portal.core.database import session
from portal.core.errors import Forbidden, Invalid, Missing, Refused
from portal.features.audit import queries as audit
from portal.features.nominations import queries, services, shortlist
from portal.features.nominations.models import State
from portal.features.nominations.workflow import LIST_CLOSED, LIST_FULL, NOMINATION
from portal.features.org_units import services as org_units
from portal.features.org_units.kinds import OrganisationKind
from portal.policy.roles import Duty, Role
from tests.support import nominated, papers, surveyed

WAY_OF_001 = ("commune:working_team", "province:farmers")


@pytest.fixture
def place(app):
    return surveyed.province(nominated.PLACES)


@pytest.fixture
def campaign(place):
    return nominated.asked(place)


@pytest.fixture
def commune(place):
    return papers.worker(place, Role.COMMUNE)


@pytest.fixture
def district(place):
    return papers.worker(place, Role.DISTRICT)


@pytest.fixture
def province(place):
    return papers.worker(place)


def test_from_the_draft_to_the_list(place, campaign, commune, district, province):
    one = nominated.proposed(commune, campaign, place["Xã 1"])
    NOMINATION.fire(district, one.id, "endorse", "Đồng ý")
    NOMINATION.fire(province, one.id, "shortlist")
    assert (one.state, one.endorsed_by, one.proposed_by) == (
        State.SHORTLISTED, district.display_name, commune.display_name,
    )  # fmt: skip
    acts = [entry.action for entry in audit.of_subject("nomination", one.id)]
    assert acts == [f"nomination:{act}" for act in ("shortlist", "endorse", "propose", "created")]


def test_what_a_commune_proposes_waits_for_its_district(place, campaign, commune, province):
    one = nominated.proposed(commune, campaign, place["Xã 1"])
    with pytest.raises(Refused, match="Huyện chưa có ý kiến"):
        NOMINATION.fire(province, one.id, "shortlist")


def test_a_way_without_districts_goes_straight_to_the_province(place, commune, district, province):
    campaign = nominated.asked(place, way=WAY_OF_001)
    one = nominated.proposed(commune, campaign, place["Xã 1"])
    with pytest.raises(Refused, match="thẳng lên tỉnh"):
        NOMINATION.fire(district, one.id, "endorse")
    assert NOMINATION.fire(province, one.id, "shortlist").state == State.SHORTLISTED


def test_a_province_of_two_tiers_has_no_district_to_wait_for(app):
    place = surveyed.province({"": ["Xã 1"]})
    one = nominated.proposed(
        papers.worker(place, Role.COMMUNE), nominated.asked(place), place["Xã 1"]
    )
    NOMINATION.fire(papers.worker(place), one.id, "shortlist")


def test_nobody_judges_what_he_proposed_himself(place, campaign, district, province):
    by_district = nominated.proposed(district, campaign, place["Xã 1"])
    by_province = nominated.proposed(province, campaign, place["Xã 2"])
    with pytest.raises(Forbidden):
        NOMINATION.fire(district, by_district.id, "endorse")
    with pytest.raises(Forbidden):
        NOMINATION.fire(province, by_province.id, "shortlist")
    colleague = papers.worker(place, Role.PROVINCE, Duty.APPROVE)
    assert NOMINATION.fire(colleague, by_province.id, "shortlist").state == State.SHORTLISTED


def test_whoever_drafted_it_does_not_judge_it_after_a_colleague_proposed_it(place, campaign):
    drafter = papers.worker(place, Role.PROVINCE, Duty.DRAFT)
    clerk = papers.worker(place, Role.PROVINCE, Duty.CLERK, Duty.APPROVE)
    one = nominated.drafted(drafter, campaign, place["Xã 1"])
    NOMINATION.fire(clerk, one.id, "propose")
    for hand in (drafter, clerk):
        with pytest.raises(Forbidden):
            NOMINATION.fire(hand, one.id, "shortlist")


def test_a_district_does_not_judge_itself(place, campaign, district, province):
    itself = nominated.proposed(province, campaign, place["Huyện A"])
    for act in ("endorse", "decline"):
        with pytest.raises(Forbidden):
            NOMINATION.fire(district, itself.id, act)


def test_a_body_of_the_province_is_proposed_and_judged_by_others_than_its_own(
    place, campaign, province
):
    other = papers.worker(place, Role.PROVINCE, Duty.CLERK, Duty.APPROVE)
    body = org_units.add_organisation(
        place["Tỉnh"].id, OrganisationKind.FARMERS, "Hội Nông dân tỉnh"
    )
    given = replace(nominated.words(), organisation_id=body.id)
    one = services.create(province, campaign, place["Tỉnh"], given)
    NOMINATION.fire(province, one.id, "propose")
    assert queries.waiting(other) == [(campaign, 1)]
    for hand in (province, replace(other, organisation_id=body.id)):
        with pytest.raises(Forbidden):
            NOMINATION.fire(hand, one.id, "shortlist")
    assert NOMINATION.fire(other, one.id, "shortlist").state == State.SHORTLISTED


def test_the_province_as_a_whole_is_no_nominee(place, campaign, province):
    with pytest.raises(Invalid) as invalid:
        nominated.drafted(province, campaign, place["Tỉnh"])
    assert set(invalid.value.errors) == {"organisation_id"}


def test_units_propose_their_own_alone_and_those_above_whom_they_reach(place, campaign):
    reached = {
        role: {unit.name for unit in queries.nominable(papers.worker(place, role), campaign)}
        for role in (Role.COMMUNE, Role.DISTRICT, Role.PROVINCE)
    }
    assert reached[Role.COMMUNE] == {"Xã 1"}
    assert reached[Role.DISTRICT] == {"Huyện A", *nominated.PLACES["Huyện A"]}
    assert reached[Role.PROVINCE] == reached[Role.DISTRICT] | {"Huyện B", "Xã 9", "Tỉnh"}


def test_drafts_are_for_those_who_write_them(place, campaign, district, province):
    draft = nominated.drafted(district, campaign, place["Xã 1"])
    commune = papers.worker(place, Role.COMMUNE)
    assert queries.listed(commune, campaign.id) == queries.listed(province, campaign.id) == []
    with pytest.raises(Missing):
        NOMINATION.fire(province, draft.id, "reject", "Chưa rõ")


def test_the_same_is_proposed_once_until_it_is_withdrawn(place, campaign, commune, district):
    first = nominated.proposed(commune, campaign, place["Xã 1"])
    with pytest.raises(Invalid):
        nominated.drafted(district, campaign, place["Xã 1"])
    NOMINATION.fire(commune, first.id, "withdraw", "Ghi thiếu")
    again = services.again(commune, first)
    assert (again.name, again.achievement, again.state) == ("Xã 1", "Làm tốt", State.DRAFT)


def test_two_drafts_of_the_same_do_not_both_go_up(place, campaign, commune, district):
    ours = nominated.drafted(commune, campaign, place["Xã 1"])
    theirs = nominated.drafted(district, campaign, place["Xã 1"])
    NOMINATION.fire(district, theirs.id, "propose")
    with pytest.raises(Refused, match="đã được đề cử"):
        NOMINATION.fire(commune, ours.id, "propose")


def test_the_sixth_is_refused_with_the_reason_why(place, campaign, province):
    *_, sixth = nominated.many(place, campaign, 6)
    for one in queries.listed(province, campaign.id)[:5]:
        NOMINATION.fire(province, one.id, "shortlist")
    with pytest.raises(Refused) as refused:
        NOMINATION.fire(province, sixth.id, "shortlist")
    assert refused.value.message == LIST_FULL
    assert queries.count_shortlisted(campaign.id) == 5


def test_two_people_at_once_do_not_make_six(app, place, campaign, province):
    four = nominated.shortlisted(place, campaign, 4, province)
    district = papers.worker(place, Role.DISTRICT, Duty.DRAFT)
    rest = [nominated.proposed(district, campaign, place[f"Xã {n}"]).id for n in (5, 6, 7)]
    together, outcomes = threading.Barrier(3), []

    def put(nomination_id):
        with app.app_context():
            together.wait()
            try:
                outcomes.append(NOMINATION.fire(province, nomination_id, "shortlist").state)
            except Refused as refused:
                outcomes.append(refused.message)

    session().rollback()
    hands = [threading.Thread(target=put, args=(one,)) for one in rest]
    [hand.start() for hand in hands]
    [hand.join() for hand in hands]
    assert sorted(outcomes) == sorted([State.SHORTLISTED, LIST_FULL, LIST_FULL])
    assert queries.count_shortlisted(four[0].campaign_id) == 5


@pytest.mark.parametrize("count", [2, 3])
def test_a_list_is_closed_only_with_enough_names(place, campaign, province, count):
    nominated.shortlisted(place, campaign, count, province)
    if count < 3:
        with pytest.raises(Refused, match="Danh sách trình đang có"):
            shortlist.close(province, campaign)
        return
    shortlist.close(province, campaign)
    with pytest.raises(Refused):
        shortlist.close(province, campaign)


def test_a_list_is_closed_while_some_wait_only_if_somebody_is_sure(
    place, campaign, province, commune
):
    nominated.shortlisted(place, campaign, 3, province)
    nominated.proposed(commune, campaign, place["Xã 1"], "Nguyễn Văn B")
    with pytest.raises(Refused) as refused:
        shortlist.close(province, campaign)
    assert (refused.value.message, refused.value.values) == (shortlist.SOME_WAIT, {"n": 1})
    shortlist.close(province, campaign, sure=True)
    assert queries.is_closed(campaign.id)


def test_a_closed_list_changes_no_more_until_it_is_opened_again(place, campaign, province):
    one, *_ = nominated.shortlisted(place, campaign, 3, province)
    shortlist.close(province, campaign)
    with pytest.raises(Refused) as refused:
        NOMINATION.fire(province, one.id, "take_off", "Nhầm")
    assert refused.value.message == LIST_CLOSED
    with pytest.raises(Refused):
        shortlist.reopen(province, campaign, " ")
    shortlist.reopen(province, campaign, "Bổ sung một cá nhân")
    assert NOMINATION.fire(province, one.id, "take_off", "Nhầm").state == State.ENDORSED


@pytest.mark.parametrize("way", [(), WAY_OF_001])
def test_the_home_pages_count_what_one_may_judge(place, commune, district, province, way):
    campaign = nominated.asked(place, way=way)
    nominated.proposed(commune, campaign, place["Xã 1"])
    nominated.proposed(district, campaign, place["Xã 2"])
    nominated.proposed(province, campaign, place["Xã 3"])
    for actor in (commune, district, province):
        flow = NOMINATION.available
        judged = [one for one in queries.listed(actor, campaign.id)
                  if {"endorse", "shortlist"} & {
                      o.transition.name for o in flow(actor, one) if not o.refusal}]  # fmt: skip
        told = [(found.id, n) for found, n in queries.waiting(actor)]
        assert told == ([(campaign.id, len(judged))] if judged else [])


def test_a_campaign_that_asks_for_nobody_takes_nobody(place, commune):
    campaign = nominated.asked(place, least=0, most=0)
    with pytest.raises(Refused):
        nominated.drafted(commune, campaign, place["Xã 1"])
