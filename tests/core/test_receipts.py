"""Receipts: always the same for a form, read however they are written, hashed slowly."""

import os
import subprocess
import sys

import pytest

from portal.core import receipts, slow_hash
from portal.core.database import write
from portal.core.errors import Crowded, NotStored

pytestmark = pytest.mark.usefixtures("app")


def test_the_same_form_has_the_same_receipt_and_another_form_another():
    first, again, other = (receipts.derive(key) for key in ("mot", "mot", "hai"))
    assert first == again
    assert first != other
    assert set(first) <= set(receipts.ALPHABET)
    assert len(first) == 16


def test_no_sign_of_a_receipt_looks_like_another():
    assert len(set(receipts.ALPHABET)) == 32
    assert not set("ILOU") & set(receipts.ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        "7K20-9XP1-4TRB-C8VD", "7k209xp14trbc8vd", " 7k20 9xp1 4trb c8vd ", "7K2O–9XPI—4TRB·C8UD",
        "7k2o9xpl4trbc8ud", "７Ｋ２０９ＸＰ１４ＴＲＢＣ８ＶＤ", "7K20_9XP1_4TRB\n_C8VD",
    ],
)  # fmt: skip
def test_a_receipt_is_read_however_it_is_written(typed):
    assert receipts.normalise(typed) == "7K209XP14TRBC8VD"


@pytest.mark.parametrize("typed", ["", "7K20", "7K20-9XP1-4TRB-C8VDX", "ế" * 16, "x" * 10**6])
def test_what_is_no_receipt_is_not_even_looked_for(typed):
    assert receipts.normalise(typed) is None


def test_the_last_group_says_that_it_was_written_down():
    receipt = receipts.derive("mot")
    assert receipts.is_last_group(receipt, f" {receipt[-4:].lower()} ")
    assert receipts.is_last_group(receipt, receipts.grouped(receipt))
    assert not receipts.is_last_group(receipt, receipt[:4])
    assert not receipts.is_last_group(receipt, "")


def test_a_receipt_opens_the_same_thing_always_and_its_stored_half_opens_nothing():
    receipt = receipts.derive("mot")
    first, again = receipts.open_for_letter(receipt), receipts.open_for_lookup(receipt)
    assert first == again
    assert first.lookup not in (first.sender.private, first.sender.public)
    assert receipts.open_for_lookup(receipts.derive("hai")).lookup != first.lookup


def test_the_slow_step_is_never_done_inside_a_write():
    with write(), pytest.raises(RuntimeError, match="slow"):
        receipts.open_for_letter(receipts.derive("mot"))


@pytest.mark.parametrize(
    ("opens", "refusal"),
    [(receipts.open_for_letter, NotStored), (receipts.open_for_lookup, Crowded)],
)
def test_a_full_queue_refuses_at_once_and_in_plain_words(opens, refusal, monkeypatch):
    monkeypatch.setattr(receipts._work, "_bounds", {"letters": 0, "lookups": 0})
    with pytest.raises(refusal):
        opens(receipts.derive("mot"))


def test_the_hash_is_computed_by_a_process_at_the_lowest_priority():
    receipts.open_for_letter(receipts.derive("mot"))
    child = receipts._work._child._process
    assert child is not None
    assert os.getpriority(os.PRIO_PROCESS, child.pid) == 19
    assert os.sched_getscheduler(child.pid) == os.SCHED_IDLE
    assert os.getpriority(os.PRIO_PROCESS, 0) < 19


def test_the_program_hashes_as_the_portal_does_and_ends_with_its_input():
    asked = b"s" * slow_hash.SALT + b"r" * slow_hash.RECEIPT
    done = subprocess.run(
        [sys.executable, "-I", slow_hash.__file__], input=asked * 2 + b"half", check=True,
        capture_output=True, timeout=30,
    )  # fmt: skip
    assert done.stdout == slow_hash.slow_hash(b"s" * 16, b"r" * 16) * 2
    assert done.stderr == b""
