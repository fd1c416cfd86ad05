"""The record of what officials changed: appended, chained, never altered."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base, UtcDateTime


class AuditEntry(Base):
    """One act of an official (or of the operator at the command line)."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index(None, "subject_kind", "subject_id"), Index(None, "unit_id"))

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None]
    actor_name: Mapped[str]
    action: Mapped[str]
    """`source:act`, past tense: campaign:approved."""
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    subject_name: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    changes: Mapped[str] = mapped_column(Text, default="{}")
    """JSON: field → [before, after]."""
    previous: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
