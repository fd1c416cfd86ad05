"""The rule book of a document: draft → submitted → approved → signed → numbered → issued."""

from portal.core.text import N_
from portal.features.documents import queries
from portal.features.documents.models import Document, State
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow


def has_summary(document: Document) -> str | None:
    """Refuse to submit what nobody could find in a list."""
    return None if document.body.summary else N_("Chưa có trích yếu. Mời ghi trước khi trình.")


def has_text(document: Document) -> str | None:
    """Refuse to submit an empty paper."""
    body = document.body
    said = body.opening or body.closing or any(s.heading or s.text for s in body.sections)
    return None if said else N_("Văn bản chưa có nội dung. Mời soạn ít nhất một mục.")


def has_signer(document: Document) -> str | None:
    """Refuse to submit what nobody is to sign."""
    if document.body.signature.signer:
        return None
    return N_("Chưa có người ký. Mời ghi họ tên người ký trước khi trình.")


def is_signed(document: Document) -> str | None:
    """Refuse to pass on as signed what nothing shows to be."""
    if document.signed_reason or queries.has_signed_file(document.id):
        return None
    return N_("Cần đính kèm bản đã ký, hoặc ghi lý do không có bản đính kèm.")


def has_number(document: Document) -> str | None:
    """Refuse to call numbered what has no number."""
    return None if document.number is not None else N_("Văn bản chưa lấy số.")


def reference_stands(document: Document) -> str | None:
    """Refuse to replace, amend or correct what is no longer in force."""
    if document.refers_to is None or document.refers_to.state == State.ISSUED:
        return None
    return N_("Văn bản được thay thế, sửa đổi hoặc đính chính không còn hiệu lực.")


DOCUMENT: Workflow[Document] = Workflow(
    "document",
    label=N_("Văn bản"),
    states=State,
    initial=State.DRAFT,
    load=queries.get_visible,
    transitions=(
        Transition(
            "submit", frozenset({State.DRAFT, State.RETURNED}), State.SUBMITTED,
            Permission.DOCUMENT_EDIT,
            label=N_("Trình duyệt"), done=N_("Đã trình duyệt"),
            guards=(has_summary, has_text, has_signer),
            confirm=N_("Trình xong, văn bản chỉ sửa được khi rút về hoặc được trả lại."),
            style="main",
        ),
        Transition(
            "recall", frozenset({State.SUBMITTED}), State.DRAFT, Permission.DOCUMENT_EDIT,
            label=N_("Rút về sửa"), done=N_("Đã rút về sửa"),
        ),
        Transition(
            "approve", frozenset({State.SUBMITTED}), State.APPROVED, Permission.DOCUMENT_APPROVE,
            label=N_("Duyệt"), done=N_("Đã duyệt"),
            confirm=N_("Duyệt xong, văn bản được in để ký."), style="main",
        ),
        Transition(
            "return", frozenset({State.SUBMITTED, State.APPROVED, State.SIGNED}), State.RETURNED,
            Permission.DOCUMENT_APPROVE,
            label=N_("Trả lại để sửa"), done=N_("Đã trả lại để sửa"), effects=("unsign",),
            needs_reason=True,
        ),
        Transition(
            "sign", frozenset({State.APPROVED}), State.SIGNED, Permission.DOCUMENT_SIGN,
            label=N_("Ghi nhận đã ký"), done=N_("Đã ký"), guards=(is_signed,), by_form=True,
            style="main",
        ),
        Transition(
            "number", frozenset({State.SIGNED}), State.NUMBERED, Permission.DOCUMENT_ISSUE,
            label=N_("Lấy số"), done=N_("Đã lấy số"), guards=(has_number,), by_form=True,
            style="main",
        ),
        Transition(
            "issue", frozenset({State.NUMBERED}), State.ISSUED, Permission.DOCUMENT_ISSUE,
            label=N_("Ban hành"), done=N_("Đã ban hành"), guards=(reference_stands,),
            effects=("date_issue", "deliver", "retire", "ready_campaign", "hand_out_tasks",
                     "award_nominations"),
            confirm=N_("Ban hành xong, văn bản đến các nơi nhận và không sửa được nữa."),
            style="main",
        ),
        Transition(
            "send_on", frozenset({State.ISSUED}), State.ISSUED, Permission.DOCUMENT_ISSUE,
            label=N_("Gửi nơi mới tham gia"), done=N_("Đã gửi nơi mới tham gia"),
            effects=("deliver", "hand_out_tasks"), by_form=True,
        ),
        Transition(
            "withdraw", frozenset({State.ISSUED}), State.WITHDRAWN, Permission.DOCUMENT_APPROVE,
            label=N_("Thu hồi"), done=N_("Đã thu hồi"), effects=("drop_tasks", "halt_campaign",
                                                                "annul_awards"),
            needs_reason=True, style="danger",
        ),
        Transition(
            "replace", frozenset({State.ISSUED}), State.REPLACED, Permission.DOCUMENT_ISSUE,
            label=N_("Thay thế"), done=N_("Đã được thay thế"),
            effects=("drop_tasks", "halt_campaign"), by_form=True,
        ),
        Transition(
            "cancel", frozenset({State.DRAFT, State.RETURNED}), State.CANCELLED,
            Permission.DOCUMENT_EDIT,
            label=N_("Hủy bản thảo"), done=N_("Đã hủy bản thảo"), needs_reason=True,
            style="danger",
        ),
        Transition(
            "void", frozenset({State.NUMBERED}), State.CANCELLED, Permission.DOCUMENT_ISSUE,
            label=N_("Hủy văn bản đã lấy số"), done=N_("Đã hủy, số vẫn giữ trong sổ"),
            effects=("cancel_number",), needs_reason=True, style="danger",
        ),
    ),
)  # fmt: skip
