"""The Zalo kit of a campaign: for each unit and community team what to send, and what was sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.features.campaigns import code_queries, queries, share
from portal.features.campaigns import sharing_queries as sharing
from portal.features.campaigns.models import Campaign, QrCode, ShareNote
from portal.features.campaigns.share import Panel
from portal.features.org_units.models import Point, Unit
from portal.policy.predicates import Actor


@dataclass(frozen=True)
class Round:
    """Somebody to be reached: the groups of a unit itself, or one of its teams."""

    unit: Unit
    team: Point | None
    code: QrCode
    """The team's own if it has one, else the unit's."""
    notes: tuple[ShareNote, ...]
    """What was passed on, the latest first."""

    @property
    def own_code(self) -> bool:
        """Say whether the code is the team's own."""
        return self.code.point_id is not None

    def panel(self, base_url: str) -> Panel:
        """Give the words to send."""
        return share.invitation(self.code, base_url)


@dataclass(frozen=True)
class Kit:
    """One unit with its teams."""

    unit: Unit
    rounds: tuple[Round, ...]
    """Its own groups first."""

    @property
    def own(self) -> Round:
        """Give the round of the unit's own groups."""
        return self.rounds[0]

    @property
    def teams(self) -> tuple[Round, ...]:
        """Give those of its teams."""
        return self.rounds[1:]

    @property
    def missing(self) -> tuple[Round, ...]:
        """Give those to whom nothing has been passed on yet."""
        return tuple(each for each in self.rounds if not each.notes)


def kits(actor: Actor, campaign: Campaign) -> list[Kit]:
    """Give the kit of every unit that an actor reaches, by district and name."""
    return _kits(campaign, queries.codes(campaign.id, actor.unit_id))


def ended(actor: Actor, campaign: Campaign) -> list[Kit]:
    """Give what was passed on in units that have ended, those that an actor reaches."""
    return _of_ended(campaign, code_queries.handed_on(campaign.id, actor.unit_id))


def of_ended(campaign: Campaign, codes: Sequence[QrCode]) -> Kit:
    """Give what was passed on in one unit that has ended, by the codes it had."""
    return _of_ended(campaign, [code for code in codes if code.handed_on])[0]


def by_district(found: Sequence[Kit]) -> dict[Unit, list[Kit]]:
    """Group kits, which come by district already, under the unit that theirs lies in."""
    groups: dict[Unit, list[Kit]] = {}
    for one in found:
        groups.setdefault(one.unit.parent or one.unit, []).append(one)
    return groups


def kit(campaign: Campaign, code: QrCode) -> Kit:
    """Give the kit of one unit.

    Args:
        campaign: what is asked.
        code: the unit's own code.
    """
    return _kits(campaign, [code])[0]


def _kits(campaign: Campaign, codes: Sequence[QrCode]) -> list[Kit]:
    unit_ids = [code.unit_id for code in codes]
    own = {code.point_id: code for code in code_queries.of_points(campaign.id, units=unit_ids)}
    teams: dict[int, list[Point]] = {}
    for team in sharing.teams(unit_ids):
        teams.setdefault(team.unit_id, []).append(team)
    notes: dict[tuple[int, int | None], list[ShareNote]] = {}
    for note in sharing.notes(campaign.id, unit_ids):
        notes.setdefault((note.unit_id, note.point_id), []).append(note)
    return [
        Kit(code.unit, tuple(
            _round(code, team, own, notes) for team in (None, *teams.get(code.unit_id, ()))
        ))
        for code in codes
    ]  # fmt: skip


def _of_ended(campaign: Campaign, codes: Sequence[QrCode]) -> list[Kit]:
    """Give the kits of units that have ended: to their teams, which ended too, the log leads."""
    units = code_queries.one_a_unit(codes)
    own = {code.point_id: code for code in codes}
    teams: dict[int, dict[int, Point]] = {}
    notes: dict[tuple[int, int | None], list[ShareNote]] = {}
    for note in sharing.notes(campaign.id, [code.unit_id for code in units]):
        notes.setdefault((note.unit_id, note.point_id), []).append(note)
        if note.point:
            teams.setdefault(note.unit_id, {})[note.point.id] = note.point
    return [
        Kit(code.unit, tuple(
            _round(code, team, own, notes)
            for team in (None, *teams.get(code.unit_id, {}).values())
        ))
        for code in units
    ]  # fmt: skip


def _round(
    code: QrCode,
    team: Point | None,
    own: Mapping[int | None, QrCode],
    notes: Mapping[tuple[int, int | None], Sequence[ShareNote]],
) -> Round:
    team_id = team.id if team else None
    used = own.get(team_id, code) if team else code
    return Round(code.unit, team, used, tuple(notes.get((code.unit_id, team_id), ())))
