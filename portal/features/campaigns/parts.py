"""A unit's own part in a campaign: its round, who helps people there, how many are to be asked.

Plan 004: “ngày 06/6 hoặc ngày 07/6”, each place chooses. Plan 001: where there is no Hội Nông
dân another body helps.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, joinedload
from sqlalchemy.orm.attributes import flag_modified

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns import helping, takeovers
from portal.features.campaigns import rounds as windows
from portal.features.campaigns.drafting import LENGTHS, TOO_LONG
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.campaigns.phase import Denominator, Phase
from portal.features.campaigns.services import Author
from portal.features.campaigns.workflow import CAMPAIGN, rounds_left
from portal.features.documents.deadlines import Span
from portal.features.org_units import queries as org_units
from portal.features.org_units.models import Organisation, Unit, UnitScope
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows

ARRANGED = frozenset({Phase.DRAFT, Phase.READY, Phase.OPEN, Phase.BETWEEN})
"""The phases in which a unit's part can still change."""
MOST_HEADS = 99_999


def of_unit(campaign: Campaign, unit_id: int, below: int) -> CampaignUnit | None:
    """Give a unit's part in a campaign, if another unit reaches it and it is asked there."""
    query = _below(campaign, below).where(CampaignUnit.unit_id == unit_id)
    return session().scalar(query)


def listed(campaign: Campaign, below: int) -> list[CampaignUnit]:
    """List the parts of the units that one unit reaches, by district and name."""
    district = aliased(Unit)
    query = _below(campaign, below).outerjoin(district, district.id == Unit.parent_id)
    return list(session().scalars(query.order_by(district.sort_key, Unit.sort_key, Unit.id)))


def arrange(
    actor: Author, campaign: Campaign, part: CampaignUnit, number: int | None, supporter: str,
    headcount: int | None = None,
) -> CampaignUnit:  # fmt: skip
    """Choose the round in which a unit asks, name who helps there, say how many are to be asked.

    Args:
        actor: who does it: the unit, or the campaign's owner for it.
        campaign: where units choose a round, or ask in all of them.
        part: the unit's.
        number: the round, from 1; None for none chosen yet.
        supporter: who helps; "" for whom the campaign names.
        headcount: how many people are to be asked, where answers are measured against them;
            None while that is not known.

    Raises:
        Refused: the campaign is over.
        Invalid: there is no such round, or the one that runs cannot be left; by field.
    """
    supporter = clean(supporter)
    with write(CAMPAIGN.name) as current:
        current.refresh(campaign, with_for_update={"of": Campaign})
        current.refresh(part)
        if campaign.phase not in ARRANGED:
            raise Refused(OVER)
        if errors := _errors(campaign, part, number, supporter) | _count_errors(
            campaign, headcount
        ):
            raise Invalid(errors)
        wanted = {"round_number": number, "supporter": supporter, "headcount": headcount}
        changes: dict[str, list[object]] = {
            name: [getattr(part, name), value]
            for name, value in wanted.items()
            if getattr(part, name) != value
        }
        for name in changes:
            setattr(part, name, wanted[name])
        if "round_number" in changes:
            flag_modified(campaign, "name")  # its version rises, so pages kept in memory go
        if changes:
            _record(actor, campaign, part, changes)
    return part


@dataclass(frozen=True)
class Row:
    """A unit in the list: when it asks, who helps, and whether a choice is still missing."""

    part: CampaignUnit
    rounds: tuple[Span, ...]
    supporter: str
    missing: bool
    may_arrange: bool


@dataclass(frozen=True)
class Listing:
    """Which unit asks when, and who helps there."""

    rows: tuple[Row, ...]
    missing: int
    """How many have not chosen a round yet."""
    total: int
    only_missing: bool
    by_round: tuple[tuple[Span, int], ...]
    """Each round with the number of units that have chosen it."""


def listing(actor: Actor, campaign: Campaign, *, only_missing: bool = False) -> Listing:
    """Give the list of parts, as far as the actor reaches."""
    parts = listed(campaign, actor.unit_id)
    may = allows(actor, Permission.CAMPAIGN_ARRANGE, campaign) and campaign.phase in ARRANGED
    helps = helping.supporters(campaign, parts)
    rows = [_row(campaign, part, helps[part.unit_id], may_arrange=may) for part in parts]
    chosen = [part.round_number for part in parts]
    return Listing(
        rows=tuple(row for row in rows if row.missing or not only_missing),
        missing=sum(row.missing for row in rows),
        total=len(rows),
        only_missing=only_missing,
        by_round=tuple(
            (span, chosen.count(number)) for number, span in enumerate(campaign.all_rounds, 1)
        ),
    )


