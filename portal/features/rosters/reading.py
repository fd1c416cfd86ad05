"""What a cell of a roster means: repaired with a note where that is certain, else refused."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from portal.core import people
from portal.core.clock import format_date
from portal.core.pasting import Remark, remark
from portal.core.text import N_, fold, looks_legacy_encoded
from portal.features.org_units import points
from portal.features.org_units.kinds import PointKind
from portal.features.org_units.models import Point
from portal.features.rosters.models import Half

LONGEST: Final = {"body": 160, "position": 120, "place": 120}
TOO_LONG: Final = N_("Dài quá %(most)s ký tự.")
ORIGIN: Final = N_("gốc %(typed)s")
"""How a cell read before it was repaired."""


@dataclass(frozen=True)
class Found:
    """What a cell means; one of `fault` and `value` says something."""

    value: str = ""
    fault: Remark | None = None
    note: Remark | None = None


def wrong(message: str, **values: object) -> Found:
    """Refuse a cell."""
    return Found(fault=remark(message, **values))


def _repaired(value: str, typed: str) -> Found:
    return Found(value, note=None if value == typed else remark(ORIGIN, typed=typed))


def person(typed: str, *, keep: bool = False) -> Found:
    """Read a name: without “đ/c”, capitals put right unless they are meant (`keep`)."""
    if looks_legacy_encoded(typed):
        return wrong(N_("Chữ gõ bằng phông cũ. Mời đổi sang Unicode rồi dán lại."))
    try:
        name = people.person_name(typed, keep=keep)
    except ValueError as error:
        return wrong(str(error))
    if people.is_doubtful(typed):
        said = N_("chữ hoa như đã gõ") if keep else ORIGIN
        return Found(name, note=Remark(said, {"typed": typed}, offers=True))
    return _repaired(name, typed)


def spelling(name: str) -> tuple[tuple[str, str], ...]:
    """Give how a name is spelt, whichever vowel its tones stand on: “Hoà” is “Hòa”."""
    return tuple(_spelt(word) for word in unicodedata.normalize("NFD", name.casefold()).split())


_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")


def _spelt(word: str) -> tuple[str, str]:
    tones = "".join(sign for sign in word if sign in _TONES)
    return "".join(sign for sign in word if sign not in _TONES), tones


def text(name: str, typed: str) -> Found:
    """Read a text that need not be there."""
    most = LONGEST[name]
    return wrong(TOO_LONG, most=most) if len(typed) > most else Found(typed)


def phone(typed: str) -> Found:
    """Read a number: +84 becomes 0, a zero that Excel dropped comes back."""
    try:
        number = people.phone(typed)
    except ValueError as error:
        return wrong(str(error))
    # Spaces and dots alone are how people write a number; nobody need be told of them.
    same = re.sub(r"[\s.-]", "", typed) == number.replace(" ", "")
    return Found(number, note=None if same else remark(ORIGIN, typed=typed))


_HALVES: Final = {
    Half.MORNING: {"sang", "s", "buoi sang", "ca sang", "am"},
    Half.AFTERNOON: {"chieu", "c", "buoi chieu", "ca chieu", "pm"},
    Half.DAY: {
        "ca ngay", "ngay", "hai buoi", "2 buoi", "ca 2 buoi", "sang chieu", "sang va chieu",
        "s c", "sc", "toan thoi gian",
    },
}  # fmt: skip
_HALF_WORDS: Final = {word: half for half, words in _HALVES.items() for word in words}


def half(typed: str) -> Found:
    """Read which part of the day; nothing written means the whole of it."""
    if not typed:
        return Found(Half.DAY, note=remark(N_("chưa ghi buổi, hiểu là cả ngày")))
    words = " ".join(re.findall(r"\w+", fold(typed)))
    found = _HALF_WORDS.get(words)
    return Found(found) if found else wrong(N_("Ghi sáng, chiều hoặc cả ngày."))


_WEEKDAY: Final = re.compile(r"(?i)^(thứ\s*\S+|t[2-7]|cn|chủ nhật|ngày)[\s,:.]+")
_DAY: Final = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{2}|\d{4}))?")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]0?0:00(:00)?)?")
_EXCEL_BEGINS: Final = date(1899, 12, 30)


@dataclass(frozen=True)
class Days:
    """The days on which a unit asks, and what can be said of other days."""

    days: Sequence[date]
    """In order, at least one."""
    open_ended: bool = False
    """Whether nothing written means all of them (leaders who inspect)."""

    def read(self, typed: str) -> tuple[date | None, Found]:
        """Read a day: text, without a year, or the serial number that Excel keeps."""
        if not typed:
            return None, Found() if self.open_ended else wrong(N_("Chưa ghi ngày."))
        bare = typed
        while _WEEKDAY.match(bare):
            bare = _WEEKDAY.sub("", bare)
        day, fault = self._day(bare)
        if day is None:
            return None, Found(fault=fault)
        if day not in self.days:
            return None, Found(fault=self._outside(day))
        plain = _DAY.fullmatch(typed)
        usual = plain is not None and plain[3] is not None and len(plain[3]) == 4
        return day, Found(format_date(day), note=None if usual else remark(ORIGIN, typed=typed))

    def _day(self, bare: str) -> tuple[date | None, Remark | None]:
        if re.fullmatch(r"\d{5}", bare):
            return _EXCEL_BEGINS + timedelta(days=int(bare)), None
        iso, plain = _ISO.fullmatch(bare), _DAY.fullmatch(bare)
        if iso:
            year, month, number = int(iso[1]), int(iso[2]), int(iso[3])
        elif plain:
            number, month = int(plain[1]), int(plain[2])
            year = self._year(plain[3], number, month)
        else:
            return None, remark(N_("Ghi ngày như %(day)s; mỗi dòng một ngày."),
                                day=format_date(self.days[0]))  # fmt: skip
        try:
            return date(year, month, number), None
        except ValueError:
            known = 1 <= month <= 12
            message = N_("Tháng %(month)s không có ngày %(day)s.") if known else N_(
                "Không có tháng %(month)s; ghi ngày trước, tháng sau."
            )  # fmt: skip
            return None, remark(message, month=month, day=number)

    def _year(self, typed: str | None, number: int, month: int) -> int:
        if typed:
            return int(typed) if len(typed) == 4 else 2000 + int(typed)
        fitting = (day.year for day in self.days if (day.day, day.month) == (number, month))
        return next(fitting, self.days[0].year)

    def _outside(self, day: date) -> Remark:
        turned = date(day.year, day.day, day.month) if day.day <= 12 else day
        if turned in self.days:
            return remark(
                N_("%(day)s ngoài ngày khảo sát; có phải %(meant)s?"),
                day=format_date(day), meant=format_date(turned),
            )  # fmt: skip
        return remark(N_("%(day)s ngoài ngày khảo sát ở đây."), day=format_date(day))


@dataclass(frozen=True)
class Places:
    """The points of a commune, by which a place is known again."""

    points: Collection[Point]
    by_name: dict[str, Point] = field(init=False)

    def __post_init__(self) -> None:
        """Know them by their folded names."""
        object.__setattr__(self, "by_name", {fold(one.name): one for one in self.points})

    def read(self, typed: str) -> tuple[int | None, Found]:
        """Read a place: a point of the commune, else what is written.

        A point is known by its name; the one-stop unit also by its kind, if there is only one.
        """
        if not typed:
            return None, wrong(N_("Chưa có địa điểm."))
        if len(typed) > LONGEST["place"]:
            return None, wrong(TOO_LONG, most=LONGEST["place"])
        point = self.by_name.get(fold(typed)) or self._one_stop(typed)
        if point is None:
            return None, Found(typed)
        same = fold(point.name) == fold(typed)
        return point.id, Found(point.name, note=None if same else remark(ORIGIN, typed=typed))

    def _one_stop(self, typed: str) -> Point | None:
        if points.kind_of(typed) != PointKind.ONE_STOP:
            return None
        known = [one for one in self.points if one.kind == PointKind.ONE_STOP]
        return known[0] if len(known) == 1 else None
