"""Weekly tallies (tổng hợp tuần) of a box: counted, signed by two, locked."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base
from portal.features.documents.models import Document
from portal.features.mailbox.models import Mailbox


class State(StrEnum):
    """Where a tally stands."""

    DRAFT = "draft"
    SIGNED = "signed"
    """By the first of two."""
    LOCKED = "locked"


class Tally(Base):
    """The numbers of one box in one week, Monday to Sunday."""

    __tablename__ = "mailbox_tallies"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'signed', 'locked')", name="state"),
        Index("uq_mailbox_tallies_box_id_week", "box_id", "week", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    box_id: Mapped[int] = mapped_column(ForeignKey("mailboxes.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    week: Mapped[date]
    """Its Monday."""
    state: Mapped[str] = mapped_column(default=State.DRAFT)
    figures: Mapped[str] = mapped_column(Text)
    """JSON of the numbers (`tallies.figures`), frozen when the second person signs."""
    remark: Mapped[str] = mapped_column(Text, default="")
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_by: Mapped[str]
    made_as: Mapped[str] = mapped_column(default="")
    """Position, as it stands under the minutes."""
    made_on: Mapped[date]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    confirmed_by: Mapped[str] = mapped_column(default="")
    confirmed_as: Mapped[str] = mapped_column(default="")
    confirmed_on: Mapped[date | None]
    returned_why: Mapped[str] = mapped_column(Text, default="")
    report_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    """The report to the steering board."""
    minutes_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    version: Mapped[int] = mapped_column(default=1)

    box: Mapped[Mailbox] = relationship()
    report: Mapped[Document | None] = relationship(foreign_keys=[report_id])
    minutes: Mapped[Document | None] = relationship(foreign_keys=[minutes_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def organisation_id(self) -> int:
        """Give who counts: whoever runs the box."""
        return self.box.organisation_id

    @property
    def is_announced(self) -> bool:
        """Say whether those above may read it: with its box."""
        return self.box.is_announced

    @property
    def counted_by_id(self) -> int | None:
        """Give who signed first: another has to confirm."""
        return self.made_by_id

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return f"Tuần {self.week:%d/%m/%Y}, {self.box.name}"
