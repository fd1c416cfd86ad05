"""What the pages of publicity show: a unit's matrix, the units of a campaign, one posting."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.core import clock
from portal.core.pasting import Remark
from portal.features.campaigns import fieldwork
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Phase
from portal.features.evidence import queries as evidence
from portal.features.evidence.models import Evidence
from portal.features.org_units import points
from portal.features.org_units.models import Point, Unit
from portal.features.publicity import judging, minutes, queries
from portal.features.publicity.contents import CHANNELS, Content, Proof, content, proof_of
from portal.features.publicity.judging import Cell, Mark, Progress
from portal.features.publicity.models import Posting
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.roles import Role
from portal.policy.table import allows

Key = tuple[str, str]
"""A content and a channel."""
Cells = Mapping[Key, Cell]


@dataclass(frozen=True)
class Entry:
    """One posting as it is listed."""

    posting: Posting
    evidence: tuple[Evidence, ...]
    today: date

    @property
    def content(self) -> Content:
        """Give what it is."""
        return content(self.posting.object)

    @property
    def heading(self) -> str:
        """Give the words it goes by."""
        return self.posting.title or self.content.name

    @property
    def channel(self) -> str:
        """Give the name of the channel."""
        return CHANNELS[self.posting.channel]

    @property
    def until(self) -> date | None:
        """Give the last day, None for as long as nobody takes it down."""
        return judging.last_day(self.posting)

    @property
    def is_running(self) -> bool:
        """Say whether it is public today."""
        return not self.posting.mistaken and judging.is_running(self.posting, self.today)

    @property
    def days(self) -> int:
        """Count the days so far."""
        return judging.days_of(self.posting, self.today)

    @property
    def is_proven(self) -> bool:
        """Say whether something shows it."""
        return judging.is_proven(self.posting, len(self.evidence))

    @property
    def is_early(self) -> bool:
        """Say whether it was taken down before its time."""
        closes_on = self.posting.campaign.closes_on if self.posting.campaign else None
        return judging.is_early(self.posting, closes_on)


def entries(postings: Iterable[Posting]) -> list[Entry]:
    """Give postings with what shows them."""
    postings, today = list(postings), clock.today()
    shown = evidence.of(queries.KIND, [one.id for one in postings])
    return [Entry(one, tuple(shown.get(one.id, ())), today) for one in postings]


@dataclass(frozen=True)
class Matrix:
    """What one unit has made public for a campaign: every content by every channel."""

    campaign: Campaign
    unit: Unit
    rules: Rules
    cells: Cells
    entries: tuple[Entry, ...]
    may_edit: bool

    @property
    def done(self) -> int:
        """Count what is public and shown."""
        return sum(cell.mark == Mark.POSTED for cell in self.cells.values())

    @property
    def counts(self) -> Counter[Mark]:
        """Count by mark."""
        return Counter(cell.mark for cell in self.cells.values())

    @property
    def first_missing(self) -> Key | None:
        """Give what to record next."""
        return next((key for key, cell in self.cells.items() if cell.mark == Mark.NONE), None)


def matrix(actor: Actor, campaign: Campaign, unit: Unit) -> Matrix:
    """Give what a unit has made public for a campaign."""
    rules = fieldwork.of(campaign)
    postings = queries.of_unit(campaign.id, unit.id)
    pieces = queries.pieces(campaign.id, unit.id)
    there = [one for one in postings if not one.mistaken]
    cells = cells_of(rules, [(one.object, one) for one in there], pieces, campaign.closes_on)
    local = allows(actor, Permission.POSTING_RECORD) and unit.id == actor.unit_id
    return Matrix(campaign, unit, rules, cells, tuple(entries(reversed(postings))), local)


def cells_of(
    rules: Rules, there: Iterable[tuple[str, judging.Shown]], pieces: dict[int, int],
    closes_on: date | None,
) -> Cells:  # fmt: skip
    """Judge every content by every channel that a campaign asks for."""
    found: dict[Key, list[judging.Shown]] = defaultdict(list)
    for code, one in there:
        found[code, one.channel].append(one)
    return {
        (code, channel): judging.cell(found[code, channel], pieces, closes_on)
        for channel in rules.channels for code in rules.objects
    }  # fmt: skip


@dataclass(frozen=True)
class PostingPage:
    """One posting."""

    entry: Entry
    progress: Progress | None
    remarks: tuple[Remark, ...]
    removed: tuple[Evidence, ...]
    """Photos and links that were taken off."""
    proof: Proof
    may_edit: bool
    may_draft: bool
    """Whether minutes can be drafted of it here."""


def posting_page(actor: Actor, posting: Posting) -> PostingPage:
    """Give one posting as an actor may see it."""
    same, what, today = queries.same(posting), content(posting.object), clock.today()
    every = evidence.of(queries.KIND, [posting.id], removed=True).get(posting.id, [])
    kept = tuple(one for one in every if one.removed_on is None)
    edits = allows(actor, Permission.POSTING_EDIT, posting)
    return PostingPage(
        Entry(posting, kept, today),
        judging.progress(what, same, today) if same else None,
        tuple(judging.remarks(what, same, today, posting.decided_on)) if same else (),
        tuple(one for one in every if one.removed_on is not None),
        proof_of(posting.channel),
        edits and not posting.mistaken,
        edits and minutes.is_possible(actor, posting),
    )


@dataclass(frozen=True)
class OwnPage:
    """What a unit makes public without a campaign, and the campaigns that ask for it."""

    entries: tuple[Entry, ...]
    amiss: dict[int, tuple[Remark, ...]]
    progress: dict[int, Progress]
    campaigns: tuple[Campaign, ...]


def own(shown: Sequence[Posting], campaigns: Iterable[Campaign]) -> OwnPage:
    """Give postings with what is amiss, each together with the others of the same content.

    Args:
        shown: one page of them.
        campaigns: that the reader may see.
    """
    today = clock.today()
    grouped: dict[tuple[int, str, str, str], list[Posting]] = defaultdict(list)
    for one in shown:
        if not one.mistaken:
            grouped[one.unit_id, one.object, one.title, one.channel].append(one)
    amiss, reached = {}, {}
    for ones in grouped.values():
        what, latest = content(ones[0].object), max(ones, key=lambda one: one.from_on)
        days = [one.decided_on for one in ones if one.decided_on]
        amiss[latest.id] = tuple(judging.remarks(what, ones, today, min(days) if days else None))
        if progress := judging.progress(what, ones, today):
            reached[latest.id] = progress
    asking = tuple(
        one for one in campaigns
        if one.phase in _CARRIED_OUT and fieldwork.of(one).objects
    )  # fmt: skip
    return OwnPage(tuple(entries(shown)), amiss, reached, asking)


_CARRIED_OUT = frozenset({Phase.READY, Phase.OPEN, Phase.BETWEEN, Phase.CLOSED})


@dataclass(frozen=True)
class Begun:
    """What the form of a new posting is filled with."""

    points: tuple[Point, ...]
    first: Posting | None
    """The unit's first of today for the same campaign: its days are repeated.

    What is noted in one sitting began together; later nobody is tempted to backdate.
    """
    known: Mapping[str, date] = field(default_factory=dict)
    """Since when each content exists, as far as is known."""

    def from_on(self, objects: Iterable[str]) -> date:
        """Give the day to begin with: today, or the first one's, when all of it existed."""
        first = self.first.from_on if self.first else clock.today()
        return max([first, *(self.known[code] for code in objects if code in self.known)])


def begun(actor: Actor, campaign: Campaign | None) -> Begun:
    """Give what a new posting can repeat, and where it can hang."""
    there = queries.of_unit(campaign.id, actor.unit_id) if campaign else []
    running = [
        one for one in there
        if not one.mistaken and one.taken_down_on is None
        and one.added_at >= clock.day_start(clock.today())
    ]  # fmt: skip
    codes = fieldwork.of(campaign).objects if campaign else ()
    days = {code: queries.known_since(campaign, actor.unit_id, (code,)) for code in codes}
    return Begun(
        tuple(points.listed(actor.unit_id)), running[0] if running else None,
        {code: day for code, day in days.items() if day},
    )  # fmt: skip


LOCAL = frozenset({Role.COMMUNE, Role.YOUTH})
"""Roles at the place itself."""
