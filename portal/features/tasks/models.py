"""Tasks that an issued document hands to organisations."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, UtcDateTime
from portal.features.documents.models import Document
from portal.features.org_units.models import Organisation


class State(StrEnum):
    """Where a task stands."""

    TODO = "todo"
    DONE = "done"
    DROPPED = "dropped"
    """Its document was withdrawn or replaced."""


class Task(Base):
    """One duty of one organisation, by one date."""

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("document_id", "duty", "organisation_id", "due_on"),
        CheckConstraint("state IN ('todo', 'done', 'dropped')", name="state"),
        Index(None, "organisation_id", "state"),
        Index(None, "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    duty: Mapped[str]
    """The row of the document's task table (`body.Duty.id`)."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    """Who leads."""
    what: Mapped[str] = mapped_column(Text)
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
    organisation: Mapped[Organisation] = relationship()

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return self.what

    def is_overdue(self, today: date) -> bool:
        """Say whether its day has gone by undone."""
        return self.state == State.TODO and self.due_on is not None and self.due_on < today
