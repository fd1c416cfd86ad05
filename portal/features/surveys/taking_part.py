"""The page of participation: how many, by day and round, by channel and point, out of how many."""

from dataclasses import dataclass

from portal.features.campaigns.models import Campaign
from portal.features.surveys import measures, turnout, ways
from portal.features.surveys.measures import Measure
from portal.features.surveys.threshold import threshold
from portal.features.surveys.turnout import Turnout
from portal.features.surveys.ways import AtPoint, Ways
from portal.policy.predicates import Actor


@dataclass(frozen=True)
class Page:
    """Participation in one place."""

    turnout: Turnout
    ways: Ways
    by_unit: dict[int, list[AtPoint] | None]
    """The points of the communes that are looked at, where they have codes of their own."""
    measure: Measure
    k: int

    @property
    def split(self) -> list[tuple[str, int]] | None:
        """Give the answers of the place by channel (msgid, number), None if not told apart."""
        counts = self.ways.at(self.turnout.node)
        return None if counts is None else list(zip(self.ways.labels, counts, strict=True))

    @property
    def has_points(self) -> bool:
        """Say whether this is one commune with points of its own."""
        return len(self.turnout.cells) == 1 and bool(self.by_unit)

    @property
    def points(self) -> list[AtPoint] | None:
        """Give the points of the one commune, None if they are not told apart."""
        return next(iter(self.by_unit.values()))

    @property
    def rate(self) -> float | None:
        """Give the answers of the place as a share of what they are measured against."""
        return self.measure.rate(self.units, self.turnout.total)

    @property
    def units(self) -> frozenset[int]:
        """Give the communes that are asked in the place; those that ended have no figures left."""
        return frozenset(cell.place.unit_id for cell in self.turnout.cells)


def of(
    actor: Actor, campaign: Campaign, wanted: int | None = None, *, points_of_all: bool = False
) -> Page | None:
    """Give the participation that an actor may see.

    Args:
        actor: the reader.
        campaign: one that the reader may know of.
        wanted: a district or commune; the widest that the reader may see if not given.
        points_of_all: the points of every commune there, else only where it is just one.

    Returns:
        None where the reader sees nothing of the campaign, or not the place it wants.
    """
    found = turnout.of(actor, campaign, wanted)
    if found is None:
        return None
    k = threshold(campaign.questionnaire_version.definition)
    asked = frozenset(cell.place.unit_id for cell in found.cells)
    every = asked | {cell.place.unit_id for cell in found.ended}
    pointed = every if points_of_all else asked if len(asked) == 1 else frozenset()
    return Page(
        found,
        ways.by_channel(campaign, found.territory, k),
        ways.by_point(campaign, pointed, found.own, k) if pointed else {},
        measures.of(found),
        k,
    )
