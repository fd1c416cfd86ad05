"""Two texts compared word by word, as a person reads the difference."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Final, Literal

_TOKEN: Final = re.compile(r"(?:\w+(?:[-./:]\w+)*|[^\w\s])[^\S\n]*|\n|[^\S\n]+")
"""A word with the space after it; dates, numbers of acts and addresses stay whole."""
AROUND: Final = 12
"""How many words of what stayed are shown beside a change."""
_MOST: Final = 40_000
"""Pairs of equal words in two texts up to which they are compared word by word: a second."""


@dataclass(frozen=True)
class Piece:
    """Some words, and what became of them."""

    text: str
    kind: Literal["same", "added", "removed"]


def pieces(old: str, new: str, *, whole: bool = False) -> tuple[Piece, ...]:
    """Compare two texts word by word; long stretches that stayed are shortened to “…”.

    Texts that are too long or too monotonous for that are compared by lines, or as a whole.

    Args:
        old: the earlier text.
        new: the later one.
        whole: whether nothing is shortened.
    """
    found: list[Piece] = []
    before, after = _tokens(old, new)
    matcher = SequenceMatcher(None, _bare(before), _bare(after), autojunk=False)
    for operation, start, end, first, last in matcher.get_opcodes():
        if operation == "equal":
            pairs = zip(before[start:end], after[first:last], strict=True)
            same = "".join(max(pair, key=len) for pair in pairs)
            edges = (first == 0, last == len(after))
            shown = same if whole else _around(same, first=edges[0], last=edges[1])
            found.append(Piece(shown, "same"))
            continue
        went, came = "".join(before[start:end]), "".join(after[first:last])
        found += [Piece(went, "removed")] if went else []
        found += [Piece(came, "added")] if came else []
    return tuple(found)


def _tokens(old: str, new: str) -> tuple[list[str], list[str]]:
    """Part both texts as finely as can be compared in good time."""
    ways = (_TOKEN.findall, lambda text: text.splitlines(keepends=True))
    for way in ways:
        before, after = _joined_ends(way(old), way(new))
        known = Counter(after)
        if sum(known[token] for token in before) <= _MOST:
            return before, after
    return [old], [new]


def _joined_ends(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """Make one token of what both begin with, and of what both end with."""
    ends = list(zip(before, after, strict=False))
    start = next((at for at, (one, other) in enumerate(ends) if one != other), len(ends))
    left = zip(reversed(before[start:]), reversed(after[start:]), strict=False)
    end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], left))
    return _with_ends(before, start, end), _with_ends(after, start, end)


def _with_ends(tokens: list[str], start: int, end: int) -> list[str]:
    middle = tokens[start : len(tokens) - end]
    parts = ("".join(tokens[:start]), *middle, "".join(tokens[len(tokens) - end :] if end else ""))
    return [part for part in parts if part]


def _bare(tokens: Sequence[str]) -> list[str]:
    return [token.strip() or token for token in tokens]


def _around(text: str, *, first: bool, last: bool) -> str:
    """Keep the words beside a change."""
    words = re.findall(r"\S+\s*|\s+", text)
    start, end = (0 if first else AROUND), (0 if last else AROUND)
    if len(words) <= start + end + 3:
        return text
    return "".join(words[:start]) + "… " + "".join(words[len(words) - end :])
