"""The deployment pack of a unit: what is ready, what is missing, and the words to copy."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from portal.features.campaigns import code_queries, fieldwork, helping, parts
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.deployment import wording
from portal.features.deployment.wording import Sheet
from portal.features.documents.models import Document
from portal.features.org_units.models import Unit
from portal.features.rosters import queries as rosters
from portal.features.rosters.models import Kind, Roster
from portal.features.teams import decision
from portal.features.teams import pages as team_pages
from portal.features.teams import queries as teams
from portal.features.teams.models import Team
from portal.features.users.importing.columns import kind_of
from portal.policy.predicates import Actor


@dataclass(frozen=True)
class Pack:
    """Everything a unit needs on the ground."""

    campaign: Campaign
    code: QrCode
    points: tuple[QrCode, ...]
    """Codes of the unit's points, which have prints of their own."""
    team: Team | None
    decision: Document | None
    roster: Roster | None
    people: int
    """How many stand on the roster."""
    asks_team: bool
    asks_roster: bool
    script: Sheet
    zalo: str
    guidance: Sheet

    @property
    def unit(self) -> Unit:
        """Give whose pack it is."""
        return self.code.unit

    @property
    def missing(self) -> int:
        """Count what the campaign asks for and is not there yet."""
        return (self.asks_team and self.decision is None) + (self.asks_roster and not self.people)

    @property
    def total(self) -> int:
        """Count the things of the pack: prints, script, Zalo and guidance are always there."""
        return 4 + self.asks_team + self.asks_roster

    @property
    def digest(self) -> str:
        """Give what changes when a file of the pack would be another."""
        versions = (
            self.campaign.version, self.decision.version if self.decision else 0,
            self.decision.state if self.decision else "",
            self.roster.version if self.roster else 0, self.people,
            self.team.document_id if self.team else 0,
        )  # fmt: skip
        codes = (one.code for one in (self.code, *self.points))
        said = "\0".join((*map(str, versions), *codes, self.script.text, self.zalo,
                          self.guidance.text))  # fmt: skip
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def pack(campaign: Campaign, code: QrCode, base_url: str) -> Pack:
    """Give the pack of a unit.

    Args:
        campaign: what is asked.
        code: the unit's own live code.
        base_url: the configured address of the portal.
    """
    rules = fieldwork.of(campaign)
    points = tuple(code_queries.of_points(campaign.id, units=[code.unit_id]))
    team = teams.stored(campaign.id, code.unit_id)
    roster = rosters.of_unit(campaign.id, code.unit_id)
    counted = rosters.counts([roster.id]).get(roster.id, (0, 0)) if roster else (0, 0)
    places = [one.point.name for one in points if one.point]
    return Pack(
        campaign=campaign, code=code, points=points, team=team,
        decision=decision.in_force(team) if team else None, roster=roster, people=counted[1],
        asks_team=bool(rules.team_head), asks_roster=bool(rules.roster_of),
        script=wording.loudspeaker(code, places, _helper(campaign, code, roster)),
        zalo=wording.zalo(code, base_url),
        guidance=wording.guidance(code, base_url),
    )  # fmt: skip


def _helper(campaign: Campaign, code: QrCode, roster: Roster | None) -> str:
    """Name who helps: whom the unit chose, else who is on its roster, else who should be there.

    A roster tells better than the portal's list of bodies, on which a commune may lack some.
    """
    part = parts.of_unit(campaign, code.unit_id, code.unit_id)
    if part is None:
        return campaign.supporter
    names = [name for name in (campaign.supporter, campaign.fallback_supporter) if name]
    kinds = {kind_of(row.body) for row in rosters.rows(roster) if row.body} - {None}
    listed = [name for name in names if kind_of(name) in kinds]
    if listed and not part.supporter:
        return listed[0]
    return helping.supporters(campaign, [part])[code.unit_id]


@dataclass(frozen=True)
class Line:
    """A unit in the list of packs."""

    unit: Unit
    team: team_pages.Standing
    decision: Document | None
    roster: Roster | None
    missing: int


@dataclass(frozen=True)
class Listing:
    """The packs of a campaign as far as an actor reaches."""

    lines: tuple[Line, ...]
    total: int
    complete: int
    districts: tuple[Unit, ...]
    asks_team: bool
    asks_roster: bool


def listing(
    actor: Actor, campaign: Campaign, district: int | None = None, *, only_missing: bool = False
) -> Listing:
    """Give how complete the packs are of the units that an actor reaches.

    Args:
        actor: who looks.
        campaign: what is asked.
        district: only the units of this one.
        only_missing: only units where something is missing.
    """
    rules = fieldwork.of(campaign)
    rows = [row for row in team_pages.rows(actor, campaign) if not row.ended]
    found = rosters.of_units(campaign.id, [row.unit.id for row in rows], Kind.SUPPORT)
    lines = [_line(row, found.get(row.unit.id), rules) for row in rows]
    shown = (
        line for line in lines
        if (not district or line.unit.parent_id == district)
        and (line.missing or not only_missing)
    )  # fmt: skip
    return Listing(
        lines=tuple(shown), total=len(lines), complete=sum(not line.missing for line in lines),
        districts=tuple(_districts(lines)), asks_team=bool(rules.team_head),
        asks_roster=bool(rules.roster_of),
    )  # fmt: skip


def _line(row: team_pages.Row, roster: Roster | None, rules: fieldwork.Rules) -> Line:
    paper = decision.in_force(row.team) if row.team else None
    missing = (bool(rules.team_head) and paper is None) + (bool(rules.roster_of) and not roster)
    return Line(row.unit, row.standing, paper, roster, missing)


def _districts(lines: Iterable[Line]) -> dict[Unit, None]:
    return {line.unit.parent: None for line in lines if line.unit.parent}
