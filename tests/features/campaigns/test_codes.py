"""Codes that people type from a poster."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.features.campaigns.codes import ALPHABET, grouped, new_code, normalise


def test_a_new_code_has_eight_signs_that_nobody_confuses() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 8 and set(code) <= set(ALPHABET) for code in codes)
    assert not set(ALPHABET) & set("01aeiouyl")


@pytest.mark.parametrize(
    "typed", ["k7rm4wxq", "K7RM-4WXQ", " k7rm 4wxq ", "k7rm–4wxq", "K7RM4 WXQ"]
)
def test_a_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert normalise(typed) == "k7rm4wxq"


@pytest.mark.parametrize(
    "typed", ["", "k7rm4wx", "k7rm4wxqq", "k7rm4wx0", "k7rm/4wxq", "k7rm4wx\u0662"]
)
def test_what_cannot_be_a_code_is_nothing(typed: str) -> None:
    assert normalise(typed) is None


def test_a_code_is_printed_in_groups_of_four() -> None:
    assert grouped("k7rm4wxq") == "k7rm-4wxq"


@given(st.text(alphabet=ALPHABET, min_size=8, max_size=8))
def test_a_printed_code_is_read_back(code: str) -> None:
    assert normalise(grouped(code)) == code
