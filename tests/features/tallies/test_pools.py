"""What letters are about is told in pools of weeks; no cell of them is small, by no subtraction."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from portal.features.tallies.pools import REST, Pool, pooled, together

START = date(2026, 1, 5)
K = 5
KINDS = ("praise", "report", "suggestion")
WEEKS = some.lists(some.dictionaries(some.sampled_from(KINDS), some.integers(1, 9)), max_size=16)


def weekly(*counts: dict[str, int]) -> list[tuple[date, dict[str, int]]]:
    """Name counts by the Mondays of weeks in a row."""
    return [(START + timedelta(days=7 * n), one) for n, one in enumerate(counts)]


def test_a_week_whose_kinds_are_all_large_is_told_by_itself() -> None:
    found = pooled(weekly({"praise": 5, "report": 7}), K)
    assert found.told == (Pool(START, START, {"praise": 5, "report": 7}),)
    assert found.waiting == 0


def test_a_week_with_a_small_kind_waits_for_the_next() -> None:
    found = pooled(weekly({"praise": 6, "report": 2}, {}, {"report": 3}), K)
    assert [dict(pool.counts) for pool in found.told] == [{"praise": 6, "report": 5}]
    assert (found.told[0].last - found.told[0].first).days == 14


def test_small_kinds_that_make_enough_together_are_told_as_one() -> None:
    (pool,) = pooled(weekly({"praise": 8, "report": 3, "suggestion": 2}), K).told
    assert dict(pool.counts) == {"praise": 8, REST: 5}


def test_few_letters_are_not_told_at_all() -> None:
    found = pooled(weekly({"report": 1}, {"praise": 2}), K)
    assert not found.told
    assert found.waiting == 3


@given(WEEKS, some.integers(5, 10))
def test_no_pool_has_a_small_cell_and_none_overlaps_another(
    counts: list[dict[str, int]], k: int
) -> None:
    told = pooled(weekly(*counts), k).told
    assert all(n >= k for pool in told for n in pool.counts.values())
    assert all(a.last < b.first for a, b in itertools.pairwise(told))


@given(WEEKS)
def test_nothing_that_was_told_changes_when_weeks_go_by(counts: list[dict[str, int]]) -> None:
    looks = [pooled(weekly(*counts[:n]), K).told for n in range(len(counts) + 1)]
    assert all(
        later[: len(one)] == one for one, later in itertools.pairwise(looks)
    )  # fmt: skip


@given(WEEKS)
def test_two_looks_differ_by_nothing_or_by_at_least_k_in_every_cell(
    counts: list[dict[str, int]],
) -> None:
    looks = [together(pooled(weekly(*counts[:n]), K).told) for n in range(len(counts) + 1)]
    for at, earlier in enumerate(looks):
        for later in looks[at:]:
            grown = {later.get(kind, 0) - earlier.get(kind, 0) for kind in (*KINDS, REST)}
            assert all(n == 0 or n >= K for n in grown)


@given(WEEKS)
def test_told_and_waiting_make_all_that_came(counts: list[dict[str, int]]) -> None:
    found = pooled(weekly(*counts), K)
    assert sum(pool.total for pool in found.told) + found.waiting == sum(
        sum(one.values()) for one in counts
    )
