"""The page on which comments are brought together: the table, and where the whole stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from portal.features.consolidation import listing, merging, sources
from portal.features.consolidation.in_bulk import MOST
from portal.features.consolidation.listing import Count, Filter, Map, Place
from portal.features.consolidation.models import Opinion
from portal.features.consolidation.sources import Sources
from portal.features.consultations.models import Consultation


@dataclass(frozen=True)
class Row:
    """One opinion in the table."""

    opinion: Opinion
    place: str
    """“khoản 2”, within its article; "" for the article itself."""
    sources: Sources
    near: Opinion | None = None
    """One that seems to say the same."""
    apart: bool = False
    """Whether that one stands on another page, and not above."""
    waits: bool = False
    """Whether its provision is gone and nobody said where it belongs."""


@dataclass(frozen=True)
class Line:
    """An Điều in the list on the left."""

    key: str
    """"" for the draft as a whole."""
    label: str
    title: str
    total: int
    done: int

    @property
    def share(self) -> float:
        """Give how much of it is approved, 0 to 1."""
        return self.done / self.total if self.total else 0.0


@dataclass(frozen=True)
class Group:
    """The opinions of one Điều on this page."""

    line: Line
    rows: list[Row]


@dataclass(frozen=True)
class Board:
    """A page of the table, and where the whole stands."""

    groups: list[Group]
    lines: list[Line]
    """Those with opinions, in reading order, the whole draft first."""
    silent: list[str]
    """The Điều on which nobody said anything."""
    total: int
    done: int
    written: int
    """How many can be handed in at once."""
    unplaced: int
    """Provisions with comments that the latest version no longer has."""
    next: Place | None


def board(consultation: Consultation, wanted: Filter, after: Place | None = None) -> Board:
    """Give a page of the table.

    Args:
        consultation: whose comments are brought together.
        wanted: what it is narrowed to.
        after: behind which opinion it begins; None for the first page.
    """
    counted = listing.counted(consultation.id)
    known = Map(consultation, [one.key for one in counted])
    rows, following = listing.page(consultation.id, wanted, after, known, counted)
    lines = _lines(counted, known)
    return Board(
        groups=_groups(rows, lines, known), lines=lines, silent=known.silent(),
        total=sum(one.total for one in counted), done=sum(one.done for one in counted),
        written=listing.written(consultation.id, counted, MOST),
        unplaced=len(known.unplaced), next=following,
    )  # fmt: skip


def _lines(counted: Iterable[Count], known: Map) -> list[Line]:
    totals: dict[str, tuple[int, int]] = {}
    for one in counted:
        article = known.article(one.key)
        total, done = totals.get(article, (0, 0))
        totals[article] = (total + one.total, done + one.done)
    return [_line(key, *totals[key], known) for key in sorted(totals, key=known.order)]


def _line(key: str, total: int, done: int, known: Map) -> Line:
    entry = known.entry(key) if key else None
    return Line(key, entry.label if entry else "", entry.title if entry else "", total, done)


def _groups(rows: Sequence[Opinion], lines: Sequence[Line], known: Map) -> list[Group]:
    by_key = {line.key: line for line in lines}
    told = sources.of(rows)
    near = {pair.other.id: pair.one for pair in merging.near(rows, known)}
    here = {one.id for one in rows}
    above = {low: one for low, one in near.items() if one.id in here}
    waiting = set(known.unplaced)
    return [
        Group(by_key[article], [
            Row(one, known.within(one.key), told[one.id], near.get(one.id),
                apart=one.id not in above, waits=one.key in waiting)
            for one in some
        ])
        for article, some in groupby(_beside(rows, above), key=lambda one: known.article(one.key))
    ]  # fmt: skip


def _beside(rows: Sequence[Opinion], near: Mapping[int, Opinion]) -> list[Opinion]:
    """Put each of those that seem to say the same right below the other."""
    below: dict[int, list[Opinion]] = {}
    for one in rows:
        if one.id in near:
            below.setdefault(near[one.id].id, []).append(one)

    def with_those_below(one: Opinion) -> Iterator[Opinion]:
        yield one
        for each in below.get(one.id, []):  # which may have others below it in its turn
            yield from with_those_below(each)

    return [each for one in rows if one.id not in near for each in with_those_below(one)]
