"""The rule book of a campaign: draft → ready → (open → closed by the clock) → reported."""

from sqlalchemy import func, select

from portal.core import clock
from portal.core.database import session
from portal.core.text import N_
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.campaigns.phase import Phase, State
from portal.features.campaigns.queries import get_visible, governing_plan
from portal.features.documents import models as documents
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow


def has_units(campaign: Campaign) -> str | None:
    """Refuse to announce a campaign that asks nowhere."""
    count = select(func.count()).where(CampaignUnit.campaign_id == campaign.id)
    return None if session().scalar(count) else N_("Đợt chưa có xã nào. Mời chọn nơi hỏi trước.")


def not_over(campaign: Campaign) -> str | None:
    """Refuse to announce a window that has gone by."""
    if campaign.closes_on >= clock.today():
        return None
    return N_("Ngày kết thúc đã qua. Mời sửa thời gian trước khi duyệt.")


def rounds_left(campaign: Campaign) -> list[int]:
    """Give the numbers of the rounds that are not over."""
    today = clock.today()
    return [n for n, one in enumerate(campaign.all_rounds, 1) if one.last >= today]


def choice_left(campaign: Campaign) -> str | None:
    """Refuse to announce a choice of rounds where units have none left to choose between."""
    if not campaign.one_round or len(rounds_left(campaign)) > 1:
        return None
    undecided = select(func.count()).where(
        CampaignUnit.campaign_id == campaign.id, CampaignUnit.round_number.is_(None)
    )
    return NO_CHOICE if session().scalar(undecided) else None


def plan_issued(campaign: Campaign) -> str | None:
    """Refuse to announce what its plan does not order yet; issuing the plan announces it."""
    plan = governing_plan(campaign)
    if plan is None or plan.state == documents.State.ISSUED:
        return None
    return N_("Đợt này theo kế hoạch chưa ban hành. Kế hoạch ban hành thì đợt tự sẵn sàng.")


def not_opened(campaign: Campaign) -> str | None:
    """Refuse to take back what citizens may already be answering."""
    if campaign.phase == Phase.READY:
        return None
    return N_("Đợt đã mở cho người dân nên không rút lại được.")


def sealed(campaign: Campaign) -> str | None:
    """Refuse to report before the totals are frozen."""
    if campaign.is_sealed:
        return None
    return N_("Số liệu được niêm phong ít phút sau khi đợt đóng. Mời quay lại sau.")


NO_CHOICE = N_(
    "Mỗi xã chọn một lần hỏi, mà nay chỉ còn một lần, nên xã chưa chọn không chọn được nữa. "
    "Mời dời ngày, bỏ việc chọn, hoặc chọn thay các xã trước khi duyệt."
)
CAMPAIGN: Workflow[Campaign] = Workflow(
    "campaign",
    label=N_("Đợt khảo sát"),
    states=State,
    initial=State.DRAFT,
    load=get_visible,
    transitions=(
        Transition(
            "approve", frozenset({State.DRAFT}), State.READY, Permission.CAMPAIGN_APPROVE,
            label=N_("Duyệt đợt"), done=N_("Đã duyệt đợt"),
            guards=(plan_issued, has_units, not_over, choice_left),
            confirm=N_("Duyệt xong, các xã thấy đợt này và tải được áp phích; phiếu tự mở "
                       "đúng ngày. Sau đó ngày chỉ đổi theo một văn bản đã ban hành."),
            style="main",
        ),
        Transition(
            "withdraw", frozenset({State.READY}), State.DRAFT, Permission.CAMPAIGN_APPROVE,
            label=N_("Rút về sửa"), done=N_("Đã rút về sửa"), guards=(not_opened,),
            needs_reason=True,
        ),
        Transition(
            "report", frozenset({State.READY}), State.REPORTED, Permission.CAMPAIGN_REPORT,
            label=N_("Ghi nhận đã báo cáo"), done=N_("Đã báo cáo kết quả"), guards=(sealed,),
            confirm=N_("Sau khi ghi nhận, đợt chuyển vào mục đã báo cáo."), style="main",
        ),
        Transition(
            "cancel", frozenset({State.DRAFT}), State.CANCELLED, Permission.CAMPAIGN_EDIT,
            label=N_("Hủy bản nháp"), done=N_("Đã hủy bản nháp"), needs_reason=True,
            style="danger",
        ),
    ),
)  # fmt: skip
