"""The way of lists upwards: which body of which unit has them at each stop (DOMAIN D09, R05)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.org_units import fallbacks
from portal.features.org_units.models import Level, Organisation, Unit


@dataclass(frozen=True)
class Stop:
    """A body that receives lists: of which unit, at which step of the campaign's way."""

    step: int
    """Counted from 1 among the steps above the communes; 0 is the commune's own."""
    unit: Unit
    kind: str
    body: Organisation | None = None
    """None where the unit has no such body and nobody stands in: its offices do it."""
    instead: bool = False
    """Whether the body stands in for one that is not there."""

    @property
    def name(self) -> str:
        """Give who it is: the body, or the unit."""
        return self.body.name if self.body else self.unit.full_name

    @property
    def unit_id(self) -> int:
        """Give the unit, for the rules."""
        return self.unit.id

    @property
    def organisation_id(self) -> int | None:
        """Give the body, for the rules."""
        return self.body.id if self.body else None


class Way:
    """The stops of one campaign, with the bodies that stand at them; asked for once."""

    def __init__(self, campaign: Campaign, units: Collection[Unit]) -> None:
        """Find out for these units, all asked by the campaign, where their lists go.

        Args:
            campaign: without any step above the communes, its own unit receives the lists.
            units: with their parents loaded.
        """
        self.owner = campaign.unit
        steps = campaigns.way_of(campaign.id)
        self.first = next((one.kind for one in steps if one.level == Level.COMMUNE), "")
        above = [(one.level, one.kind) for one in steps if one.level != Level.COMMUNE]
        self.steps = above or [(self.owner.level, "")]
        self._bodies = _bodies([self.owner, *units, *_parents(units)])
        self._tiers: dict[tuple[str, str], Organisation | None] = {}

    def own(self, unit: Unit) -> Stop:
        """Give who makes the list at a unit itself."""
        return self._manned(Stop(0, unit, self.first))

    def of(self, unit: Unit) -> tuple[Stop, ...]:
        """Give the stops above a unit in order; a tier that is not there is left out.

        A list never stops twice with the same body.
        """
        found: list[Stop] = []
        for number, (level, kind) in enumerate(self.steps, 1):
            stop = self._at(number, level, kind, unit)
            if stop is not None and (not found or found[-1].name != stop.name):
                found.append(stop)
        return tuple(found) or (Stop(len(self.steps), self.owner, ""),)

    def inspecting(self, unit: Unit) -> Stop:
        """Give who lists the leaders that inspect: whoever sends to the last stop (D10)."""
        line = self.of(unit)
        return line[-2] if len(line) > 1 else line[-1]

    def inspectors(self, units: Iterable[Unit]) -> list[Unit]:
        """List the units of those bodies, each once."""
        stops = (self.inspecting(unit) for unit in units)
        return list({stop.unit.id: stop.unit for stop in stops}.values())

    def next(self, unit: Unit, step: int = 0) -> Stop | None:
        """Give where a list of a unit goes from a stop; None from the last one."""
        return next((one for one in self.of(unit) if one.step > step), None)

    def _at(self, number: int, level: str, kind: str, unit: Unit) -> Stop | None:
        if level == self.owner.level:
            return self._manned(Stop(number, self.owner, kind))
        above: Unit | None = unit
        while above is not None and above.level != level:
            above = above.parent
        if above is not None:
            return self._manned(Stop(number, above, kind))
        named = self._of_tier(level, kind)
        return Stop(number, self.owner, kind, named, instead=True) if named else None

    def _manned(self, stop: Stop) -> Stop:
        own = self._bodies.get((stop.unit.id, stop.kind))
        if own is None:
            return stop
        return replace(stop, body=own[0], instead=own[1])

    def _of_tier(self, level: str, kind: str) -> Organisation | None:
        """Give who was named for a kind of a tier of which the province has no unit."""
        if (level, kind) not in self._tiers:
            rows = fallbacks.of_tier(self.owner.id, level, [kind])
            self._tiers[level, kind] = rows[0].organisation if rows else None
        return self._tiers[level, kind]


def _parents(units: Iterable[Unit]) -> list[Unit]:
    return [unit.parent for unit in units if unit.parent is not None]


def _bodies(units: Collection[Unit]) -> dict[tuple[int, str], tuple[Organisation, bool]]:
    """Give the first body of each kind at each unit, and whether it stands in for it."""
    ids = list({unit.id for unit in units})
    found: dict[tuple[int, str], tuple[Organisation, bool]] = {}
    for one in fallbacks.present(ids):
        found.setdefault((one.unit_id, one.kind), (one, False))
    for row in fallbacks.named_at(ids):
        found.setdefault((row.unit_id, row.kind), (row.organisation, True))
    return found
