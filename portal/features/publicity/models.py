"""One content made public by one channel at one place, from a day on."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, UtcDateTime
from portal.features.campaigns.models import Campaign
from portal.features.documents.models import Document
from portal.features.org_units.models import Unit


class Posting(Base):
    """What was made public. It is added to, taken down, or called a mistake; never deleted."""

    __tablename__ = "postings"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="span"),
        CheckConstraint("taken_down_on >= from_on", name="taken_down_on"),
        CheckConstraint("taken_down_on IS NULL OR taken_down_why <> ''", name="taken_down_why"),
        Index(None, "unit_id", "campaign_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    """For which campaign; None for what the law wants public anyway."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    """The document that it is, if the portal has it."""
    decided_on: Mapped[date | None]
    """The day of that document; the ten working days begin there."""
    object: Mapped[str]
    """A code of `contents`."""
    title: Mapped[str] = mapped_column(default="")
    channel: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    """The last day; None for “thường xuyên”."""
    times: Mapped[str] = mapped_column(default="")
    """Hours of each day's broadcast: “05:30, 17:00”."""
    told: Mapped[bool] = mapped_column(default=False)
    """Somebody's word that people were told, where a channel has no link."""
    note: Mapped[str] = mapped_column(default="")
    taken_down_on: Mapped[date | None]
    taken_down_by: Mapped[str] = mapped_column(default="")
    taken_down_why: Mapped[str] = mapped_column(default="")
    mistaken: Mapped[bool] = mapped_column(default=False)
    """It never was public: entered by mistake. It stays on the page of its unit alone."""
    added_by: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    campaign: Mapped[Campaign | None] = relationship()
    document: Mapped[Document | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def name(self) -> str:
        """Give it a name for the record."""
        return f"{self.title or self.object} ({self.channel})"
