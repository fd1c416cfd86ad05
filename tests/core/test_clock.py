"""The clock: days of Việt Nam, dates as people write them, holidays."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from portal.core import clock


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_the_day_changes_at_midnight_in_viet_nam() -> None:
    with time_machine.travel(datetime(2024, 5, 5, 16, 59, 59, tzinfo=UTC), tick=False):
        assert clock.today() == date(2024, 5, 5)
    with time_machine.travel(datetime(2024, 5, 5, 17, tzinfo=UTC), tick=False):
        assert clock.today() == date(2024, 5, 6)


def test_a_day_runs_from_its_midnight_to_the_next_excluded() -> None:
    assert clock.day_start(date(2024, 5, 6)) == datetime(2024, 5, 5, 17, tzinfo=UTC)
    assert clock.day_end(date(2024, 5, 8)) == clock.day_start(date(2024, 5, 9))
    assert clock.day_end(date(2024, 5, 8)).tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["5/6/2026", "05/06/2026", "5-6-2026", " 05.06.2026 ", "5 6 2026", "5 / 06 / 2026"]
)
def test_a_date_is_read_day_first_however_it_is_written(text: str) -> None:
    assert clock.parse_date(text) == date(2026, 6, 5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("5/6/26", "bốn chữ số"),
        ("12/31/2026", "Không có ngày"),
        ("29/02/2026", "Không có ngày"),
        ("01/01/0000", "Không có ngày"),
        ("2026-06-05", "ngày/tháng/năm"),
        ("5/6", "ngày/tháng/năm"),
        ("\u0665/\u0666/\u0662\u0660\u0662\u0666", "ngày/tháng/năm"),
        ("", "ngày/tháng/năm"),
    ],
)
def test_what_is_not_a_date_is_refused_with_a_reason(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        clock.parse_date(text)


@given(st.dates())
def test_a_printed_date_is_read_back(day: date) -> None:
    assert clock.parse_date(clock.format_date(day)) == day


def test_a_date_is_printed_with_leading_zeros() -> None:
    assert clock.format_date(date(2024, 5, 6)) == "06/05/2024"


def test_days_of_the_week_have_their_vietnamese_names() -> None:
    assert clock.weekday_name(date(2024, 5, 4)) == "Thứ Bảy"
    assert clock.weekday_name(date(2024, 5, 5)) == "Chủ nhật"


def test_tet_takes_five_days_from_its_eve() -> None:
    days = [d for d, name in clock.public_holidays(2026).items() if name == "Tết Nguyên đán"]
    assert days == [date(2026, 2, day) for day in (16, 17, 18, 19, 20)]


def test_the_day_beside_national_day_makes_the_longer_rest() -> None:
    assert date(2024, 9, 3) in clock.public_holidays(2024)
    assert date(2025, 9, 1) in clock.public_holidays(2025)
    assert date(2026, 9, 1) in clock.public_holidays(2026)


def test_lunar_and_new_holidays_are_known() -> None:
    assert clock.public_holidays(2024)[date(2024, 4, 18)] == "Giỗ Tổ Hùng Vương"
    assert date(2025, 11, 24) not in clock.public_holidays(2025)
    assert clock.public_holidays(2026)[date(2026, 11, 24)] == "Ngày Văn hóa Việt Nam"


@pytest.mark.parametrize("year", range(2024, 2036))
def test_the_ancestors_day_is_the_tenth_of_the_third_moon_after_tet(year: int) -> None:
    names = clock.public_holidays(year)
    tet = min(d for d, name in names.items() if name == "Tết Nguyên đán") + timedelta(days=1)
    ancestors = next(d for d, name in names.items() if name.startswith("Giỗ Tổ"))
    moons = ((ancestors - tet).days - 9) / 29.53
    assert abs(moons - round(moons)) < 0.05
    assert round(moons) in (2, 3)  # three when a month is doubled before it


def test_a_year_beyond_the_table_still_has_its_fixed_holidays() -> None:
    assert date(2040, 9, 2) in clock.public_holidays(2040)
