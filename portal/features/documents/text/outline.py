"""Numbering: what stands before each section, from the order and the levels alone.

NĐ 30/2020 Annex I, and the Party's guides: I. 1. 1.1. a) - +; letters in the order of the
Vietnamese alphabet (a, b, c, d, đ, e); a quyết định counts "Điều 1." through all its parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.features.documents.body import Level, Section
from portal.features.documents.formats import DocumentType, Format

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The alphabet by which points are counted; after “y” it goes on with “aa”."""
_RANKS = {level: rank for rank, level in enumerate(
    (Level.PART, Level.POINT, Level.SUBPOINT, Level.LETTER, Level.DASH, Level.PLUS, Level.PLAIN)
)}  # fmt: skip
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"),
          (4, "IV"), (1, "I"))  # fmt: skip


@dataclass(frozen=True)
class Numbered:
    """A section with what is printed before it and how deep it lies."""

    section: Section
    label: str
    """ "II.", "3.", "3.1.", "đ)", "-", "+", "Điều 4."; "" for a plain paragraph."""
    depth: int
    """How many sections it lies within: 0 for a part."""


def numbered(sections: Sequence[Section], form: Format, kind: DocumentType) -> list[Numbered]:
    """Number the sections in their order.

    Args:
        sections: all of them, each followed by what lies below it.
        form: says how parts are written, “I.” or “I-”.
        kind: a type with articles counts “Điều 1.” instead of parts.
    """
    counter = _Counter(form, kind.has_articles(form))
    return [counter.next(section) for section in sections]


def block(sections: Sequence[Section], start: int) -> Sequence[Section]:
    """Give a section with all that lies below it.

    Args:
        sections: all of them, in their order.
        start: the place of the section.
    """
    rank = _RANKS[sections[start].level]
    below = range(start + 1, len(sections))
    end = next((at for at in below if _RANKS[sections[at].level] <= rank), len(sections))
    return sections[start:end]


def roman(number: int) -> str:
    """Write a number from 1 to 399 in Roman figures."""
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def letter(number: int) -> str:
    """Write the n-th letter of the Vietnamese count: 4 is “d”, 5 “đ”, 6 “e”."""
    rounds, place = divmod(number - 1, len(LETTERS))
    return LETTERS[place] * (rounds + 1)


class _Counter:
    """Counts on every level; what lies above starts what lies below anew."""

    def __init__(self, form: Format, articles: bool) -> None:
        self.form = form
        self.articles = articles
        self.counts = dict.fromkeys(Level, 0)
        self.above: list[Level] = []

    def next(self, section: Section) -> Numbered:
        level, rank = section.level, _RANKS[section.level]
        while self.above and _RANKS[self.above[-1]] >= rank:
            self.above.pop()
        depth = len(self.above)
        if level is not Level.PLAIN:
            self.above.append(level)
            self.counts[level] += 1
            self.counts.update({below: 0 for below in Level if _RANKS[below] > rank})
        return Numbered(section, self._label(level), depth)

    def _label(self, level: Level) -> str:
        count = self.counts[level]
        match level:
            case Level.PART if self.articles:
                return self.form.article_pattern.format(number=count)
            case Level.PART:
                return self.form.part_pattern.format(roman=roman(count))
            case Level.POINT:
                return f"{count}."
            case Level.SUBPOINT:
                return f"{self.counts[Level.POINT] or 1}.{count}."
            case Level.LETTER:
                return f"{letter(count)})"
        return {Level.DASH: "-", Level.PLUS: "+"}.get(level, "")
