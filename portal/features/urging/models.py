"""Reminders that units were sent, and how far each account has read them (DOMAIN D23, D24)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import clock
from portal.core.database import Base, UtcDateTime
from portal.features.campaigns.models import Campaign
from portal.features.org_units.models import Unit

INSPECTED = "inspected:"
"""How the duty of a notice begins that tells of an inspection and reminds of nothing."""


class Channel(StrEnum):
    """How a unit was reminded."""

    PORTAL = "portal"
    """A notice in its digest."""
    ZALO = "zalo"
    """Somebody copied the words and says that they were sent."""


class Reminder(Base):
    """One unit reminded of one duty; the log only grows."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("campaign_id", "unit_id", "duty", "day"),
        CheckConstraint("channel IN ('portal', 'zalo')", name="channel"),
        Index(None, "unit_id", "channel", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    """Who leads the duty; None where it is nobody's task."""
    duty: Mapped[str]
    """The duty of the plan (`body.Duty.id`), or what else is missing: "answers"."""
    what: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None]
    channel: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    """The words, as they were sent."""
    path: Mapped[str]
    """The page on which it is done."""
    day: Mapped[date]
    """By Vietnam's calendar: nobody is reminded of the same twice a day."""
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_by: Mapped[str]
    body: Mapped[str]
    """The body that reminds."""

    campaign: Mapped[Campaign] = relationship()
    unit: Mapped[Unit] = relationship()


class NoticeMark(Base):
    """How far an account has read its notices."""

    __tablename__ = "notice_marks"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id"), primary_key=True, autoincrement=False
    )
    read_to_id: Mapped[int]
    read_on: Mapped[date]
    """What comes later on that day waits for the next day's digest."""


@dataclass(frozen=True)
class Lack:
    """What one unit has not done yet."""

    unit: Unit
    duty: str
    kind: str
    """ "task", "returned", "answers" or "report": which words fit."""
    what: str
    due_on: date | None
    path: str
    organisation_id: int | None = None
    reason: str = ""
    """Why it was returned."""
    times: int = 1
    """On how many days, where every day is due."""

    @property
    def unreceived(self) -> bool:
        """Say whether it is a task that no body at the unit has received."""
        return self.kind in {"task", "returned"} and self.organisation_id is None

    @property
    def days_late(self) -> int:
        """Count the days since it was due; 0 on the day itself, less than that before."""
        return (clock.today() - self.due_on).days if self.due_on else 0
