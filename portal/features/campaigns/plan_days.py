"""The days on which a plan asks: one window, several with gaps, or one day or the other."""

from dataclasses import dataclass
from datetime import date

from portal.features.campaigns import rounds as windows
from portal.features.documents import schedule
from portal.features.documents.body import SectionRole
from portal.features.documents.deadlines import Kind, Span
from portal.features.documents.models import Document


@dataclass(frozen=True)
class Days:
    """When a plan asks."""

    rounds: tuple[Span, ...]
    """In order and apart, one at least."""
    one_round: bool = False
    """Every place asks in one of them: “ngày 06/6 hoặc ngày 07/6” (plan 004)."""

    @property
    def opens_on(self) -> date:
        """Give the first day."""
        return self.rounds[0].first

    @property
    def closes_on(self) -> date:
        """Give the last day."""
        return self.rounds[-1].last

    def columns(self, *, one_round: bool = False) -> dict[str, object]:
        """Give what a campaign takes over.

        Args:
            one_round: that its places choose one round though the plan does not say so.
        """
        either = self.one_round or (one_round and len(self.rounds) > 1)
        return windows.columns(self.rounds) | {"one_round": either}


def days_of(document: Document) -> Days | None:
    """Give the days that a plan says; None if it says none that can be read.

    The window of the survey comes first; a plan on a draft regulation has the day of the ballot.
    """
    year = schedule.year_of(document)
    for role in (SectionRole.SURVEY_WINDOW, SectionRole.BALLOT_DAY):
        found = schedule.stated(document.body, role, year)
        if found and found.kind == Kind.CHOICE:
            first, last = found.spans[0]
            return Days((Span(first, first), Span(last, last)), one_round=True)
        if found:
            return Days(_apart(found.spans))
    return None


def _apart(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Put days in order; what overlaps or follows without a gap is one window."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.first <= joined[-1].last + windows.DAY:
            joined[-1] = Span(joined[-1].first, max(joined[-1].last, span.last))
        else:
            joined.append(span)
    return tuple(joined)
