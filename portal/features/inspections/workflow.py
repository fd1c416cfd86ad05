"""The rule book of an inspection: planned, done or cancelled. What was recorded stays."""

from portal.core.text import N_
from portal.features.inspections.models import Inspection, State
from portal.features.inspections.queries import get_visible
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow

INSPECTION: Workflow[Inspection] = Workflow(
    "inspection",
    label=N_("Cuộc kiểm tra"),
    states=State,
    initial=State.PLANNED,
    load=get_visible,
    transitions=(
        Transition(
            "finish", frozenset({State.PLANNED}), State.DONE, Permission.INSPECTION_RECORD,
            label=N_("Ghi kết quả"), done=N_("Đã ghi kết quả kiểm tra"),
            effects=("tell_inspected",), by_form=True, style="main",
        ),
        Transition(
            "cancel", frozenset({State.PLANNED}), State.CANCELLED, Permission.INSPECTION_MANAGE,
            label=N_("Hủy cuộc kiểm tra"), done=N_("Đã hủy cuộc kiểm tra"), needs_reason=True,
            style="quiet",
        ),
    ),
)  # fmt: skip
