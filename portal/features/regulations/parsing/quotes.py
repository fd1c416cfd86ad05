"""Which lines are somebody else's words: an act that is quoted, a wording that an act will have."""

import re
from collections.abc import Sequence
from typing import Final

from portal.features.regulations.parsing import signs

_WITHIN: Final = 80
"""So many lines after it opens a quotation is closed, or it never was one."""
_OPENING: Final = re.compile(r"[“«„]|‘‘")
_CLOSING: Final = re.compile(r"[”»]|’’")
_LEADING: Final = re.compile(r"\s*(?:[“«„\"]|‘‘)\s*")
_STRAIGHT: Final = re.compile(r"(?<!\d)\"")


def quoted(lines: Sequence[str]) -> list[bool]:
    """Say of each line whether it lies in a quotation.

    One that only opens a quotation does so if it begins with it.

    Args:
        lines: paragraphs in reading order; "" for tables.
    """
    found, at = [False] * len(lines), 0
    while at < len(lines):
        end = _end(lines, at) if _opens(lines[at]) else at
        begins = _LEADING.match(lines[at]) is not None
        for inside in range(at if begins else at + 1, end + 1):
            found[inside] = True
        at = end + 1
    return found


def _opens(line: str) -> bool:
    """Tell whether a quotation is still open at the end of a line."""
    return _balance(line) > 0 or len(_STRAIGHT.findall(line)) % 2 == 1


def _balance(line: str) -> int:
    return len(_OPENING.findall(line)) - len(_CLOSING.findall(line))


def _end(lines: Sequence[str], start: int) -> int:
    """Find the line that closes the quotation opened in one; that one itself if none does.

    A sign that somebody forgot must not swallow what follows: a quotation goes over headings only
    where it begins with one, or was announced.
    """
    straight = _balance(lines[start]) <= 0
    whole = _quotes_an_act(lines[start])
    depth = 1
    for at in range(start + 1, min(len(lines), start + 1 + _WITHIN)):
        line = lines[at]
        if not whole and signs.read(line):
            return start
        if straight:
            if len(_STRAIGHT.findall(line)) % 2 == 1:
                return at
            continue
        again = 1 if _LEADING.match(line) and _OPENING.match(line.lstrip()) else 0
        # Each paragraph of a long quotation may open it anew, and only the last one closes it.
        depth += _balance(line) - (again if _balance(line) > 0 else 0)
        if depth <= 0:
            return at
    return start


def _quotes_an_act(line: str) -> bool:
    """Tell whether what is quoted begins as a provision does, or follows “như sau:”."""
    parts = re.split(r"[“«„\"]|‘‘", line)
    before, begun = parts[-2] if len(parts) > 1 else "", parts[-1].strip()
    return bool(signs.read(begun)) or signs.amended(before) is not None
