"""The rule book of a box: draft → open → ended. While a round runs nobody can close it."""

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.core.text import N_
from portal.features.documents import models as documents
from portal.features.documents.models import Document
from portal.features.mailbox import standing
from portal.features.mailbox.models import Mailbox
from portal.features.mailbox.queries import get_visible
from portal.features.mailbox.standing import State
from portal.features.users.models import User
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow


def rounds_left(box: Mailbox) -> str | None:
    """Refuse to open a box whose rounds are all over."""
    if box.rounds and box.rounds[-1].last >= clock.today():
        return None
    return N_("Các đợt đều đã qua. Mời sửa các đợt trước.")


def somebody_reads(box: Mailbox) -> str | None:
    """Refuse to open a box whose letters nobody could read."""
    reading = select(User.id).where(User.organisation_id == box.reader_id, User.active.is_(True))
    if session().scalar(reading.limit(1)) is not None:
        return None
    return N_("Bên đọc thư chưa có tài khoản nào, nên thư đến sẽ không ai đọc.")


def plan_issued(box: Mailbox) -> str | None:
    """Refuse to open what its plan does not order yet."""
    plan = session().get(Document, box.plan_id) if box.plan_id else None
    if plan is None or plan.state == documents.State.ISSUED:
        return None
    return N_("Kế hoạch của hòm thư chưa ban hành hoặc không còn hiệu lực.")


def no_round_running(box: Mailbox) -> str | None:
    """Refuse to close what people were told is open."""
    if standing.round_on(box.rounds, clock.today()) is None:
        return None
    return N_("Đang trong một đợt nhận thư. Hòm thư chỉ đóng được giữa hai đợt.")


def not_begun(box: Mailbox) -> str | None:
    """Refuse to take back what may hold letters already."""
    if box.rounds and clock.today() < box.rounds[0].first:
        return None
    return N_("Hòm thư đã nhận thư nên không rút về bản nháp được.")


MAILBOX: Workflow[Mailbox] = Workflow(
    "mailbox",
    label=N_("Hòm thư góp ý"),
    states=State,
    initial=State.DRAFT,
    load=get_visible,
    transitions=(
        Transition(
            "open", frozenset({State.DRAFT}), State.OPEN, Permission.MAILBOX_OPEN,
            label=N_("Mở hòm thư"), done=N_("Đã mở hòm thư"),
            guards=(plan_issued, rounds_left, somebody_reads), effects=("follow_opening",),
            confirm=N_("Mở xong, ai quét mã cũng gửi được thư trong các đợt. Từ đó đợt đang chạy "
                       "chỉ kéo dài được và không ai đóng hòm thư giữa chừng."),
            style="main",
        ),
        Transition(
            "withdraw", frozenset({State.OPEN}), State.DRAFT, Permission.MAILBOX_OPEN,
            label=N_("Rút về sửa"), done=N_("Đã rút về sửa"), guards=(not_begun,),
            needs_reason=True, style="quiet",
        ),
        Transition(
            "end", frozenset({State.OPEN}), State.ENDED, Permission.MAILBOX_OPEN,
            label=N_("Kết thúc hòm thư"), done=N_("Đã kết thúc hòm thư"),
            guards=(no_round_running,), needs_reason=True, style="quiet",
            confirm=N_("Từ hôm nay không gửi thư mới được nữa. Thư đã gửi vẫn được trả lời và "
                       "người gửi vẫn theo dõi được."),
        ),
        Transition(
            "reopen", frozenset({State.ENDED}), State.OPEN, Permission.MAILBOX_OPEN,
            label=N_("Mở lại"), done=N_("Đã mở lại hòm thư"),
            guards=(rounds_left, somebody_reads), style="two",
        ),
    ),
)  # fmt: skip
