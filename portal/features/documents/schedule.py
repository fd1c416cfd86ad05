"""On which days the duties of a document fall."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from portal.core import clock
from portal.features.documents import deadlines
from portal.features.documents.body import Body, Duty, Job, SectionRole
from portal.features.documents.deadlines import Deadline, Span
from portal.features.documents.models import Document
from portal.features.documents.text.outline import block

MOST_TIMES: Final = 62
"""“Hằng ngày” through a whole year is one thing to keep up, not 365 to tick off."""


def year_of(document: Document) -> int:
    """Give the year of days that name none: that of the document's date, else this one."""
    return (document.dated_on or clock.today()).year


def windows(body: Body, year: int | None) -> tuple[Span, ...]:
    """Give the days of what the document is about; “hằng ngày” means each of them.

    Args:
        body: the document's.
        year: the year of days that name none; None leaves these out.
    """
    asked = spans(body, SectionRole.SURVEY_WINDOW, year)
    return asked or spans(body, SectionRole.CONSULTATION_WINDOW, year)


def spans(body: Body, role: SectionRole, year: int | None) -> tuple[Span, ...]:
    """Give the days that the section of a role names, or else those of the sections below it."""
    found = stated(body, role, year)
    return found.spans if found else ()


def stated(body: Body, role: SectionRole, year: int | None) -> Deadline | None:
    """Give the same with how it is put: one day or the other, several rounds."""
    for words in _words(body, role):
        found = deadlines.read(words, year)
        if found and found.spans:
            return found
    return None


def _words(body: Body, role: SectionRole) -> Iterator[str]:
    """Give what the section of a role says, then what the sections below it say."""
    found = (at for at, one in enumerate(body.sections) if one.role == role)
    at = next(found, None)
    if at is not None:
        own, *below = (f"{one.heading}\n{one.text}" for one in block(body.sections, at))
        yield from (own, "\n".join(below))


def days(duty: Duty, within: tuple[Span, ...], year: int) -> tuple[date, ...]:
    """Give the days by which a duty is due, one for each time; none where it has no end.

    Args:
        duty: a row of the table of duties.
        within: the windows of the document.
        year: the year of days that name none.
    """
    stated = deadlines.read(duty.due, year)
    if stated is None:
        return ()
    found = {day for span in within for day in stated.days(span)}
    times = sorted(found or stated.days())
    if duty.job == Job.TALLY:
        times = sorted({week_due(day) for day in times})
    return tuple(times[-1:] if len(times) > MOST_TIMES else times)


def week_due(day: date) -> date:
    """Give by when the week of a day is tallied: on the first working day after its Sunday.

    A week runs from Monday to Sunday (DOMAIN R11); it is complete, and its last letters have come,
    only when that Sunday is over.
    """
    return clock.working_day_after(day + timedelta(days=6 - day.weekday()), 1)
