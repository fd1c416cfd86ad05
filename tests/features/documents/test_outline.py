"""Sections are numbered by their order and their level alone."""

import pytest

from portal.features.documents.body import Level
from portal.features.documents.formats import format_of, type_of
from portal.features.documents.text.outline import letter, numbered, roman
from tests.support.composed import section

PARTY, STATE = format_of("party-hd36"), format_of("state-nd30")
PLAN, DECISION = type_of("ke_hoach"), type_of("quyet_dinh")
PART, POINT, SUBPOINT, LETTER, DASH, PLUS, PLAIN = (
    Level.PART, Level.POINT, Level.SUBPOINT, Level.LETTER, Level.DASH, Level.PLUS, Level.PLAIN,
)  # fmt: skip


def labels(*levels, form=PARTY, kind=PLAN):
    return [one.label for one in numbered([section(level) for level in levels], form, kind)]


def test_what_lies_above_starts_the_count_below_anew():
    given = (PART, POINT, POINT, LETTER, POINT, LETTER, PART, POINT)
    assert labels(*given) == ["I.", "1.", "2.", "a)", "3.", "a)", "II.", "1."]


def test_points_below_points_carry_both_numbers():
    given = (PART, POINT, POINT, SUBPOINT, SUBPOINT, POINT, SUBPOINT)
    assert labels(*given) == ["I.", "1.", "2.", "2.1.", "2.2.", "3.", "3.1."]


def test_a_paragraph_without_a_number_leaves_the_count_alone():
    assert labels(POINT, PLAIN, POINT, DASH, PLUS) == ["1.", "", "2.", "-", "+"]


def test_hd_05_writes_parts_with_a_dash():
    assert labels(PART, PART, form=format_of("party-hd05")) == ["I-", "II-"]


def test_a_decision_counts_articles():
    given = (PART, POINT, LETTER, PART)
    assert labels(*given, form=STATE, kind=DECISION) == ["Điều 1.", "1.", "a)", "Điều 2."]


def test_letters_follow_the_vietnamese_alphabet():
    assert [letter(n) for n in range(1, 8)] == ["a", "b", "c", "d", "đ", "e", "g"]
    assert [letter(n) for n in (23, 24, 25)] == ["y", "aa", "bb"]


@pytest.mark.parametrize(("number", "text"), [(4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL")])
def test_parts_are_counted_in_roman_figures(number, text):
    assert roman(number) == text


def test_depth_is_what_a_section_lies_within():
    given = [section(level) for level in (PART, DASH, PLUS, POINT, PLAIN, PLAIN, LETTER, PART)]
    assert [one.depth for one in numbered(given, PARTY, PLAN)] == [0, 1, 2, 1, 2, 2, 2, 0]
