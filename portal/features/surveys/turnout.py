"""Participation of a campaign as one reader may see it: figures, days, who has none.

What is kept back is decided over the whole campaign and is the same for every reader, so that two
of them who put their pages side by side learn no more than each alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from statistics import median

from portal.core import clock
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Phase
from portal.features.campaigns.standing import days_left
from portal.features.settings import services as settings
from portal.features.surveys import participation, queries
from portal.features.surveys.disclosure import Masked
from portal.features.surveys.territory import WHOLE, Place, Territory
from portal.features.surveys.threshold import threshold
from portal.policy.predicates import Actor

MOST_DAYS = 5
"""Columns that fit on a phone."""


@dataclass(frozen=True)
class Day:
    """A day of the window: its answers, what is printed of them, and whether it is today."""

    day: date
    count: int | None
    """None for a day to come."""
    current: bool

    @property
    def label(self) -> str:
        """Give it as 06/5."""
        return f"{self.day:%d}/{self.day.month}"


@dataclass(frozen=True)
class Cell:
    """A commune with what is printed of it."""

    place: Place
    printed: Masked
    tone: str


@dataclass(frozen=True)
class Row:
    """A district with its communes."""

    node: int
    name: str
    printed: Masked
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Turnout:
    """Who has taken part in a campaign, below the node at the top of a page."""

    campaign: Campaign
    territory: Territory
    node: int
    printed: Mapping[int, Masked]
    days: tuple[Day, ...]
    """None at all where the total is kept back (ADR 0005)."""
    steps: tuple[int, ...]
    open_nodes: tuple[int, ...]
    """All nodes that the reader may look at, the widest first."""

    @property
    def total(self) -> Masked:
        """Give what is printed of the node as a whole."""
        return self.printed[self.node]

    @property
    def days_left(self) -> int:
        """Give how many days follow today until the close."""
        return days_left(self.campaign)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Give the communes of the node in order."""
        below = self.territory.below(self.node)
        return tuple(
            Cell(place, self.printed[place.unit_id], self._tone(self.printed[place.unit_id]))
            for place in self.territory.places
            if place.unit_id in below
        )

    @cached_property
    def rows(self) -> list[Row]:
        """Give the communes of the node by district."""
        found: dict[int, list[Cell]] = {}
        for cell in self.cells:
            found.setdefault(cell.place.group, []).append(cell)
        return [
            Row(group, cells[0].place.group_short, self.printed[group], tuple(cells))
            for group, cells in found.items()
        ]

    @cached_property
    def none(self) -> list[Place]:
        """List the communes of which it may be said that nobody has answered."""
        return [cell.place for cell in self.cells if cell.printed.exact == 0]

    @cached_property
    def none_by_district(self) -> list[tuple[str, int]]:
        """Give how many communes of each district have none."""
        names = [place.group_short for place in self.none]
        return [(name, names.count(name)) for name in dict.fromkeys(names)]

    @cached_property
    def low(self) -> list[Cell]:
        """List the communes with some answers but fewer than a third of what is usual here."""
        exact = [cell.printed.exact for cell in self.cells if cell.printed.exact is not None]
        usual = median(exact) if exact else 0
        return [cell for cell in self.cells if 0 < (cell.printed.exact or 0) < usual / 3]

    @cached_property
    def with_some(self) -> int:
        """Count the communes of which it may be said that somebody has answered."""
        told = (cell for cell in self.cells if not self._kept_back(cell.place))
        return sum(cell.printed.exact != 0 for cell in told)

    def tones(self) -> dict[str, int]:
        """Count the cells of each tone, for the legend."""
        tones = [cell.tone for cell in self.cells]
        return {tone: tones.count(tone) for tone in set(tones)}

    def _kept_back(self, place: Place) -> bool:
        """Say whether a commune's mark tells nothing: its district is below k as a whole."""
        above = self.printed[place.group]
        return above.is_hidden and self.printed[place.unit_id].text == above.text

    def _tone(self, printed: Masked) -> str:
        if printed.exact is None:
            return "kn"
        return (
            f"k{1 + sum(printed.exact >= step for step in self.steps)}" if printed.exact else "k0"
        )


def of(actor: Actor, campaign: Campaign, wanted: int | None = None) -> Turnout | None:
    """Give the participation that an actor may see.

    Args:
        actor: the reader.
        campaign: one that the reader may know of.
        wanted: a district or commune; the widest that the reader may see if not given.

    Returns:
        None where the reader sees nothing of the campaign, or not the node it wants.
    """
    territory = queries.territory(campaign.id)
    open_nodes = territory.open_to(queries.reached(actor.unit_id, campaign.id))
    node = open_nodes[0] if wanted is None and open_nodes else wanted
    if node is None or node not in open_nodes:
        return None
    k = threshold(campaign.questionnaire_version.definition)
    printed = territory.counts(participation.by_unit(campaign.id)).printed(k)
    below = None if node == WHOLE else territory.below(node)
    told = not printed[node].is_hidden
    days = _days(campaign, participation.by_day(campaign.id, below)) if told else ()
    return Turnout(
        campaign, territory, node, printed, days,
        settings.steps("heat_steps"), tuple(open_nodes),
    )  # fmt: skip


def _days(campaign: Campaign, counts: Mapping[date, int]) -> tuple[Day, ...]:
    today = clock.today()
    length = (campaign.closes_on - campaign.opens_on).days + 1
    window = [campaign.opens_on + timedelta(days=n) for n in range(length)]
    return tuple(
        Day(
            day,
            counts.get(day, 0) if day <= today else None,
            current=day == today and campaign.phase == Phase.OPEN,
        )
        for day in _near(window, today)
    )


def _near(window: list[date], today: date) -> list[date]:
    if len(window) <= MOST_DAYS:
        return window
    last = min(max(sum(day <= today for day in window), MOST_DAYS), len(window))
    return window[last - MOST_DAYS : last]
