"""Making and changing campaigns."""

from collections.abc import Collection, Iterable
from typing import Protocol

from sqlalchemy import delete, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.core.database import session, write
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns import fieldwork, places, queries
from portal.features.campaigns import rounds as windows
from portal.features.campaigns.drafting import CampaignInput, Step, check
from portal.features.campaigns.issuing import LOCK, issue
from portal.features.campaigns.models import Campaign, CampaignStep, CampaignUnit, QrCode
from portal.features.campaigns.phase import State
from portal.policy.predicates import Actor


class Author(Actor, Protocol):
    """An account that makes campaigns."""

    @property
    def display_name(self) -> str:
        """The account's name, for the record."""

    @property
    def organisation_id(self) -> int:
        """The body that asks."""


def create(actor: Author, given: CampaignInput, plan_id: int | None = None) -> Campaign:
    """Make a draft, with a code for every unit from the start.

    Args:
        actor: who makes it.
        given: all of it.
        plan_id: the plan that orders it.

    Raises:
        Invalid: what was entered cannot be taken.
    """
    given = given.cleaned()
    with write(LOCK) as current:
        unit_ids = _checked(actor.unit_id, given)
        campaign = Campaign(
            unit_id=actor.unit_id,
            organisation_id=actor.organisation_id,
            state=State.DRAFT,
            plan_id=plan_id,
            **given.columns(),
        )
        current.add(campaign)
        current.flush()
        _ask_in(current, campaign, unit_ids)
        _go_by(current, campaign, given.steps)
        fieldwork.set_first(campaign, given.work)
        audit.record(actor, _act("created", campaign, {"scope": [0, len(unit_ids)]}))
    return campaign


def edit(actor: Author, campaign: Campaign, given: CampaignInput, version: int) -> Campaign:
    """Change a draft; codes of units that drop out disappear, new units get theirs.

    Args:
        actor: who changes it.
        campaign: the draft.
        given: all of it as it should be.
        version: the version that the actor was shown.

    Raises:
        Refused: it is no draft any more.
        Stale: somebody else saved first; `theirs` holds the fields that differ.
        Invalid: what was entered cannot be taken.
    """
    given = given.cleaned()
    with write(LOCK) as current:
        current.refresh(campaign, with_for_update={"of": Campaign})
        if campaign.state != State.DRAFT:
            raise Refused(NO_DRAFT)
        if moves_dates(campaign, given) and queries.governing_plan(campaign):
            raise Invalid({"opens_on": DATES_FROM_PLAN})
        unit_ids = _checked(campaign.unit_id, given, campaign.version_id)
        changes = _changes(campaign, given, unit_ids)
        if campaign.version != version:
            raise Stale(SAVED_BY_ANOTHER, {name: old for name, (old, _) in changes.items()})
        for name, value in given.columns().items():
            setattr(campaign, name, value)
        _ask_in(current, campaign, unit_ids)
        _go_by(current, campaign, given.steps)
        if changes.keys() & {"rounds", "opens_on", "closes_on", "one_round"}:
            forget_choices(campaign)
        if changes:
            # Units and steps do not touch the row; its version must rise all the same.
            flag_modified(campaign, "name")
            audit.record(actor, _act("edited", campaign, changes))
    return campaign


def moves_dates(campaign: Campaign, given: CampaignInput) -> bool:
    """Say whether an input changes the days of a campaign."""
    return given.all_rounds != campaign.all_rounds


def forget_choices(campaign: Campaign) -> None:
    """Forget which round each unit has chosen, for there are other days now (inside `write()`)."""
    mine = CampaignUnit.campaign_id == campaign.id
    session().execute(update(CampaignUnit).where(mine).values(round_number=None))


def live_code(campaign_id: int, unit_id: int) -> QrCode:
    """Give the code that leads to a unit's form now.

    Raises:
        Missing: the campaign does not ask there.
    """
    code = queries.live_code(campaign_id, unit_id)
    if code is None:
        raise Missing
    return code


def _checked(owner_id: int, given: CampaignInput, kept: int | None = None) -> set[int]:
    errors = check(given)
    if given.version_id != kept and not queries.may_ask(owner_id, given.version_id):
        errors["version_id"] = N_("Mời chọn một phiếu mẫu.")
    communes = places.available(owner_id, given.opens_on, given.closes_on)
    unit_ids = places.chosen(communes, given.scope, given.districts, given.communes)
    if not unit_ids:
        errors["scope"] = N_("Chưa chọn xã nào. Mời chọn ít nhất một xã.")
    if errors:
        raise Invalid(errors)
    return unit_ids


def _ask_in(current: Session, campaign: Campaign, unit_ids: Collection[int]) -> None:
    """Make the campaign ask in exactly these units."""
    before = queries.unit_ids(campaign.id)
    dropped, added = before - set(unit_ids), sorted(set(unit_ids) - before)
    for model in (QrCode, CampaignUnit):
        current.execute(
            delete(model).where(model.campaign_id == campaign.id, model.unit_id.in_(dropped))
        )
    current.add_all(CampaignUnit(campaign_id=campaign.id, unit_id=unit) for unit in added)
    issue(current, campaign.id, [(unit, None) for unit in added])


def _go_by(current: Session, campaign: Campaign, steps: Iterable[Step]) -> None:
    """Make these the stops of the way upwards."""
    current.execute(delete(CampaignStep).where(CampaignStep.campaign_id == campaign.id))
    current.add_all(
        CampaignStep(campaign_id=campaign.id, number=number, level=level, kind=kind)
        for number, (level, kind) in enumerate(steps, 1)
    )


def _changes(
    campaign: Campaign, given: CampaignInput, unit_ids: Collection[int]
) -> dict[str, list[object]]:
    pairs = {name: [getattr(campaign, name), new] for name, new in given.columns().items()}
    changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    if "rounds" in changes:
        changes["rounds"] = [windows.said(campaign.rounds), windows.said(given.rounds)]
    way = queries.way_of(campaign.id)
    if way != given.steps:
        changes["steps"] = [_way(way), _way(given.steps)]
    before = queries.unit_ids(campaign.id)
    if before != set(unit_ids):
        changes["scope"] = [len(before), len(unit_ids)]
    return changes


def _way(steps: Iterable[Step]) -> str:
    return " → ".join(":".join(step) for step in steps)


def _act(verb: str, campaign: Campaign, changes: dict[str, list[object]], reason: str = "") -> Act:
    return Act(
        action=f"campaign:{verb}",
        subject_kind="campaign",
        subject_id=campaign.id,
        subject_name=campaign.name,
        unit_id=campaign.unit_id,
        reason=reason,
        changes=changes,
    )


DATES_FROM_PLAN = N_("Ngày của đợt theo kế hoạch. Mời sửa ngày trong kế hoạch.")
NO_DRAFT = N_("Đợt này không còn là bản nháp nên không sửa được.")
SAVED_BY_ANOTHER = N_("Có người vừa lưu đợt này trước đồng chí.")
