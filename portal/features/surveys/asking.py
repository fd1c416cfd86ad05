"""When a place is asked, seen from today: its rounds, the one that counts now, the days of all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.core import clock
from portal.features.campaigns.phase import Phase, State
from portal.features.documents.deadlines import Span


@dataclass(frozen=True)
class Asking:
    """The rounds in which somebody is asked, in order and apart; one at least."""

    state: State
    rounds: tuple[Span, ...]

    @property
    def phase(self) -> Phase:
        """Give where it stands here, which is not the campaign's phase where a day was chosen."""
        return Phase.at(self.state, self.rounds, clock.today())

    @property
    def current(self) -> Span:
        """Give the round that runs or comes next, or the last one."""
        return self.rounds[self.number - 1]

    @property
    def number(self) -> int:
        """Give its number, from 1."""
        today = clock.today()
        coming = (n for n, one in enumerate(self.rounds, 1) if one.last >= today)
        return next(coming, len(self.rounds))

    @property
    def is_last(self) -> bool:
        """Say whether no other round follows it."""
        return self.number == len(self.rounds)

    @property
    def days_left(self) -> int:
        """Give how many days follow today until the current round closes: 0 on its last one."""
        return max((self.current.last - clock.today()).days, 0)

    @property
    def days(self) -> tuple[date, ...]:
        """Give every day on which people are asked."""
        return tuple(_days(self.rounds))

    @property
    def days_begun(self) -> int:
        """Count those that have begun."""
        today = clock.today()
        return sum(day <= today for day in self.days)


def _days(rounds: Iterable[Span]) -> Iterator[date]:
    for first, last in rounds:
        for n in range((last - first).days + 1):
            yield first + timedelta(days=n)
