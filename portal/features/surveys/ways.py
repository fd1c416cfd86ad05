"""Participation by the way answers came: by channel, and by the points of one commune.

A place's answers by channel are shown all or not at all. A commune that is hidden in the tree of
any channel shows none of them: then no channel of it follows from the others, from its total or
from its neighbours (docs/adr/0010). Until the close slips count with the codes: a small batch of
them, handed out at one meeting, would else show live who of that meeting has answered.
"""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from portal.core.text import N_
from portal.features.campaigns.models import Campaign
from portal.features.org_units.models import Point
from portal.features.surveys import participation, queries
from portal.features.surveys.channels import CHANNEL_LABELS, Channel
from portal.features.surveys.disclosure import Masked, hidden_nodes, masked
from portal.features.surveys.territory import NodeCounts, Territory

UNIT_CODE = N_("Mã chung của xã, phường")
_ROOT, _UNIT_CODE = 0, -1


@dataclass(frozen=True)
class Ways:
    """The answers of a campaign by channel, along the tree."""

    territory: Territory
    counts: Mapping[Channel, NodeCounts]
    """Every channel by which somebody has answered, in order."""
    k: int

    @property
    def labels(self) -> list[str]:
        """Give the names of the channels (msgids)."""
        return [CHANNEL_LABELS[channel] for channel in self.counts]

    @property
    def are_several(self) -> bool:
        """Say whether there is anything to tell apart."""
        return len(self.counts) > 1

    def at(self, node: int) -> list[int] | None:
        """Give the answers of a place by each channel, None where they are not told apart."""
        if not self.territory.is_told(node, self._hidden):
            return None
        units = self.territory.below(node)
        return [self._sum(each, units) for each in self.counts.values()]

    @staticmethod
    def _sum(counts: NodeCounts, units: frozenset[int]) -> int:
        return sum(counts.leaves[unit] for unit in units)

    @cached_property
    def _hidden(self) -> frozenset[int]:
        together: Tally[int] = Tally()
        for counts in self.counts.values():
            together.update(counts.leaves)
        trees = [*self.counts.values(), self.territory.counts(together)]
        return frozenset().union(*(tree.hidden(self.k) for tree in trees))


def by_channel(campaign: Campaign, territory: Territory, k: int) -> Ways:
    """Give the answers by channel.

    Args:
        campaign: the campaign.
        territory: where it asks, as the reader sees it.
        k: the threshold.
    """
    found: dict[Channel, Tally[int]] = {}
    by_unit = participation.by_channel(campaign.id)
    for channel in Channel:
        shown = Channel.QR if channel == Channel.SLIP and not campaign.is_sealed else channel
        if units := by_unit.get(channel):
            found.setdefault(shown, Tally()).update(units)
    ordered = {channel: found[channel] for channel in Channel if channel in found}
    return Ways(territory, {c: territory.counts(n) for c, n in ordered.items()}, k)


@dataclass(frozen=True)
class AtPoint:
    """A point of a commune, and what is printed of the answers by its code."""

    point: Point | None
    """None for the code of the commune itself."""
    printed: Masked


def by_point(
    campaign: Campaign, units: Collection[int], printed: Mapping[int, Masked], k: int
) -> dict[int, list[AtPoint] | None]:
    """Give the answers of communes by their points.

    Args:
        campaign: the campaign.
        units: the communes.
        printed: what is printed of each as a whole.
        k: the threshold.

    Returns:
        For each commune with a point that has a code of its own: the code of the commune and its
        points in order, or None where they cannot be told apart.
    """
    points: dict[int, list[Point]] = defaultdict(list)
    for point in queries.points_with_codes(campaign.id, units):
        points[point.unit_id].append(point)
    counts = participation.by_point(campaign.id, points)
    return {unit: _apart(printed[unit], points[unit], counts, k) for unit in points}


def _apart(
    total: Masked, points: Sequence[Point], found: Mapping[int, int], k: int
) -> list[AtPoint] | None:
    if total.exact is None:
        return None
    counts = {point.id: found.get(point.id, 0) for point in points}
    counts[_UNIT_CODE] = max(total.exact - sum(counts.values()), 0)
    # The total of the commune is shown: where it would betray its points, none of them is.
    hidden = hidden_nodes(counts, {_ROOT: None, **dict.fromkeys(counts, _ROOT)}, k)
    if _ROOT in hidden:
        return None
    places: list[tuple[int, Point | None]] = [(_UNIT_CODE, None), *((p.id, p) for p in points)]
    return [AtPoint(point, masked(counts[n], n in hidden, k)) for n, point in places]
