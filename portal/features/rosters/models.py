"""Rosters of units, the dated copies that were sent, and the lists that bodies above made of them.

Duties D08, D09, D10, D15 and D16 of DOMAIN 1.3.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.clock import VN
from portal.core.database import Base, UtcDateTime
from portal.features.campaigns.models import Campaign
from portal.features.org_units.models import Organisation, Unit


class Kind(StrEnum):
    """Whom a roster names."""

    SUPPORT = "support"
    """Who helps people at a commune (D08)."""
    INSPECTORS = "inspectors"
    """Leaders and cadres who co-direct and inspect (D10)."""


class Half(StrEnum):
    """Which part of a day somebody is there."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    DAY = "day"


class State(StrEnum):
    """Where a roster stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Passage(StrEnum):
    """Where a consolidated list stands at the body that it was sent to."""

    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Roster(Base):
    """The roster of one unit in one campaign: what its people are working on."""

    __tablename__ = "rosters"
    __table_args__ = (
        UniqueConstraint("campaign_id", "unit_id", "kind"),
        CheckConstraint("kind IN ('support', 'inspectors')", name="kind"),
        CheckConstraint("state IN ('draft', 'submitted', 'accepted', 'returned')", name="state"),
        Index(None, "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    """The body that makes it; None where the offices of the unit do."""
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default=State.DRAFT)
    to_step: Mapped[int | None]
    """The stop of the campaign's way to which it was sent last; None while it was not."""
    to_unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_units.id"))
    to_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    sent_by_id: Mapped[int | None]
    """The account that sent it last: nobody receives what he has sent."""
    accepted_number: Mapped[int | None]
    """Which of its copies was accepted last."""
    note: Mapped[str] = mapped_column(Text, default="")
    """What was said when it was accepted or returned."""
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    campaign: Mapped[Campaign] = relationship()
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return f"{self.campaign.name}, {self.unit.running_name}"

    @property
    def is_announced(self) -> bool:
        """Say whether the units of its campaign may know of it."""
        return self.campaign.is_announced


class RosterRow(Base):
    """One person at one place in one half-day."""

    __tablename__ = "roster_rows"
    __table_args__ = (
        CheckConstraint("half IN ('morning', 'afternoon', 'day')", name="half"),
        Index(None, "roster_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(ForeignKey("rosters.id"))
    person: Mapped[str]
    folded: Mapped[str]
    sort_key: Mapped[str]
    """By given name: people are called by it."""
    body: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    """“0912 000 004”; never on a public page."""
    point_id: Mapped[int | None] = mapped_column(ForeignKey("points.id"))
    place: Mapped[str]
    """The name of the point, or what was written."""
    day: Mapped[date | None]
    """None for a leader who inspects through the whole campaign."""
    half: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class RosterSubmission(Base):
    """A dated copy of a roster as it was sent; number 0 is the first, the others are addenda."""

    __tablename__ = "roster_submissions"

    roster_id: Mapped[int] = mapped_column(ForeignKey("rosters.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[str] = mapped_column(Text)
    """Its rows as JSON (`entries.frozen`)."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was changed, of an addendum."""
    due_on: Mapped[date | None]
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_by: Mapped[str]
    told: Mapped[bool] = mapped_column(default=False)
    """That the supporters know: technical guidance only, people answer themselves (D15)."""

    @property
    def days_late(self) -> int:
        """Give how many days after the deadline it was sent."""
        return days_late(self.sent_at, self.due_on)


class RosterConsignment(Base):
    """A list that a body on the way made of what it accepted, frozen when it went upwards."""

    __tablename__ = "roster_consignments"
    __table_args__ = (
        UniqueConstraint("campaign_id", "step", "unit_id", "number"),
        CheckConstraint("state IN ('sent', 'accepted', 'returned')", name="state"),
        Index(None, "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    step: Mapped[int]
    """The stop of the campaign's way at which it was made."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(default=Passage.SENT)
    to_step: Mapped[int]
    to_unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    to_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    content: Mapped[str] = mapped_column(Text)
    """Units with their rows as JSON."""
    units: Mapped[int]
    people: Mapped[int]
    missing: Mapped[int]
    """How many units had not been accepted when it was sent."""
    due_on: Mapped[date | None]
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_by: Mapped[str]
    sent_by_id: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")

    campaign: Mapped[Campaign] = relationship()
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id])

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return f"{self.campaign.name}, {self.unit.running_name}"

    @property
    def is_announced(self) -> bool:
        """Say whether the units of its campaign may know of it."""
        return self.campaign.is_announced

    @property
    def days_late(self) -> int:
        """Give how many days after the deadline it was sent."""
        return days_late(self.sent_at, self.due_on)


def days_late(sent_at: datetime, due_on: date | None) -> int:
    """Give how many days after a deadline something was sent, by Vietnam's clock."""
    return max(0, (sent_at.astimezone(VN).date() - due_on).days) if due_on else 0
