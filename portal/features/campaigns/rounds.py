"""The rounds of a campaign: windows that follow each other with gaps between them (plan 000)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import Dialect, Text, TypeDecorator

from portal.core.clock import format_date
from portal.features.documents.deadlines import Span

DAY = timedelta(days=1)
MOST_BRIEF, MOST_OF_TWO_YEARS = 4, 2
"""Of more rounds a sticker has no room for the days."""


class Spans(TypeDecorator[tuple[Span, ...]]):
    """Spans of days, stored as “2024-01-22/2024-03-25 2024-04-01/2024-06-25”."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Span, ...] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write the days in order."""
        return None if value is None else " ".join(f"{first}/{last}" for first, last in value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Span, ...] | None:  # noqa: ARG002
        """Read them again."""
        return None if value is None else read(value)


def read(stored: str) -> tuple[Span, ...]:
    """Give the spans that `Spans` stored."""
    pairs = (pair.split("/") for pair in stored.split())
    return tuple(Span(date.fromisoformat(a), date.fromisoformat(b)) for a, b in pairs)


def held(rounds: tuple[Span, ...], number: int | None) -> tuple[Span, ...]:
    """Give the rounds in which one unit asks.

    Args:
        rounds: those of the campaign.
        number: the one that the unit has chosen, from 1; None if it asks in all, or has not
            chosen yet: until then it may be asked in any.
    """
    return rounds if number is None else rounds[number - 1 : number] or rounds


def columns(rounds: Sequence[Span]) -> dict[str, object]:
    """Give the columns of a campaign that hold its rounds; a single one is its window alone."""
    spans = tuple(rounds)
    return {
        "opens_on": spans[0].first,
        "closes_on": spans[-1].last,
        "rounds": spans if len(spans) > 1 else (),
    }


def until(rounds: Sequence[Span], last: date) -> tuple[Span, ...]:
    """Give the rounds with another last day, earlier or later; those that begin after it fall."""
    kept = [one for one in rounds if one.first <= last]
    if not kept:
        return ()
    ends = kept[-1].last if len(kept) < len(rounds) else last
    return (*kept[:-1], Span(kept[-1].first, min(ends, last)))


def paused(rounds: Sequence[Span], since: date, resumed: date) -> tuple[Span, ...]:
    """Give the rounds without the days from one on until it goes on again.

    Args:
        rounds: as they are.
        since: the first day on which nobody is asked.
        resumed: the first day on which people are asked again.
    """
    before = (Span(first, min(last, since - DAY)) for first, last in rounds)
    after = (Span(max(first, resumed), last) for first, last in rounds)
    return tuple(sorted(one for one in (*before, *after) if one.first <= one.last))


def days(rounds: Sequence[Span], through: date) -> set[date]:
    """Give every day of the rounds up to one day."""
    return {day for span in rounds for day in _each(span) if day <= through}


def said(rounds: Sequence[Span]) -> str:
    """Write rounds short, for the record: “22/01/2024 – 25/03/2024; 01/04/2024 – 25/06/2024”."""
    return "; ".join(" – ".join(map(format_date, dict.fromkeys(span))) for span in rounds)


def told(rounds: Sequence[Span]) -> str:
    """Write rounds within a sentence to people, the year once if it is one.

    “từ 22/11 đến hết 24/11 và từ 05/12 đến hết 07/12/2026”; of a single day “ngày 13/12/2026”.
    """
    *others, final = (f"{lead} {last}" for lead, last in led(rounds))
    return f"{', '.join(others)} và {final}" if others else final


def led(rounds: Sequence[Span]) -> list[tuple[str, str]]:
    """Give for each round its last day, and what leads to it: “từ 22/11 đến hết”; “ngày”."""
    ends = _written(rounds)
    return [(f"từ {first} đến hết" if first != last else "ngày", last) for first, last in ends]


def brief(rounds: Sequence[Span]) -> str:
    """Write rounds where there is little room: “ngày 22–24/11, 05–07/12/2026”."""
    one_year = rounds[0].first.year == rounds[-1].last.year
    if len(rounds) > (MOST_BRIEF if one_year else MOST_OF_TWO_YEARS):
        first, last = format_date(rounds[0].first), format_date(rounds[-1].last)
        return f"{len(rounds)} lần, từ {first} đến hết {last}; quét mã để biết ngày"
    spans = (first if first == last else _joined(first, last) for first, last in _written(rounds))
    return f"ngày {', '.join(spans)}"


def _written(rounds: Sequence[Span]) -> list[tuple[str, str]]:
    """Write first and last days; if all are of one year, only the very last names it."""
    days = [(format_date(first), format_date(last)) for first, last in rounds]
    if rounds[0].first.year != rounds[-1].last.year:
        return days
    final = days[-1][1]
    short = [(first[:5], last[:5]) for first, last in days]
    first = final if short[-1][0] == short[-1][1] else short[-1][0]
    return [*short[:-1], (first, final)]


def _joined(first: str, last: str) -> str:
    same_month = len(first) == 5 and first[2:5] == last[2:5]
    return f"{first[:2] if same_month else first}–{last}"


def _each(span: Span) -> Iterator[date]:
    for offset in range((span.last - span.first).days + 1):
        yield span.first + offset * DAY
