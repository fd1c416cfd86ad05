"""Each unit chooses its round where a campaign asks in one only, and names who helps there."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused
from portal.features.audit import queries as audit
from portal.features.campaigns import parts, queries, services
from portal.features.campaigns.phase import Phase
from portal.features.campaigns.workflow import CAMPAIGN
from portal.features.documents.deadlines import Span
from portal.features.surveys import places
from portal.features.surveys.places import Standing
from portal.policy.roles import Duty, Role
from tests.support import drafted, papers, surveyed
from tests.support.officials import PLACES, official

FIRST, SECOND = (clock.today() + timedelta(days=n) for n in (3, 4))
EITHER = (Span(FIRST, FIRST), Span(SECOND, SECOND))


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def given(place):
    return replace(drafted.given(drafted.version()), rounds=EITHER, one_round=True)


@pytest.fixture
def campaign(place, given):
    leader = official(place, Role.PROVINCE, Duty.DRAFT, Duty.APPROVE)
    made = services.create(leader, given)
    CAMPAIGN.fire(leader, made.id, "approve")
    return made


@pytest.fixture
def commune(place):
    return official(place, Role.COMMUNE, Duty.DRAFT)


def part(campaign, place, name="Xã 1"):
    return parts.of_unit(campaign, place[name].id, place["Tỉnh"].id)


def arrange(campaign, place, commune, number, supporter=""):
    return parts.arrange(commune, campaign, part(campaign, place), number, supporter)


def standing_at(campaign, place, name="Xã 1"):
    code = queries.live_code(campaign.id, place[name].id)
    places.keep_for(0)
    return places.find(code.code).standing


def test_the_code_of_a_unit_takes_answers_in_its_own_round_alone(
    campaign, place, commune, monkeypatch
):
    arrange(campaign, place, commune, 2)
    papers.later(monkeypatch, days=3)
    assert standing_at(campaign, place) == Standing.EARLY
    assert standing_at(campaign, place, "Xã 2") == Standing.OPEN
    papers.later(monkeypatch, days=1)
    assert standing_at(campaign, place) == Standing.OPEN


def test_a_choice_raises_the_version_and_is_on_the_record(campaign, place, commune):
    before = campaign.version
    arrange(campaign, place, commune, 1)
    assert campaign.version > before
    entry = audit.of_subject("campaign", campaign.id)[0]
    assert (entry.action, entry.unit_id) == ("campaign:arranged", place["Xã 1"].id)
    assert clock.format_date(FIRST) in entry.changes


def test_saving_the_same_again_leaves_no_trace(campaign, place, commune):
    arrange(campaign, place, commune, 1, "Khối Dân vận xã")
    count = len(audit.of_subject("campaign", campaign.id))
    arrange(campaign, place, commune, 1, "Khối Dân vận xã")
    assert len(audit.of_subject("campaign", campaign.id)) == count


def test_the_choice_is_open_until_the_unit_s_round_begins(campaign, place, commune, monkeypatch):
    arrange(campaign, place, commune, 2)
    papers.later(monkeypatch, days=3)
    arrange(campaign, place, commune, 1)
    with pytest.raises(Invalid) as refusal:
        arrange(campaign, place, commune, 2)
    assert "round_number" in refusal.value.errors


@pytest.mark.parametrize(("number", "then"), [(1, Standing.OPEN), (2, Standing.EARLY)])
def test_whoever_has_not_chosen_in_time_is_asked_in_all_and_may_still_choose(
    campaign, place, commune, monkeypatch, number, then
):
    papers.later(monkeypatch, days=3)
    assert standing_at(campaign, place) == Standing.OPEN
    arrange(campaign, place, commune, number)
    assert standing_at(campaign, place) == then


def test_a_round_that_is_over_is_chosen_no_more(campaign, place, commune, monkeypatch):
    papers.later(monkeypatch, days=4)
    with pytest.raises(Invalid) as refusal:
        arrange(campaign, place, commune, 1)
    assert refusal.value.errors == {"round_number": "Lần này đã qua. Mời chọn lần khác."}
    arrange(campaign, place, commune, 2)


def test_a_choice_of_rounds_is_announced_while_there_is_one(place, given, commune, monkeypatch):
    leader = official(place, Role.PROVINCE, Duty.DRAFT, Duty.APPROVE)
    first, second = (services.create(leader, replace(given, name=name)) for name in "AB")
    papers.later(monkeypatch, days=3)
    assert (parts.left_late(first), parts.left_late(second)) == (2, 2)
    CAMPAIGN.fire(leader, first.id, "approve")
    papers.later(monkeypatch, days=1)
    with pytest.raises(Refused, match="chỉ còn một lần"):
        CAMPAIGN.fire(leader, second.id, "approve")
    for name in ("Xã 1", "Xã 2", "Xã 3"):
        parts.arrange(leader, second, part(second, place, name), 2, "")
    CAMPAIGN.fire(leader, second.id, "approve")


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_round_that_there_is_not_cannot_be_chosen(campaign, place, commune, number):
    with pytest.raises(Invalid):
        arrange(campaign, place, commune, number)


def test_where_all_rounds_count_none_is_chosen_but_a_helper_is_named(place, given, commune):
    leader = official(place, Role.PROVINCE, Duty.DRAFT)
    plain = services.create(leader, replace(given, one_round=False))
    with pytest.raises(Invalid):
        arrange(plain, place, commune, 1)
    arrange(plain, place, commune, None, "Khối Dân vận xã")
    assert parts.own_row(commune, plain).supporter == "Khối Dân vận xã"


def test_each_unit_says_how_many_people_it_has_to_ask_where_they_are_counted(place, given, commune):
    leader = official(place, Role.PROVINCE, Duty.DRAFT)
    plain = services.create(leader, replace(given, one_round=False, denominator="headcount"))
    for wrong in (0, 100_000):
        with pytest.raises(Invalid):
            parts.arrange(commune, plain, part(plain, place), None, "", wrong)
    parts.arrange(commune, plain, part(plain, place), None, "", 42)
    assert part(plain, place).headcount == 42
    changes = json.loads(audit.of_subject("campaign", plain.id)[0].changes)
    assert changes["headcount"] == [None, 42]


def test_where_they_are_not_counted_no_number_of_people_is_taken(campaign, place, commune):
    with pytest.raises(Invalid):
        parts.arrange(commune, campaign, part(campaign, place), 1, "", 42)


def test_the_province_sees_who_has_not_chosen(campaign, place, commune):
    arrange(campaign, place, commune, 2)
    page = parts.listing(official(place, Role.PROVINCE), campaign, only_missing=True)
    assert (page.missing, page.total) == (2, 3)
    assert [row.part.unit.name for row in page.rows] == ["Xã 2", "Xã 3"]
    assert page.by_round == ((EITHER[0], 0), (EITHER[1], 1))


def test_each_sees_the_units_it_reaches(campaign, place):
    for role, names in (
        (Role.DISTRICT, ["Xã 1", "Xã 2"]), (Role.COMMUNE, ["Xã 1"]),
    ):  # fmt: skip
        page = parts.listing(official(place, role), campaign)
        assert [row.part.unit.name for row in page.rows] == names


def test_other_days_forget_what_was_chosen(place, given, commune):
    leader = official(place, Role.PROVINCE, Duty.DRAFT)
    campaign = services.create(leader, given)
    arrange(campaign, place, commune, 2)
    later = Span(SECOND + timedelta(days=3), SECOND + timedelta(days=3))
    services.edit(leader, campaign, replace(given, rounds=(*EITHER, later)), campaign.version)
    assert part(campaign, place).round_number is None


def test_after_the_close_nothing_is_arranged(campaign, place, commune, monkeypatch):
    papers.later(monkeypatch, days=9)
    assert campaign.phase == Phase.CLOSED
    with pytest.raises(Refused):
        arrange(campaign, place, commune, None, "Hội Phụ nữ xã")


def test_a_questionnaire_laid_aside_or_of_a_stranger_is_not_asked(place, given):
    leader = official(place, Role.PROVINCE, Duty.DRAFT)
    [version] = queries.askable(leader.unit_id)
    with write():
        version.questionnaire.archived_on = clock.today()
    assert queries.askable(leader.unit_id) == []
    with pytest.raises(Invalid) as refusal:
        services.create(leader, given)
    assert "version_id" in refusal.value.errors


def test_a_unit_asks_by_what_it_or_those_below_it_wrote(place, given):
    [version] = queries.askable(place["Tỉnh"].id)
    with write():
        version.questionnaire.unit_id = place["Xã 3"].id
    assert queries.may_ask(place["Tỉnh"].id, version.id)
    assert queries.may_ask(place["Xã 3"].id, version.id)
    assert not queries.may_ask(place["Huyện A"].id, version.id)
