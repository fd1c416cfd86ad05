"""Shares, intervals and funnel limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.features.surveys.statistics import funnel_limits, share, wilson

counts = st.integers(0, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_a_share_of_nothing_is_unknown() -> None:
    assert share(0, 0) is None
    assert share(1, 4) == 0.25


def test_the_interval_agrees_with_published_values() -> None:
    # Newcombe 1998, table I: 81/263 and 15/148.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)


def test_nothing_is_known_without_answers() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert funnel_limits(0.7, 0, 1.96) == (0.0, 1.0)


@given(counts)
def test_the_interval_holds_the_share_and_stays_between_none_and_all(pair: tuple[int, int]) -> None:
    low, high = wilson(*pair)
    assert 0 <= low <= (share(*pair) or 0.0) <= high <= 1


@given(st.floats(0, 1), st.integers(1, 10_000))
def test_the_funnel_narrows_with_answers_and_widens_with_certainty(p: float, n: int) -> None:
    low, high = funnel_limits(p, n, 1.96)
    outer_low, outer_high = funnel_limits(p, n, 3.09)
    later_low, later_high = funnel_limits(p, 4 * n, 1.96)
    assert 0 <= outer_low <= low <= later_low <= p <= later_high <= high <= outer_high <= 1


@pytest.mark.parametrize(("part", "whole"), [(-1, 4), (5, 4), (1, 0)])
def test_an_impossible_part_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="no part"):
        share(part, whole)
    with pytest.raises(ValueError, match="no part"):
        wilson(part, whole)


@pytest.mark.parametrize(("p", "n"), [(-0.1, 5), (1.1, 5), (0.5, -1), (float("nan"), 5)])
def test_an_impossible_share_is_refused(p: float, n: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        funnel_limits(p, n, 1.96)
