"""Keeping values for a while."""

import itertools
from functools import partial

from portal.core.keep import Kept


def test_a_value_is_made_once_while_it_is_good():
    kept, numbers = Kept(10, seconds=60), itertools.count()
    assert [kept.get("a", partial(next, numbers)) for _ in range(3)] == [0, 0, 0]


def test_without_time_a_value_is_made_anew_and_the_last_is_known():
    kept, numbers = Kept(10, seconds=0), itertools.count()
    assert [kept.get("a", partial(next, numbers)) for _ in range(3)] == [0, 1, 2]
    assert kept.last("a") == 2


def test_none_is_not_kept():
    kept = Kept(10, seconds=60)
    assert kept.get("a", lambda: None) is None
    assert kept.get("a", lambda: 1) == 1


def test_the_oldest_value_leaves_when_there_are_too_many():
    kept = Kept(2, seconds=60)
    for name in "abc":
        kept.get(name, lambda: 1)
    assert (kept.last("a"), kept.last("c")) == (None, 1)


def test_everything_can_be_forgotten():
    kept = Kept(2, seconds=60)
    kept.get("a", lambda: 1)
    kept.clear()
    assert kept.last("a") is None
