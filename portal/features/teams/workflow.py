"""The rule book of a working team: put together, sent, accepted or returned; changed and sent anew.

What was sent stays: a team that changes afterwards (kiện toàn) is sent as the next number.
"""

from portal.core.text import N_
from portal.features.campaigns.phase import Phase
from portal.features.teams import queries
from portal.features.teams.models import OPEN, State, Team
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow

OVER = frozenset({Phase.CLOSED, Phase.REPORTED, Phase.CANCELLED})


def not_over(team: Team) -> str | None:
    """Refuse what comes after the campaign's last day: the team that did it stays as it was."""
    return IS_OVER if team.campaign.phase in OVER else None


def has_members(team: Team) -> str | None:
    """Refuse an empty team."""
    return None if team.members else N_("Tổ chưa có ai. Mời nhập thành viên trước.")


def has_head(team: Team) -> str | None:
    """Refuse a team that nobody leads."""
    return None if team.head else NO_HEAD


IS_OVER = N_("Đợt khảo sát đã kết thúc; tổ công tác được giữ nguyên.")
NO_HEAD = N_("Chưa có tổ trưởng. Mời chọn một người làm tổ trưởng rồi nộp.")

TEAM: Workflow[Team] = Workflow(
    "team",
    label=N_("Tổ công tác"),
    states=State,
    initial=State.DRAFT,
    load=queries.get_visible,
    transitions=(
        Transition(
            "submit", OPEN, State.SUBMITTED, Permission.TEAM_EDIT,
            label=N_("Nộp danh sách tổ"), done=N_("Đã nộp danh sách tổ"),
            guards=(not_over, has_members, has_head), effects=("keep_sent",), style="main",
        ),
        Transition(
            "accept", frozenset({State.SUBMITTED}), State.ACCEPTED, Permission.TEAM_JUDGE,
            label=N_("Nhận"), done=N_("Đã nhận danh sách tổ"), effects=("keep_judged",),
            style="main",
        ),
        Transition(
            "return", frozenset({State.SUBMITTED, State.ACCEPTED}), State.RETURNED,
            Permission.TEAM_JUDGE, label=N_("Trả lại"), done=N_("Đã trả lại"),
            guards=(not_over,), effects=("keep_judged",), needs_reason=True,
        ),
        Transition(
            "reform", frozenset({State.SUBMITTED, State.ACCEPTED}), State.DRAFT,
            Permission.TEAM_EDIT, label=N_("Kiện toàn tổ"), done=N_("Bắt đầu kiện toàn tổ"),
            guards=(not_over,), effects=("keep_why",), needs_reason=True,
        ),
    ),
)  # fmt: skip
