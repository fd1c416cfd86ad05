"""What stands at a stop of the way: who below has sent, what was accepted, what went upwards."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Refused
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns import fieldwork
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.documents.body import Job
from portal.features.org_units.models import Unit
from portal.features.rosters import entries, queries
from portal.features.rosters.entries import Entry
from portal.features.rosters.models import (
    Kind,
    Passage,
    Roster,
    RosterConsignment,
    RosterSubmission,
)
from portal.features.rosters.route import Stop, Way
from portal.features.rosters.services import Doer
from portal.features.tasks import services as tasks


@dataclass(frozen=True)
class Listed:
    """The rows of one unit in a consolidated list."""

    unit_id: int
    unit: str
    district: str
    number: int
    """Which of its copies."""
    rows: tuple[Entry, ...]

    @classmethod
    def of(cls, unit: Unit, copy: RosterSubmission) -> "Listed":
        """Give what a unit's copy says."""
        district = unit.parent.full_name if unit.parent else ""
        return cls(unit.id, unit.full_name, district, copy.number,
                   tuple(entries.thawed(copy.content)))  # fmt: skip


def frozen(units: Iterable[Listed]) -> str:
    """Give a consolidated list as JSON."""
    rows = [asdict(one) for one in units]
    return json.dumps(rows, ensure_ascii=False, default=str)


def thawed(content: str) -> list[Listed]:
    """Read what `frozen` wrote."""
    return [_listed(row) for row in json.loads(content)]


def _listed(row: dict[str, Any]) -> Listed:
    rows = tuple(entries.of_json(one) for one in row["rows"])
    return Listed(**(row | {"rows": rows}))


def people(units: Iterable[Listed]) -> int:
    """Count the people of all units."""
    return sum(entries.people(one.rows) for one in units)


class Station:
    """One stop of a campaign's way with everything that comes to it; asked for once."""

    def __init__(
        self, campaign: Campaign, stop: Stop, parts: Sequence[CampaignUnit], way: Way
    ) -> None:
        """Take what is known; the rest is asked for when it is looked at.

        Args:
            campaign: whose way.
            stop: where.
            parts: the units asked below the stop's unit.
            way: knows where their lists go.
        """
        self.campaign, self.stop = campaign, stop
        self._ways = {part.unit_id: way.of(part.unit) for part in parts}
        self._way = way
        self._units = {part.unit_id: part.unit for part in parts}

    @cached_property
    def to(self) -> Stop | None:
        """Give where its list goes; None at the last stop."""
        for line in self._ways.values():
            for one, after in pairwise(line):
                if _same(one, self.stop):
                    return after
        return None

    @cached_property
    def units(self) -> list[Unit]:
        """List the units that send their rosters here directly."""
        return [self._units[id_] for id_, line in self._ways.items() if _same(line[0], self.stop)]

    @cached_property
    def stops(self) -> list[Stop]:
        """List the stops whose consolidated lists come here."""
        found: dict[tuple[int, int], Stop] = {}
        for line in self._ways.values():
            for one, after in pairwise(line):
                if _same(after, self.stop):
                    found.setdefault((one.step, one.unit.id), one)
        return list(found.values())

    @property
    def inspectors(self) -> list[Unit]:
        """List the units that list leaders who inspect."""
        return self._way.inspectors(self._units.values())

    @cached_property
    def behind(self) -> set[int]:
        """Give the units whose rows come through here, on whatever way."""
        return {
            id_ for id_, line in self._ways.items() if any(_same(one, self.stop) for one in line)
        }

    @cached_property
    def rosters(self) -> dict[int, Roster]:
        """Give the rosters of those units, by the unit's id."""
        ids = [unit.id for unit in self.units]
        return queries.of_units(self.campaign.id, ids, Kind.SUPPORT)

    @cached_property
    def arrived(self) -> list[RosterConsignment]:
        """List every consolidated list that came here, the latest of each stop first."""
        return queries.consignments(self.campaign.id, to=self.stop)

    @cached_property
    def sent(self) -> list[RosterConsignment]:
        """List what went upwards from here, the latest first."""
        return queries.consignments(self.campaign.id, made_at=self.stop)

    @cached_property
    def listed(self) -> list[Listed]:
        """Give what was accepted here, by district and name of the unit."""
        copies = queries.accepted_copies([one.id for one in self.rosters.values()])
        found = {
            unit.id: Listed.of(unit, copies[roster.id])
            for unit in self.units
            if (roster := self.rosters.get(unit.id)) and roster.id in copies
        }
        for one in queries.accepted(self.arrived):
            found |= {each.unit_id: each for each in thawed(one.content)}
        order = {id_: at for at, id_ in enumerate(self._units)}
        return sorted(found.values(), key=lambda one: order.get(one.unit_id, len(order)))

    @property
    def missing(self) -> list[Unit]:
        """List the units of which nothing was accepted here."""
        there = {one.unit_id for one in self.listed}
        return [self._units[id_] for id_ in self._units if id_ in self.behind - there]

    @property
    def has_news(self) -> bool:
        """Say whether what was accepted differs from what went upwards last."""
        return bool(self.listed) and (
            not self.sent or self.sent[0].state == Passage.RETURNED
            or thawed(self.sent[0].content) != self.listed
        )  # fmt: skip


