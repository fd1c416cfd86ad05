"""Days and numbers as an announcer reads them."""

from datetime import date

import pytest

from portal.features.deployment import spoken
from portal.features.documents.deadlines import Span


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "không"), (4, "bốn"), (10, "mười"), (11, "mười một"), (15, "mười lăm"),
        (20, "hai mươi"), (21, "hai mươi mốt"), (24, "hai mươi tư"), (31, "ba mươi mốt"),
        (105, "một trăm linh năm"), (2024, "hai nghìn không trăm hai mươi tư"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_say_them(value, said):
    assert spoken.number(value) == said


def test_three_days_are_read_with_the_year_once():
    said = spoken.rounds([Span(date(2024, 5, 6), date(2024, 5, 8))])
    assert said == (
        "từ thứ Hai, ngày mồng sáu tháng năm, đến hết thứ Tư, ngày mồng tám tháng năm, "
        "năm hai nghìn không trăm hai mươi tư"
    )


def test_april_is_not_read_as_a_number_and_one_day_is_one():
    said = spoken.rounds([Span(date(2024, 4, 1), date(2024, 4, 1))])
    assert said.startswith("vào thứ Hai, ngày mồng một tháng tư, năm")


def test_several_rounds_follow_each_other():
    days = [Span(date(2024, 6, 6), date(2024, 6, 6)), Span(date(2024, 6, 7), date(2024, 6, 7))]
    assert spoken.rounds(days).count("năm hai nghìn") == 1
