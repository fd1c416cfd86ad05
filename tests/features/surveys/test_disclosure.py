"""No hidden count can be found from what is printed."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.features.surveys.disclosure import hidden_nodes, masked

Counts = dict[str, int]
Parents = dict[str, str | None]


def grow(districts: list[list[int]]) -> tuple[Counts, Parents]:
    """Province "t", districts "a0"…, communes "a0.0"…: what most installations have."""
    parents: Parents = {"t": None}
    counts: Counts = {}
    for d, communes in enumerate(districts):
        parents[f"a{d}"] = "t"
        for c, n in enumerate(communes):
            parents[f"a{d}.{c}"] = f"a{d}"
            counts[f"a{d}.{c}"] = n
    return counts, parents


def totals(counts: Counts, parents: Parents) -> Counts:
    result = dict.fromkeys(parents, 0)
    for leaf, n in counts.items():
        node: str | None = leaf
        while node is not None:
            result[node] += n
            node = parents[node]
    return result


def leaves_below(counts: Counts, parents: Parents) -> dict[str, frozenset[str]]:
    """Which leaves every node adds up."""
    return {
        node: frozenset(leaf for leaf in counts if totals({leaf: 1}, parents)[node])
        for node in parents
    }


class Span:
    """Exact linear algebra: the totals a reader can get by adding and subtracting."""

    def __init__(self, rows: list[frozenset[str]], columns: list[str]) -> None:
        self.columns = columns
        self.pivots: dict[int, list[Fraction]] = {}
        for row in rows:
            left = self.reduce(row)
            lead = next((i for i, value in enumerate(left) if value), None)
            if lead is not None:
                self.pivots[lead] = [value / left[lead] for value in left]

    def reduce(self, row: frozenset[str]) -> list[Fraction]:
        left = [Fraction(column in row) for column in self.columns]
        for lead in range(len(left)):
            if left[lead] and lead in self.pivots:
                factor = left[lead]
                pivot = self.pivots[lead]
                left = [a - factor * b for a, b in zip(left, pivot, strict=True)]
        return left

    def __contains__(self, row: frozenset[str]) -> bool:
        return not any(self.reduce(row))


def printed(counts: Counts, parents: Parents, hidden: frozenset[str], k: int) -> dict[str, str]:
    return {node: masked(n, node in hidden, k).text for node, n in totals(counts, parents).items()}


def worlds(counts: Counts, parents: Parents, hidden: frozenset[str], k: int) -> Iterator[Counts]:
    """Every state of affairs that would print the same page."""
    page = printed(counts, parents, hidden, k)
    unknown = [leaf for leaf in counts if leaf in hidden]
    highest = max(counts.values(), default=0) + k
    for guess in product(range(highest + 1), repeat=len(unknown)):
        world = counts | dict(zip(unknown, guess, strict=True))
        if printed(world, parents, hidden, k) == page:
            yield totals(world, parents)


trees = st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=5), min_size=1, max_size=5)
small_trees = st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=3), max_size=3).filter(
    lambda districts: sum(n > 0 for communes in districts for n in communes) <= 4
)
thresholds = st.integers(3, 10)


@given(trees, thresholds)
def test_no_hidden_node_follows_from_the_shown_ones_by_arithmetic(
    districts: list[list[int]], k: int
) -> None:
    counts, parents = grow(districts)
    hidden, below = hidden_nodes(counts, parents, k), leaves_below(counts, parents)
    shown = Span([below[n] for n in parents if n not in hidden], sorted(counts))
    all_totals = totals(counts, parents)
    assert not [n for n in hidden if below[n] in shown and all_totals[n]]


@given(trees, thresholds, st.data())
def test_no_sum_below_the_threshold_follows_either(
    districts: list[list[int]], k: int, data: st.DataObject
) -> None:
    counts, parents = grow(districts)
    hidden, below = hidden_nodes(counts, parents, k), leaves_below(counts, parents)
    candidates = sorted(leaf for leaf in hidden & counts.keys() if counts[leaf])
    some = data.draw(st.frozensets(st.sampled_from(candidates))) if candidates else frozenset()
    shown = Span([below[n] for n in parents if n not in hidden], sorted(counts))
    assert not 0 < sum(counts[leaf] for leaf in some) < k or some not in shown


@settings(max_examples=60, deadline=None)
@given(small_trees)
def test_no_hidden_node_follows_from_the_marks_either(districts: list[list[int]]) -> None:
    counts, parents = grow(districts)
    hidden = hidden_nodes(counts, parents, 3)
    seen: dict[str, set[int]] = {node: set() for node in hidden}
    for world in worlds(counts, parents, hidden, 3):
        for node in hidden:
            seen[node].add(world[node])
    assert all(len(values) >= 2 for values in seen.values())


@given(trees, thresholds)
def test_what_is_small_is_always_hidden(districts: list[list[int]], k: int) -> None:
    counts, parents = grow(districts)
    small = {node for node, n in totals(counts, parents).items() if 0 < n < k}
    assert small <= hidden_nodes(counts, parents, k)


@given(trees, thresholds)
def test_nothing_is_hidden_where_nothing_is_small(districts: list[list[int]], k: int) -> None:
    counts, parents = grow([[n + k if n else 0 for n in communes] for communes in districts])
    assert hidden_nodes(counts, parents, k) == frozenset()


@given(trees, thresholds)
@example([[0], [1, 3]], 3)
def test_everything_with_answers_below_a_hidden_node_is_hidden(
    districts: list[list[int]], k: int
) -> None:
    counts, parents = grow(districts)
    hidden = hidden_nodes(counts, parents, k)
    answered = totals(counts, parents)
    assert all(n in hidden for n, up in parents.items() if up in hidden and answered[n])


@given(trees, thresholds)
def test_the_order_of_the_input_does_not_matter(districts: list[list[int]], k: int) -> None:
    counts, parents = grow(districts)
    backwards = dict(reversed(parents.items()))
    assert hidden_nodes(counts, parents, k) == hidden_nodes(counts, backwards, k)


@pytest.mark.parametrize(
    ("districts", "hidden"),
    [
        ([[3, 20, 9, 0]], {"a0.0", "a0.2"}),  # the smallest sibling protects it
        ([[3, 4, 20]], {"a0.0", "a0.1"}),  # two that protect each other
        ([[2, 1, 20, 30]], {"a0.0", "a0.1", "a0.2"}),  # 3 together are still too few
        ([[4, 4, 20]], {"a0.0", "a0.1", "a0.2"}),  # 8 of two below 5 could only be 4 and 4
        ([[1, 5, 7, 9]], {"a0.0", "a0.2"}),  # 6 of "<5" and "≥5" could only be 1 and 5
        ([[7, 7, 1]], {"a0.2", "a0.0"}),  # equal totals: the first by name
        ([[0, 0], [8, 9]], set()),
        ([[], []], set()),
        ([[3]], {"t", "a0", "a0.0"}),
        ([[1, 5]], {"t", "a0", "a0.0", "a0.1"}),  # nothing can protect it: all is kept back
    ],
)
def test_known_cases(districts: list[list[int]], hidden: set[str]) -> None:
    assert hidden_nodes(*grow(districts), 5) == hidden


def test_a_small_district_hides_another_with_its_communes() -> None:
    counts, parents = grow([[2, 0], [10, 0, 12], [40, 50]])
    assert hidden_nodes(counts, parents, 5) == {"a0", "a0.0", "a0.1", "a1", "a1.0", "a1.2"}


def test_units_of_any_depth_are_protected() -> None:
    parents: Parents = {"t": None, "d": "t", "x": "d", "y": "d", "x1": "x", "x2": "x", "z": "t"}
    counts = {"x1": 2, "x2": 9, "y": 30, "z": 8}
    assert hidden_nodes(counts, parents, 5) == {"x1", "x2"}
    assert hidden_nodes(counts | {"x2": 4}, parents, 5) == {"x1", "x2"}
    assert hidden_nodes(counts | {"x2": 0}, parents, 5) == {"x", "x1", "x2", "y"}


def test_a_page_prints_the_number_or_its_side_of_the_threshold() -> None:
    assert masked(7, False, 5).text == "7"
    assert masked(0, False, 5).exact == 0
    assert masked(3, True, 5).text == "<5"
    assert masked(8, True, 5).text == "≥5"
    assert masked(8, True, 5).is_hidden


@pytest.mark.parametrize(("counts", "k"), [({"t": 5}, 2), ({"t": -1}, 5), ({"other": 5}, 5)])
def test_what_cannot_be_protected_is_refused(counts: Counts, k: int) -> None:
    with pytest.raises(ValueError, match="threshold"):
        hidden_nodes(counts, {"t": None}, k)
