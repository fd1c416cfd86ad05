"""How long, how well shown, with which gaps: pure rules over days."""

from datetime import date, timedelta

import pytest

from portal.features.publicity import judging
from portal.features.publicity.contents import CHANNELS, content, legal
from portal.features.publicity.judging import Mark
from portal.features.publicity.queries import Line

FIRST = date(2024, 5, 6)
TODAY = FIRST + timedelta(days=40)


def line(start=0, end=None, *, down=None, channel="niem_yet", times="", told=False, key=1):
    """Give a posting by days counted from the first."""
    day = lambda n: None if n is None else FIRST + timedelta(days=n)  # noqa: E731
    return Line(key, 1, "plan", channel, day(start), day(end), day(down), times, told)


@pytest.mark.parametrize(
    ("one", "days"),
    [(line(), 41), (line(0, 9), 10), (line(0, 99), 41), (line(0, 9, down=5), 5),
     (line(0, None, down=0), 0), (line(0, 9, down=20), 10)],
)  # fmt: skip
def test_days_are_counted_from_the_first_to_the_last_or_to_today(one, days):
    assert judging.days_of(one, TODAY) == days


def test_what_was_taken_down_today_is_over_today():
    assert judging.is_running(line(0, None, down=41), TODAY)
    assert not judging.is_running(line(0, None, down=40), TODAY)
    assert not judging.is_running(line(0, 39), TODAY)


@pytest.mark.parametrize(
    ("one", "pieces", "shown"),
    [(line(), 0, False), (line(), 1, True), (line(times="05:30"), 0, False),
     (line(channel="loa_truyen_thanh", times="05:30"), 0, True),
     (line(channel="truong_thon", told=True), 0, True),
     (line(channel="zalo", told=True), 0, False)],
)  # fmt: skip
def test_each_channel_is_shown_by_what_it_can_be_shown_by(one, pieces, shown):
    assert judging.is_proven(one, pieces) is shown


CLOSES = FIRST + timedelta(days=10)


@pytest.mark.parametrize(
    ("ones", "pieces", "mark"),
    [
        ([], {}, Mark.NONE),
        ([line()], {}, Mark.UNPROVEN),
        ([line()], {1: 1}, Mark.POSTED),
        ([line(0, 5)], {1: 1}, Mark.POSTED),
        ([line(0, 5, down=3)], {1: 1}, Mark.EARLY),
        ([line(0, None, down=8)], {1: 1}, Mark.EARLY),
        ([line(0, None, down=11)], {1: 1}, Mark.POSTED),
        ([line(0, None, down=8), line(8, key=2)], {1: 1, 2: 1}, Mark.POSTED),
        ([line(0, None, down=8), line(8, key=2)], {1: 1}, Mark.UNPROVEN),
    ],
)
def test_a_cell_says_where_a_content_stands(ones, pieces, mark):
    assert judging.cell(ones, pieces, CLOSES).mark == mark


def test_gaps_are_named_and_days_on_end_joined():
    ones = [line(0, 4), line(5, 9), line(12, 15), line(30)]
    assert [span.days for span in judging.spans(ones, TODAY)] == [10, 4, 11]
    found = judging.remarks(content("plan"), ones, TODAY)
    assert [one.values["n"] for one in found] == [2, 14]


def test_the_law_wants_thirty_days_on_the_board():
    budget = legal()["ngan_sach"]
    assert judging.progress(budget, [line(0, 9)], TODAY).is_enough is False
    [short] = judging.remarks(budget, [line(0, 9)], TODAY)
    assert (short.values["n"], short.values["least"]) == (10, 30)
    assert judging.remarks(budget, [line(0, 29)], TODAY) == []
    assert judging.remarks(budget, [line(38)], TODAY) == []  # It can still hang long enough.


def test_the_law_wants_three_days_on_end_on_the_loudspeakers():
    aid = legal()["ho_tro"]
    loud = {"channel": "loa_truyen_thanh"}
    found = judging.remarks(aid, [line(0, 1, **loud), line(3, 4, **loud)], TODAY)
    assert [one.values["n"] for one in found] == [1, 2]
    assert judging.remarks(aid, [line(0, 2, **loud)], TODAY) == []


def test_a_draft_is_open_for_twenty_days():
    [short] = judging.remarks(legal()["du_thao"], [line(0, 6)], TODAY)
    assert short.values["least"] == 20


def test_ten_working_days_pass_over_weekends_and_holidays():
    budget = legal()["ngan_sach"]
    decided = date(2024, 4, 24)  # 30/4 and 1/5 are free.
    due = date(2024, 5, 10)
    early = [line((due - FIRST).days)]
    late = [line((due - FIRST).days + 1)]
    assert judging.remarks(budget, early, TODAY, decided) == []
    assert "10/05/2024" in judging.remarks(budget, late, TODAY, decided)[0].values.values()


def test_nothing_is_invented_for_plans_and_rosters_of_a_survey():
    for code in ("plan", "roster", "survey", "khac"):
        what = content(code)
        assert {what.least(channel) for channel in CHANNELS} == {None}
        assert judging.remarks(what, [line(0, 0)], TODAY, date(2020, 1, 1)) == []