def stations(campaign: Campaign, unit_id: int) -> list[Station]:
    """Give the stops that stand at a unit, in the order of the way."""
    parts = queries.parts(campaign, unit_id)
    way = Way(campaign, [part.unit for part in parts])
    found: dict[int, Stop] = {}
    for part in parts:
        found |= {one.step: one for one in way.of(part.unit) if one.unit.id == unit_id}
    return [Station(campaign, found[step], parts, way) for step in sorted(found)]


def send(doer: Doer, station: Station) -> RosterConsignment:
    """Freeze what was accepted at a stop and send it to the next one.

    Args:
        doer: of the body there.
        station: a stop from which the way goes on.

    Raises:
        Refused: nothing was accepted yet, or nothing is new since the last time.
    """
    campaign, stop, to = station.campaign, station.stop, station.to
    with write(f"consignment:{campaign.id}:{stop.step}:{stop.unit.id}") as current:
        current.refresh(campaign)
        fresh = next(one for one in stations(campaign, stop.unit.id) if _same(one.stop, stop))
        if to is None:
            raise Refused(LAST)
        if not fresh.listed:
            raise Refused(NOTHING)
        if not fresh.has_news:
            raise Refused(NOTHING_NEW)
        made = RosterConsignment(
            campaign=campaign, step=stop.step, unit=stop.unit, organisation=stop.body,
            number=len(fresh.sent), state=Passage.SENT, to_step=to.step, to_unit_id=to.unit.id,
            to_organisation_id=to.organisation_id, content=frozen(fresh.listed),
            units=len(fresh.listed), people=people(fresh.listed), missing=len(fresh.missing),
            due_on=fieldwork.of(campaign).roster_due_on, sent_at=clock.now(),
            sent_by=doer.display_name, sent_by_id=doer.user_id,
        )  # fmt: skip
        current.add(made)
        current.flush()
        _record(doer, made)
        note = f"{made.units} xã, {made.people} người"
        tasks.follow(
            doer, campaign.plan_id, Job.CONSOLIDATION, stop.unit.id, "submit", reason=note
        )  # fmt: skip
    return made


def _record(doer: Doer, made: RosterConsignment) -> None:
    audit.record(doer, Act(
        "roster_consignment:sent", "roster_consignment", made.id, subject_name=made.name,
        unit_id=made.unit_id,
        changes={"units": [0, made.units], "people": [0, made.people],
                 "missing": [0, made.missing]},
    ))  # fmt: skip


def _same(one: Stop, other: Stop) -> bool:
    return (one.step, one.unit.id) == (other.step, other.unit.id)


LAST = N_("Đây là nơi nhận cuối cùng.")
NOTHING = N_("Chưa nhận danh sách nào nên chưa có gì để gửi.")
NOTHING_NEW = N_("Danh sách tổng hợp không khác bản đã gửi.")
