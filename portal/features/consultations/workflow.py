"""The rule book of a consultation: draft → published → reported → closed."""

from collections.abc import Callable

from portal.core import clock
from portal.core.text import N_
from portal.features.consultations import queries, standing, warnings
from portal.features.consultations.models import Consultation, State
from portal.features.consultations.queries import get_visible
from portal.features.documents import models as documents
from portal.features.regulations import queries as regulations
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow

Check = Callable[[Consultation], str | None]
_before_report: list[Check] = []


def before_report(check: Check) -> None:
    """Have a later feature asked before a report counts as made, once however often it is added.

    Args:
        check: gives None, or the sentence (msgid) why not yet.
    """
    if check not in _before_report:
        _before_report.append(check)


def plan_issued(consultation: Consultation) -> str | None:
    """Refuse to publish what its plan does not order yet."""
    plan = consultation.plan
    if plan is None or plan.state == documents.State.ISSUED:
        return None
    return N_("Kế hoạch của đợt chưa ban hành hoặc không còn hiệu lực.")


def draft_published(consultation: Consultation) -> str | None:
    """Refuse to ask about a text that can still change under people's hands."""
    if regulations.published(consultation.draft_id) is not None:
        return None
    return N_("Dự thảo chưa có bản nào được chốt để công bố.")


def days_left(consultation: Consultation) -> str | None:
    """Refuse to publish a consultation whose days are over."""
    last = standing.last_day(consultation)
    if last is not None and last >= clock.today():
        return None
    return N_("Các ngày lấy ý kiến đều đã qua. Mời sửa ngày trước.")


def warnings_kept(consultation: Consultation) -> str | None:
    """Refuse to publish while a warning has no reason: the reason is asked, not the change."""
    if not warnings.left(consultation):
        return None
    return N_("Còn lưu ý chưa ghi lý do giữ. Mời sửa, hoặc ghi lý do ngay dưới lưu ý.")


def not_begun(consultation: Consultation) -> str | None:
    """Refuse to take back what people may have answered already."""
    first = min((one.opens_on for one in consultation.tracks), default=None)
    if first is not None and clock.today() < first:
        return None
    return N_("Đã tới ngày lấy ý kiến nên không rút về bản nháp được.")


def all_over(consultation: Consultation) -> str | None:
    """Refuse to report while somebody can still say something."""
    last = standing.last_day(consultation)
    if last is None or clock.today() > last:
        return None
    return N_("Còn đang trong thời gian lấy ý kiến.")


def delivered(consultation: Consultation) -> str | None:
    """Refuse to report what was said on the last day and is delivered on the morning after."""
    if not queries.voices_waiting(consultation.id):
        return None
    return N_("Còn ý kiến gửi ngày cuối chưa chuyển tới; Cổng chuyển vào sáng hôm sau.")


def nothing_left(consultation: Consultation) -> str | None:
    """Ask the features that hold ballots and opinions whether anything is left."""
    return next((why for check in _before_report if (why := check(consultation))), None)


def decided(consultation: Consultation) -> str | None:
    """Refuse to close what the regulation has not come out of."""
    decision = consultation.decision
    if decision is not None and decision.state == documents.State.ISSUED:
        return None
    if decision is None and consultation.decision_name and consultation.decided_on:
        return None
    return N_("Chưa ghi Quyết định đã ban hành quy chế.")


def answers_public(consultation: Consultation) -> str | None:
    """Refuse to close while people cannot read what became of what they said (Art. 28)."""
    if consultation.answers_public_on is not None:
        return None
    return N_("Chưa công khai phần tiếp thu, giải trình.")


CONSULTATION: Workflow[Consultation] = Workflow(
    "consultation",
    label=N_("Đợt lấy ý kiến"),
    states=State,
    initial=State.DRAFT,
    load=get_visible,
    transitions=(
        Transition(
            "publish", frozenset({State.DRAFT}), State.PUBLISHED,
            Permission.CONSULTATION_PUBLISH,
            label=N_("Công bố"), done=N_("Đã công bố đợt lấy ý kiến"),
            guards=(plan_issued, draft_published, days_left, warnings_kept),
            effects=("follow_publishing",), style="main", by_form=True,
            confirm=N_("Công bố xong, dự thảo hiện trên trang công khai của đơn vị, có mã QR và "
                       "mục công khai. Từ đó các ngày chỉ kéo dài được, không rút ngắn."),
        ),
        Transition(
            "withdraw", frozenset({State.PUBLISHED}), State.DRAFT,
            Permission.CONSULTATION_PUBLISH,
            label=N_("Rút về sửa"), done=N_("Đã rút về sửa"), guards=(not_begun,),
            needs_reason=True, style="quiet",
        ),
        Transition(
            "report", frozenset({State.PUBLISHED}), State.REPORTED, Permission.OPINION_REPORT,
            label=N_("Lập báo cáo"), done=N_("Đã lập báo cáo tiếp thu, giải trình"),
            guards=(all_over, delivered, nothing_left), style="main", by_form=True,
        ),
        Transition(
            "resume", frozenset({State.REPORTED}), State.PUBLISHED,
            Permission.CONSULTATION_PUBLISH,
            label=N_("Làm lại báo cáo"), done=N_("Đã mở lại để bổ sung giải trình"),
            effects=("forget_report",), needs_reason=True, style="quiet",
        ),
        Transition(
            "close", frozenset({State.REPORTED}), State.CLOSED, Permission.CONSULTATION_PUBLISH,
            label=N_("Kết thúc đợt"), done=N_("Đã kết thúc đợt lấy ý kiến"),
            guards=(delivered, nothing_left, decided, answers_public),
            effects=("follow_closing",), style="main",
            confirm=N_("Quy chế đã ban hành, phần tiếp thu, giải trình đã công khai. Kết thúc rồi "
                       "thì không sửa giải trình được nữa; bà con vẫn đọc và tra mã được."),
        ),
        Transition(
            "cancel", frozenset({State.DRAFT, State.PUBLISHED}), State.CANCELLED,
            Permission.CONSULTATION_PUBLISH,
            label=N_("Hủy đợt"), done=N_("Đã hủy đợt lấy ý kiến"), needs_reason=True,
            style="quiet",
            confirm=N_("Trang công khai thôi nhận ý kiến và nói rõ đợt này đã hủy. Ý kiến đã gửi "
                       "vẫn được giữ."),
        ),
    ),
)  # fmt: skip