def own_row(actor: Actor, campaign: Campaign) -> Row | None:
    """Give the part of the actor's own unit, None if it is not asked there."""
    part = of_unit(campaign, actor.unit_id, actor.unit_id)
    if part is None:
        return None
    may = allows(actor, Permission.CAMPAIGN_ARRANGE, campaign) and campaign.phase in ARRANGED
    helper = helping.supporters(campaign, [part])[part.unit_id]
    return _row(campaign, part, helper, may_arrange=may)


def count_undecided(campaign: Campaign, below: int) -> int:
    """Count the units that one unit reaches and that have not chosen their round."""
    if not campaign.one_round:
        return 0
    undecided = _below(campaign, below).where(CampaignUnit.round_number.is_(None))
    return session().scalar(select(func.count()).select_from(undecided.subquery())) or 0


def helpers_at(unit_id: int) -> Sequence[Organisation]:
    """List the bodies of a unit, to be named as those who help."""
    return org_units.organisations([unit_id])


def counts_heads(campaign: Campaign) -> bool:
    """Say whether a campaign's answers are measured against the people who are to be asked."""
    return campaign.denominator == Denominator.HEADCOUNT


def is_fixed(campaign: Campaign, part: CampaignUnit) -> bool:
    """Say whether the round that a unit has chosen may have begun, so that it stays."""
    begun = part.rounds_of(campaign)[0].first <= clock.today() and campaign.is_announced
    return campaign.one_round and part.round_number is not None and begun


def left_late(campaign: Campaign) -> int:
    """Count the rounds left where units choose one and the first has begun; 0 else."""
    late = campaign.one_round and campaign.opens_on <= clock.today()
    return len(rounds_left(campaign)) if late else 0


def _row(campaign: Campaign, part: CampaignUnit, supporter: str, *, may_arrange: bool) -> Row:
    return Row(
        part,
        part.rounds_of(campaign),
        supporter,
        missing=campaign.one_round and part.round_number is None,
        may_arrange=may_arrange,
    )


def _errors(
    campaign: Campaign, part: CampaignUnit, number: int | None, supporter: str
) -> dict[str, str]:
    errors = {}
    if len(supporter) > LENGTHS["supporter"]:
        errors["supporter"] = TOO_LONG[LENGTHS["supporter"]]
    if number == part.round_number:
        return errors
    if not campaign.one_round or number not in {None, *_numbers(campaign)}:
        errors["round_number"] = N_("Mời chọn một trong các lần của đợt.")
    elif is_fixed(campaign, part):
        errors["round_number"] = N_("Lần hỏi của xã đã bắt đầu nên không đổi được nữa.")
    elif number and number not in rounds_left(campaign):
        errors["round_number"] = N_("Lần này đã qua. Mời chọn lần khác.")
    return errors


def _count_errors(campaign: Campaign, headcount: int | None) -> dict[str, str]:
    if headcount is None or (counts_heads(campaign) and 0 < headcount <= MOST_HEADS):
        return {}
    return {"headcount": N_("Số người cần từ 1 đến 99.999.")}


def _numbers(campaign: Campaign) -> range:
    return range(1, len(campaign.all_rounds) + 1)


def _below(campaign: Campaign, above_id: int) -> Select[CampaignUnit]:
    """Select the parts of the units that are asked today; who ended has no part any more."""
    return (
        select(CampaignUnit)
        .join(CampaignUnit.unit)
        .join(UnitScope, UnitScope.unit_id == CampaignUnit.unit_id)
        .where(CampaignUnit.campaign_id == campaign.id, UnitScope.above_id == above_id)
        .where(CampaignUnit.unit_id.not_in(takeovers.of(campaign.id).ended))
        .options(joinedload(CampaignUnit.unit).joinedload(Unit.parent))
    )


def _record(
    actor: Author, campaign: Campaign, part: CampaignUnit, changes: dict[str, list[object]]
) -> None:
    if "round_number" in changes:
        rounds: tuple[Span, ...] = campaign.all_rounds
        changes["round_number"] = [
            windows.said([rounds[number - 1]]) if number else ""
            for number in changes["round_number"]
            if number is None or isinstance(number, int)
        ]
    audit.record(actor, Act(
        "campaign:arranged", "campaign", campaign.id, unit_id=part.unit_id, changes=changes,
        subject_name=f"{campaign.name}, {part.unit.running_name}",
    ))  # fmt: skip


OVER = N_("Đợt đã đóng nên không đổi được nữa.")
