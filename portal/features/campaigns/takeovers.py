"""Who took over from the units that a campaign asked in, and which of them it asks no more."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.org_units.models import Unit, UnitSuccession


@dataclass(frozen=True)
class Takeovers:
    """What became of the units of a campaign."""

    lines: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """For each unit whoever took over from all of it, one after the other."""
    heirs: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """For each unit that the campaign asks no more those that it asks instead."""

    @property
    def ended(self) -> frozenset[int]:
        """Give the units that the campaign asks no more."""
        return frozenset(self.heirs)


def of(campaign_id: int) -> Takeovers:
    """Give what became of the units of a campaign."""
    return of_all([campaign_id])[campaign_id]


def of_all(campaign_ids: Collection[int]) -> dict[int, Takeovers]:
    """Give what became of the units of each of some campaigns.

    Whoever took over was asked besides (`succession`), and that ends the old unit's part. Of a unit
    that ended with the others and was taken over by nobody, too, nobody is asked any more.
    """
    after: dict[int, list[int]] = defaultdict(list)
    rows = session().execute(
        select(UnitSuccession.unit_id, UnitSuccession.successor_id)
        .order_by(UnitSuccession.unit_id, UnitSuccession.successor_id)
    )  # fmt: skip
    for old, new in rows:
        after[old].append(new)
    gone = _gone(campaign_ids) if after else {}
    return {one: _of(gone.get(one, {}), after) for one in campaign_ids}


def _of(gone: Mapping[int, bool], after: Mapping[int, list[int]]) -> Takeovers:
    later = {unit: set(_later(unit, after)) for unit in gone}
    heirs = {unit: later[unit] & gone.keys() for unit in gone}
    is_reformed = any(heirs.values())
    ended = {unit for unit, found in heirs.items() if found or (is_reformed and gone[unit])}
    return Takeovers(
        {unit: line for unit in gone if (line := tuple(_line(unit, after)))},
        {unit: tuple(sorted(heirs[unit] - ended)) for unit in ended},
    )


def _gone(campaign_ids: Collection[int]) -> dict[int, dict[int, bool]]:
    """Say of each unit of each campaign whether it had ended when the campaign asked last."""
    query = (
        select(CampaignUnit.campaign_id, CampaignUnit.unit_id, Unit.valid_to, Campaign.closes_on)
        .join(Unit, Unit.id == CampaignUnit.unit_id)
        .join(Campaign, Campaign.id == CampaignUnit.campaign_id)
        .where(CampaignUnit.campaign_id.in_(campaign_ids))
        .order_by(CampaignUnit.campaign_id, CampaignUnit.unit_id)
    )
    today = clock.today()
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    for campaign, unit, last, closes_on in session().execute(query):
        found[campaign][unit] = last is not None and last < min(today, closes_on)
    return found


def _later(unit: int, after: Mapping[int, list[int]]) -> Iterator[int]:
    seen, waiting = {unit}, list(after.get(unit, ()))
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += after.get(one, ())
            yield one


def _line(unit: int, after: Mapping[int, list[int]]) -> Iterator[int]:
    seen = {unit}
    while len(after.get(unit, ())) == 1 and after[unit][0] not in seen:
        [unit] = after[unit]
        seen.add(unit)
        yield unit
