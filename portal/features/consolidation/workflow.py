"""The rule book of an opinion: explained by the division, approved by the leader (004, III.5)."""

from portal.core.text import N_
from portal.features.consolidation import queries
from portal.features.consolidation.models import Opinion, State
from portal.features.consultations.models import State as Case
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow


def is_under_way(opinion: Opinion) -> str | None:
    """Refuse once the report was drafted from the answers, and before and after it all."""
    return None if opinion.consultation.state == Case.PUBLISHED else NOT_UNDER_WAY


def is_explained(opinion: Opinion) -> str | None:
    """Refuse without a decision, or without the words that its authors will read."""
    return None if opinion.decision and opinion.explanation else NOT_EXPLAINED


NOT_UNDER_WAY = N_("Đợt lấy ý kiến không ở bước tổng hợp, nên nội dung giải trình được giữ nguyên.")
NOT_EXPLAINED = N_("Chưa chọn tiếp thu hay không, hoặc chưa viết giải trình.")
_UNDER_WAY = (is_under_way,)
OPINION: Workflow[Opinion] = Workflow(
    "opinion",
    label=N_("Ý kiến đã gộp"),
    states=State,
    initial=State.NEW,
    load=queries.get_visible,
    transitions=(
        Transition(
            "submit", frozenset({State.NEW}), State.SUBMITTED, Permission.OPINION_EDIT,
            label=N_("Trình duyệt"), done=N_("Đã trình giải trình"),
            guards=(is_under_way, is_explained), effects=("keep_submission",), style="main",
            by_form=True,
        ),
        Transition(
            "approve", frozenset({State.SUBMITTED}), State.APPROVED, Permission.OPINION_APPROVE,
            label=N_("Duyệt"), done=N_("Đã duyệt giải trình"), guards=_UNDER_WAY,
            effects=("keep_opinion_approval",), style="main",
        ),
        Transition(
            "return", frozenset({State.SUBMITTED}), State.NEW, Permission.OPINION_APPROVE,
            label=N_("Trả lại"), done=N_("Đã trả lại người viết"), guards=_UNDER_WAY,
            effects=("keep_opinion_return",), needs_reason=True,
        ),
        Transition(
            "take_back", frozenset({State.SUBMITTED}), State.NEW, Permission.OPINION_EDIT,
            label=N_("Rút lại để sửa"), done=N_("Đã rút lại để sửa"), guards=_UNDER_WAY,
            style="quiet",
        ),
        Transition(
            "reopen", frozenset({State.APPROVED}), State.NEW, Permission.OPINION_EDIT,
            label=N_("Sửa giải trình đã duyệt"), done=N_("Mở lại giải trình đã duyệt"),
            guards=_UNDER_WAY, effects=("forget_approval",), needs_reason=True, style="quiet",
        ),
        Transition(
            "merge", frozenset({State.NEW}), State.MERGED, Permission.OPINION_EDIT,
            label=N_("Gộp"), done=N_("Đã gộp vào ý kiến giống nó"), guards=_UNDER_WAY,
            by_form=True,
        ),
        Transition(
            "separate", frozenset({State.MERGED}), State.NEW, Permission.OPINION_EDIT,
            label=N_("Tách ra"), done=N_("Đã tách ra khỏi ý kiến đã gộp"), guards=_UNDER_WAY,
            effects=("leave_joined",), style="quiet",
        ),
    ),
)  # fmt: skip
