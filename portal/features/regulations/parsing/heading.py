"""The heading of a paper: who issues it, the national title, number and date in two columns."""

import re
from collections.abc import Sequence
from typing import Final

from portal.core.text import fold
from portal.features.regulations.parsing import signs

_WITHIN: Final = 14
"""So many lines a heading has at most."""
_LONGEST: Final = 90
_NATION: Final = re.compile(r"cong hoa xa hoi chu nghia viet nam|doc lap ?[-–] ?tu do\b.*")
_NUMBERED: Final = re.compile(r"so ?:?[ \d.…_]*[-/]\S+")
_DATED: Final = re.compile(r"[^,;]{1,40}, ngay[ \d.…_]*thang[ \d.…_]*nam[ \d.…_]*")


def taken(preamble: Sequence[str]) -> tuple[list[str], list[str]]:
    """Take the heading off what stands before the first provision.

    Returns:
        The lines of the heading, none without the national title, and those below it.
    """
    folded = [fold(line) for line in preamble[: _before_title(preamble)]]
    if not any(_NATION.fullmatch(line) for line in folded):
        return [], list(preamble)
    last = max(at for at, line in enumerate(folded) if _belongs(line))
    return list(preamble[: last + 1]), list(preamble[last + 1 :])


def _before_title(lines: Sequence[str]) -> int:
    """Say how many lines could be a heading: short ones above the title and the first reason."""
    for at, line in enumerate(lines[:_WITHIN]):
        if len(line) > _LONGEST or signs.is_title(line) or signs.read(line):
            return at
    return min(len(lines), _WITHIN)


def _belongs(line: str) -> bool:
    return any(one.fullmatch(line) for one in (_NATION, _NUMBERED, _DATED))
