"""The rule book of a week's tally: counted, signed by one, confirmed by another, then locked."""

from portal.core.text import N_
from portal.features.tallies import counting, queries, weeks
from portal.features.tallies.models import State, Tally
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow


def is_over(tally: Tally) -> str | None:
    """Refuse to count a week that still runs."""
    return None if weeks.is_over(tally.week) else NOT_OVER


def all_delivered(tally: Tally) -> str | None:
    """Refuse to count while letters of the week still wait for their morning."""
    if counting.undelivered(tally.box_id, weeks.last_of(tally.week)):
        return NOT_DELIVERED
    return None


NOT_OVER = N_("Tuần chưa hết. Từ thứ Hai tuần sau mới tổng hợp được.")
NOT_DELIVERED = N_("Thư của tuần còn đang được chuyển tới bên đọc. Mời thử lại sau ít phút.")
_COMPLETE = (is_over, all_delivered)
TALLY: Workflow[Tally] = Workflow(
    "tally",
    label=N_("Tổng hợp tuần"),
    states=State,
    initial=State.DRAFT,
    load=queries.get_visible,
    transitions=(
        Transition(
            "sign", frozenset({State.DRAFT}), State.SIGNED, Permission.TALLY_SIGN,
            label=N_("Lập và ký"), done=N_("Đã lập và ký"), guards=_COMPLETE, by_form=True,
            style="main",
        ),
        Transition(
            "confirm", frozenset({State.SIGNED}), State.LOCKED, Permission.TALLY_CONFIRM,
            label=N_("Xác nhận, khóa số liệu"), done=N_("Đã xác nhận, số liệu đã khóa"),
            guards=_COMPLETE, by_form=True, style="main",
        ),
        Transition(
            "return", frozenset({State.SIGNED}), State.DRAFT, Permission.TALLY_CONFIRM,
            label=N_("Trả lại"), done=N_("Đã trả lại người lập"), effects=("keep_return",),
            needs_reason=True,
        ),
        Transition(
            "take_back", frozenset({State.SIGNED}), State.DRAFT, Permission.TALLY_TAKE_BACK,
            label=N_("Rút lại để sửa"), done=N_("Người lập rút lại"), style="quiet",
        ),
    ),
)  # fmt: skip
