"""Rounds with gaps, one day or the other, and the days that a document may change."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.core import clock
from portal.core.errors import Invalid, Refused
from portal.features.audit import queries as audit
from portal.features.campaigns import amending, changes, plan_days, queries, services, tying
from portal.features.campaigns import rounds as windows
from portal.features.campaigns.amending import Change, Kind
from portal.features.campaigns.drafting import Step, check
from portal.features.campaigns.phase import Phase
from portal.features.documents.body import Level, Section, SectionRole
from portal.features.documents.deadlines import Span
from portal.features.documents.models import Relation, State
from portal.features.surveys import places
from tests.support import drafted, numbered, papers, surveyed
from tests.support.officials import PLACES

TODAY = clock.today()


def in_days(first: int, last: int) -> Span:
    return Span(TODAY + timedelta(days=first), TODAY + timedelta(days=last))


FOUR = (in_days(2, 4), in_days(8, 9), in_days(20, 25), in_days(40, 41))


@pytest.fixture
def author(app):
    place = surveyed.province(PLACES)
    numbered.letterhead(place, regime="party")
    return papers.worker(place)


def given(*rounds: Span, **more):
    return replace(drafted.given(drafted.version()), rounds=rounds, **more)


def errors(call) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        call()
    return refusal.value.errors


def saying(text: str, role: SectionRole = SectionRole.SURVEY_WINDOW) -> Section:
    return Section("muc0003", Level.POINT, "Thời gian", text, role)


def said(*rounds: Span) -> str:
    lines = (f"- Đợt {n}: từ ngày {clock.format_date(a)} đến hết ngày {clock.format_date(b)}"
             for n, (a, b) in enumerate(rounds, 1))  # fmt: skip
    return "Lấy ý kiến theo các đợt sau:\n" + ";\n".join(lines) + "."


def test_four_rounds_make_one_campaign_from_the_first_day_to_the_last(author):
    campaign = services.create(author, given(*FOUR))
    assert (campaign.opens_on, campaign.closes_on) == (FOUR[0].first, FOUR[-1].last)
    assert campaign.all_rounds == FOUR


def test_one_round_alone_is_a_plain_window(author):
    campaign = services.create(author, given(in_days(5, 6), one_round=True))
    assert (campaign.rounds, campaign.one_round) == ((), False)
    assert campaign.opens_on == in_days(5, 6).first


def test_what_is_wrong_with_a_round_is_said_of_that_round(author):
    wrong = given(in_days(2, 4), in_days(4, 6), in_days(9, 8)).cleaned()
    assert check(wrong).keys() == {"rounds-2", "rounds-3"}
    many = tuple(in_days(2 * n, 2 * n) for n in range(1, 15))
    assert "rounds" in check(replace(wrong, rounds=many))


def test_the_rounds_of_a_plan_are_the_campaign_s(author):
    plan = papers.draft(author, sections=(saying(said(*FOUR)),))
    campaign = tying.create(author, drafted.given(drafted.version()), plan)
    assert campaign.all_rounds == FOUR
    assert not campaign.one_round


def test_one_day_or_the_other_is_two_rounds_of_which_each_place_chooses_one(author):
    first, second = (TODAY + timedelta(days=n) for n in (10, 11))
    text = f"Phát phiếu ngày {clock.format_date(first)} hoặc ngày {clock.format_date(second)}"
    plan = papers.draft(author, sections=(saying(text, SectionRole.BALLOT_DAY),))
    campaign = tying.create(author, drafted.given(drafted.version()), plan)
    assert campaign.all_rounds == (Span(first, first), Span(second, second))
    assert campaign.one_round


def test_windows_that_touch_are_one(author):
    plan = papers.draft(author, sections=(saying(said(in_days(2, 4), in_days(5, 8))),))
    assert plan_days.days_of(plan).rounds == (in_days(2, 8),)


def test_the_way_upwards_is_kept_in_order_and_on_the_record(author):
    way = (Step("commune", "working_team"), Step("province", "farmers"))
    campaign = services.create(author, given(steps=way))
    assert queries.way_of(campaign.id) == way
    services.edit(author, campaign, given_again(campaign, steps=way[:1]), campaign.version)
    assert queries.way_of(campaign.id) == way[:1]
    assert "working_team" in audit.of_subject("campaign", campaign.id)[0].changes


def given_again(campaign, **more):
    return replace(drafted.given(campaign.questionnaire_version), **more)


@pytest.mark.parametrize(
    "steps",
    [
        [("province", "farmers"), ("commune", "farmers")],
        [("commune", "farmers"), ("commune", "farmers")],
        [("commune", "")],
        [("nowhere", "farmers")],
    ],
)
def test_a_way_that_leads_down_or_nowhere_is_refused(author, steps):
    way = tuple(Step(*step) for step in steps)
    assert errors(lambda: services.create(author, given(steps=way))).keys() == {"steps"}


def test_a_number_to_compare_with_is_one_of_those_there_are(author):
    campaign = services.create(author, given(denominator="households"))
    assert campaign.denominator == "households"
    wrong = given_again(campaign, denominator="phần trăm")
    assert "denominator" in errors(lambda: services.create(author, wrong))


DAY = date(2026, 5, 6)


def at(first: int, last: int) -> Span:
    return Span(DAY + timedelta(days=first), DAY + timedelta(days=last))


def test_a_pause_is_a_gap_in_the_days():
    assert windows.paused([at(0, 9)], at(3, 3).first, at(6, 6).first) == (at(0, 2), at(6, 9))
    assert windows.paused([at(0, 2), at(5, 9)], at(1, 1).first, at(7, 7).first) == (
        at(0, 0), at(7, 9),
    )  # fmt: skip


def test_a_shorter_campaign_loses_the_rounds_behind_its_last_day():
    rounds = (at(0, 2), at(5, 6), at(9, 9))
    assert windows.until(rounds, at(5, 5).first) == (at(0, 2), at(5, 5))
    assert windows.until(rounds, at(3, 3).first) == (at(0, 2),)


@pytest.fixture
def running(author, monkeypatch):
    """A campaign by an issued plan, on the third of ten days, and a paper that amends the plan."""
    plan = papers.draft(author, sections=(saying(said(in_days(1, 10))),))
    campaign = tying.create(author, drafted.given(drafted.version()), plan)
    papers.bring(plan, State.ISSUED, author)
    paper = papers.issued(author, relation=Relation.AMENDS, refers_to_id=plan.id)
    papers.later(monkeypatch, days=3)
    assert campaign.phase == Phase.OPEN
    return campaign, paper


def change(author, running, kind, *, last=None, since=None, resumed=None, reason="Bão số 3"):
    campaign, paper = running
    days = tuple(one and TODAY + timedelta(days=one) for one in (last, since, resumed))
    if wrong := amending.errors_of(kind, campaign, days):
        raise Invalid(wrong)
    rounds = amending.new_rounds(kind, campaign, *days)
    return amending.change_days(author, campaign, Change(kind, paper, reason, rounds))


def test_it_is_extended(author, running):
    assert change(author, running, Kind.EXTEND, last=12).all_rounds == (in_days(1, 12),)
    [(made, paper)] = queries.changes_of(running[0].id)
    assert (made.kind, paper, made.before) == ("extend", running[1], (in_days(1, 10),))


def test_it_is_paused_and_goes_on_by_itself(author, running, monkeypatch):
    campaign = change(author, running, Kind.PAUSE, since=5, resumed=8)
    assert campaign.all_rounds == (in_days(1, 4), in_days(8, 10))
    papers.later(monkeypatch, days=2)
    assert campaign.phase == Phase.BETWEEN
    papers.later(monkeypatch, days=3)
    assert campaign.phase == Phase.OPEN


def test_each_change_keeps_its_own_reason_and_explains_its_own_days(author, running, monkeypatch):
    campaign = change(author, running, Kind.PAUSE, since=5, resumed=8, reason="Bão số 3")
    change(author, running, Kind.EXTEND, last=12, reason="Bù ba ngày nghỉ")
    code = queries.codes(campaign.id)[0].code
    places.keep_for(0)
    papers.later(monkeypatch, days=3)
    assert places.find(code).change.reason == "Bão số 3"
    papers.later(monkeypatch, days=9)
    assert places.find(code).change.reason == "Bù ba ngày nghỉ"


def told(reason: str, before: list[Span], after: list[Span]) -> Change:
    return changes.Change("move", reason, "số 1-CV/TU", tuple(before), tuple(after))


@pytest.mark.parametrize(
    ("day", "reason"), [(-1, "dời"), (4, None), (6, None), (11, "bão"), (14, "lũ"), (30, "lũ")]
)
def test_the_change_that_took_a_day_away_explains_it(day, reason):
    start, planned = [at(-2, 3), at(7, 20)], [at(0, 3), at(7, 20)]
    paused = [at(0, 3), at(7, 9), at(13, 20)]
    after = [at(0, 3), at(7, 9), at(16, 25)]
    done = [told("dời", start, planned), told("bão", planned, paused), told("lũ", paused, after)]
    found = changes.explaining(done, after, DAY + timedelta(days=day))
    assert (found and found.reason) == reason


def test_a_pause_may_bring_further_days(author, running):
    campaign = change(author, running, Kind.PAUSE, since=5, resumed=12, last=15)
    assert campaign.all_rounds == (in_days(1, 4), in_days(12, 15))


def test_it_is_closed_early_at_the_end_of_today_at_the_soonest(author, running):
    assert "closes_on" in errors(lambda: change(author, running, Kind.CLOSE, last=2))
    assert change(author, running, Kind.CLOSE, last=3).closes_on == in_days(3, 3).last


@pytest.mark.parametrize(
    ("kind", "days", "field"),
    [
        (Kind.EXTEND, {"last": 10}, "closes_on"),
        (Kind.EXTEND, {}, "closes_on"),
        (Kind.CLOSE, {"last": 11}, "closes_on"),
        (Kind.PAUSE, {"since": 3, "resumed": 6}, "paused_on"),
        (Kind.PAUSE, {"since": 5, "resumed": 5}, "resumes_on"),
        (Kind.PAUSE, {"since": 5, "resumed": 14}, "resumes_on"),
        (Kind.PAUSE, {"since": 5}, "resumes_on"),
        (Kind.EXTEND, {"last": 12, "reason": " "}, "reason"),
    ],
)
def test_days_that_cannot_be_are_said_at_their_field(author, running, kind, days, field):
    assert errors(lambda: change(author, running, kind, **days)).keys() == {field}


@pytest.mark.parametrize("moved", [in_days(2, 10), in_days(0, 10), in_days(4, 10)])
def test_days_that_have_been_stay(author, running, moved):
    campaign, paper = running
    by_hand = Change(Kind.MOVE, paper, "Bão", (moved,))
    assert "rounds" in errors(lambda: amending.change_days(author, campaign, by_hand))
    assert campaign.all_rounds == (in_days(1, 10),)


def test_a_campaign_that_is_over_keeps_its_days(author, running, monkeypatch):
    papers.later(monkeypatch, days=9)
    with pytest.raises(Refused):
        change(author, running, Kind.EXTEND, last=30)


WINTER = (Span(date(2026, 11, 22), date(2026, 11, 24)), Span(date(2026, 12, 5), date(2026, 12, 7)))
A_DAY = Span(date(2026, 12, 13), date(2026, 12, 13))
TURN = Span(date(2026, 12, 30), date(2027, 1, 2))


@pytest.mark.parametrize(
    ("rounds", "told", "brief"),
    [
        ([A_DAY], "ngày 13/12/2026", "ngày 13/12/2026"),
        ([WINTER[0]], "từ 22/11 đến hết 24/11/2026", "ngày 22–24/11/2026"),
        (
            WINTER,
            "từ 22/11 đến hết 24/11 và từ 05/12 đến hết 07/12/2026",
            "ngày 22–24/11, 05–07/12/2026",
        ),
        (
            [*WINTER, A_DAY],
            "từ 22/11 đến hết 24/11, từ 05/12 đến hết 07/12 và ngày 13/12/2026",
            "ngày 22–24/11, 05–07/12, 13/12/2026",
        ),
        (
            [A_DAY, TURN],
            "ngày 13/12/2026 và từ 30/12/2026 đến hết 02/01/2027",
            "ngày 13/12/2026, 30/12/2026–02/01/2027",
        ),
        (
            [Span(date(2026, month, 28), date(2026, month + 1, 3)) for month in (1, 3, 5)],
            "từ 28/01 đến hết 03/02, từ 28/03 đến hết 03/04 và từ 28/05 đến hết 03/06/2026",
            "ngày 28/01–03/02, 28/03–03/04, 28/05–03/06/2026",
        ),
    ],
)
def test_people_are_told_the_days_of_each_round_and_no_others(rounds, told, brief):
    assert windows.told(rounds) == told
    assert windows.brief(rounds) == brief


def test_more_rounds_than_a_sticker_holds_are_counted_and_the_form_tells_the_days():
    monthly = [Span(date(2026, month, 1), date(2026, month, 5)) for month in range(1, 13)]
    assert windows.brief(monthly) == (
        "12 lần, từ 01/01/2026 đến hết 05/12/2026; quét mã để biết ngày"
    )
    next_year = [Span(date(2027, month, 1), date(2027, month, 5)) for month in (1, 4)]
    across = [Span(date(2026, 10, 1), date(2026, 12, 25)), *next_year]
    assert windows.brief(across).startswith("3 lần, từ 01/10/2026 đến hết 05/04/2027")
