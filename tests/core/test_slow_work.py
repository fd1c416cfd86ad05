"""Slow work: one at a time, by turns, bounded, and begun anew when its process is gone."""

import threading
import time

import pytest

from portal.core.slow_work import Full, SlowWork

PROGRAM = """
import sys, time
while (one := sys.stdin.buffer.read(1)):
    if one == b"x":
        sys.exit()
    time.sleep(0.5 if one == b"s" else 0)
    sys.stdout.buffer.write(one)
    sys.stdout.buffer.flush()
"""


@pytest.fixture
def work(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    made = SlowWork({"letters": 1, "lookups": 1}, program, 1)
    yield made
    made._child.end()


def test_what_is_asked_is_answered(work):
    assert [work.do("letters", one) for one in (b"a", b"b")] == [b"a", b"b"]


def test_whoever_finds_the_queue_full_is_told_and_the_other_queue_has_its_turn(work):
    done = []

    def ask(queue, what):
        done.append(work.do(queue, what))

    wanted = (("letters", b"s"), ("letters", b"a"), ("lookups", b"b"))
    asking = [threading.Thread(target=ask, args=one) for one in wanted]
    for one in asking:
        one.start()
        time.sleep(0.1)  # The first is being done, so that the next ones wait.
    with pytest.raises(Full):
        work.do("letters", b"c")
    for one in asking:
        one.join(10)
    assert sorted(done) == [b"a", b"b", b"s"]


def test_a_process_that_was_killed_is_begun_anew(work):
    assert work.do("letters", b"a") == b"a"
    work._child._process.kill()
    assert work.do("letters", b"b") == b"b"


def test_when_nobody_can_compute_it_says_so_and_goes_on_afterwards(work):
    with pytest.raises(Full):
        work.do("letters", b"x")
    assert work.do("letters", b"a") == b"a"


def test_whoever_waits_too_long_is_told_and_is_not_served_later(work, monkeypatch):
    monkeypatch.setattr("portal.core.slow_work._PATIENCE", 0.2)
    with pytest.raises(Full):
        work.do("letters", b"s")
    with pytest.raises(Full):
        work.do("letters", b"a")
    monkeypatch.setattr("portal.core.slow_work._PATIENCE", 30)
    assert work.do("lookups", b"b") == b"b"
