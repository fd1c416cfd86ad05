"""Making and changing campaigns, and exchanging their codes."""

from collections.abc import Collection, Iterable
from typing import Protocol

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns import places, queries
from portal.features.campaigns.codes import new_code
from portal.features.campaigns.drafting import CampaignInput, check
from portal.features.campaigns.models import Campaign, CampaignUnit, QrCode
from portal.features.campaigns.phase import Phase, State
from portal.features.questionnaires.models import QuestionnaireVersion
from portal.policy.predicates import Actor

CODES = "campaign-codes"
"""The lock under which codes are made, so that no two are alike."""
MAX_REASON = 500


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
    with write(CODES) as current:
        unit_ids = _checked(current, actor.unit_id, given)
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
    with write(CODES) as current:
        current.refresh(campaign, with_for_update={"of": Campaign})
        if campaign.state != State.DRAFT:
            raise Refused(NO_DRAFT)
        if moves_dates(campaign, given) and queries.governing_plan(campaign):
            raise Invalid({"opens_on": DATES_FROM_PLAN})
        unit_ids = _checked(current, campaign.unit_id, given)
        changes = _changes(campaign, given, unit_ids)
        if campaign.version != version:
            raise Stale(SAVED_BY_ANOTHER, {name: old for name, (old, _) in changes.items()})
        for name, value in given.columns().items():
            setattr(campaign, name, value)
        _ask_in(current, campaign, unit_ids)
        if changes:
            # Units alone do not touch the row; its version must rise all the same.
            flag_modified(campaign, "name")
            audit.record(actor, _act("edited", campaign, changes))
    return campaign


def moves_dates(campaign: Campaign, given: CampaignInput) -> bool:
    """Say whether an input changes the window of a campaign."""
    return (given.opens_on, given.closes_on) != (campaign.opens_on, campaign.closes_on)


def reissue(actor: Author, code: QrCode, reason: str) -> QrCode:
    """Withdraw a code and make a new one for the same unit.

    Args:
        actor: who does it.
        code: the live code.
        reason: what those read who scan the old one.

    Raises:
        Invalid: no reason, or too long a one.
        Refused: the code is withdrawn already, or the campaign is over.
    """
    reason = clean(reason)
    if not reason or len(reason) > MAX_REASON:
        raise Invalid({"reason": REASON_NEEDED if not reason else REASON_TOO_LONG})
    with write(CODES) as current:
        current.refresh(code, with_for_update={"of": QrCode})
        if code.revoked_on is not None:
            raise Refused(ALREADY_WITHDRAWN)
        if code.campaign.phase not in {Phase.DRAFT, Phase.READY, Phase.OPEN}:
            raise Refused(CODES_ARE_FINAL)
        code.revoked_on, code.revoke_reason = clock.today(), reason
        current.flush()
        [fresh] = _issue(current, code.campaign_id, [code.unit_id])
        changes: dict[str, list[object]] = {
            "unit": ["", code.unit.running_name],
            "code": [code.code, fresh.code],
        }
        audit.record(actor, _act("code_reissued", code.campaign, changes, reason))
    return fresh


def live_code(campaign_id: int, unit_id: int) -> QrCode:
    """Give the code that leads to a unit's form now.

    Raises:
        Missing: the campaign does not ask there.
    """
    code = queries.live_code(campaign_id, unit_id)
    if code is None:
        raise Missing
    return code


def _checked(current: Session, owner_id: int, given: CampaignInput) -> set[int]:
    errors = check(given)
    if current.get(QuestionnaireVersion, given.version_id) is None:
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
    _issue(current, campaign.id, added)


def _issue(current: Session, campaign_id: int, unit_ids: Iterable[int]) -> list[QrCode]:
    made: list[QrCode] = []
    for unit_id in unit_ids:
        code = new_code()
        while current.scalar(select(QrCode.code).where(QrCode.code == code)):
            code = new_code()
        made.append(QrCode(code=code, campaign_id=campaign_id, unit_id=unit_id))
        current.add(made[-1])
    current.flush()
    return made


def _changes(
    campaign: Campaign, given: CampaignInput, unit_ids: Collection[int]
) -> dict[str, list[object]]:
    pairs = {name: [getattr(campaign, name), new] for name, new in given.columns().items()}
    changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    before = queries.unit_ids(campaign.id)
    if before != set(unit_ids):
        changes["scope"] = [len(before), len(unit_ids)]
    return changes


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
REASON_NEEDED = N_("Cần ghi lý do để người quét mã cũ hiểu vì sao mã đổi.")
REASON_TOO_LONG = N_("Lý do dài quá 500 ký tự.")
ALREADY_WITHDRAWN = N_("Mã này đã được thay bằng mã khác.")
CODES_ARE_FINAL = N_("Đợt đã đóng nên không đổi mã nữa.")
