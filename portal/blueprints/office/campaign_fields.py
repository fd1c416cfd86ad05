"""Fields of a campaign's forms that hold several rows: rounds of days, and the way upwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from flask import request
from flask_babel import gettext
from wtforms import Field, StringField
from wtforms.utils import unset_value

from portal.core import clock
from portal.core.text import clean
from portal.features.campaigns.drafting import MOST_ROUNDS, MOST_STEPS, Step
from portal.features.documents.deadlines import Span

ROWS = "hang"
"""The name of the buttons that add or take away a row; nothing is stored by them."""


class WholeNumberField(StringField):
    """A whole number, typed; what is no number is kept and said."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it."""
        super().process_formdata(valuelist)
        text = (self.data or "").strip()
        if text and not (text.isascii() and text.isdigit() and len(text) < 6):
            raise ValueError(gettext("Ghi một số nguyên, ví dụ 4."))


@dataclass
class RoundRow:
    """One round as typed, and what is wrong with it."""

    number: int
    first: str = ""
    last: str = ""
    error: str = ""


class RoundsField(Field):
    """Rounds of days, a row each; `start` is the number of the first row."""

    data: tuple[Span, ...]
    errors: Sequence[str]

    def __init__(self, *args: Any, start: int = 1, **kwargs: Any) -> None:  # noqa: ANN401
        """Take the number of the first row beside what every field takes."""
        super().__init__(*args, **kwargs)
        self.start = start
        self.rows: list[RoundRow] = []

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:  # noqa: ANN401, ARG002
        """Read the rows; a blank one is none."""
        self.process_errors: list[str] = []
        self.data, self.rows = (), []
        if formdata is not None:
            firsts, lasts = (formdata.getlist(f"{self.name}-{end}") for end in ("first", "last"))
            typed = [(clean(a), clean(b)) for a, b in zip_longest(firsts, lasts, fillvalue="")]
            kept = formdata.getlist(ROWS)  # while rows come and go, blank ones stay
            self._read([pair for pair in typed if any(pair) or kept])

    def fill(self, rounds: Sequence[Span]) -> None:
        """Show these rounds."""
        self.data = tuple(rounds)
        self.rows = [
            RoundRow(number, *map(clock.format_date, span))
            for number, span in enumerate(rounds, self.start)
        ]

    def blame(self, number: int, message: str) -> None:
        """Say at a row, and in the summary above, what is wrong with it."""
        row = self.rows[number - self.start]
        row.error = row.error or gettext(message)
        said = gettext("Lần %(n)s: %(what)s", n=number, what=gettext(message))
        self.errors = [*self.errors, said]

    def rearrange(self) -> bool:
        """Add or take away the row whose button was pressed; say whether one was."""
        wish = request.form.get(ROWS, "")
        if not wish:
            return False
        if wish == "them" and len(self.rows) + self.start <= MOST_ROUNDS:
            self.rows.append(RoundRow(0))
        elif wish.startswith("bo-"):
            self.rows = [row for row in self.rows if f"bo-{row.number}" != wish]
        for number, row in enumerate(self.rows, self.start):
            row.number, row.error = number, ""
        return True

    @property
    def takes_more(self) -> bool:
        """Say whether there is room for a further row."""
        return len(self.rows) + self.start <= MOST_ROUNDS

    def _read(self, typed: Sequence[tuple[str, str]]) -> None:
        spans = []
        for number, (first, last) in enumerate(typed, self.start):
            row = RoundRow(number, first, last)
            self.rows.append(row)
            days = [_day(text, row) for text in (first, last)]
            if days[0] and days[1]:
                spans.append(Span(days[0], days[1]))
            else:
                said = gettext("Lần %(n)s: %(what)s", n=number, what=row.error)
                self.process_errors.append(said)
        self.data = tuple(spans)


class WayField(Field):
    """The stops of the way upwards, each a tier and a kind of body."""

    data: tuple[Step, ...]

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:  # noqa: ANN401, ARG002
        """Read the rows; one that is left blank is none."""
        self.process_errors: list[str] = []
        self.data = ()
        if formdata is not None:
            levels, kinds = (formdata.getlist(f"{self.name}-{part}") for part in ("level", "kind"))
            steps = zip_longest(levels[:MOST_STEPS], kinds[:MOST_STEPS], fillvalue="")
            self.data = tuple(Step(*step) for step in steps if any(step))

    @property
    def faulty(self) -> list[int]:
        """Give the places of the rows that are not whole; all that are filled if each is."""
        filled = range(len(self.data))
        return [i for i in filled if not all(self.data[i])] or list(filled)

    @property
    def rows(self) -> tuple[Step, ...]:
        """Give the stops, and one or more that can be filled in."""
        blank = max(1, 3 - len(self.data)) if len(self.data) < MOST_STEPS else 0
        return (*self.data, *[Step("", "")] * blank)


def _day(text: str, row: RoundRow) -> date | None:
    if not text:
        row.error = row.error or gettext("Cần cả ngày đầu và ngày cuối.")
        return None
    try:
        return clock.parse_date(text)
    except ValueError as error:
        row.error = row.error or gettext(str(error), day=text)
        return None
