"""What a template asks for, and what follows from the answers and from whose document it is."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.core import clock
from portal.core.clock import SHORT_YEAR
from portal.core.text import N_
from portal.features.documents.deadlines import Span
from portal.features.documents.models import Letterhead
from portal.features.documents.text.wording import spelled_out
from portal.features.org_units import queries as org_units
from portal.features.org_units.models import Level, Unit


class Kind(StrEnum):
    """How an answer is read."""

    TEXT = "text"
    LINES = "lines"
    """Several, one a line."""
    DATE = "date"
    YEAR = "year"
    LINK = "link"
    ROUNDS = "rounds"
    """Spans of days, one a line: “22/01/2026 – 25/3/2026”."""
    QUESTIONNAIRE = "questionnaire"
    """The code of a questionnaire of the portal."""


@dataclass(frozen=True)
class Asked:
    """An answer that could be read."""

    text: str
    day: date | None = None


@dataclass(frozen=True)
class Question:
    """A fact that a template needs."""

    key: str
    label: str
    kind: str = Kind.TEXT
    default: str = ""
    hint: str = ""
    optional: bool = False

    def read(self, typed: str) -> Asked:
        """Read an answer.

        Raises:
            ValueError: it is missing or is not what was asked for; with the message to show, and
                the line it is about where there are several.
        """
        if not typed:
            if self.optional:
                return Asked("")
            raise ValueError(N_("Mục này chưa được điền."))
        return _READERS.get(self.kind, _as_typed)(typed)


def written(day: date) -> str:
    """Write a date as it stands within a sentence: 06/5/2026; only months 1 and 2 take a nought."""
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return f"{day.day:02}/{month}/{day.year}"


def span(first: date, last: date) -> str:
    """Write a span of days as plans do; a single day as itself."""
    if first == last:
        return f"trong ngày {written(first)}"
    return f"từ ngày {written(first)} đến hết ngày {written(last)}"


def derived(found: Mapping[str, Asked], letterhead: Letterhead) -> dict[str, str]:
    """Give every word that a template's text may name.

    Args:
        found: the answers.
        letterhead: whose document it is.
    """
    values = {key: asked.text for key, asked in found.items()}
    values.setdefault("year", str(clock.today().year))
    first, last = (found[key].day if key in found else None for key in ("from", "to"))
    if first and last:
        values |= {"window": span(first, last), "days": f"{(last - first).days + 1:02}"}
    if code := values.get("questionnaire"):
        values["form"] = _LETTER_BEFORE_NUMBER.sub(" ", code)
    if ballot := values.get("ballot_on"):
        other = values.get("ballot_or")
        values["one_ballot"] = "" if other else ballot
        values["ballot_due"] = f"ngày {ballot} hoặc ngày {other}" if other else f"ngày {ballot}"
    return values | _surroundings(letterhead)


def _surroundings(letterhead: Letterhead) -> dict[str, str]:
    body = letterhead.organisation
    unit, today = body.unit, clock.today()
    communes = [one for one in org_units.communes_below(unit.id) if _exists(one, today)]
    districts = [one for one in org_units.children(unit.id) if _exists(one, today)]
    tiers = [one for one in districts if one.level == Level.DISTRICT]
    return {
        "issuer": spelled_out(body.name),
        "unit": unit.running_name,
        "unit_name": unit.name,
        "kind": _kind(unit),
        "communes": ", ".join(_kinds(communes, _COMMUNE_KINDS)),
        "unit_count": str(len(communes)),
        "districts": ", ".join(_kinds(tiers, _DISTRICT_KINDS)),
        **(_BODIES_OF_TWO_TIERS if _of_two_tiers(unit, tiers) else _BODIES),
    }


def _of_two_tiers(unit: Unit, districts: list[Unit]) -> bool:
    """Say whether no district lies between province and commune, as since 01/7/2025."""
    above = unit.parent
    return not districts if above is None else above.level == Level.PROVINCE


def _exists(unit: Unit, day: date) -> bool:
    return unit.valid_from <= day and (unit.valid_to is None or unit.valid_to >= day)


def _kind(unit: Unit) -> str:
    name = unit.full_name.casefold()
    kinds = (*_COMMUNE_KINDS, *_DISTRICT_KINDS, "tỉnh")
    return next((kind for kind in kinds if name.startswith(f"{kind} ")), "địa phương")


def _kinds(units: list[Unit], order: tuple[str, ...]) -> list[str]:
    present = {_kind(unit) for unit in units}
    return [kind for kind in order if kind in present]


_BODIES = {
    "mass_body": "Ban Dân vận",
    "one_stop": "Bộ phận tiếp nhận và trả kết quả của Ủy ban nhân dân",
}
_BODIES_OF_TWO_TIERS = {
    "mass_body": "Ban Tuyên giáo và Dân vận",
    "one_stop": "Trung tâm Phục vụ hành chính công",
}
"""Since 2025 (DOMAIN 1.2)."""
_COMMUNE_KINDS = ("xã", "phường", "thị trấn", "đặc khu")
_DISTRICT_KINDS = ("huyện", "quận", "thị xã", "thành phố")
_DATE = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2}(?:\d{2})?(?!\d)")
_LETTER_BEFORE_NUMBER = re.compile(r"(?<=[^\W\d_])(?=\d)")
_LINK = re.compile(r"https://[^\s/]+\.[^\s/]+(/\S*)?")


def _as_typed(typed: str) -> Asked:
    return Asked(typed)


def _date(typed: str) -> Asked:
    day = _day(typed)
    return Asked(written(day), day)


def _day(typed: str) -> date:
    try:
        return clock.parse_date(typed)
    except ValueError as error:
        raise ValueError(SHORT_YEAR if str(error) == SHORT_YEAR else NO_DAY) from None


def _year(typed: str) -> Asked:
    if not (typed.isascii() and typed.isdigit() and 2000 <= int(typed) <= 2100):
        raise ValueError(N_("Ghi năm bằng bốn chữ số, ví dụ 2026."))
    return Asked(typed)


def _link(typed: str) -> Asked:
    if not _LINK.fullmatch(typed):
        raise ValueError(N_("Đường dẫn bắt đầu bằng https://, ví dụ https://zalo.me/g/abc123."))
    return Asked(typed)


def _rounds(typed: str) -> Asked:
    """Number the rounds; each line holds its first and its last day."""
    spans = read_rounds(typed)
    lines = (f"- Đợt {n}: {span(*one)}" for n, one in enumerate(spans, 1))
    return Asked(";\n".join(lines) + ".", spans[0].first)


def read_rounds(typed: str) -> tuple[Span, ...]:
    """Read spans of days, one a line: “22/01/2026 – 25/3/2026”, in order and apart.

    Raises:
        ValueError: with the message to show, and the number of the line it is about.
    """
    spans, faults = rounds_and_faults(typed)
    if faults:
        raise ValueError(*faults[0])
    return spans


def rounds_and_faults(typed: str) -> tuple[tuple[Span, ...], list[tuple[str, int]]]:
    """Read the same, and give what is wrong with each line that cannot be read, and its number."""
    spans: list[Span] = []
    faults: list[tuple[str, int]] = []
    for number, line in enumerate(typed.split("\n"), 1):
        try:
            days = [_day(text) for text in _DATE.findall(line)]
        except ValueError as error:
            faults.append((_OF_LINE[str(error)], number))
            continue
        if len(days) != 2 or days[1] < days[0] or (spans and days[0] <= spans[-1].last):
            faults.append((NO_ROUND, number))
        else:
            spans.append(Span(*days))
    return tuple(spans), faults


_READERS: Mapping[str, Callable[[str], Asked]] = {
    Kind.DATE: _date,
    Kind.YEAR: _year,
    Kind.LINK: _link,
    Kind.ROUNDS: _rounds,
}
NO_DAY = N_("Không có ngày này. Ghi ngày/tháng/năm, ví dụ 06/05/2026.")
NO_ROUND = N_(
    "Dòng %(line)s: ghi ngày đầu – ngày cuối, sau đợt ở dòng trên, ví dụ 22/01/2026 – 25/3/2026."
)
_OF_LINE: Mapping[str, str] = {
    SHORT_YEAR: N_("Dòng %(line)s: năm cần viết đủ bốn chữ số, ví dụ 05/06/2026."),
    NO_DAY: N_("Dòng %(line)s: không có ngày này. Ghi ngày/tháng/năm, ví dụ 06/05/2026."),
}
