"""Too high, too low: the running total only, told figures only, and explanations."""

from dataclasses import replace

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Forbidden, Invalid, Missing, Refused
from portal.features.campaigns.models import Campaign, ShareNote
from portal.features.field_reports import listing, overview, queries, services
from portal.features.field_reports.models import Explanation
from portal.features.field_reports.standing import LEAST, Verdict
from portal.features.field_reports.workflow import EXPLANATION
from portal.features.org_units.models import Point
from portal.features.surveys import taking_part, turnout
from portal.policy.roles import Duty, Role
from tests.support import carried, papers, reported, surveyed
from tests.support.officials import PLACES
from tests.support.queries import counted


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def asked(place):
    return reported.campaign(place)


@pytest.fixture
def commune(place, asked):
    return carried.doer(place)


@pytest.fixture
def province(place, asked):
    return papers.worker(place, Role.PROVINCE, Duty.DRAFT, Duty.APPROVE)


def fill(asked, place, commune, visits: int, n: int):
    """Report yesterday for Xã 1 and let people have answered then."""
    reported.report(commune, asked, reported.day(-1), visits)
    reported.answers(asked, place, "Xã 1", n, reported.day(-1))


@pytest.mark.parametrize(("visits", "n", "verdict"), [
    (40, 19, Verdict.LOW), (40, 20, Verdict.WITHIN), (40, 38, Verdict.WITHIN),
    (40, 39, Verdict.HIGH), (40, 60, Verdict.HIGH),
    (LEAST - 1, 40, Verdict.FEW), (LEAST, 40, Verdict.HIGH),
])  # fmt: skip
def test_the_band_is_between_50_and_95_per_cent(place, asked, commune, visits, n, verdict):
    fill(asked, place, commune, visits, n)
    assert reported.stands(commune, asked, place).verdict == verdict


@pytest.mark.parametrize("n", [0, 1, 4])
def test_below_the_masking_threshold_nothing_is_judged(place, asked, commune, n):
    fill(asked, place, commune, 100, n)
    assert reported.stands(commune, asked, place).verdict == Verdict.FEW


def test_answers_kept_back_for_a_neighbour_s_sake_are_not_judged_by_anybody(
    place, asked, commune, province
):
    fill(asked, place, commune, 100, 9)
    reported.answers(asked, place, "Xã 2", 2, reported.day(-1))
    for reader in (commune, province):
        found = reported.stands(reader, asked, place)
        assert (found.printed.text, found.share, found.verdict) == ("≥5", None, Verdict.FEW)


def test_a_single_day_is_not_judged(place, asked, commune):
    reported.report(commune, asked, reported.day(-1), 30)
    reported.report(commune, asked, reported.day(0), 30)
    reported.answers(asked, place, "Xã 1", 40, reported.day(-1))
    found = reported.stands(commune, asked, place)
    assert (found.visits, found.counted, found.verdict) == (60, 40, Verdict.WITHIN)


def test_the_answers_of_a_day_that_is_not_reported_yet_do_not_count(place, asked, commune):
    reported.report(commune, asked, reported.day(-1), 40)
    reported.answers(asked, place, "Xã 1", 30, reported.day(-1))
    reported.answers(asked, place, "Xã 1", 30, reported.day(0))
    found = reported.stands(commune, asked, place)
    assert (found.counted, found.share, found.until) == (30, 0.75, reported.day(-1))
    assert found.due_today


def test_before_the_first_day_is_reported_no_rate_is_made_up(place, asked, commune):
    reported.report(commune, asked, reported.day(0), 40)
    reported.answers(asked, place, "Xã 1", 30, reported.day(0))
    found = reported.stands(commune, asked, place)
    assert (found.share, found.verdict, found.missing) == (
        None, Verdict.GAP, (reported.day(-1),),
    )  # fmt: skip


def test_a_day_reported_before_visits_were_asked_for_ends_the_running_total(place):
    asked = reported.campaign(place, "none")
    commune = carried.doer(place)
    reported.report(commune, asked, reported.day(-1), None)
    with write() as current:
        current.get_one(Campaign, asked.id).denominator = "visits"
    reported.report(commune, asked, reported.day(0), 40)
    found = reported.stands(commune, asked, place)
    assert (found.visits, found.whole, found.verdict) == (40, None, Verdict.GAP)


@pytest.mark.parametrize(("days", "n", "verdict"), [
    (3, 6, Verdict.EARLY), (3, 39, Verdict.HIGH), (1, 6, Verdict.LOW), (3, 30, Verdict.WITHIN),
])  # fmt: skip
def test_a_headcount_is_low_only_when_the_days_are_over(place, days, n, verdict):
    asked = reported.campaign(place, "headcount", days=days)
    commune = carried.doer(place)
    reported.headcount(asked, place, "Xã 1", 40)
    reported.answers(asked, place, "Xã 1", n, reported.day(-1))
    assert reported.stands(commune, asked, place).verdict == verdict


