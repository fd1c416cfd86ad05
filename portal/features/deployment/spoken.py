"""Numbers and days as an announcer reads them: “từ thứ Hai, ngày mồng sáu tháng năm …”."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from portal.core.clock import weekday_name
from portal.features.documents.deadlines import Span

_ONES: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_FIRST_TEN: Final = 10
_HUNDRED: Final = 100


def number(value: int) -> str:
    """Read a number from 0 to 9,999: “hai mươi mốt”, “hai nghìn không trăm hai mươi sáu”."""
    if value <= _FIRST_TEN:
        return _ONES[value]
    if value < _HUNDRED:
        return _tens(value)
    thousands, rest = divmod(value, 1000)
    hundreds, low = divmod(rest, _HUNDRED)
    said = [f"{_ONES[thousands]} nghìn"] if thousands else []
    if rest:
        said.append(f"{_ONES[hundreds]} trăm")
    if low:
        said.append(f"linh {_ONES[low]}" if low < _FIRST_TEN else number(low))
    return " ".join(said)


def day(given: date, *, year: bool = False) -> str:
    """Read a day: “thứ Hai, ngày mồng sáu tháng năm”.

    Args:
        given: the day.
        year: whether its year is read too.
    """
    name = weekday_name(given)
    month = "tư" if given.month == _APRIL else number(given.month)
    said = f"{name[:1].lower()}{name[1:]}, ngày {_date(given.day)} tháng {month}"
    return f"{said}, năm {number(given.year)}" if year else said


def rounds(given: Sequence[Span]) -> str:
    """Read windows one after the other, the year once: “từ … đến hết …, và từ … đến hết …”."""
    last = len(given) - 1
    return ", và ".join(
        _span(one, year=n == last or one.last.year != given[n + 1].first.year)
        for n, one in enumerate(given)
    )


_APRIL: Final = 4


def _span(span: Span, *, year: bool) -> str:
    if span.first == span.last:
        return f"vào {day(span.first, year=year)}"
    other = span.first.year != span.last.year
    return f"từ {day(span.first, year=other)}, đến hết {day(span.last, year=year)}"


def _date(value: int) -> str:
    return f"mồng {number(value)}" if value <= _FIRST_TEN else number(value)


def _tens(value: int) -> str:
    tens, ones = divmod(value, 10)
    said = "mười" if tens == 1 else f"{_ONES[tens]} mươi"
    if not ones:
        return said
    special = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return f"{said} {special.get(ones, _ONES[ones])}"
