"""The rule books of a roster and of a consolidated list: sent, accepted, or returned with a reason.

A roster is sent by a form that asks whether the supporters were told (DOMAIN D15). What is sent
again after that is an addendum: the copy before it stays readable.
"""

from portal.core.text import N_
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Phase
from portal.features.rosters.models import Passage, Roster, RosterConsignment, State
from portal.features.rosters.queries import get_consignment, get_visible
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow

OVER = N_("Đợt khảo sát đã kết thúc; danh sách được giữ nguyên.")
_OVER = {Phase.CLOSED, Phase.REPORTED, Phase.CANCELLED}


def over(campaign: Campaign) -> str | None:
    """Say why the rosters of a campaign cannot be changed any more; None while they can."""
    return OVER if campaign.phase in _OVER else None


def still_on(roster: Roster) -> str | None:
    """Refuse changes after the campaign."""
    return over(roster.campaign)


ROSTER: Workflow[Roster] = Workflow(
    "roster",
    label=N_("Danh sách, lịch phân công"),
    states=State,
    initial=State.DRAFT,
    load=get_visible,
    transitions=(
        Transition(
            "submit", frozenset({State.DRAFT, State.RETURNED}), State.SUBMITTED,
            Permission.ROSTER_EDIT,
            label=N_("Gửi danh sách"), done=N_("Đã gửi danh sách"), guards=(still_on,),
            by_form=True, style="main",
        ),
        Transition(
            "amend", frozenset({State.SUBMITTED, State.ACCEPTED}), State.SUBMITTED,
            Permission.ROSTER_EDIT,
            label=N_("Gửi bản bổ sung"), done=N_("Đã gửi bản bổ sung"), guards=(still_on,),
            by_form=True, style="main",
        ),
        Transition(
            "accept", frozenset({State.SUBMITTED}), State.ACCEPTED, Permission.ROSTER_JUDGE,
            label=N_("Nhận danh sách"), done=N_("Đã nhận danh sách"),
            effects=("keep_roster_verdict",), style="main",
        ),
        Transition(
            "return", frozenset({State.SUBMITTED, State.ACCEPTED}), State.RETURNED,
            Permission.ROSTER_JUDGE,
            label=N_("Trả lại"), done=N_("Đã trả lại danh sách"), guards=(still_on,),
            effects=("keep_roster_verdict",), needs_reason=True,
        ),
    ),
)  # fmt: skip

CONSIGNMENT: Workflow[RosterConsignment] = Workflow(
    "roster_consignment",
    label=N_("Danh sách tổng hợp"),
    states=Passage,
    initial=Passage.SENT,
    load=get_consignment,
    transitions=(
        Transition(
            "accept", frozenset({Passage.SENT}), Passage.ACCEPTED, Permission.ROSTER_JUDGE,
            label=N_("Nhận danh sách tổng hợp"), done=N_("Đã nhận danh sách tổng hợp"),
            effects=("keep_consignment_verdict",), style="main",
        ),
        Transition(
            "return", frozenset({Passage.SENT, Passage.ACCEPTED}), Passage.RETURNED,
            Permission.ROSTER_JUDGE,
            label=N_("Trả lại"), done=N_("Đã trả lại danh sách tổng hợp"),
            effects=("keep_consignment_verdict",), needs_reason=True,
        ),
    ),
)  # fmt: skip
