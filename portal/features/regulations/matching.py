"""Which provision of a new version is which of the one before: by what they say, then by number.

“Điều 5” may have become “Điều 6”; whoever commented on it finds the comment there. It is a guess:
`pages` shows what moved, what is uncertain and what is gone, and a person confirms or corrects.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from portal.core.text import fold
from portal.features.regulations.models import Level
from portal.features.regulations.parsing import Part, new_keys
from portal.features.regulations.reading import Entry, entries

SURE: Final = 0.6
"""From here on nobody need be asked; below, the pair is shown."""
_LEAST: Final = 0.35
_ELSEWHERE: Final = 0.7
"""What has left its article is known by its words alone."""
_THE_SAME: Final = 0.9
_MOST_PAIRS: Final = 60_000
"""A second of comparing."""
_SAME_NUMBER: Final = 0.1
_SAME_HEADING: Final = 0.3


@dataclass(frozen=True)
class Matcher:
    """Compares two versions."""

    old: Sequence[Entry]
    new: Sequence[Entry]
    whole: Mapping[str, str]
    """What a provision says together with its parts, folded; by its key."""

    @classmethod
    def of(cls, old: Sequence[Entry], new: Sequence[Entry]) -> "Matcher":
        """Prepare two versions, whose keys need not be different."""
        before = {f"o{key}": text for key, text in _texts(old).items()}
        return cls(old, new, before | {f"n{key}": text for key, text in _texts(new).items()})

    def pairs(self) -> dict[str, str]:
        """Give the key in the old version by the key in the new one, for what was there before."""
        found: dict[str, str] = {}
        for level in (Level.ARTICLE, Level.CHAPTER, Level.SECTION):
            self._pair(found, _at(self.old, level), _at(self.new, level), _LEAST)
        for level in (Level.CLAUSE, Level.POINT):
            children, others = _children(self.old, level), _children(self.new, level)
            for parent, mine in others.items():
                if (before := found.get(parent)) is not None:
                    self._pair(found, children.get(before, []), mine, _LEAST)
            self._pair(found, _at(self.old, level), _at(self.new, level), _ELSEWHERE, plain=True)
        return found

    def _pair(
        self, found: dict[str, str], olds: Iterable[Entry], news: Iterable[Entry], least: float,
        *, plain: bool = False,
    ) -> None:  # fmt: skip
        """Pair the most alike first; what is paired already stays so."""
        taken = set(found.values())
        free = [one for one in olds if one.key not in taken]
        rest = [one for one in news if one.key not in found]
        if not plain:
            free, rest = self._pair_same(found, free, rest)
        if len(free) * len(rest) > _MOST_PAIRS:
            return  # two texts that have little in common: a person says what is what
        taken = set(found.values())
        place = {one.key: at for at, one in enumerate(free)}
        scored = [
            (score, -abs(place[one.key] - at), one.key, other.key)
            for at, other in enumerate(rest)
            for one in free
            if (score := self.score(one, other, plain=plain)) >= least
        ]
        for _score, _near, one_key, other_key in sorted(scored, reverse=True):
            if other_key not in found and one_key not in taken:
                found[other_key] = one_key
                taken.add(one_key)

    def _pair_same(
        self, found: dict[str, str], free: list[Entry], rest: list[Entry]
    ) -> tuple[list[Entry], list[Entry]]:  # fmt: skip
        """Pair what has the same number and says nearly the same; give what is left."""
        numbered = {one.number: one for one in reversed(free) if one.number}
        for other in rest:
            one = numbered.get(other.number)
            if one is not None and self.score(one, other) >= _THE_SAME:
                found[other.key] = numbered.pop(other.number).key
        taken = set(found.values())
        return ([one for one in free if one.key not in taken],
                [one for one in rest if one.key not in found])  # fmt: skip

    def score(self, one: Entry, other: Entry, *, plain: bool = False) -> float:
        """Say how alike two provisions are, from 0 to 1 and a little more.

        Args:
            one: of the old version.
            other: of the new one.
            plain: whether only words count, not the number.
        """
        alike = similarity(self.whole[f"o{one.key}"], self.whole[f"n{other.key}"])
        if plain:
            return alike
        if one.number and one.number == other.number:
            alike += _SAME_NUMBER
        if one.heading and fold(one.heading) == fold(other.heading):
            alike += _SAME_HEADING
        return alike


def carried(old: Sequence[Entry], parts: Sequence[Part]) -> list[Part]:
    """Give the parts of a new version the keys of the provisions they were before."""
    known = Matcher.of(old, entries(parts)).pairs()
    taken = {one.key for one in old}
    # A key that the old version has by chance would be taken for its provision.
    spare = (key for key in new_keys(len(parts) + len(taken)) if key not in taken)
    return [replace(part, key=known.get(part.key) or next(spare)) for part in parts]


def rekeyed(parts: Sequence[Part], chosen: Mapping[str, str], olds: Set[str]) -> list[Part]:
    """Give parts the keys that a person chose for them.

    Args:
        parts: with the keys they have.
        chosen: by those, the key of a provision before; "" for what is new.
        olds: the keys of the version before.
    """
    spare = (key for key in new_keys(len(parts) + len(olds)) if key not in olds)

    def key_of(part: Part) -> str:
        if part.key not in chosen:
            return part.key
        return chosen[part.key] or (next(spare) if part.key in olds else part.key)

    return [replace(part, key=key_of(part)) for part in parts]


def similarity(one: str, other: str) -> float:
    """Say how alike two folded texts are: what they share of their pairs of words."""
    if one == other:
        return 1.0
    mine, theirs = _shingles(one), _shingles(other)
    if not mine or not theirs:
        return 0.0
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


@lru_cache(maxsize=8192)
def _shingles(text: str) -> frozenset[str]:
    words = text.split()
    return frozenset(words if len(words) < 4 else (f"{a} {b}" for a, b in pairwise(words)))


def _texts(found: Sequence[Entry]) -> dict[str, str]:
    """Give what each says together with its parts; a chapter goes by its name alone."""
    own = {one.key: fold(f"{one.heading} {one.text}") for one in found}
    whole = dict(own)
    for one in reversed(found):
        if one.parent and one.level in {Level.CLAUSE, Level.POINT}:
            whole[one.parent] = f"{whole[one.parent]} {whole[one.key]}"
    return {
        one.key: own[one.key] if one.level in {Level.CHAPTER, Level.SECTION} else whole[one.key]
        for one in found
    }


def _at(found: Iterable[Entry], level: Level) -> list[Entry]:
    return [one for one in found if one.level is level]


def _children(found: Iterable[Entry], level: Level) -> dict[str, list[Entry]]:
    children: dict[str, list[Entry]] = {}
    for one in found:
        if one.level is level:
            children.setdefault(one.parent, []).append(one)
    return children
