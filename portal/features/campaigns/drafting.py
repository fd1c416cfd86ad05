"""What is entered to make or change a campaign, and what is wrong or unwise about it."""

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from portal.core import clock
from portal.core.text import N_, clean

LENGTHS = {
    "name": 120,
    "headline": 160,
    "about": 220,
    "audience": 500,
    "supporter": 200,
    "fallback_supporter": 200,
}
"""The most signs a text may have; what it is about stays legible at a poster's foot."""
REQUIRED = ("name", "headline", "about", "audience", "supporter")
HORIZON = timedelta(days=730)


class Scope(StrEnum):
    """How the places are chosen."""

    ALL = "all"
    DISTRICTS = "districts"
    COMMUNES = "communes"


SCOPE_LABELS = {
    Scope.ALL: N_("Tất cả các xã"),
    Scope.DISTRICTS: N_("Một số huyện, tất cả các xã của huyện"),
    Scope.COMMUNES: N_("Chọn từng xã"),
}


@dataclass(frozen=True)
class CampaignInput:
    """A campaign as entered; `services` turns the choice of places into units."""

    version_id: int
    """The questionnaire's version."""
    name: str
    opens_on: date
    closes_on: date
    headline: str
    about: str
    audience: str
    supporter: str
    minutes: int
    fallback_supporter: str = ""
    scope: Scope = Scope.ALL
    districts: frozenset[int] = frozenset()
    communes: frozenset[int] = frozenset()

    def cleaned(self) -> "CampaignInput":
        """Give the same with texts as they are stored."""
        texts: dict[str, Any] = {name: clean(getattr(self, name)) for name in LENGTHS}
        return replace(self, **texts)

    def columns(self) -> dict[str, object]:
        """Give what goes into the campaign's own columns."""
        places = ("scope", "districts", "communes")
        return {name: value for name, value in asdict(self).items() if name not in places}


@dataclass(frozen=True)
class DayOff:
    """Something unwise that is allowed; the message is a msgid."""

    message: str
    day: date
    holiday: str = ""


def check(given: CampaignInput) -> dict[str, str]:
    """Give what cannot be taken, by field; a later rule never hides an earlier one.

    Args:
        given: cleaned input.
    """
    errors = {name: EMPTY for name in REQUIRED if not getattr(given, name)}
    for name, limit in LENGTHS.items():
        if len(getattr(given, name)) > limit:
            errors.setdefault(name, TOO_LONG[limit])
    if not 1 <= given.minutes <= 60:
        errors["minutes"] = N_("Số phút từ 1 đến 60.")
    return errors | window_errors(given.opens_on, given.closes_on)


def window_errors(opens_on: date | None, closes_on: date | None) -> dict[str, str]:
    """Give what is wrong with a window, by field.

    Args:
        opens_on: the first day; None if none could be read, which is said elsewhere.
        closes_on: the last day, likewise.
    """
    today = clock.today()
    errors = {}
    if opens_on and opens_on > today + HORIZON:
        errors["opens_on"] = N_("Ngày bắt đầu còn xa hơn hai năm. Mời xem lại năm.")
    if opens_on and closes_on and closes_on < opens_on:
        errors["closes_on"] = N_("Ngày kết thúc đứng trước ngày bắt đầu.")
    elif closes_on and closes_on < today:
        errors["closes_on"] = N_("Ngày kết thúc đã qua.")
    return errors


def warnings(opens_on: date, closes_on: date) -> list[DayOff]:
    """Give what is unwise about a window: a first or last day on which offices are closed."""
    ends = [(opens_on, OPENS_ON_HOLIDAY, OPENS_ON_WEEKEND)]
    if closes_on != opens_on:
        ends.append((closes_on, CLOSES_ON_HOLIDAY, CLOSES_ON_WEEKEND))
    return [found for day, *words in ends if (found := _day_off(day, *words))]


def _day_off(day: date, holiday_words: str, weekend_words: str) -> DayOff | None:
    holiday = clock.public_holidays(day.year).get(day)
    if holiday:
        return DayOff(holiday_words, day, holiday)
    return DayOff(weekend_words, day) if day.weekday() >= 5 else None


EMPTY = N_("Mục này chưa được điền.")
TOO_LONG = {
    120: N_("Dài quá 120 ký tự."),
    160: N_("Dài quá 160 ký tự."),
    200: N_("Dài quá 200 ký tự."),
    220: N_("Dài quá 220 ký tự."),
    500: N_("Dài quá 500 ký tự."),
}
OPENS_ON_HOLIDAY = N_("Ngày bắt đầu %(day)s là ngày nghỉ: %(holiday)s.")
OPENS_ON_WEEKEND = N_("Ngày bắt đầu %(day)s là ngày cuối tuần, bộ phận một cửa không làm việc.")
CLOSES_ON_HOLIDAY = N_("Ngày kết thúc %(day)s là ngày nghỉ: %(holiday)s.")
CLOSES_ON_WEEKEND = N_("Ngày kết thúc %(day)s là ngày cuối tuần, bộ phận một cửa không làm việc.")
