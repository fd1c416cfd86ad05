"""Last year's plan made this year's: days shifted, what is out of date pointed at."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache
from typing import Any

from portal.core import clock
from portal.core.text import N_
from portal.features.documents import deadlines, schedule
from portal.features.documents.body import Body, Data, Signature
from portal.features.documents.formats import LIBRARY
from portal.features.documents.models import Document


@dataclass(frozen=True)
class Notice:
    """Something to look at in what was copied: a sentence (msgid) with its values."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Again:
    """A document for another year, and what somebody has to look at."""

    body: Body
    notices: tuple[Notice, ...]


def again(document: Document, to_year: int) -> Again:
    """Make a document's text that of another year.

    Days keep their day and month; only 29 February becomes the 28th where there is none. Dates of
    papers that are cited stay what they are. The number is no part of the text; the signer is
    dropped, for somebody else may sign this year.

    Args:
        document: the earlier one.
        to_year: the year of the new one.
    """
    body = document.body
    about = year_of(document)
    dated = document.dated_on.year if document.dated_on else about
    shift = _Shift(min(about, dated), to_year - about)
    shifted: Body = _mapped(replace(body, bases=()), shift.text)
    bases = tuple(shift.basis(basis) for basis in body.bases)
    signature = Signature(body.signature.authority, body.signature.titles)
    fresh = replace(shifted, head=body.head, bases=bases, signature=signature)
    return Again(fresh, (*shift.notices, *_outdated(fresh, to_year)))


def year_of(document: Document) -> int:
    """Give the year that a document is about: many a plan is dated in the year before.

    It is that of its windows, else the one that most of its deadlines name, else that of its
    date, else that of its summary.
    """
    body = document.body
    if asked := schedule.windows(body, None):
        return min(asked).first.year
    texts = (*(f"{one.heading}\n{one.text}" for one in body.sections),
             *(duty.due for duty in body.duties))  # fmt: skip
    due = Counter(one.last.year for text in texts for one in deadlines.find_all(text) if one.last)
    if due:
        return max(due, key=lambda year: (due[year], year))
    said = _YEAR.search(body.summary)
    of_summary = int(said[1]) if said else clock.today().year
    return document.dated_on.year if document.dated_on else of_summary


class _Shift:
    """Moves what lies in one year, or later, by so many years."""

    def __init__(self, from_year: int, by: int) -> None:
        self._from, self._by = from_year, by
        self.notices: list[Notice] = []

    def text(self, text: str) -> str:
        """Shift a text; whatever cites a paper by its number stays."""
        return _TOKENS.sub(self._token, text)

    def basis(self, text: str) -> str:
        """Shift a basis: its dates are facts, only “năm 2024” alone means the year of the plan."""
        return _OF_YEAR.sub(lambda found: found[1] + self._year(found[2]), text)

    def _token(self, found: re.Match[str]) -> str:
        if found["cited"]:
            return found[0]
        if found["year"]:
            return self._year(found["year"])
        return self._day(found)

    def _year(self, year: str) -> str:
        return str(int(year) + self._by) if int(year) >= self._from else year

    def _day(self, found: re.Match[str]) -> str:
        year = self._year(found["of"])
        day, month = int(found["day"]), int(found["month"])
        shifted = f"{found['day']}{found['mid']}{found['month']}{found['end']}{year}"
        if (day, month) == (29, 2) and not _exists(int(year), 2, 29):
            self.notices.append(Notice(LEAP_DAY, {"year": year}))
            shifted = "28" + shifted[len(found["day"]) :]
        return shifted


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _mapped(data: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - any part of a body
    """Change every text of a body; ids, groups and addresses are no texts."""
    values = {
        part.name: _mapped_part(getattr(data, part.name), change)
        for part in fields(data)
        if part.name not in _KEPT
    }
    return replace(data, **values)


def _mapped_part(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401
    if isinstance(value, Data):
        return _mapped(value, change)
    if isinstance(value, tuple):
        return tuple(_mapped_part(one, change) for one in value)
    return change(value) if type(value) is str else value


@cache
def _changed() -> tuple[Mapping[str, str], ...]:
    return tuple(json.loads((LIBRARY / "replaced.json").read_text("utf-8")))


def _outdated(body: Body, year: int) -> Iterator[Notice]:
    """Point at papers known to be replaced or amended, and at spans of years that are over."""
    sections = (f"{one.heading}\n{one.text}" for one in body.sections)
    text = "\n".join((*body.bases, body.opening, *sections))
    for paper in _changed():
        if int(paper["since"][:4]) <= year and re.search(paper["pattern"], text):
            message = AMENDED if paper.get("amended") else REPLACED
            yield Notice(message, {"old": paper["old"], "new": paper["new"]})
    for found in _SPAN.finditer("\n".join(body.bases)):
        if int(found[2]) < year:
            yield Notice(SPAN_OVER, {"first": found[1], "last": found[2]})


_KEPT = frozenset({"id", "head", "level", "role", "kind", "group", "organisation_id"})
_YEAR = re.compile(r"năm ([0-9]{4})")
_OF_YEAR = re.compile(r"(?<!tháng \d )(?<!tháng \d\d )(năm )([0-9]{4})")
_TOKENS = re.compile(
    r"(?P<cited>\b[0-9]+[-/][\w/\-]*[A-ZĐƯ][\w/\-]*,?\s+ngày\s+[0-9]{1,2}\s*(?:/|tháng)\s*[0-9]{1,2}"
    r"\s*(?:/|năm)\s*[0-9]{4}|https?://\S+|[0-9]{4}\s*[-–]\s*[0-9]{4})"
    r"|(?P<day>\b[0-9]{1,2})(?P<mid>\s*(?:[/.-]|tháng)\s*)(?P<month>[0-9]{1,2})"
    r"(?P<end>\s*(?:[/.-]|năm)\s*)(?P<of>20[0-9]{2})(?![0-9])"
    r"|(?<![0-9.-])(?P<year>20[0-9]{2})(?![0-9]|[/.-]\w)"
)
_SPAN = re.compile(r"([0-9]{4})\s*[-–]\s*([0-9]{4})")
LEAP_DAY = N_("Năm %(year)s không có ngày 29/02; đã ghi thành 28/02.")
REPLACED = N_("%(old)s đã được thay bằng %(new)s. Mời xem lại.")
AMENDED = N_("%(old)s đã được sửa đổi bởi %(new)s. Mời xem lại.")
SPAN_OVER = N_("Giai đoạn %(first)s-%(last)s trong căn cứ đã hết. Mời xem lại.")
