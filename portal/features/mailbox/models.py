"""Boxes (hòm thư góp ý điện tử), and the points at which they hang."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, WordSet
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.rounds import Spans
from portal.features.documents.deadlines import Span
from portal.features.documents.models import Document
from portal.features.mailbox.standing import State
from portal.features.org_units.models import Organisation, Point, Unit


class Mailbox(Base):
    """One box: who runs it, who reads, when it takes letters."""

    __tablename__ = "mailboxes"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'open', 'ended')", name="state"),
        CheckConstraint("answer_days BETWEEN 1 AND 60", name="answer_days"),
        Index(None, "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    """Who runs it: the ward's youth union (plan 000, III.3)."""
    reader_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    """Who reads the letters: the steering board or its standing agency (plan 000, II.4)."""
    name: Mapped[str]
    subject: Mapped[str] = mapped_column(Text)
    """What it asks about: “Trách nhiệm thực hiện nhiệm vụ của cán bộ, công chức phường”."""
    code: Mapped[str] = mapped_column(unique=True)
    """Of its own address, for links and Zalo: 8 signs (`campaigns.codes`)."""
    fields: Mapped[str] = mapped_column(Text)
    """Fields of work a letter can be about, one a line: “Hộ tịch, chứng thực”."""
    rounds: Mapped[tuple[Span, ...]] = mapped_column(Spans, default=())
    """In order and apart, over the years; the past ones stay."""
    takes_between: Mapped[bool] = mapped_column(default=True)
    """Whether letters are taken between rounds too (plan 000 says nothing, DOMAIN R12)."""
    runner_reads: Mapped[frozenset[str]] = mapped_column(WordSet, default=frozenset())
    """Categories of which whoever runs it reads the letters too, as the plan names them."""
    answer_days: Mapped[int] = mapped_column(default=15)
    """Within how many days a letter is to be answered; plan 000 does not say."""
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"))
    """The ratings that hang beside it, counted as a survey and tied to no letter."""
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
    state: Mapped[str] = mapped_column(default=State.DRAFT)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    reader: Mapped[Organisation] = relationship(foreign_keys=[reader_id])
    campaign: Mapped[Campaign | None] = relationship()
    plan: Mapped[Document | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def is_announced(self) -> bool:
        """Say whether units other than its own may know of it."""
        return self.state != State.DRAFT

    @property
    def field_names(self) -> tuple[str, ...]:
        """Give the fields of work in their order."""
        return tuple(self.fields.splitlines())


class MailboxPoint(Base):
    """A place where the box hangs: its own code, so that letters are counted by point."""

    __tablename__ = "mailbox_points"
    __table_args__ = (
        Index("uq_mailbox_points_box_id_point_id", "box_id", "point_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    box_id: Mapped[int] = mapped_column(ForeignKey("mailboxes.id"))
    point_id: Mapped[int] = mapped_column(ForeignKey("points.id"))
    code: Mapped[str] = mapped_column(unique=True)
    placed_on: Mapped[date | None]
    """The day when it was put up; a photo of it is evidence of “mailbox_point”."""
    tested_on: Mapped[date | None]
    removed_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")

    box: Mapped[Mailbox] = relationship()
    point: Mapped[Point] = relationship()
