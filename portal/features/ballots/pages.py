"""What the pages of households show: where every group stands, and what the ward's ballots say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.features.ballots import queries, standing, voters
from portal.features.ballots.figures import Figures, differing
from portal.features.ballots.models import BallotCount, BallotEntry, BallotGroup, Enterer, State
from portal.features.ballots.standing import Step
from portal.features.ballots.workflow import settled, why_not_settled
from portal.features.consultations.models import Consultation, ContentGroup, Track


@dataclass(frozen=True)
class Line:
    """A group in the ward's table."""

    group: BallotGroup
    step: Step
    listed: int
    """Households on its list."""
    answered: int
    """Of these, how many have answered."""
    remarks: int


@dataclass(frozen=True)
class Opinion:
    """What the settled groups say of one content group."""

    content: ContentGroup
    agree: int
    disagree: int
    other: int
    silent: int
    """Valid ballots that say nothing of it."""

    @property
    def valid(self) -> int:
        """Give the valid ballots that it is a part of."""
        return self.agree + self.disagree + self.other + self.silent


@dataclass(frozen=True)
class Sums:
    """The papers of the settled groups, added up."""

    groups: int
    households: int
    printed: int
    stamped: int
    issued: int
    returned: int
    valid: int
    invalid: int
    blank: int

    @property
    def not_returned(self) -> int:
        """Give how many ballots did not come back."""
        return self.issued - self.returned


@dataclass(frozen=True)
class Overview:
    """The households of a consultation."""

    consultation: Consultation
    track: Track | None
    lines: tuple[Line, ...]
    sums: Sums
    opinions: tuple[Opinion, ...]
    kept_until: date | None
    """Until when the lists of voters are kept."""

    @property
    def households(self) -> int:
        """Count the households of all groups."""
        return sum(one.group.households for one in self.lines)

    @property
    def open(self) -> int:
        """Count the groups that are not settled."""
        return len(self.lines) - self.sums.groups

    @property
    def without_day(self) -> int:
        """Count the groups that have not chosen their day."""
        return sum(1 for one in self.lines if one.group.day is None)

    @property
    def differing(self) -> int:
        """Count the groups whose two entries differ."""
        return sum(1 for one in self.lines if one.step is Step.DIFFERS)


@dataclass(frozen=True)
class GroupPage:
    """One group."""

    line: Line
    head: BallotEntry | None
    ward: BallotEntry | None
    differing: int
    """How many numbers of the two entries differ."""
    settled: Figures | None
    opinions: tuple[Opinion, ...]
    why_no_change: str | None
    why_no_entry: str | None
    why_not_settled: str | None

    @property
    def group(self) -> BallotGroup:
        """Give the group."""
        return self.line.group


def overview(consultation: Consultation) -> Overview:
    """Give the households of a consultation, group by group, and ward-wide."""
    groups = queries.listed(consultation.id)
    lines = _lines(consultation, groups)
    return Overview(
        consultation, standing.window(consultation), tuple(lines), _sums(groups),
        totals(consultation, groups), voters.kept_until(consultation),
    )  # fmt: skip


def totals(
    consultation: Consultation, groups: Sequence[BallotGroup] | None = None
) -> tuple[Opinion, ...]:
    """Add up what the settled groups say of every content group; for everybody to read.

    Args:
        consultation: the case.
        groups: its groups, where they are loaded already.
    """
    groups = queries.listed(consultation.id) if groups is None else groups
    done = [one for one in groups if one.state == State.BALANCED]
    return _opinions(consultation, queries.counts([one.id for one in done]), _sums(done).valid)


def sums(consultation: Consultation) -> Sums:
    """Add up the papers of the settled groups; for everybody to read."""
    return _sums(queries.listed(consultation.id))


def group_page(group: BallotGroup) -> GroupPage:
    """Give one group with what it has come to."""
    [line] = _lines(group.consultation, [group])
    both = standing.pair(group)
    done = settled(group) if group.state == State.BALANCED else None
    counts = queries.counts([group.id]) if done else []
    return GroupPage(
        line, standing.entry(group, Enterer.HEAD), standing.entry(group, Enterer.WARD),
        len(differing(*both)) if both else 0, done,
        _opinions(group.consultation, counts, done.valid) if done else (),
        standing.why_no_change(group), standing.why_no_entry(group, clock.today()),
        why_not_settled(group),
    )  # fmt: skip


def _lines(consultation: Consultation, groups: Sequence[BallotGroup]) -> list[Line]:
    today = clock.today()
    listed = queries.voter_numbers(consultation.id)
    remarks: Mapping[int, int] = queries.remark_numbers(consultation.id)
    return [
        Line(one, standing.step(one, today), *listed.get(one.id, (0, 0)), remarks.get(one.id, 0))
        for one in groups
    ]


def _sums(groups: Sequence[BallotGroup]) -> Sums:
    done = [one for one in groups if one.state == State.BALANCED]
    names = ("households", "printed", "stamped", "issued", "returned", "valid", "invalid", "blank")
    return Sums(len(done), *(sum(getattr(one, name) or 0 for one in done) for name in names))


def _opinions(
    consultation: Consultation, counts: Sequence[BallotCount], valid: int
) -> tuple[Opinion, ...]:
    found = []
    for content in consultation.groups:
        own = [one for one in counts if one.number == content.number]
        agree, disagree = sum(one.agree for one in own), sum(one.disagree for one in own)
        other = sum(one.other for one in own)
        silent = valid - agree - disagree - other
        found.append(Opinion(content, agree, disagree, other, silent))
    return tuple(found)
