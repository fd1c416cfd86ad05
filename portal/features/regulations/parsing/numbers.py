"""Numbers of provisions: how far one lies from another, and which of them are of one numbering."""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final

from portal.features.regulations.parsing import signs

LEAP: Final = 3
"""A number that somebody forgot is told of; one that leaps further may belong to something else."""


def goes_on(last: str | None, number: str, ahead: Collection[str]) -> bool:
    """Tell a numbering in which articles are missing from another act's, quoted within it.

    Args:
        last: the article before; None if there is none.
        number: one that lies further than `LEAP` from it.
        ahead: the numbers of all lines below that look like articles.

    Returns:
        True if the numbering never comes back and goes on from there, or it is the only article.
    """
    if leap(last, number) <= LEAP or any(0 < leap(last, one) <= LEAP for one in ahead):
        return False
    return any(0 < leap(number, one) <= LEAP for one in ahead) or not (last or ahead)


def leap(last: str | None, number: str) -> int:
    """Say how far a number lies from the one before: 1 if it is the next, 0 if it is the same.

    “2a” follows “2” and precedes “3”; after “d” comes “đ”, or “e” where Word counted.
    """
    before, now = _place(last) if last else (0, 0), _place(number)
    if now[0] == before[0]:
        return 0 if now[1] == before[1] else 1 if now[1] > before[1] else -1
    return now[0] - before[0]


@lru_cache(4096)
def _place(number: str) -> tuple[int, int]:
    digits = re.match(r"\d+", number)
    if digits:
        return int(digits[0]), _rank(number[digits.end() :])
    if len(number) == 2 and number[1].isalpha():  # “aa” after “z”
        return len(signs.LETTERS) + _rank(number[1]), 0
    return _rank(number[:1]), int(number[1:] or 0)


def _rank(letter: str) -> int:
    return signs.LETTERS.find(letter) + 1 if letter else 0


def value(number: str) -> int:
    """Read a roman or arabic number; a letter behind it does not matter."""
    if number[:1].isdigit():
        return int(re.match(r"\d+", number)[0])  # type: ignore[index]
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    values = [worth[sign] for sign in number if sign in worth]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0],
                                                                 strict=True))  # fmt: skip
