"""A version as it is read: every provision with what it is called and where it lies."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from portal.features.regulations import queries, tables
from portal.features.regulations.models import DraftVersion, Level
from portal.features.regulations.tables import Grid

RANKS: Final = {level: rank for rank, level in enumerate(Level)}
WORDS: Final = {
    Level.CHAPTER: "Chương",
    Level.SECTION: "Mục",
    Level.ARTICLE: "Điều",
    Level.CLAUSE: "khoản",
    Level.POINT: "điểm",
}
"""What the law calls them, in the text itself and on every page: no matter of language."""
_SHORT: Final = 60


class Worded(Protocol):
    """A provision, stored or not yet."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def level(self) -> str:
        """What it is."""

    @property
    def number(self) -> str:
        """As written, "" where it has none."""

    @property
    def heading(self) -> str:
        """Its heading, "" where it has none."""

    @property
    def text(self) -> str:
        """Its own words."""


@dataclass(frozen=True)
class Entry:
    """One provision with what is said of it."""

    key: str
    level: Level
    number: str
    label: str
    """“Chương II”, “Điều 7”, “khoản 2”, “điểm đ”; of an appendix, which has no number, its
    heading."""
    place: str
    """The same with what it lies in: “điểm đ khoản 2 Điều 7”."""
    heading: str
    text: str
    depth: int
    """In how many provisions it lies."""
    parent: str
    """The key of the one it lies in, "" if none."""
    article: str
    """The key of its Điều (its own, if it is one); "" for what stands above the articles."""

    @property
    def is_article(self) -> bool:
        """Say whether it is an Điều."""
        return self.level is Level.ARTICLE

    @property
    def title(self) -> str:
        """Give the label with the heading, as a line: “Điều 7. Hình thức công khai”."""
        if not self.number:
            return self.label
        return f"{self.label}. {self.heading}" if self.heading else self.label

    @property
    def mark(self) -> str:
        """Give what is printed before its text: “Điều 7.”, “2.”, “đ)”."""
        if self.level is Level.CLAUSE:
            return f"{self.number}." if self.number else ""
        if self.level is Level.POINT:
            return f"{self.number})" if self.number else ""
        return f"{self.label}." if self.number else ""

    @property
    def blocks(self) -> Iterator[str | Grid]:
        """Give its text as paragraphs and tables."""
        return tables.blocks(self.text)


def outline(version: DraftVersion) -> list[Entry]:
    """Give the provisions of a version in reading order."""
    return entries(queries.provisions(version.id))


def latest(draft_id: int) -> list[Entry]:
    """Give the provisions that people read and comment on now; none before the first version."""
    version = queries.published(draft_id)
    return outline(version) if version else []


def entries(provisions: Iterable[Worded]) -> list[Entry]:
    """Work out where each of some provisions lies.

    Args:
        provisions: in reading order; the tree follows from their levels.
    """
    found: list[Entry] = []
    above: list[Entry] = []
    for one in provisions:
        level = Level(one.level)
        while above and RANKS[above[-1].level] >= RANKS[level]:
            above.pop()
        found.append(_entry(one, above))
        above.append(found[-1])
    return found


def places(draft_id: int) -> dict[str, Entry]:
    """Give every provision a draft ever had in a published version, by key, as it stood last."""
    found: dict[str, Entry] = {}
    for version in queries.given(draft_id):
        found |= {entry.key: entry for entry in outline(version)}
    return found


def below(found: Sequence[Entry], key: str) -> list[Entry]:
    """Give a provision with all that lies in it."""
    keys, kept = {key}, []
    for entry in found:
        if entry.key == key or entry.parent in keys:
            keys.add(entry.key)
            kept.append(entry)
    return kept


def _entry(one: Worded, above: Sequence[Entry]) -> Entry:
    level = Level(one.level)
    label = f"{WORDS[level]} {one.number}" if one.number else _named(one)
    article = next((each.key for each in above if each.is_article), "")
    return Entry(
        key=one.key, level=level, number=one.number, label=label, place=_place(label, level, above),
        heading=one.heading, text=one.text, depth=len(above),
        parent=above[-1].key if above else "",
        article=one.key if level is Level.ARTICLE else article,
    )  # fmt: skip


def _named(one: Worded) -> str:
    """Name what has no number by its first words."""
    words = one.heading or one.text.partition("\n")[0]
    return words if len(words) <= _SHORT else f"{words[:_SHORT].rpartition(' ')[0]}…"


def _place(label: str, level: Level, above: Sequence[Entry]) -> str:
    """Say where something lies; an Điều is found by its number, in whatever chapter."""
    if level in {Level.CHAPTER, Level.ARTICLE}:
        return label
    top = Level.CHAPTER if level is Level.SECTION else Level.ARTICLE
    kept = [one.label for one in reversed(above) if RANKS[one.level] >= RANKS[top]]
    return " ".join((label, *kept))
