"""The rule books of a letter and of hiding one. Nobody's line alters what was written.

A letter is classified, assigned, answered, approved by another account, then made public or ended;
what the law gives to another body is referred there. Two lines belong to its sender alone.
"""

from portal.core.text import N_
from portal.features.letters import queries
from portal.features.letters.kinds import LAWFUL_WAY, HidingState, State
from portal.features.letters.models import Hiding, Letter
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow

_NOT_ANSWERED = frozenset({State.RECEIVED, State.CLASSIFIED, State.ASSIGNED})
_ANSWERED = frozenset({State.APPROVED, State.PUBLISHED, State.CLOSED})
_THERE = frozenset(State) - {State.WITHDRAWN}
HIDEABLE = _THERE - {State.HIDDEN}


def not_sealed(letter: Letter) -> str | None:
    """Refuse for a sealed letter what would show it to more than the holders of its key."""
    return SEALED if letter.is_sealed else None


def for_everybody(letter: Letter) -> str | None:
    """Refuse to make public what the law keeps to those who decide on it."""
    return LAWFUL if letter.found_category in LAWFUL_WAY else None


def has_draft(letter: Letter) -> str | None:
    """Refuse where no answer waits."""
    return None if letter.draft else NO_DRAFT


def still_there(hiding: Hiding) -> str | None:
    """Refuse to hide what its sender took back, or what is hidden."""
    return None if hiding.letter.state in HIDEABLE else GONE


SEALED = N_("Thư niêm phong chỉ người giữ khóa đọc được, nên không làm việc này.")
LAWFUL = N_("Khiếu nại, tố cáo giải quyết theo luật, không công khai.")
NO_DRAFT = N_("Chưa có nội dung trả lời để duyệt.")
GONE = N_("Thư không còn để ẩn.")

LETTER: Workflow[Letter] = Workflow(
    "letter",
    label=N_("Thư góp ý"),
    states=State,
    initial=State.RECEIVED,
    load=queries.get_visible,
    transitions=(
        Transition(
            "classify", frozenset({State.RECEIVED, State.CLASSIFIED}), State.CLASSIFIED,
            Permission.LETTER_HANDLE, label=N_("Phân loại"), done=N_("Đã phân loại"),
            by_form=True, style="main",
        ),
        Transition(
            "assign", frozenset({State.CLASSIFIED, State.ASSIGNED}), State.ASSIGNED,
            Permission.LETTER_HANDLE, label=N_("Giao giải quyết"), done=N_("Đã giao giải quyết"),
            by_form=True,
        ),
        Transition(
            "answer", frozenset({State.ASSIGNED, State.REFERRED}), State.ANSWERED,
            Permission.LETTER_ANSWER, label=N_("Trình duyệt trả lời"),
            done=N_("Đã trình duyệt trả lời"), by_form=True, style="main",
        ),
        Transition(
            "approve", frozenset({State.ANSWERED}), State.APPROVED, Permission.LETTER_APPROVE,
            label=N_("Duyệt, trả lời người gửi"), done=N_("Đã trả lời người gửi"),
            guards=(has_draft,), effects=("keep_approval",), style="main",
        ),
        Transition(
            "return", frozenset({State.ANSWERED}), State.ASSIGNED, Permission.LETTER_APPROVE,
            label=N_("Trả lại để viết lại"), done=N_("Đã trả lại bản trả lời"),
            guards=(has_draft,), effects=("keep_letter_return",), needs_reason=True,
        ),
        Transition(
            "publish", frozenset({State.APPROVED, State.CLOSED}), State.PUBLISHED,
            Permission.LETTER_PUBLISH, label=N_("Công khai"), done=N_("Đã công khai"),
            guards=(not_sealed, for_everybody), by_form=True,
        ),
        Transition(
            "close", frozenset({State.APPROVED, State.PUBLISHED}), State.CLOSED,
            Permission.LETTER_HANDLE, label=N_("Kết thúc"), done=N_("Đã kết thúc"),
        ),
        Transition(
            "refer", frozenset({State.CLASSIFIED, State.ASSIGNED}), State.REFERRED,
            Permission.LETTER_HANDLE, label=N_("Chuyển cơ quan có thẩm quyền"),
            done=N_("Đã chuyển cơ quan có thẩm quyền"), by_form=True,
        ),
        Transition(
            "merge", _NOT_ANSWERED, State.MERGED, Permission.LETTER_HANDLE,
            label=N_("Gộp với thư cùng việc"), done=N_("Đã gộp với thư cùng việc"),
            guards=(not_sealed,), by_form=True,
        ),
        Transition(
            "separate", frozenset({State.MERGED}), State.CLASSIFIED, Permission.LETTER_HANDLE,
            label=N_("Tách ra"), done=N_("Đã tách ra"), effects=("leave_merged",), style="quiet",
        ),
        Transition(
            "transfer", _NOT_ANSWERED, State.RECEIVED, Permission.LETTER_HANDLE,
            label=N_("Chuyển bên đọc khác"), done=N_("Đã chuyển bên đọc khác"),
            guards=(not_sealed,), by_form=True,
        ),
        Transition(
            "reopen", _ANSWERED | {State.REFERRED}, State.CLASSIFIED, Permission.LETTER_HANDLE,
            label=N_("Mở lại"), done=N_("Đã mở lại"), needs_reason=True,
            effects=("give_time",), style="quiet",
        ),
        Transition(
            "ask_again", _ANSWERED | {State.REFERRED, State.MERGED}, State.CLASSIFIED,
            Permission.LETTER_SEND, label=N_("Hỏi lại"), done=N_("Người gửi hỏi lại"), by_form=True,
        ),
        Transition(
            "withdraw", _THERE, State.WITHDRAWN, Permission.LETTER_SEND,
            label=N_("Rút thư"), done=N_("Người gửi rút thư"), by_form=True,
        ),
        Transition(
            "hide", HIDEABLE, State.HIDDEN, Permission.HIDING_DECIDE,
            label=N_("Ẩn thư"), done=N_("Đã ẩn"), guards=(not_sealed,), by_form=True,
        ),
        *(
            Transition(
                f"restore_{state}", frozenset({State.HIDDEN}), state, Permission.HIDING_DECIDE,
                label=N_("Thôi ẩn"), done=N_("Đã thôi ẩn"), by_form=True,
            )
            for state in sorted(HIDEABLE)
        ),
    ),
)  # fmt: skip

HIDING: Workflow[Hiding] = Workflow(
    "hiding",
    label=N_("Đề nghị ẩn thư"),
    states=HidingState,
    initial=HidingState.ASKED,
    load=queries.get_hiding,
    transitions=(
        Transition(
            "hide", frozenset({HidingState.ASKED}), HidingState.HIDDEN, Permission.HIDING_DECIDE,
            label=N_("Đồng ý ẩn"), done=N_("Đã ẩn thư"), guards=(still_there,), style="danger",
            effects=("keep_decision", "hide_letter"), needs_reason=True,
        ),
        Transition(
            "refuse", frozenset({HidingState.ASKED}), HidingState.REFUSED,
            Permission.HIDING_DECIDE, label=N_("Không ẩn"), done=N_("Không đồng ý ẩn"),
            effects=("keep_decision",), needs_reason=True,
        ),
        Transition(
            "lift", frozenset({HidingState.HIDDEN}), HidingState.LIFTED,
            Permission.HIDING_DECIDE, label=N_("Thôi ẩn"), done=N_("Đã thôi ẩn"),
            effects=("keep_decision", "show_letter"), needs_reason=True,
        ),
    ),
)  # fmt: skip
