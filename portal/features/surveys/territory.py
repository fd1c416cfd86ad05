"""Where a campaign asks, as a tree: the whole, its districts, their communes.

Communes without a district above them (two tiers) stand together under `DIRECT`.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
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
    ended: bool = False
    """Whether the campaign asks it no more: it has been taken over."""

    @property
    def group_short(self) -> str:
        """Give the district as it fits beside a row: TP Bắc Giang, TX Việt Yên, Yên Thế."""
        name = self.group_name.removeprefix("Huyện ").replace("Thành phố ", "TP ")
        return name.replace("Thị xã ", "TX ")


@dataclass(frozen=True)
class Territory:
    """All communes that a campaign asks, in the order of their districts and names."""

    places: tuple[Place, ...]
    lines: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """For each commune whoever took over from all of it, one after the other."""
    heirs: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """For each commune that has ended those that are asked instead."""
    sums: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """What units of today are made of, as far as that is no node of the tree: a commune with those
    that it took over from, a district with those of its communes."""
    sum_names: Mapping[int, str] = field(default_factory=dict)

    def beyond_nodes(self, reached: Collection[int]) -> frozenset[int]:
        """Give the communes that somebody reaches, none where one node is just these.

        Args:
            reached: the communes of the campaign, perhaps others too.
        """
        ours = self.below(WHOLE) & frozenset(reached)
        return ours if ours and ours != self.below(self.open_to(ours)[0]) else frozenset()

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
        names = groups | {place.unit_id: place.full_name for place in self.places}
        return names | dict(self.sum_names)

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
        if node in self.sums:
            return self.sums[node]
        return frozenset(place.unit_id for place in self.groups.get(node, ())) or frozenset({node})

    def open_to(self, reached: Collection[int]) -> list[int]:
        """List the nodes that lie wholly within what somebody reaches, the widest first."""
        units = (place.unit_id for place in self.places)
        nodes = dict.fromkeys([WHOLE, *self.groups, *self.sums, *units])
        found = [node for node in nodes if self.below(node) and self.below(node) <= set(reached)]
        top = sorted(found, key=lambda node: -len(self.below(node)))[:1]
        return [*top, *(node for node in found if node not in top)]

    def asked(self, node: int) -> list[Place]:
        """List the communes that are asked there, or were if there are no others any more."""
        below = self.below(node)
        here = [place for place in self.places if place.unit_id in below]
        return [place for place in here if not place.ended] or here

    def ended(self, node: int) -> list[Place]:
        """List the communes there in whose stead others are asked."""
        asked, below = self.asked(node), self.below(node)
        return [p for p in self.places if p.ended and p.unit_id in below and p not in asked]

    def now(self, unit_id: int) -> list[str]:
        """Name those that are asked in the stead of a commune that has ended."""
        return [self.names[heir] for heir in self.heirs.get(unit_id, ())]

    def with_sums(self, named: Mapping[int, str]) -> "Territory":
        """Give it with what some units of today are made of.

        Args:
            named: the units that took over, with their names.
        """
        sums: dict[int, set[int]] = defaultdict(set)
        for unit, line in self.lines.items():
            for heir in named.keys() & line:
                sums[heir].add(unit)
        groups: dict[int, set[int]] = defaultdict(set)
        for place in self.places:
            if place.ended:
                sums.pop(place.unit_id, None)
                continue
            if place.unit_id in sums:
                sums[place.unit_id].add(place.unit_id)
            groups[place.group] |= sums.get(place.unit_id, {place.unit_id})
        for group, units in groups.items():
            if units != {place.unit_id for place in self.groups[group]}:
                sums[group] = units
        found = {node: frozenset(units) for node, units in sums.items() if units}
        names = {unit: name for unit, name in named.items() if unit in found}
        return replace(self, sums=found, sum_names=names)

    def known_groups(self, hidden: Collection[int]) -> list[frozenset[int]]:
        """Part the communes into the smallest groups of which the reader knows the sum.

        A shown commune is known by itself, the hidden ones below a shown parent only together.
        Whoever adds or subtracts what is shown gets the sum of such groups and of nothing else.

        Args:
            hidden: the nodes whose figures are kept back.
        """
        if WHOLE in hidden:
            return []
        found, rest = [], set()
        for group, below in self.groups.items():
            units = [place.unit_id for place in below]
            kept = set(units) & set(hidden)
            if group in hidden:
                rest |= set(units)
                continue
            found += [frozenset({unit}) for unit in units if unit not in kept]
            found += [frozenset(kept)] if kept else []
        return [*found, frozenset(rest)] if rest else found

    def is_told(self, node: int, hidden: Collection[int]) -> bool:
        """Say whether the figure of a node is shown, or follows from what is."""
        if node in self.sums:
            return self.is_known(self.sums[node], hidden)
        return node not in hidden

    def is_known(self, units: Collection[int], hidden: Collection[int]) -> bool:
        """Say whether the sum of some communes follows from what is shown anyway."""
        wanted = frozenset(units)
        return wanted <= frozenset().union(
            *(group for group in self.known_groups(hidden) if group <= wanted)
        )

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

    def marks(self, k: int) -> dict[int, Masked]:
        """Give what is printed for each node of the tree by itself.

        Below a node with fewer than k all are marked alike, those with nobody too.
        """
        hidden, parents = self.hidden(k), self.territory.parents
        marks = {node: masked(n, node in hidden, k) for node, n in self.totals.items()}
        few = {node for node in hidden if self.totals[node] < k}
        return {
            node: replace(mark, doubtful=True) if node in few and parents[node] in few else mark
            for node, mark in marks.items()
        }

    def printed(self, k: int) -> dict[int, Masked]:
        """Give what is printed for each node, and for what units of today are made of."""
        hidden, marks = self.hidden(k), self.marks(k)
        sums = self.territory.sums
        return marks | {node: self._together(sums[node], marks, hidden, k) for node in sums}

    def _together(
        self, units: Collection[int], marks: Mapping[int, Masked], hidden: Collection[int], k: int
    ) -> Masked:
        """Give what is printed of some communes: the sum, or what their own marks tell of it."""
        if len(units) == 1:
            return marks[next(iter(units))]
        if self.territory.is_known(units, hidden):
            return masked(sum(self.leaves[unit] for unit in units), hidden=False, k=k)
        low = sum(_least(marks[unit], k) for unit in units)
        return Masked(None, f"≥{low}", doubtful=not low)


def _least(mark: Masked, k: int) -> int:
    if mark.exact is not None:
        return mark.exact
    return 0 if mark.doubtful else 1 if mark.text == f"<{k}" else k
