"""What the list of all units' daily reports shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from portal.core import clock
from portal.features.campaigns import sharing_queries as sharing
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Denominator, Phase
from portal.features.field_reports import queries, standing
from portal.features.field_reports.models import Explanation
from portal.features.field_reports.standing import Standing, Verdict
from portal.features.surveys import turnout
from portal.features.surveys.turnout import Turnout
from portal.policy.predicates import Actor


@dataclass(frozen=True)
class Delivery:
    """To how many community teams of a unit its code was passed on (plan 002, D34)."""

    sent: int
    teams: int


FILTERS = ("chua", "thieu", "muon", "ngoai", "cho")
"""Not yet today, days before missing, late, out of the band, an explanation to be read."""


@dataclass(frozen=True)
class Row:
    """One unit in the list."""

    stands: Standing
    explanation: Explanation | None
    """The last one."""
    delivery: Delivery | None

    @property
    def awaits_explanation(self) -> bool:
        """Say whether the unit still has to explain itself."""
        last = self.explanation
        return self.stands.is_outside and (last is None or last.state == "asked_again")

    @property
    def awaits_judgement(self) -> bool:
        """Say whether somebody above has an explanation to read."""
        return self.explanation is not None and self.explanation.state == "given"

    def fits(self, wanted: str) -> bool:
        """Say whether a filter shows it."""
        return {
            "chua": self.stands.due_today,
            "thieu": bool(self.stands.missing),
            "muon": any(line.late for line in self.stands.lines.values()),
            "ngoai": self.stands.is_outside,
            "cho": self.awaits_judgement,
        }.get(wanted, True)


@dataclass(frozen=True)
class Group:
    """A district with its units that a filter shows."""

    node: int
    name: str
    rows: tuple[Row, ...]

    @property
    def visits(self) -> int:
        """Add the visits up."""
        return sum(row.stands.visits for row in self.rows)

    @property
    def helped(self) -> int:
        """Add the people helped up."""
        return sum(row.stands.helped for row in self.rows)

    @property
    def share(self) -> float | None:
        """Give the rate of those units whose own rate is told: no sum then tells of others."""
        return share_of(row.stands for row in self.rows)

    @property
    def due_today(self) -> int:
        """Count those that have not reported today."""
        return sum(row.stands.due_today for row in self.rows)


@dataclass(frozen=True)
class ListPage:
    """The daily reports of all units that somebody reaches."""

    turnout: Turnout
    rules: Rules
    every: tuple[Row, ...]
    district: int | None
    wanted: str

    @property
    def campaign(self) -> Campaign:
        """Give the campaign."""
        return self.turnout.campaign

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Give those that the filters show."""
        return tuple(
            row for row in self.every
            if row.fits(self.wanted) and self.district in (None, row.stands.place.group)
        )  # fmt: skip

    @cached_property
    def groups(self) -> list[Group]:
        """Give them by district."""
        found: dict[int, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.stands.place.group, []).append(row)
        return [
            Group(node, rows[0].stands.place.group_short, tuple(rows))
            for node, rows in found.items()
        ]

    @property
    def districts(self) -> dict[int, str]:
        """Name the districts that can be chosen."""
        return {row.stands.place.group: row.stands.place.group_short for row in self.every}

    @property
    def asks_today(self) -> int:
        """Count the units that are to report today."""
        today = clock.today()
        return sum(today in row.stands.days for row in self.every)

    @cached_property
    def due_today(self) -> list[Row]:
        """List those that have not done so yet."""
        return [row for row in self.every if row.stands.due_today]

    @cached_property
    def outside(self) -> list[Row]:
        """List those that are out of the band."""
        return [row for row in self.every if row.stands.is_outside]

    def count(self, wanted: str) -> int:
        """Count the units that a filter shows."""
        return sum(row.fits(wanted) for row in self.every)

    @cached_property
    def told(self) -> list[Standing]:
        """List the units of which a rate is told."""
        return [row.stands for row in self.every if row.stands.share is not None]

    @cached_property
    def drawn(self) -> list[Standing]:
        """List those of which there is enough to draw them."""
        return [one for one in self.told if one.verdict != Verdict.FEW and (one.whole or 0) > 0]

    @property
    def mean(self) -> float | None:
        """Give the rate of these together."""
        return share_of(self.told)

    @property
    def has_begun(self) -> bool:
        """Say whether there has been a day to report."""
        return self.campaign.phase not in {Phase.DRAFT, Phase.READY}


def share_of(units: Iterable[Standing]) -> float | None:
    """Give the rate of some units together, those without a rate of their own left out."""
    told = [one for one in units if one.share is not None]
    whole = sum(one.whole or 0 for one in told)
    return sum(one.counted or 0 for one in told) / whole if whole else None


def list_page(
    actor: Actor, campaign: Campaign, district: int | None = None, wanted: str = ""
) -> ListPage | None:
    """Give the list of an actor's units.

    Args:
        actor: the reader.
        campaign: one that the reader may know of.
        district: only the units of this one.
        wanted: one of `FILTERS`, "" for all.

    Returns:
        None where the reader sees nothing of the campaign.
    """
    found = turnout.of(actor, campaign)
    if found is None:
        return None
    stands = standing.of(found)
    last: dict[int, Explanation] = {}
    for explanation in queries.explanations(actor, [campaign.id]):
        last.setdefault(explanation.unit_id, explanation)
    none = campaign.denominator == Denominator.NONE
    sent = deliveries(campaign, [one.unit_id for one in stands]) if none else {}
    rows = [Row(one, last.get(one.unit_id), sent.get(one.unit_id)) for one in stands]
    rules = stands[0].rules if stands else Rules()
    return ListPage(found, rules, tuple(rows), district, wanted)


def deliveries(campaign: Campaign, unit_ids: Sequence[int]) -> dict[int, Delivery]:
    """Give to how many of its teams each unit has passed its code on; some have no teams."""
    reached = {
        (note.unit_id, note.point_id) for note in sharing.notes(campaign.id, unit_ids)
        if note.point_id
    }  # fmt: skip
    found: dict[int, Delivery] = {}
    for team in sharing.teams(unit_ids):
        before = found.get(team.unit_id, Delivery(0, 0))
        sent = (team.unit_id, team.id) in reached
        found[team.unit_id] = Delivery(before.sent + sent, before.teams + 1)
    return found
