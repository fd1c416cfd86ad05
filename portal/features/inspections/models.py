"""Visits of those above to a unit that is asked (plans 001–003; DOMAIN D21, D22)."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, UtcDateTime
from portal.features.campaigns.models import Campaign
from portal.features.org_units.models import Organisation, Unit


class State(StrEnum):
    """Where an inspection stands."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class Verdict(StrEnum):
    """What was found at one point of the checklist."""

    MET = "met"
    MISSED = "missed"
    SKIPPED = "skipped"


class NoteKind(StrEnum):
    """Who adds a word to what was found."""

    REPLY = "reply"
    """The unit that was inspected."""
    ADDENDUM = "addendum"
    """The body that inspected: what was recorded is never changed."""


@dataclass(frozen=True)
class Point:
    """One point of the checklist with what was found; its words are kept as they were asked."""

    key: str
    text: str
    verdict: str = Verdict.SKIPPED
    remark: str = ""


class Inspection(Base):
    """One visit: which unit, on which day, by whom, and what was found."""

    __tablename__ = "inspections"
    __table_args__ = (
        CheckConstraint("state IN ('planned', 'done', 'cancelled')", name="state"),
        CheckConstraint("state <> 'done' OR done_on IS NOT NULL", name="done"),
        Index(
            "uq_inspections_standing",
            "campaign_id", "unit_id", "ordered_by_unit_id", "planned_on", unique=True,
            sqlite_where=text("state <> 'cancelled'"),
            postgresql_where=text("state <> 'cancelled'"),
        ),
        Index(None, "unit_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    """Where it is."""
    ordered_by_unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    """The unit of the body that inspects."""
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    """That body."""
    planned_on: Mapped[date]
    place: Mapped[str] = mapped_column(default="")
    inspectors: Mapped[str] = mapped_column(Text)
    """Names and titles, as they stand in the minutes."""
    state: Mapped[str] = mapped_column(default=State.PLANNED)
    done_on: Mapped[date | None]
    answers: Mapped[str] = mapped_column(Text, default="")
    """The points as JSON; "" before anything was written down."""
    findings: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    minutes_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    version: Mapped[int] = mapped_column(default=1)

    campaign: Mapped[Campaign] = relationship()
    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    organisation: Mapped[Organisation] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return f"{self.unit.full_name}, {self.planned_on:%d/%m/%Y}"

    @property
    def is_announced(self) -> bool:
        """Say whether the unit that was inspected may know what was found."""
        return self.state == State.DONE

    @property
    def points(self) -> tuple[Point, ...]:
        """Give what was written down, in the order of the checklist."""
        return tuple(Point(**one) for one in json.loads(self.answers or "[]"))

    @property
    def missed(self) -> tuple[Point, ...]:
        """Give the points that were found wanting."""
        return tuple(one for one in self.points if one.verdict == Verdict.MISSED)

    @property
    def met(self) -> tuple[Point, ...]:
        """Give those that were found in order."""
        return tuple(one for one in self.points if one.verdict == Verdict.MET)

    def is_overdue(self, today: date) -> bool:
        """Say whether its day has gone by and nothing was recorded."""
        return self.state == State.PLANNED and self.planned_on < today


class InspectionNote(Base):
    """A word after the visit, by the unit or by those who inspected; never changed."""

    __tablename__ = "inspection_notes"
    __table_args__ = (
        CheckConstraint("kind IN ('reply', 'addendum')", name="kind"),
        Index(None, "inspection_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    """Whose word it is."""
    kind: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


def to_json(points: Iterable[Point]) -> str:
    """Give points as they are stored."""
    return json.dumps([asdict(one) for one in points], ensure_ascii=False)