def test_without_a_headcount_nothing_is_judged(place):
    asked = reported.campaign(place, "headcount", days=1)
    reported.answers(asked, place, "Xã 1", 9, reported.day(-1))
    assert reported.stands(carried.doer(place), asked, place).verdict == Verdict.UNKNOWN


def test_without_a_denominator_the_deliveries_to_the_teams_are_shown(place):
    asked = reported.campaign(place, "none")
    unit = place["Xã 1"]
    teams = [
        Point(unit_id=unit.id, kind="team", name=f"Tổ {n}", folded="", sort_key=str(n),
              valid_from=reported.day(-9))
        for n in (1, 2, 3)
    ]  # fmt: skip
    with write() as current:
        current.add_all(teams)
        current.flush()
        current.add(ShareNote(campaign_id=asked.id, unit_id=unit.id, point_id=teams[0].id,
                              sent_on=clock.today(), sent_by="Xã"))  # fmt: skip
    found = listing.deliveries(asked, [unit.id])[unit.id]
    assert (found.sent, found.teams) == (1, 3)
    assert reported.stands(carried.doer(place), asked, place).verdict == Verdict.UNUSED


def test_visits_are_what_answers_are_measured_against_on_every_page(
    place, asked, commune, province
):
    fill(asked, place, commune, 40, 30)
    reported.answers(asked, place, "Xã 3", 50, reported.day(-1))
    page = taking_part.of(province, session().get_one(Campaign, asked.id))
    assert (page.rate, page.measure.whole(page.units), page.measure.told(page.units)) == (
        0.75, 40, 1,
    )  # fmt: skip


def explained(place, asked, commune) -> Explanation:
    fill(asked, place, commune, 40, 10)
    return services.explain(commune, reported.stands(commune, asked, place), "Mưa to hai ngày.")


def test_an_explanation_keeps_the_rate_it_explains_and_changes_no_answer(place, asked, commune):
    made = explained(place, asked, commune)
    assert (made.side, made.percent, made.state) == ("low", 25, "given")
    assert reported.stands(commune, asked, place).counted == 10


def test_several_explanations_are_kept_and_the_same_one_only_once(place, asked, commune):
    first = explained(place, asked, commune)
    stands = reported.stands(commune, asked, place)
    assert services.explain(commune, stands, "Mưa to hai ngày.").id == first.id
    services.explain(commune, stands, "Đã bố trí thêm người hỗ trợ.")
    assert len(queries.explanations_of(commune, asked.id, commune.unit_id)) == 2


def test_within_the_band_there_is_nothing_to_explain(place, asked, commune):
    fill(asked, place, commune, 40, 30)
    with pytest.raises(Refused):
        services.explain(commune, reported.stands(commune, asked, place), "Vẫn xin nói.")


@pytest.mark.parametrize("words", ["", " ", "x" * 2001])
def test_an_explanation_says_something_and_not_too_much(place, asked, commune, words):
    fill(asked, place, commune, 40, 10)
    with pytest.raises(Invalid):
        services.explain(commune, reported.stands(commune, asked, place), words)


def test_the_district_accepts_or_asks_again_with_a_reason(place, asked, commune):
    made, district = explained(place, asked, commune), papers.worker(place, Role.DISTRICT)
    with pytest.raises(Refused):
        EXPLANATION.fire(district, made.id, "ask_again")
    EXPLANATION.fire(district, made.id, "accept")
    again = EXPLANATION.fire(district, made.id, "ask_again", "Nêu số người hỗ trợ")
    assert (again.state, again.verdict, again.judged_by) == (
        "asked_again", "Nêu số người hỗ trợ", "Cán bộ Huyện A",
    )  # fmt: skip


def test_nobody_judges_his_own_and_another_district_does_not_see_it(place, asked, commune):
    made = explained(place, asked, commune)
    with pytest.raises(Forbidden):
        EXPLANATION.fire(commune, made.id, "accept")
    with pytest.raises(Missing):
        EXPLANATION.fire(papers.worker(place, Role.DISTRICT, at="Huyện B"), made.id, "accept")


def test_the_database_itself_keeps_what_was_explained(place, asked, commune):
    explained(place, asked, commune)
    with pytest.raises(DBAPIError, match="kept for good"), write() as current:
        current.execute(update(Explanation).values(text="Khác"))


def test_a_home_page_learns_what_is_due_in_few_queries(place, asked, commune, province):
    explained(place, asked, commune)
    turnouts = [turnout.of(province, session().get_one(Campaign, asked.id))]
    with counted() as statements:
        [found] = overview.overview(province, turnouts)
    assert len(statements) == 3
    assert [len(part) for part in (found.due_today, found.missing, found.outside)] == [3, 2, 1]
    assert [one.text for one in found.to_judge] == ["Mưa to hai ngày."]
    assert found.to_explain == ()


def test_a_campaign_that_asks_for_no_report_is_left_out(place):
    asked = reported.campaign(place, rules=replace(carried.RULES, reports=False, daily_post=False))
    actor = carried.doer(place)
    assert overview.overview(actor, [turnout.of(actor, asked)]) == []
