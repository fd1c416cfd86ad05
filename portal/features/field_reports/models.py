"""Tables of daily reports; neither a report nor an explanation is ever altered or deleted."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, UtcDateTime
from portal.features.campaigns.models import Campaign
from portal.features.org_units.models import Unit


class DailyEntry(Base):
    """What a unit reports of one day; a correction is a further row with the next number."""

    __tablename__ = "daily_entries"
    __table_args__ = (
        UniqueConstraint("campaign_id", "unit_id", "day", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("visits >= 0 AND helped >= 0", name="counts"),
        CheckConstraint("(number = 1) = (reason = '')", name="corrected"),
        Index(None, "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    day: Mapped[date]
    number: Mapped[int]
    visits: Mapped[int | None]
    """People and bodies who came to the one-stop unit, where answers are measured against them."""
    helped: Mapped[int]
    staff: Mapped[str] = mapped_column(Text, default="")
    """Who was assigned, a line each: name, title, body."""
    remarks: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was corrected; "" for the first."""
    late: Mapped[bool]
    """Whether the hour of the rules had passed; they may change, this does not."""
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reported_by: Mapped[str]

    @property
    def is_correction(self) -> bool:
        """Say whether another row stood before it."""
        return self.number > 1


class ExplanationState(StrEnum):
    """What is said above of an explanation."""

    GIVEN = "given"
    ACCEPTED = "accepted"
    ASKED_AGAIN = "asked_again"


class Explanation(Base):
    """Why the answers of a unit are too many or too few; they count all the same (R01)."""

    __tablename__ = "daily_explanations"
    __table_args__ = (
        CheckConstraint("state IN ('given', 'accepted', 'asked_again')", name="state"),
        CheckConstraint("side IN ('low', 'high')", name="side"),
        Index(None, "campaign_id", "unit_id"),
        Index(None, "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    side: Mapped[str]
    """Of which side of the band: "low" or "high"."""
    percent: Mapped[int]
    """The rate that is explained, in whole per cent."""
    text: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    given_by: Mapped[str]
    state: Mapped[str] = mapped_column(default=ExplanationState.GIVEN)
    verdict: Mapped[str] = mapped_column(Text, default="")
    """What was said above when it was accepted or asked again."""
    judged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    judged_by: Mapped[str] = mapped_column(default="")

    campaign: Mapped[Campaign] = relationship()
    unit: Mapped[Unit] = relationship()

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return f"{self.campaign.name}, {self.unit.running_name}"
