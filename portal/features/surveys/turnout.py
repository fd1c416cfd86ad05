"""Participation of a campaign as one reader may see it: figures, days, who has none.

What is kept back is decided over the whole campaign and is the same for every reader, so that two
of them who put their pages side by side learn no more than each alone.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from statistics import median

from portal.core import clock
from portal.features.campaigns import rounds
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Phase, State
from portal.features.documents.deadlines import Span
from portal.features.settings import services as settings
from portal.features.surveys import days, participation, queries
from portal.features.surveys.asking import Asking
from portal.features.surveys.days import Day, Round
from portal.features.surveys.disclosure import Masked
from portal.features.surveys.territory import Place, Territory
from portal.features.surveys.threshold import threshold
from portal.policy.predicates import Actor

Taken = Mapping[int, Mapping[date, int]]
"""The answers of each unit on each day."""


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
    by_round: tuple[Round, ...] = ()
    """Where there are several."""
    taken: Taken = field(default_factory=dict)
    """Not masked."""
    recent: Mapping[int, int] = field(default_factory=dict)
    """The answers of each commune in the round that runs (not masked)."""
    chosen: Mapping[int, int] = field(default_factory=dict)
    """The round that each commune has chosen, where it asks in one only."""
    own: Mapping[int, Masked] = field(default_factory=dict)
    """What is printed of each commune without those that it took over from."""

    @cached_property
    def asking(self) -> Asking:
        """Give when people are asked here: a commune that has chosen its round asks then only."""
        units = {self._rounds(cell.place.unit_id) for cell in self.cells}
        here = units.pop() if len(units) == 1 else self.campaign.all_rounds
        return Asking(State(self.campaign.state), here)

    @property
    def phase(self) -> Phase:
        """Give where the campaign stands here."""
        return self.asking.phase

    @property
    def is_over_here_only(self) -> bool:
        """Say whether this place has had its round while others are still asked."""
        return self.phase == Phase.CLOSED and self.campaign.phase != Phase.CLOSED

    @cached_property
    def undecided(self) -> list[Place]:
        """List the communes that still have to choose their round."""
        if not self.campaign.one_round:
            return []
        asked = (cell.place for cell in self.cells if not cell.place.ended)
        return [place for place in asked if place.unit_id not in self.chosen]

    @property
    def total(self) -> Masked:
        """Give what is printed of the node as a whole."""
        return self.printed[self.node]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Give the communes that are asked in the node, in order; each with what it took over."""
        return tuple(map(self._cell, self.territory.asked(self.node)))

    @cached_property
    def ended(self) -> tuple[Cell, ...]:
        """Give those in whose stead others are asked, with what was answered there."""
        return tuple(map(self._cell, self.territory.ended(self.node)))

    def _cell(self, place: Place) -> Cell:
        printed = self.printed[place.unit_id]
        return Cell(place, printed, self._tone(printed))

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
        """List the communes of which it may be said that nobody has answered, in this round."""
        return [cell.place for cell in self._asked if self._lately(cell) == 0]

    @cached_property
    def none_by_district(self) -> list[tuple[str, int]]:
        """Give how many communes of each district have none."""
        names = [place.group_short for place in self.none]
        return [(name, names.count(name)) for name in dict.fromkeys(names)]

    @cached_property
    def low(self) -> list[Cell]:
        """List the communes with some answers but fewer than a third of what is usual here."""
        told = [(cell, self._lately(cell)) for cell in self._asked]
        usual = median(n for _, n in told) if told else 0
        return [cell for cell, n in told if 0 < n < usual / 3]

    @cached_property
    def _asked(self) -> list[Cell]:
        """Give the communes whose answers may be told and who are asked today.

        Once nobody is asked any more these are all, so that the list stands as it ended.
        """
        asked = (cell for cell in self.cells if not cell.place.ended)
        told = [cell for cell in asked if not cell.printed.is_hidden]
        if self.campaign.phase != Phase.OPEN:
            return told
        return [cell for cell in told if self._asking(cell).phase == Phase.OPEN]

    @cached_property
    def one_day(self) -> list[Place]:
        """List the communes that are asked today and on no other day."""
        today = clock.today()
        spans = {cell.place: self._rounds(cell.place.unit_id) for cell in self.cells}
        return [
            place for place, rounds_here in spans.items()
            if not place.ended and rounds_here == (Span(today, today),)
        ]  # fmt: skip

    def _lately(self, cell: Cell) -> int:
        units = self.territory.below(cell.place.unit_id)
        return sum(self.recent.get(unit, 0) for unit in units)

    def _asking(self, cell: Cell) -> Asking:
        return Asking(State(self.campaign.state), self._rounds(cell.place.unit_id))

    def _rounds(self, unit_id: int) -> tuple[Span, ...]:
        return rounds.held(self.campaign.all_rounds, self.chosen.get(unit_id))

    @cached_property
    def with_some(self) -> int:
        """Count the communes of which it may be said that somebody has answered."""
        return sum(cell.printed.has_some for cell in self.cells)

    def tones(self) -> dict[str, int]:
        """Count the cells of each tone, for the legend."""
        tones = [cell.tone for cell in self.cells]
        return {tone: tones.count(tone) for tone in set(tones)}

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
    return next(iter(of_all(actor, [campaign], wanted)), None)


def of_all(
    actor: Actor, campaigns: Sequence[Campaign], wanted: int | None = None
) -> list[Turnout]:  # fmt: skip
    """Give the participation in some campaigns as far as an actor may see it, in their order.

    How many queries that takes does not depend on how many campaigns there are.
    """
    if not campaigns:
        return []
    ids = [campaign.id for campaign in campaigns]
    seen, taken = queries.seen_by_all(actor.unit_id, ids), participation.by_unit_and_day(ids)
    steps = settings.steps("heat_steps")
    found = (_of(one, *seen[one.id], wanted, taken[one.id], steps) for one in campaigns)
    return [_with_days(one) for one in found if one]


def _of(
    campaign: Campaign,
    territory: Territory,
    open_nodes: Sequence[int],
    wanted: int | None,
    taken: Taken,
    steps: tuple[int, ...],
) -> Turnout | None:
    node = open_nodes[0] if wanted is None and open_nodes else wanted
    if node is None or node not in open_nodes:
        return None
    k = threshold(campaign.questionnaire_version.definition)
    by_node = territory.counts({unit: sum(days.values()) for unit, days in taken.items()})
    return Turnout(
        campaign, territory, node, by_node.printed(k), (), steps, tuple(open_nodes), taken=taken,
        recent=_recent(campaign, taken), chosen=queries.chosen_rounds(campaign),
        own=by_node.marks(k),
    )  # fmt: skip


def _with_days(found: Turnout) -> Turnout:
    if found.total.is_hidden:
        return found
    below = found.territory.below(found.node)
    by_day: Counter[date] = Counter()
    for unit, counts in found.taken.items():
        if unit in below:
            by_day.update(counts)
    shown = days.near(found.asking, by_day)
    return replace(found, days=shown, by_round=days.by_round(found.asking, by_day))


def _recent(campaign: Campaign, taken: Taken) -> Mapping[int, int]:
    """Give the answers of the round that runs; all of them where every place has but one."""
    since = date.min
    if len(campaign.all_rounds) > 1 and not campaign.one_round:
        since = Asking(State(campaign.state), campaign.all_rounds).current.first
    return {
        unit: sum(n for day, n in counts.items() if day >= since)
        for unit, counts in taken.items()
    }  # fmt: skip
