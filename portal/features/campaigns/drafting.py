"""What is entered to make or change a campaign, and what is wrong or unwise about it."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final, NamedTuple

from portal.core import clock
from portal.core.text import N_, clean
from portal.features.campaigns import rounds as windows
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.phase import Denominator
from portal.features.documents.deadlines import Span
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Level

LENGTHS = {
    "name": 120,
    "headline": 160,
    "about": 220,
    "audience": 500,
    "supporter": 200,
    "fallback_supporter": 200,
    "zalo_group": 200,
}
"""The most signs a text may have; what it is about stays legible at a poster's foot."""
REQUIRED = ("name", "headline", "about", "audience", "supporter")
HORIZON = timedelta(days=730)
MOST_ROUNDS: Final = 12
"""One a month for a year."""
MOST_STEPS: Final = 8


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


class Step(NamedTuple):
    """A stop of the way upwards: which kind of body, at which tier."""

    level: str
    kind: str


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
    rounds: tuple[Span, ...] = ()
    """Several windows, which then say when it opens and closes; () for just the one."""
    one_round: bool = False
    denominator: str = Denominator.NONE
    zalo_group: str = ""
    steps: tuple[Step, ...] = ()
    work: Rules = field(default_factory=Rules)
    """What the units do besides asking; only a new campaign takes it from here."""
    scope: Scope = Scope.ALL
    districts: frozenset[int] = frozenset()
    communes: frozenset[int] = frozenset()

    @property
    def all_rounds(self) -> tuple[Span, ...]:
        """Give the windows in order, one at least."""
        return self.rounds or (Span(self.opens_on, self.closes_on),)

    def cleaned(self) -> "CampaignInput":
        """Give the same with texts as they are stored, and one way to say one window."""
        texts: dict[str, Any] = {name: clean(getattr(self, name)) for name in LENGTHS}
        days: dict[str, Any] = windows.columns(self.all_rounds)
        one_round = self.one_round and len(self.rounds) > 1
        return replace(self, **texts, **days, one_round=one_round)

    def columns(self) -> dict[str, object]:
        """Give what goes into the campaign's own columns."""
        elsewhere = ("scope", "districts", "communes", "steps", "rounds", "work")
        plain = {name: value for name, value in asdict(self).items() if name not in elsewhere}
        return plain | {"rounds": self.rounds}


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
    if given.denominator not in set(Denominator):
        errors["denominator"] = N_("Mời chọn một mục trong danh sách.")
    if wrong := _wrong_way(given.steps):
        errors["steps"] = wrong
    return errors | round_errors(given.all_rounds)


def round_errors(rounds: Sequence[Span]) -> dict[str, str]:
    """Give what is wrong with rounds: of the first by its fields, of the n-th as "rounds-n"."""
    first, *others = rounds
    errors = window_errors(first.first, first.last, is_last=not others)
    for number, (before, span) in enumerate(pairwise(rounds), 2):
        if wrong := next(_wrong_round(before, span, is_last=number == len(rounds)), ""):
            errors[f"rounds-{number}"] = wrong
    if len(rounds) > MOST_ROUNDS:
        errors["rounds"] = N_("Mỗi đợt nhiều nhất 12 lần.")
    return errors


def window_errors(
    opens_on: date | None, closes_on: date | None, *, is_last: bool = True
) -> dict[str, str]:
    """Give what is wrong with a window, by field.

    Args:
        opens_on: the first day; None if none could be read, which is said elsewhere.
        closes_on: the last day, likewise.
        is_last: no other window follows, so that it must not be over.
    """
    today = clock.today()
    errors = {}
    if opens_on and opens_on > today + HORIZON:
        errors["opens_on"] = N_("Ngày bắt đầu còn xa hơn hai năm. Mời xem lại năm.")
    if opens_on and closes_on and closes_on < opens_on:
        errors["closes_on"] = N_("Ngày kết thúc đứng trước ngày bắt đầu.")
    elif is_last and closes_on and closes_on < today:
        errors["closes_on"] = N_("Ngày kết thúc đã qua.")
    return errors


def warnings(opens_on: date, closes_on: date) -> list[DayOff]:
    """Give what is unwise about a window: a first or last day on which offices are closed."""
    ends = [(opens_on, OPENS_ON_HOLIDAY, OPENS_ON_WEEKEND)]
    if closes_on != opens_on:
        ends.append((closes_on, CLOSES_ON_HOLIDAY, CLOSES_ON_WEEKEND))
    return [found for day, *words in ends if (found := _day_off(day, *words))]


def _wrong_round(before: Span, span: Span, *, is_last: bool) -> Iterator[str]:
    if span.last < span.first:
        yield N_("Ngày kết thúc đứng trước ngày bắt đầu.")
    if span.first <= before.last:
        yield N_("Lần này phải bắt đầu sau khi lần trước kết thúc.")
    if span.first > clock.today() + HORIZON:
        yield N_("Ngày bắt đầu còn xa hơn hai năm. Mời xem lại năm.")
    if is_last and span.last < clock.today():
        yield N_("Ngày kết thúc đã qua.")


def _wrong_way(steps: Sequence[Step]) -> str:
    order = list(Level)[::-1]
    if any(one.level not in order or one.kind not in set(OrganisationKind) for one in steps):
        return N_("Mỗi chặng cần đủ cấp và loại cơ quan.")
    if len(set(steps)) < len(steps):
        return N_("Một chặng được ghi hai lần.")
    if any(order.index(Level(a.level)) > order.index(Level(b.level)) for a, b in pairwise(steps)):
        return N_("Đường gửi đi từ cấp dưới lên cấp trên. Mời xem lại thứ tự.")
    return N_("Nhiều nhất 8 chặng.") if len(steps) > MOST_STEPS else ""


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
OPENS_ON_WEEKEND = N_(
    "Ngày bắt đầu %(day)s là ngày cuối tuần. Nếu hỏi ở bộ phận một cửa thì nơi đó không làm việc."
)
CLOSES_ON_HOLIDAY = N_("Ngày kết thúc %(day)s là ngày nghỉ: %(holiday)s.")
CLOSES_ON_WEEKEND = N_(
    "Ngày kết thúc %(day)s là ngày cuối tuần. Nếu hỏi ở bộ phận một cửa thì nơi đó không làm việc."
)
