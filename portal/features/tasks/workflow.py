"""The rule book of a task: to do → done, and back; dropped with its document."""

from portal.core.text import N_
from portal.features.tasks.models import State, Task
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
            "finish", frozenset({State.TODO}), State.DONE, Permission.TASK_DO,
            label=N_("Đã làm xong"), done=N_("Đã ghi nhận làm xong"), effects=("keep_note",),
            style="main",
        ),
        Transition(
            "reopen", frozenset({State.DONE}), State.TODO, Permission.TASK_DO,
            label=N_("Mở lại việc"), done=N_("Đã mở lại việc"), effects=("keep_note",),
            needs_reason=True,
        ),
        Transition(
            "drop", frozenset({State.TODO}), State.DROPPED, Permission.TASK_DO,
            label=N_("Thôi không làm"), done=N_("Đã thôi cùng văn bản"), by_form=True,
        ),
    ),
)  # fmt: skip
