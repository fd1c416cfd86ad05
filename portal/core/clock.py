"""The one clock: moments in UTC, days by the calendar of Việt Nam, dates as people write them."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from portal.core.text import N_

VN: Final = ZoneInfo("Asia/Ho_Chi_Minh")

_DATE: Final = re.compile(r"([0-9]{1,2})\s*[/.\-\s]\s*([0-9]{1,2})\s*[/.\-\s]\s*([0-9]{4})")
_SHORT_YEAR: Final = re.compile(r"[0-9]{1,2}\s*[/.\-\s]\s*[0-9]{1,2}\s*[/.\-\s]\s*[0-9]{2}")
SHORT_YEAR: Final = N_("Năm cần viết đủ bốn chữ số, ví dụ 05/06/2026.")
_WEEKDAYS: Final = (
    N_("Thứ Hai"),
    N_("Thứ Ba"),
    N_("Thứ Tư"),
    N_("Thứ Năm"),
    N_("Thứ Sáu"),
    N_("Thứ Bảy"),
    N_("Chủ nhật"),
)

# Year: first day of Tết and Giỗ Tổ (the tenth of the third lunar month), both as month and day.
# Computed for UTC+7; in 2030 Tết falls on another day than China's new year.
_LUNAR: Final = {
    2024: ((2, 10), (4, 18)),
    2025: ((1, 29), (4, 7)),
    2026: ((2, 17), (4, 26)),
    2027: ((2, 6), (4, 16)),
    2028: ((1, 26), (4, 4)),
    2029: ((2, 13), (4, 23)),
    2030: ((2, 2), (4, 12)),
    2031: ((1, 23), (4, 1)),
    2032: ((2, 11), (4, 19)),
    2033: ((1, 31), (4, 9)),
    2034: ((2, 19), (4, 28)),
    2035: ((2, 8), (4, 17)),
}


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day it is in Việt Nam."""
    return now().astimezone(VN).date()


def day_start(day: date) -> datetime:
    """Return the moment, in UTC, at which the day begins in Việt Nam."""
    return datetime.combine(day, time(), VN).astimezone(UTC)


def day_end(day: date) -> datetime:
    """Return the first moment, in UTC, that no longer belongs to the day in Việt Nam."""
    return day_start(day + timedelta(days=1))


def parse_date(text: str) -> date:
    """Read a date as it is written in Việt Nam: day, month, year with four digits.

    Args:
        text: Such as ``5/6/2026``, ``05-06-2026``, ``05.06.2026`` or with spaces.

    Returns:
        The date; the first number is always the day.

    Raises:
        ValueError: With the message to show, marked for translation; `%(day)s` is the text.
    """
    text = text.strip()
    match = _DATE.fullmatch(text)
    if match is None and _SHORT_YEAR.fullmatch(text):
        raise ValueError(SHORT_YEAR)
    if match is None:
        raise ValueError(N_("Ghi ngày theo mẫu ngày/tháng/năm, ví dụ 06/05/2026."))
    day, month, year = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(N_("Không có ngày %(day)s.")) from error


def format_date(day: date) -> str:
    """Return the day as dd/mm/yyyy."""
    return f"{day:%d/%m}/{day.year:04}"


def weekday_name(day: date) -> str:
    """Return the day of the week, marked for translation: ``Thứ Hai`` to ``Chủ nhật``."""
    return _WEEKDAYS[day.weekday()]


def public_holidays(year: int) -> dict[date, str]:
    """Return the public holidays of a year with their names, marked for translation.

    Article 112 of the Labour Code; 24 November since 2026. The five days of Tết are counted from
    its eve; which day joins 2 September is decided yearly, here the one that makes the longer
    rest, as decided from 2021 to 2026. The lunar holidays are known from 2024 to 2035.
    """
    days = {
        date(year, 1, 1): N_("Tết Dương lịch"),
        date(year, 4, 30): N_("Ngày Chiến thắng 30/4"),
        date(year, 5, 1): N_("Ngày Quốc tế Lao động"),
    }
    days |= dict.fromkeys(_national_days(year), N_("Quốc khánh"))
    if year >= 2026:
        days[date(year, 11, 24)] = N_("Ngày Văn hóa Việt Nam")
    if year in _LUNAR:
        tet, ancestors = (date(year, month, day) for month, day in _LUNAR[year])
        eve = tet - timedelta(days=1)
        days |= dict.fromkeys((eve + timedelta(days=n) for n in range(5)), N_("Tết Nguyên đán"))
        days[ancestors] = N_("Giỗ Tổ Hùng Vương")
    return dict(sorted(days.items()))


def working_day_after(day: date, count: int) -> date:
    """Return the working day that many working days after a day: neither weekend nor holiday."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and day not in public_holidays(day.year)
    return day


def _national_days(year: int) -> tuple[date, date]:
    day = date(year, 9, 2)
    sunday, monday, thursday = 6, 0, 3
    after = day.weekday() in (sunday, monday, thursday)
    return day, day + timedelta(days=1 if after else -1)
