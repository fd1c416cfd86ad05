"""The page of a stop on the way: who has sent, who is missing, what went upwards."""

from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.features.campaigns import fieldwork
from portal.features.campaigns.models import Campaign
from portal.features.org_units.models import Unit
from portal.features.rosters import pages, queries
from portal.features.rosters.consolidation import Station, people, stations
from portal.features.rosters.models import Kind, Passage, RosterConsignment, State
from portal.features.rosters.pages import UnitLine
from portal.features.rosters.route import Stop
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows


@dataclass(frozen=True)
class StopLine:
    """A stop below whose consolidated list comes here."""

    stop: Stop
    last: RosterConsignment | None
    may_judge: bool


@dataclass(frozen=True)
class RoutePage:
    """What comes to one stop and what goes on from it."""

    campaign: Campaign
    stops: tuple[Stop, ...]
    """Those at the reader's unit."""
    station: Station
    lines: tuple[UnitLine, ...]
    judged: frozenset[int]
    """The rosters that the reader may accept or return now."""
    below: tuple[StopLine, ...]
    inspectors: tuple[UnitLine, ...]
    due_on: date | None
    may_send: bool

    @property
    def stop(self) -> Stop:
        """Give the stop that is shown."""
        return self.station.stop

    @property
    def sent(self) -> int:
        """Count the units that have sent."""
        return sum(line.copy is not None for line in self.lines)

    @property
    def accepted(self) -> int:
        """Count the rosters accepted."""
        return sum(line.standing.key == State.ACCEPTED for line in self.lines)

    @property
    def people(self) -> int:
        """Count the people in what was accepted here."""
        return people(self.station.listed)

    @property
    def days_left(self) -> int | None:
        """Give how many days there are until the deadline; below zero after it."""
        return (self.due_on - clock.today()).days if self.due_on else None

    @property
    def waiting(self) -> int:
        """Count what somebody here can judge now."""
        return len(self.judged) + sum(line.may_judge for line in self.below)


def comes_by(actor: Actor, campaign: Campaign) -> bool:
    """Say whether the way of a campaign's rosters stops at the reader's unit."""
    return bool(stations(campaign, actor.unit_id))


def route_page(actor: Actor, campaign: Campaign, step: int | None = None) -> RoutePage | None:
    """Give the page of a stop at the reader's unit; None if the way does not stop there.

    Args:
        actor: who looks.
        campaign: whose way.
        step: which stop, where the unit has several; else that of the reader's own body, or the
            first at which something waits.
    """
    found = stations(campaign, actor.unit_id)
    if not found:
        return None
    station = _chosen(found, actor, step)
    rules = fieldwork.of(campaign)
    lines = pages.unit_lines(campaign, station.units, Kind.SUPPORT, rules.roster_due_on)
    makers = _makers(station) if rules.inspectors_due_on else []
    inspectors = pages.unit_lines(campaign, makers, Kind.INSPECTORS, rules.inspectors_due_on)
    judged = {
        line.roster.id for line in (*lines, *inspectors)
        if line.roster is not None and line.roster.state == State.SUBMITTED
        and allows(actor, Permission.ROSTER_JUDGE, line.roster)
    }  # fmt: skip
    return RoutePage(
        campaign, tuple(one.stop for one in found), station, tuple(lines), frozenset(judged),
        tuple(_below(actor, station)), tuple(inspectors), rules.roster_due_on,
        station.to is not None and allows(actor, Permission.ROSTER_SEND, station.stop),
    )  # fmt: skip


def _chosen(found: list[Station], actor: Actor, step: int | None) -> Station:
    named = next((one for one in found if one.stop.step == step), None)
    own = next((one for one in found if one.stop.organisation_id == actor.organisation_id), None)
    return named or own or found[0]


def _below(actor: Actor, station: Station) -> list[StopLine]:
    last = {(one.step, one.unit_id): one for one in queries.latest(station.arrived)}
    return [
        StopLine(
            stop, one := last.get((stop.step, stop.unit.id)),
            one is not None and one.state == Passage.SENT
            and allows(actor, Permission.ROSTER_JUDGE, one),
        )
        for stop in station.stops
    ]  # fmt: skip


def _makers(station: Station) -> list[Unit]:
    """List the units whose lists of leaders come here: to the last stop."""
    return [] if station.to is not None else station.inspectors
