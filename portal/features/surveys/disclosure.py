"""No small cell, by no route: which totals of a tree of units may be printed.

The reader is taken to know every printed total, to add and subtract them, and to read the marks
of what is hidden: ``<k`` says 1 to k-1, ``≥k`` says k or more, ``0`` says nobody.

Why it is enough to look at one parent at a time: below a shown parent, the hidden children with
answers are known only by their sum. Each of them has a range of at least two values, given by its
mark and by the marks below it. If there are two or more of them and their sum lies strictly
between the sum of the lowest and the sum of the highest values, each can still move by one
against another; so can every part of them, and, by the same argument, everything below them.
Where even hiding all children does not reach that (children of 1 and 5, or of 4 and 4, below a
total that would betray them), the parent cannot be shown either.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


@dataclass(frozen=True)
class Masked:
    """What a page prints for a count: an exact number, or only its side of the threshold."""

    exact: int | None
    text: str
    doubtful: bool = False
    """Whether for all that is told it may as well be 0."""

    @property
    def is_hidden(self) -> bool:
        """Whether the number itself is kept back."""
        return self.exact is None

    @property
    def has_some(self) -> bool:
        """Say whether it is told that there is anything at all."""
        return not self.doubtful and self.exact != 0


def masked(n: int, hidden: bool, k: int) -> Masked:
    """Return what may be printed for a count: the number, ``<k`` or ``≥k``."""
    if not hidden:
        return Masked(n, str(n))
    return Masked(None, f"<{k}" if n < k else f"≥{k}")


def hidden_nodes(
    counts: Mapping[Node, int], parents: Mapping[Node, Node | None], k: int
) -> frozenset[Node]:
    """Return the nodes whose counts must not be printed.

    A node with 1 to k-1 answers is hidden with everything below it, the zeros too, since among
    so few their pattern would tell. Where one hidden child could be found by subtraction, its
    smallest suitable sibling is hidden as well, with everything below that has answers. Zeros
    elsewhere are shown. Equal totals are decided by the node's name.

    Args:
        counts: Answers of every leaf.
        parents: The parent of every node, None for the root; several roots are allowed.
        k: The threshold, at least 3: below that, "fewer than k" would itself be the number.

    Raises:
        ValueError: The threshold is too low, a count is negative or a leaf has no place.
    """
    if k < 3 or any(n < 0 for n in counts.values()) or not counts.keys() <= parents.keys():
        raise ValueError("a threshold of 3 or more and counts of known leaves are needed")
    return frozenset(_Tree(counts, parents, k).hidden())


@dataclass(frozen=True)
class _Range:
    """What the marks alone tell of a hidden node: lowest and highest possible total."""

    low: float
    high: float


class _Tree(Generic[Node]):
    def __init__(
        self, counts: Mapping[Node, int], parents: Mapping[Node, Node | None], k: int
    ) -> None:
        self.k = k
        self.children: dict[Node, list[Node]] = defaultdict(list)
        self.roots = [node for node, parent in parents.items() if parent is None]
        for node, parent in parents.items():
            if parent is not None:
                self.children[parent].append(node)
        self.order = self._downwards()
        self.total: dict[Node, int] = {}
        self.range: dict[Node, _Range] = {}
        self.secret: set[Node] = set()
        for node in reversed(self.order):
            self._weigh(node, counts)

    def hidden(self) -> set[Node]:
        hidden = {root for root in self.roots if root in self.secret}
        for node in self.order:
            below = self.children.get(node, ())
            if node not in hidden:
                hidden |= self._group(below)
            elif self.total[node] < self.k:
                hidden |= set(below)
            else:
                hidden |= {child for child in below if self.total[child]}
        return hidden

    def _downwards(self) -> list[Node]:
        order = list(self.roots)
        for node in order:  # grows while it is walked: parents always before their children
            order.extend(self.children.get(node, ()))
        return order

    def _weigh(self, node: Node, counts: Mapping[Node, int]) -> None:
        """Settle total, range and whether the node must be hidden, its children being settled."""
        answered = self._answered(self.children.get(node, ()))
        self.total[node] = counts.get(node, 0) + sum(self.total[child] for child in answered)
        if self.total[node] < self.k:
            self.range[node] = _Range(1, self.k - 1)
        else:
            low = sum(self.range[child].low for child in answered)
            high = sum(self.range[child].high for child in answered) if answered else inf
            self.range[node] = _Range(max(self.k, low), high)
        betrayed = not self.secret.isdisjoint(answered) and not self._is_safe(answered)
        if betrayed or 0 < self.total[node] < self.k:
            self.secret.add(node)

    def _group(self, siblings: Iterable[Node]) -> set[Node]:
        """Return the children of a shown parent that are hidden together."""
        answered = self._answered(siblings)
        group = [node for node in answered if node in self.secret]
        spare = [node for node in answered if node not in self.secret]
        while group and spare and not self._is_safe(group):
            enough = (node for node in spare if self._is_safe([*group, node]))
            chosen = next(enough, spare[0])
            group.append(chosen)
            spare.remove(chosen)
        return set(group)

    def _answered(self, nodes: Iterable[Node]) -> list[Node]:
        found = [node for node in nodes if self.total[node]]
        return sorted(found, key=lambda node: (self.total[node], str(node)))

    def _is_safe(self, group: list[Node]) -> bool:
        """Tell whether the sum of the group, known to the reader, settles none of its members."""
        total = sum(self.total[node] for node in group)
        low = sum(self.range[node].low for node in group)
        high = sum(self.range[node].high for node in group)
        return len(group) >= 2 and total >= self.k and low < total < high
