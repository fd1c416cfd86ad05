"""The rule book of a task: to do, doing, submitted, accepted or returned; or it does not apply.

Whoever does it submits, whoever asked for it or sits above accepts or returns (issue of a plan,
DOMAIN 1.3). “Quá hạn” is no state: it follows from the day.
"""

from portal.core.text import N_
from portal.features.tasks.models import OPEN, State, Task
from portal.features.tasks.queries import get_visible
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow

TASK: Workflow[Task] = Workflow(
    "task",
    label=N_("Nhiệm vụ"),
    states=State,
    initial=State.TODO,
    load=get_visible,
    transitions=(
        Transition(
            "start", frozenset({State.TODO}), State.DOING, Permission.TASK_DO,
            label=N_("Bắt đầu làm"), done=N_("Bắt đầu làm"), effects=("keep_doer",),
        ),
        Transition(
            "submit", OPEN, State.SUBMITTED, Permission.TASK_DO,
            label=N_("Nộp kết quả"), done=N_("Đã nộp kết quả"), effects=("keep_note",),
            style="main",
        ),
        Transition(
            "reopen", frozenset({State.SUBMITTED}), State.DOING, Permission.TASK_DO,
            label=N_("Lấy lại để sửa"), done=N_("Lấy lại để sửa"), effects=("keep_note",),
            needs_reason=True,
        ),
        Transition(
            "claim", OPEN, State.CLAIMED, Permission.TASK_DO,
            label=N_("Đề nghị không áp dụng"), done=N_("Đề nghị không áp dụng"),
            effects=("keep_note",), needs_reason=True, style="quiet",
        ),
        Transition(
            "accept", frozenset({State.SUBMITTED}), State.ACCEPTED, Permission.TASK_JUDGE,
            label=N_("Nhận"), done=N_("Đã nhận"), effects=("keep_verdict",), style="main",
        ),
        Transition(
            "return", frozenset({State.SUBMITTED, State.ACCEPTED}), State.RETURNED,
            Permission.TASK_JUDGE, label=N_("Trả lại"), done=N_("Trả lại"),
            effects=("keep_verdict",), needs_reason=True,
        ),
        Transition(
            "exempt", frozenset({State.CLAIMED}), State.EXEMPT, Permission.TASK_JUDGE,
            label=N_("Đồng ý không áp dụng"), done=N_("Đồng ý không áp dụng"),
            effects=("keep_verdict",), style="main",
        ),
        Transition(
            "refuse", frozenset({State.CLAIMED, State.EXEMPT}), State.TODO, Permission.TASK_JUDGE,
            label=N_("Vẫn phải làm"), done=N_("Vẫn phải làm"), effects=("keep_verdict",),
            needs_reason=True,
        ),
        Transition(
            "drop", OPEN | {State.CLAIMED}, State.DROPPED, Permission.TASK_DO,
            label=N_("Thôi không làm"), done=N_("Đã thôi cùng văn bản"), by_form=True,
        ),
    ),
)  # fmt: skip
