"""The number of a form."""

import pytest

from portal.features.surveys import form_keys, pace


@pytest.fixture(autouse=True)
def _secret():
    form_keys.use_secret(b"s" * 32)


def test_a_key_is_read_where_it_was_given_out_and_nowhere_else():
    key = form_keys.new("k7rm4wxq")
    assert form_keys.read("k7rm4wxq", key) is not None
    assert form_keys.read("bcdf2345", key) is None


def test_a_key_says_whether_another_person_answers():
    assert not form_keys.read("c", form_keys.new("c")).another
    assert form_keys.read("c", form_keys.new("c", another=True)).another


def test_every_form_has_a_key_of_its_own():
    assert len({form_keys.new("c") for _ in range(200)}) == 200


def test_a_key_with_any_sign_changed_is_refused():
    key = form_keys.new("c")
    for i, sign in enumerate(key):
        forged = key[:i] + ("A" if sign != "A" else "B") + key[i + 1 :]
        assert form_keys.read("c", forged) is None


@pytest.mark.parametrize("text", ["", "x", "ộ" * 44, "A" * 44, "=" * 44, "A" * 9999, "\x00"])
def test_what_is_no_key_is_refused(text):
    assert form_keys.read("c", text) is None


def test_a_key_of_another_installation_is_refused():
    key = form_keys.new("c")
    form_keys.use_secret(b"t" * 32)
    assert form_keys.read("c", key) is None


def test_a_browser_may_send_twenty_in_a_minute_and_goes_on_after_it():
    kept = None
    for _ in range(20):
        kept = pace.step(kept, 1000)
        assert kept is not None
    assert pace.step(kept, 1059) is None
    assert pace.step(kept, 1060) is not None


@pytest.mark.parametrize("kept", ["", "1000.3", "1000.-90.00", "x.y.z", "1000.0.ộ"])
def test_a_count_that_is_not_ours_counts_for_nothing(kept):
    assert pace.step(kept, 1000) == pace.step(None, 1000)
