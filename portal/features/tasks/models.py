"""Tasks that an issued document hands to organisations."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, UtcDateTime
from portal.core.text import N_
from portal.features.documents.models import Document
from portal.features.org_units.models import Organisation, Unit


class State(StrEnum):
    """Where a task stands."""

    TODO = "todo"
    DOING = "doing"
    SUBMITTED = "submitted"
    """The doer says that it is done."""
    ACCEPTED = "accepted"
    RETURNED = "returned"
    CLAIMED = "claimed"
    """The doer says that it does not apply; whoever is above has not agreed yet."""
    EXEMPT = "exempt"
    """It does not apply here, agreed above."""
    DROPPED = "dropped"
    """Its document was withdrawn or replaced."""


OPEN = frozenset({State.TODO, State.DOING, State.RETURNED})
"""In these the doer has something left to do; past its day it is late."""
AWAITED = frozenset({State.TODO, State.DOING})
"""Nothing lies above; past its day it counts as overdue. What was returned counts as returned."""
DELIVERED = frozenset({State.SUBMITTED, State.ACCEPTED})
SETTLED = frozenset({State.SUBMITTED, State.ACCEPTED, State.EXEMPT})
"""What counts as done on every board."""
WAITING = frozenset({State.SUBMITTED, State.CLAIMED})
"""In these whoever is above has something to say."""
UNFINISHED = OPEN | WAITING
"""In these somebody has something left to do or to say."""
OVERDUE = "overdue"
"""No state: it follows from the day, and stands where a task is still to be done."""

STATE_LABELS: dict[str, str] = {
    State.TODO: N_("Chưa làm"),
    State.DOING: N_("Đang làm"),
    State.SUBMITTED: N_("Đã nộp"),
    State.ACCEPTED: N_("Được nhận"),
    State.RETURNED: N_("Trả lại"),
    OVERDUE: N_("Quá hạn"),
    State.CLAIMED: N_("Đề nghị không áp dụng"),
    State.EXEMPT: N_("Không áp dụng"),
    State.DROPPED: N_("Đã thôi"),
}

CELL_LABELS: dict[str, str] = STATE_LABELS | {State.CLAIMED: N_("Xin không làm")}
"""The same, short enough for the cell of a table."""

TAGS: dict[str, str] = {
    State.TODO: "chua_lam",
    State.DOING: "dang_lam",
    State.SUBMITTED: "da_nop",
    State.ACCEPTED: "duoc_nhan",
    State.RETURNED: "tra_lai",
    OVERDUE: "qua_han",
    State.CLAIMED: "mot_phan",
    State.EXEMPT: "khong_ap_dung",
    State.DROPPED: "khong_ap_dung",
}
"""Keys of `components/tags.html`."""

NOTE_LABELS: dict[str, str] = {
    State.TODO: N_("Lý do vẫn phải làm"),
    State.DOING: N_("Lý do lấy lại"),
    State.SUBMITTED: N_("Kết quả"),
    State.ACCEPTED: N_("Kết quả"),
    State.RETURNED: N_("Lý do trả lại"),
    State.CLAIMED: N_("Lý do đề nghị"),
    State.EXEMPT: N_("Lý do không áp dụng"),
    State.DROPPED: N_("Lý do thôi"),
}
"""What the note of a task in each state is."""


NOBODY = N_("Chưa có cơ quan nhận")
"""In place of a name, where a unit has nobody who acts for whom a document names."""
_WAITS = "organisation_id IS NULL"
_WAITS_UNDATED = f"{_WAITS} AND due_on IS NULL"


class Task(Base):
    """One duty of one organisation, or of a unit that has none for it, by one date."""

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("document_id", "duty", "organisation_id", "due_on"),
        CheckConstraint(
            "state IN ('todo', 'doing', 'submitted', 'accepted', 'returned', 'claimed', "
            "'exempt', 'dropped')",
            name="state",
        ),
        Index(
            "uq_tasks_waiting",
            "document_id",
            "duty",
            "unit_id",
            "due_on",
            unique=True,
            sqlite_where=text(_WAITS),
            postgresql_where=text(_WAITS),
        ),
        # A day that is missing equals no other, so that these need an index of their own.
        Index(
            "uq_tasks_waiting_undated",
            "document_id",
            "duty",
            "unit_id",
            unique=True,
            sqlite_where=text(_WAITS_UNDATED),
            postgresql_where=text(_WAITS_UNDATED),
        ),
        Index(None, "organisation_id", "state"),
        Index(None, "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    duty: Mapped[str]
    """The row of the document's task table (`body.Duty.id`)."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    """Who leads; None where nobody at the unit acts for it yet: its offices see the task."""
    what: Mapped[str] = mapped_column(Text)
    job: Mapped[str] = mapped_column(default="")
    """The page on which it is done (`documents.body.Job`); "" for what is done elsewhere."""
    joins: Mapped[str] = mapped_column(Text, default="")
    due_text: Mapped[str] = mapped_column(default="")
    """As the document says it: “chậm nhất ngày 04/5/2024”."""
    due_on: Mapped[date | None]
    """The last day; none for what has no end (“thường xuyên”)."""
    evidence: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(default=State.TODO)
    note: Mapped[str] = mapped_column(Text, default="")
    """What the doer says was done."""
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str] = mapped_column(default="")

    document: Mapped[Document] = relationship()
    unit: Mapped[Unit] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    @property
    def ordered_by_unit_id(self) -> int:
        """Give the unit whose document asks for it."""
        return self.document.unit_id

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return self.what

    @property
    def doer(self) -> str:
        """Give the name of who leads, or words (msgid) that say that nobody has received it."""
        return self.organisation.name if self.organisation else NOBODY

    @property
    def is_open(self) -> bool:
        """Say whether its doer has something left to do."""
        return self.state in OPEN

    def is_overdue(self, today: date) -> bool:
        """Say whether its day has gone by undone."""
        return self.state in OPEN and self.due_on is not None and self.due_on < today

    @property
    def state_label(self) -> str:
        """Give the word (msgid) for its state."""
        return STATE_LABELS[self.state]

    @property
    def tag(self) -> str:
        """Give the tag that its state is drawn as."""
        return TAGS[self.state]

    @property
    def note_label(self) -> str:
        """Give the word (msgid) for what its note is."""
        return NOTE_LABELS[self.state]
