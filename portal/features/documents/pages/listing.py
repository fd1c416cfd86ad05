"""What the list of documents shows."""

from dataclasses import dataclass

from portal.core.pagination import Page
from portal.core.text import N_
from portal.features.documents import queries
from portal.features.documents.formats import DocumentType, types
from portal.features.documents.models import Document, State
from portal.features.documents.queries import Box, Filter
from portal.policy.predicates import Actor

BOX_LABELS = {
    Box.WAITING: N_("Chờ đồng chí"),
    Box.UNDER_WAY: N_("Đang làm"),
    Box.ISSUED: N_("Đã ban hành"),
    Box.OTHERS: N_("Nơi khác ban hành"),
    Box.ALL: N_("Tất cả"),
}
STATE_LABELS = {
    State.DRAFT: N_("Đang soạn"),
    State.SUBMITTED: N_("Chờ duyệt"),
    State.RETURNED: N_("Trả lại"),
    State.APPROVED: N_("Đã duyệt"),
    State.SIGNED: N_("Đã ký"),
    State.NUMBERED: N_("Đã có số"),
    State.ISSUED: N_("Đã ban hành"),
    State.REPLACED: N_("Đã được thay thế"),
    State.WITHDRAWN: N_("Đã thu hồi"),
    State.CANCELLED: N_("Đã hủy"),
}
_NEXT = {
    State.DRAFT: N_("Soạn tiếp"),
    State.RETURNED: N_("Sửa lại"),
    State.SUBMITTED: N_("Xem để duyệt"),
    State.APPROVED: N_("Ghi nhận đã ký"),
    State.SIGNED: N_("Lấy số"),
    State.NUMBERED: N_("Ban hành"),
}


@dataclass(frozen=True)
class Row:
    """A document in the list."""

    document: Document
    next: str
    """The verb (msgid) if it waits for the reader; "" otherwise."""
    drafts: bool
    """Whether the next step is writing."""


@dataclass(frozen=True)
class Listing:
    """The list of documents."""

    page: Page[Document]
    rows: tuple[Row, ...]
    wanted: Filter
    waiting: int
    types: tuple[DocumentType, ...]

    @property
    def is_narrowed(self) -> bool:
        """Say whether more could be found with less asked for."""
        return bool(self.wanted.search or self.wanted.state or self.wanted.type_code)


def listing(actor: Actor, wanted: Filter, number: int = 1) -> Listing:
    """Give a page of the documents an actor may see.

    Args:
        actor: who looks.
        wanted: what the list is narrowed to.
        number: the page, from 1.
    """
    page = queries.listed(actor, wanted, number)
    waits = queries.waiting_states(actor)
    rows = tuple(
        Row(
            document=one,
            next=_NEXT[State(one.state)] if _is_mine(actor, one) and one.state in waits else "",
            drafts=one.is_open,
        )
        for one in page.rows
    )
    return Listing(page, rows, wanted, queries.count_waiting(actor), types())


def _is_mine(actor: Actor, document: Document) -> bool:
    return document.unit_id == actor.unit_id
