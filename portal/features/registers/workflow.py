"""The rule book of a number: reserved → used → cancelled; it never goes away."""

from sqlalchemy import select

from portal.core.database import Base, session
from portal.core.text import N_
from portal.features.registers.models import EntryState, RegisterEntry
from portal.features.registers.queries import get_entry
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.workflow.engine import Transition, Workflow


def says_what(entry: RegisterEntry) -> str | None:
    """Refuse to use a number of which nobody knows what for."""
    return None if entry.summary else N_("Cần ghi trích yếu trước khi dùng số này.")


def stands_alone(entry: RegisterEntry) -> str | None:
    """Refuse to cancel the number of a document that still bears it.

    The documents lie in a feature above this one, so their table is known by its name only.
    """
    documents = Base.metadata.tables["documents"]
    state = select(documents.c.state).where(documents.c.id == entry.document_id)
    if entry.document_id is None or session().scalar(state) == "cancelled":
        return None
    return N_("Số này thuộc một văn bản soạn trên Cổng. Hủy văn bản ấy thì số hủy theo.")


def _keep_reason(entry: RegisterEntry, _actor: Actor, reason: str) -> None:
    entry.reason = reason


ENTRY: Workflow[RegisterEntry] = Workflow(
    "register_entry",
    label=N_("Số văn bản"),
    states=EntryState,
    initial=EntryState.RESERVED,
    load=get_entry,
    transitions=(
        Transition(
            "use", frozenset({EntryState.RESERVED}), EntryState.USED, Permission.REGISTER_MANAGE,
            label=N_("Dùng số này"), done=N_("Đã dùng số giữ chỗ"), guards=(says_what,),
            by_form=True,
            style="main",
        ),
        Transition(
            "cancel", frozenset({EntryState.RESERVED, EntryState.USED}), EntryState.CANCELLED,
            Permission.REGISTER_MANAGE,
            label=N_("Hủy số"), done=N_("Đã hủy số; số vẫn còn trong sổ"), guards=(stands_alone,),
            effects=("keep_reason",), needs_reason=True, style="danger",
            confirm=N_("Số đã hủy không cấp lại cho văn bản khác và vẫn hiện trong sổ."),
        ),
    ),
)  # fmt: skip
ENTRY.bind("keep_reason", _keep_reason)
