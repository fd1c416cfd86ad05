"""Tuples with something put in, moved or taken out; names that are still free."""

from collections.abc import Iterable, Sequence
from itertools import count
from typing import TypeVar

from portal.features.questionnaires.definition import Section

Sections = tuple[Section, ...]
Changed = tuple[Sections, str]
"""Sections after a command, and where to go on writing."""
_Item = TypeVar("_Item")


def put(items: tuple[_Item, ...], at: int, *made: _Item) -> tuple[_Item, ...]:
    """Give the items with others put in before a place."""
    return (*items[:at], *made, *items[at:])


def without(items: tuple[_Item, ...], at: int) -> tuple[_Item, ...]:
    """Give the items but one."""
    return (*items[:at], *items[at + 1 :])


def moved(items: tuple[_Item, ...], at: int, to: int) -> tuple[_Item, ...]:
    """Give the items with one of them elsewhere, at the nearest place that there is."""
    return put(without(items, at), min(max(to, 0), len(items) - 1), items[at])


def free_name(taken: Iterable[str], prefix: str = "") -> str:
    """Give the first of "c1", "c2" … that is not taken."""
    known = set(taken)
    return next(name for n in count(1) if (name := f"{prefix}{n}") not in known)


def number(which: Sequence[str], place: int) -> int | None:
    """Read a number from 1 on out of a command, None if there is none."""
    text = which[place] if len(which) > place else ""
    return int(text) if text.isdecimal() and 0 < int(text) < 10_000 else None


def place_of(sections: Sections, which: Sequence[str], place: int = 0) -> int | None:
    """Give the place of the section whose number a command names."""
    n = number(which, place)
    return n - 1 if n is not None and n <= len(sections) else None
