"""Tying a draft campaign to the plan that orders it, where the plan did not bring it."""

from dataclasses import replace
from typing import Any

from portal.core.database import write
from portal.core.errors import Refused
from portal.core.text import N_
from portal.features.campaigns import plans, queries, services
from portal.features.campaigns.drafting import CampaignInput
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import State
from portal.features.campaigns.plan_days import Days, days_of
from portal.features.campaigns.services import NO_DRAFT, Author
from portal.features.campaigns.workflow import CAMPAIGN
from portal.features.documents.models import Document


def create(actor: Author, given: CampaignInput, plan: Document | None) -> Campaign:
    """Make a draft campaign; one by a plan has the plan's days, whatever was entered.

    Raises:
        Invalid: what was entered cannot be taken.
        Refused: the plan is none for it, or says no days.
    """
    if plan is None:
        return services.create(actor, given)
    days: dict[str, Any] = _days(plan, actor.unit_id).columns(one_round=given.one_round)
    given = replace(given, **days)
    return services.create(actor, given, plan_id=plan.id)


def tie(actor: Author, campaign: Campaign, plan: Document | None) -> None:
    """Tie a draft campaign to a plan, whose days it takes over, or to none.

    Raises:
        Refused: it is no draft any more, or the plan is none for it, or says no days.
    """
    with write(CAMPAIGN.name) as current:
        current.refresh(campaign, with_for_update={"of": Campaign})
        if campaign.state != State.DRAFT:
            raise Refused(NO_DRAFT)
        if plan is not None:
            _days(plan, campaign.unit_id)
        plans.take(actor, campaign, plan)


def _days(plan: Document, unit_id: int) -> Days:
    if not queries.is_plan(plan, unit_id):
        raise Refused(NO_PLAN)
    days = days_of(plan)
    if days is None:
        raise Refused(NO_DAYS)
    return days


NO_PLAN = N_("Đợt chỉ gắn được với kế hoạch của đơn vị mình, đang soạn hoặc còn hiệu lực.")
NO_DAYS = N_("Kế hoạch chưa ghi thời gian khảo sát. Trong bản thảo, mời chọn vai trò “Đợt khảo sát "
             "lấy ngày từ mục này” cho mục ghi thời gian.")  # fmt: skip
