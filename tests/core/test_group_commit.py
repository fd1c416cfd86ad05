"""What core.group_commit promises."""

import threading
import time

import pytest

from portal.core.group_commit import GroupCommit


def submit_together(group, items):
    """Submit every item from a thread of its own; give (item, result or error) pairs."""
    seen = []

    def one(item):
        try:
            seen.append((item, group.submit(item)))
        except ValueError as error:
            seen.append((item, str(error)))

    threads = [threading.Thread(target=one, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(seen) == len(items)
    return seen


def test_one_alone_is_stored_at_once():
    assert GroupCommit(lambda items: [item * 2 for item in items]).submit(4) == 8


def test_each_is_given_its_own_result():
    group = GroupCommit(lambda items: [item * 2 for item in items])
    assert all(result == item * 2 for item, result in submit_together(group, range(200)))


def test_what_waits_shares_transactions():
    sizes = []

    def slow(items):
        sizes.append(len(items))
        time.sleep(0.02)
        return items

    submit_together(GroupCommit(slow), range(100))
    assert sum(sizes) == 100
    assert len(sizes) < 50


def test_a_group_never_grows_beyond_its_largest():
    sizes = []

    def slow(items):
        sizes.append(len(items))
        time.sleep(0.005)
        return items

    submit_together(GroupCommit(slow, largest=7), range(60))
    assert max(sizes) <= 7


def test_nobody_is_answered_before_the_group_is_stored():
    stored = set()

    def store(items):
        time.sleep(0.01)
        stored.update(items)
        return [item in stored for item in items]

    assert all(result for _, result in submit_together(GroupCommit(store), range(50)))


def test_a_failure_reaches_all_of_its_group_and_nobody_else():
    def store(items):
        time.sleep(0.01)
        if 13 in items:
            raise ValueError("full")
        return list(items)

    seen = dict(submit_together(GroupCommit(store, largest=5), range(40)))
    assert seen[13] == "full"
    assert 1 <= sum(result == "full" for result in seen.values()) <= 5


def test_when_storage_gives_up_all_who_wait_are_told_at_once():
    tries = []

    def store(items):
        tries.append(items)
        time.sleep(0.2)
        raise ValueError("away")

    seen = submit_together(GroupCommit(store, hopeless=ValueError), range(40))
    assert {result for _, result in seen} == {"away"}
    assert len(tries) <= 2


def test_it_goes_on_after_a_failure():
    def store(items):
        if items == [0]:
            raise ValueError("full")
        return list(items)

    group = GroupCommit(store)
    with pytest.raises(ValueError, match="full"):
        group.submit(0)
    assert group.submit(1) == 1
