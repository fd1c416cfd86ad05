"""Rounds wherever days are told: gaps, the round that runs, either-or days, who has none yet."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.database import session, write
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.campaigns.phase import Phase
from portal.features.documents.deadlines import Span
from portal.features.surveys import pages, turnout
from portal.features.surveys.tasks import TaskKind
from portal.policy.roles import Role
from tests.support import surveyed


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện A": ["Xã Một", "Xã Hai"], "Huyện B": ["Xã Ba"]})


@pytest.fixture
def province(place):
    return surveyed.actor(surveyed.account(place, "Tỉnh", Role.PROVINCE))


@pytest.fixture
def commune(place):
    return surveyed.actor(surveyed.account(place, "Xã Một", Role.COMMUNE))


def day(n: int):
    return clock.today() + timedelta(days=n)


def rounds(place, *spans: tuple[int, int], one_round: bool = False) -> Campaign:
    """Make a campaign in rounds, days counted from today."""
    asked = surveyed.campaign(place, opens_in=spans[0][0], days=spans[-1][1] - spans[0][0] + 1)
    with write() as current:
        made = current.get_one(Campaign, asked.id)
        made.rounds = tuple(Span(day(a), day(b)) for a, b in spans)
        made.one_round = one_round
    return session().get_one(Campaign, asked.id)


def choose(asked, unit, number: int) -> None:
    with write() as current:
        current.get_one(CampaignUnit, (asked.id, unit.id)).round_number = number


def kinds(actor) -> list[TaskKind]:
    return [task.kind for task in pages.home(actor).tasks]


def test_days_are_counted_without_the_gaps(place, province):
    asking = turnout.of(province, rounds(place, (-20, -11), (-2, 3), (10, 19))).asking
    assert (asking.phase, asking.number, asking.days_left) == (Phase.OPEN, 2, 3)
    assert (asking.days_begun, len(asking.days)) == (13, 26)


def test_days_of_a_gap_are_not_drawn_and_rounds_add_up(place, province):
    asked = rounds(place, (-8, -7), (-1, 1))
    for ago, n in ((-8, 7), (-7, 8), (-1, 9), (0, 10)):
        surveyed.answer(asked, place["Xã Một"], ["5|co|"] * n, day=day(ago))
    found = turnout.of(province, asked)
    assert [(each.day, each.count) for each in found.days] == [
        (day(-8), 7), (day(-7), 8), (day(-1), 9), (day(0), 10), (day(1), None),
    ]  # fmt: skip
    assert [one.count for one in found.by_round] == [15, 19]


def test_who_has_none_in_the_round_that_runs_is_named(place, province):
    asked = rounds(place, (-9, -8), (-1, 1))
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 9, day=day(-8))
    surveyed.answer(asked, place["Xã Hai"], ["5|co|"] * 9)
    found = turnout.of(province, asked)
    assert [one.full_name for one in found.none] == ["Xã Một", "Xã Ba"]
    assert found.with_some == 2


def test_the_end_of_a_round_is_not_the_end_of_the_campaign(place, province):
    rounds(place, (-1, 1), (5, 6))
    assert TaskKind.ROUND_ENDS in kinds(province)
    assert TaskKind.LAST_DAY not in kinds(province)


def test_in_a_gap_the_home_says_when_it_goes_on(client, place, commune):
    asked = rounds(place, (-5, -3), (4, 6))
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 9, day=day(-4))
    assert kinds(commune) == [TaskKind.REOPEN]
    for name, role, path in (("Tỉnh", Role.PROVINCE, "/tinh"), ("Xã Hai", Role.COMMUNE, "/xa")):
        client.sign_in(surveyed.account(place, name, role, frozenset({"draft"})))
        assert f"mở lại ngày {clock.format_date(day(4))}" in client.page(path).text
    assert client.page(f"/dot-khao-sat/{asked.id}/tham-gia").status == 200


def test_a_commune_counts_the_days_of_the_round_it_has_chosen(place, commune):
    asked = rounds(place, (0, 0), (2, 2), one_round=True)
    choose(asked, place["Xã Một"], 2)
    found = turnout.of(commune, asked)
    assert (found.phase, found.asking.current.first) == (Phase.READY, day(2))
    assert kinds(commune) == [TaskKind.HANG_POSTERS]


def test_who_has_had_its_day_has_nothing_left_to_do(place, commune):
    asked = rounds(place, (-1, -1), (0, 0), one_round=True)
    choose(asked, place["Xã Một"], 1)
    assert kinds(commune) == []


def test_who_is_not_asked_today_is_not_among_those_without_answers(place, province):
    asked = rounds(place, (-1, 0), (2, 3), one_round=True)
    for name, number in (("Xã Một", 1), ("Xã Hai", 2), ("Xã Ba", 2)):
        choose(asked, place[name], number)
    assert [one.full_name for one in turnout.of(province, asked).none] == ["Xã Một"]


def test_until_a_commune_has_chosen_its_day_it_is_asked_to(place, province, commune):
    asked = rounds(place, (3, 3), (4, 4), one_round=True)
    choose(asked, place["Xã Hai"], 1)
    assert TaskKind.CHOOSE_ROUND in kinds(commune)
    [task] = [t for t in pages.home(province).tasks if t.kind == TaskKind.CHOOSE_ROUND]
    assert task.n == 2
    choose(asked, place["Xã Một"], 2)
    assert TaskKind.CHOOSE_ROUND not in kinds(commune)
