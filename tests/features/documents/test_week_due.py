"""A weekly tally is due on the first working day after the Sunday of its week (DOMAIN R11)."""

from datetime import date

import pytest

from portal.features.documents import schedule
from portal.features.documents.body import Duty, Job
from portal.features.documents.deadlines import Span

ROUND = Span(date(2024, 1, 22), date(2024, 3, 25))
"""The first round of plan 000; it holds Tết and ends on a Monday."""


@pytest.mark.parametrize(("day", "due"), [
    (date(2024, 1, 22), date(2024, 1, 29)),
    (date(2024, 1, 28), date(2024, 1, 29)),
    (date(2024, 2, 10), date(2024, 2, 14)),  # after the days of Tết
    (date(2026, 4, 26), date(2026, 4, 27)),
])  # fmt: skip
def test_a_week_is_due_on_the_first_working_day_after_it(day: date, due: date) -> None:
    assert schedule.week_due(day) == due


def test_every_week_of_a_round_has_its_day_the_broken_one_at_its_end_too() -> None:
    weekly = Duty(what="Tổng hợp", due="hàng tuần", job=Job.TALLY)
    days = schedule.days(weekly, (ROUND,), 2024)
    assert len(days) == 10
    assert (days[0], days[-1]) == (date(2024, 1, 29), date(2024, 4, 1))


def test_other_weekly_duties_stay_due_on_their_sundays() -> None:
    other = Duty(what="Báo cáo", due="hàng tuần")
    assert schedule.days(other, (ROUND,), 2024)[0] == date(2024, 1, 28)
