"""Where a campaign asks, as a tree: the whole, its districts, their communes.

Communes without a district above them (two tiers) stand together under `DIRECT`.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from portal.features.surveys.disclosure import Masked, hidden_nodes, masked

WHOLE = 0
DIRECT = -1


@dataclass(frozen=True)
class Place:
    """One commune that is asked, and the district it lies in."""

    unit_id: int
    name: str
    full_name: str
    group: int = DIRECT
    group_name: str = ""

    @property
    def group_short(self) -> str:
        """Give the district as it fits beside a row: TP Bắc Giang, TX Việt Yên, Yên Thế."""
        name = self.group_name.removeprefix("Huyện ").replace("Thành phố ", "TP ")
        return name.replace("Thị xã ", "TX ")


@dataclass(frozen=True)
class Territory:
    """All communes that a campaign asks, in the order of their districts and names."""

    places: tuple[Place, ...]

    @cached_property
    def groups(self) -> dict[int, tuple[Place, ...]]:
        """Give the communes of each district, in order."""
        found: dict[int, list[Place]] = defaultdict(list)
        for place in self.places:
            found[place.group].append(place)
        return {group: tuple(below) for group, below in found.items()}

    @cached_property
    def names(self) -> dict[int, str]:
        """Give the name of every district ("" for `DIRECT`) and the full name of every commune."""
        groups = {place.group: place.group_name for place in self.places}
        return groups | {place.unit_id: place.full_name for place in self.places}

    @cached_property
    def parents(self) -> dict[int, int | None]:
        """Give the parent of every node, as `disclosure` wants it."""
        parents: dict[int, int | None] = {WHOLE: None}
        for place in self.places:
            parents[place.group] = WHOLE
            parents[place.unit_id] = place.group
        return parents

    def below(self, node: int) -> frozenset[int]:
        """Give the communes that a node adds up; a commune adds up itself."""
        if node == WHOLE:
            return frozenset(place.unit_id for place in self.places)
        return frozenset(place.unit_id for place in self.groups.get(node, ())) or frozenset({node})

    def open_to(self, reached: Collection[int]) -> list[int]:
        """List the nodes that lie wholly within what somebody reaches, the widest first."""
        nodes = [WHOLE, *self.groups, *(place.unit_id for place in self.places)]
        return [node for node in nodes if self.below(node) and self.below(node) <= set(reached)]

    def counts(self, by_unit: Mapping[int, int]) -> "NodeCounts":
        """Add up counts of communes along the tree."""
        return NodeCounts(
            self, {place.unit_id: by_unit.get(place.unit_id, 0) for place in self.places}
        )


@dataclass(frozen=True)
class NodeCounts:
    """Counts along the tree, and what may be printed of them."""

    territory: Territory
    leaves: Mapping[int, int]

    @cached_property
    def totals(self) -> dict[int, int]:
        """Give the count of every node."""
        parents = self.territory.parents
        totals = dict.fromkeys(parents, 0)
        for leaf, n in self.leaves.items():
            node: int | None = leaf
            while node is not None:
                totals[node] += n
                node = parents[node]
        return totals

    def hidden(self, k: int) -> frozenset[int]:
        """Give the nodes whose figures are kept back."""
        return hidden_nodes(self.leaves, self.territory.parents, k)

    def printed(self, k: int) -> dict[int, Masked]:
        """Give what is printed for each node."""
        hidden = self.hidden(k)
        return {node: masked(n, node in hidden, k) for node, n in self.totals.items()}
