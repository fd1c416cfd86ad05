"""The rule books of what is given out by hand: printed or open → counted → balanced by another."""

from enum import StrEnum

from portal.core.text import N_
from portal.features.surveys import batches
from portal.features.surveys.models import PaperBatch, SlipBatch
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.workflow.engine import Transition, Workflow


class SlipState(StrEnum):
    """Where a batch of slips stands."""

    PRINTED = "printed"
    COUNTED = "counted"
    BALANCED = "balanced"


class PaperState(StrEnum):
    """Where a batch of paper stands."""

    OPEN = "open"
    COUNTED = "counted"
    BALANCED = "balanced"


def missing(batch: SlipBatch) -> int:
    """Give how many slips nobody accounts for, below zero when there are too many (once sealed)."""
    return batch.size - (batch.used or 0) - batch.unused - batch.spoiled


def use_is_known(batch: SlipBatch) -> str | None:
    """Refuse to balance before the seal says how many were used."""
    if batch.used is not None:
        return None
    return N_("Số tờ đã dùng chỉ có sau khi đợt đóng và số liệu được niêm phong.")


def none_too_many(batch: SlipBatch) -> str | None:
    """Refuse more slips than were printed."""
    if batch.used is None or missing(batch) >= 0:
        return None
    return N_("Đã dùng, còn lại và hỏng cộng lại nhiều hơn số tờ đã in. Mời đếm lại.")


def gaps_explained(batch: SlipBatch) -> str | None:
    """Refuse slips of which nobody says where they are."""
    if batch.used is None or missing(batch) <= 0 or batch.note:
        return None
    return N_("Có tờ chưa rõ ở đâu. Người kiểm đếm cần ghi lý do trước khi xác nhận.")


def _keep_who_confirmed(batch: SlipBatch | PaperBatch, actor: Actor, _reason: str) -> None:
    batch.confirmed_by = str(getattr(actor, "display_name", ""))


SLIPS: Workflow[SlipBatch] = Workflow(
    "slip_batch",
    label=N_("Lô phiếu dùng một lần"),
    states=SlipState,
    initial=SlipState.PRINTED,
    load=batches.slips,
    transitions=(
        Transition(
            "count", frozenset({SlipState.PRINTED, SlipState.COUNTED}), SlipState.COUNTED,
            Permission.SLIP_COUNT,
            label=N_("Ghi kiểm đếm"), done=N_("Đã ghi kiểm đếm"), by_form=True, style="main",
        ),
        Transition(
            "confirm", frozenset({SlipState.COUNTED}), SlipState.BALANCED, Permission.SLIP_CONFIRM,
            label=N_("Xác nhận khớp"), done=N_("Đã xác nhận, lô đã khép"),
            guards=(use_is_known, none_too_many, gaps_explained), effects=("keep_who_confirmed",),
            confirm=N_("Đồng chí đã tự đếm lại số tờ còn và số tờ hỏng. "
                       "Xác nhận rồi thì không sửa được nữa."),
            style="main",
        ),
        Transition(
            "send_back", frozenset({SlipState.COUNTED}), SlipState.PRINTED, Permission.SLIP_CONFIRM,
            label=N_("Trả lại để đếm lại"), done=N_("Đã trả lại để đếm lại"), needs_reason=True,
        ),
    ),
)  # fmt: skip
PAPERS: Workflow[PaperBatch] = Workflow(
    "paper_batch",
    label=N_("Lô phiếu giấy"),
    states=PaperState,
    initial=PaperState.OPEN,
    load=batches.papers,
    transitions=(
        Transition(
            "count", frozenset({PaperState.OPEN, PaperState.COUNTED}), PaperState.COUNTED,
            Permission.PAPER_ENTER,
            label=N_("Ghi kiểm đếm"), done=N_("Đã ghi kiểm đếm"), by_form=True, style="main",
        ),
        Transition(
            "confirm", frozenset({PaperState.COUNTED}), PaperState.BALANCED,
            Permission.PAPER_CONFIRM,
            label=N_("Xác nhận khớp"), done=N_("Đã xác nhận, lô đã khép"),
            effects=("keep_who_confirmed",),
            confirm=N_("Đồng chí đã tự đếm lại số phiếu thu về. "
                       "Xác nhận rồi thì không sửa được nữa."),
            style="main",
        ),
        Transition(
            "send_back", frozenset({PaperState.COUNTED}), PaperState.OPEN, Permission.PAPER_CONFIRM,
            label=N_("Trả lại để làm lại"), done=N_("Đã trả lại để làm lại"), needs_reason=True,
        ),
    ),
)  # fmt: skip
SLIPS.bind("keep_who_confirmed", _keep_who_confirmed)
PAPERS.bind("keep_who_confirmed", _keep_who_confirmed)
