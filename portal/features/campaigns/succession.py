"""Running campaigns when units end: who takes over is asked from then on, by a code of its own.

What was answered before stays with the old unit. Its codes are withdrawn and lead to the new ones.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.core import clock
from portal.core.clock import format_date
from portal.core.database import session, write
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns.issuing import LIVELY, LOCK, issue
from portal.features.campaigns.models import Campaign, CampaignUnit, QrCode
from portal.features.campaigns.phase import Phase, State
from portal.features.documents.deadlines import Span
from portal.features.org_units.models import Level, Point, Unit

_NOT_BEGUN = frozenset({Phase.DRAFT, Phase.READY})


@dataclass(frozen=True)
class Heirs:
    """Who takes over from each unit that ended, and at which point from each of its points."""

    day: date
    units: Mapping[int, Sequence[Unit]]
    points: Mapping[int, Point]

    def of(self, unit_ids: Collection[int]) -> dict[Unit, list[int]]:
        """Give the communes that take over from any of these units, each with from which."""
        found: dict[Unit, list[int]] = {}
        for old in sorted(unit_ids):
            for new in self.units.get(old, ()):
                if new.level == Level.COMMUNE:
                    found.setdefault(new, []).append(old)
        return found


@dataclass(frozen=True)
class Loss:
    """What units had chosen in a campaign and the one that takes over from them does not keep."""

    campaign: Campaign
    unit: Unit
    """Who takes over, and has to choose anew."""
    rounds: tuple[tuple[Unit, Span], ...]
    """On which days each of them asked; () if that is kept."""
    supporters: tuple[tuple[Unit, str], ...]
    """Who helped there; () if that is kept."""


@dataclass(frozen=True)
class Joined:
    """What followed."""

    campaigns: int
    codes: int


def running() -> list[Campaign]:
    """List the campaigns that still ask or are to ask, drafts among them."""
    query = select(Campaign).where(Campaign.state.in_([State.DRAFT, State.READY]))
    found = session().scalars(query.order_by(Campaign.id))
    return [campaign for campaign in found if campaign.phase in LIVELY]


def join(doer: audit.Doer, heirs: Heirs) -> Joined:
    """Let those who took over join the campaigns that still run, each with codes of its own.

    Args:
        doer: who carries the reform out.
        heirs: who takes over from whom; joining twice adds nothing.
    """
    campaigns = codes = 0
    with write(LOCK) as current:
        for campaign in running():
            made = _join(doer, current, campaign, heirs)
            campaigns, codes = campaigns + bool(made), codes + made
    return Joined(campaigns, codes)


def losses(heirs: Heirs) -> tuple[Loss, ...]:
    """Say what would be lost if those who take over joined now; nothing where they have joined."""
    current = session()
    return tuple(loss for campaign in running() for loss in _losses(current, campaign, heirs))


def _losses(current: Session, campaign: Campaign, heirs: Heirs) -> Iterator[Loss]:
    parts = {part.unit_id: part for part in _parts(current, campaign)}
    live = set(current.scalars(
        select(QrCode.unit_id).where(QrCode.campaign_id == campaign.id, QrCode.revoked_on.is_(None))
    ))  # fmt: skip
    for unit, old in heirs.of(parts.keys() & heirs.units.keys() & live).items():
        before = [parts[one] for one in old]
        kept = parts.get(unit.id) or _part(campaign, unit, before)
        rounds = tuple(
            (part.unit, part.rounds_of(campaign)[0])
            for part in before
            if campaign.one_round and part.round_number not in {None, kept.round_number}
        )
        helpers = tuple(
            (part.unit, part.supporter)
            for part in before
            if part.supporter not in {"", kept.supporter}
        )
        if rounds or helpers:
            yield Loss(campaign, unit, rounds, helpers)


def _join(doer: audit.Doer, current: Session, campaign: Campaign, heirs: Heirs) -> int:
    lost = [loss.unit.full_name for loss in _losses(current, campaign, heirs)]
    parts = {part.unit_id: part for part in _parts(current, campaign)}
    gone = parts.keys() & heirs.units.keys()
    after = heirs.of(gone)
    for unit, old in after.items():
        if unit.id not in parts:
            current.add(_part(campaign, unit, [parts[one] for one in old]))
    current.flush()
    made = _exchange_codes(current, campaign, heirs, after)
    moved = _move_owner(campaign, heirs)
    if not (made or moved):
        return 0
    if campaign.phase in _NOT_BEGUN:
        mine = CampaignUnit.campaign_id == campaign.id
        current.execute(delete(CampaignUnit).where(mine, CampaignUnit.unit_id.in_(gone)))
    # Units do not touch the row; its version must rise, for pages and forms are kept by it.
    flag_modified(campaign, "name")
    _record(doer, campaign, sorted(unit.full_name for unit in after), len(gone), heirs.day, lost)
    return made


def _parts(current: Session, campaign: Campaign) -> list[CampaignUnit]:
    query = select(CampaignUnit).where(CampaignUnit.campaign_id == campaign.id)
    return list(current.scalars(query.order_by(CampaignUnit.unit_id)))


def _part(campaign: Campaign, unit: Unit, before: Sequence[CampaignUnit]) -> CampaignUnit:
    """Ask in a unit as its predecessors were asked, as far as those who have chosen agree."""
    rounds = {part.round_number for part in before if part.round_number}
    helpers = {part.supporter for part in before if part.supporter}
    chosen = rounds.pop() if len(rounds) == 1 else None
    if chosen and campaign.all_rounds[chosen - 1].last < clock.today():
        # Whoever has not chosen was to be asked in what is still to come.
        chosen = chosen if all(part.round_number for part in before) else None
    return CampaignUnit(
        campaign_id=campaign.id, unit_id=unit.id, round_number=chosen,
        supporter=helpers.pop() if len(helpers) == 1 else "",
    )  # fmt: skip


def _exchange_codes(
    current: Session, campaign: Campaign, heirs: Heirs, after: Mapping[Unit, Sequence[int]]
) -> int:
    query = select(QrCode).where(QrCode.campaign_id == campaign.id, QrCode.revoked_on.is_(None))
    live = list(current.scalars(query.order_by(QrCode.code)))
    wanted: dict[tuple[int, int | None], None] = dict.fromkeys((unit.id, None) for unit in after)
    for code in live:
        new = heirs.points.get(code.point_id) if code.point_id is not None else None
        if new is not None and code.unit_id in heirs.units:
            wanted[new.unit_id, new.id] = None
    have = {(code.unit_id, code.point_id) for code in live}
    made = issue(current, campaign.id, [place for place in wanted if place not in have])
    replaced = {old for before in after.values() for old in before}
    for code in live:
        if code.unit_id in replaced:
            code.revoked_on = clock.today()
            code.revoke_reason = _reason(code.unit, heirs)
            code.handed_on = True
    return len(made)


def _reason(old: Unit, heirs: Heirs) -> str:
    names = ", ".join(unit.running_name for unit in heirs.units[old.id])
    return f"Từ {format_date(heirs.day)}, {old.running_name} thuộc {names}."


def _move_owner(campaign: Campaign, heirs: Heirs) -> bool:
    after = heirs.units.get(campaign.unit_id, ())
    if len(after) != 1 or after[0].level != campaign.unit.level:
        return False
    campaign.unit = after[0]
    return True


def _record(
    doer: audit.Doer, campaign: Campaign, names: Sequence[str], gone: int, day: date,
    lost: Sequence[str],
) -> None:  # fmt: skip
    audit.record(doer, Act(
        "campaign:units_succeeded", "campaign", campaign.id,
        subject_name=campaign.name, unit_id=campaign.unit_id,
        changes={"units": [gone, list(names)], "day": [None, day]}
        | ({"to_choose": [None, list(lost)]} if lost else {}),
    ))  # fmt: skip
