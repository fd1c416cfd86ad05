"""Campaigns (đợt khảo sát), the units they ask in, and the codes that lead there."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, exists, select, text
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from portal.core import clock
from portal.core.database import Base
from portal.features.campaigns import rounds
from portal.features.campaigns.phase import Phase, State
from portal.features.campaigns.rounds import Spans
from portal.features.documents.deadlines import Span
from portal.features.org_units.models import Organisation, Point, Unit, UnitScope
from portal.features.questionnaires.models import QuestionnaireVersion


class Campaign(Base):
    """One survey: which form, when, where, who is asked and who helps."""

    __tablename__ = "campaigns"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'ready', 'reported', 'cancelled')", name="state"),
        CheckConstraint("closes_on >= opens_on", name="window"),
        CheckConstraint("minutes BETWEEN 1 AND 60", name="minutes"),
        CheckConstraint(
            "denominator IN ('none', 'visits', 'headcount', 'households')", name="denominator"
        ),
        Index(None, "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    """Who asks: bên hỏi."""
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_versions.id"))
    name: Mapped[str]
    """Short, as officials call it: “PKS 03 năm 2024”."""
    headline: Mapped[str]
    """The question to the citizen, on page and poster: “Ông/bà thấy dân chủ ở xã ta ra sao?”."""
    about: Mapped[str] = mapped_column(Text)
    """One sentence: what the opinion is asked about."""
    audience: Mapped[str] = mapped_column(Text)
    supporter: Mapped[str]
    fallback_supporter: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    """The last day, inclusive (“đến hết ngày”)."""
    rounds: Mapped[tuple[Span, ...]] = mapped_column(Spans, default=())
    """The windows within these days, in order and apart; () where there is just the one."""
    one_round: Mapped[bool] = mapped_column(default=False)
    """Every unit asks in one of the rounds only, its own choice (“ngày 06/6 hoặc ngày 07/6”)."""
    denominator: Mapped[str] = mapped_column(default="none")
    """What the answers are measured against; see `phase.Denominator`."""
    zalo_group: Mapped[str] = mapped_column(default="")
    """The officials' own group, for them alone."""
    state: Mapped[str] = mapped_column(default=State.DRAFT)
    sealed_on: Mapped[date | None]
    """The day when every answer was folded and the totals frozen, after the close."""
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
    """The plan that orders it; issuing the plan makes it ready."""
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    organisation: Mapped[Organisation] = relationship()
    questionnaire_version: Mapped[QuestionnaireVersion] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def all_rounds(self) -> tuple[Span, ...]:
        """Give the windows in order, one at least."""
        return self.rounds or (Span(self.opens_on, self.closes_on),)

    @property
    def phase(self) -> Phase:
        """Give where it stands now; open and closed follow the clock and are never stored."""
        return Phase.at(State(self.state), self.all_rounds, clock.today())

    @property
    def is_announced(self) -> bool:
        """Say whether units other than its owner may know of it."""
        return self.state in {State.READY, State.REPORTED}

    @property
    def is_sealed(self) -> bool:
        """Say whether it is over and its totals are frozen."""
        return self.sealed_on is not None

    def concerns(self, unit_id: int) -> bool:
        """Say whether it asks in this unit or in one below it."""
        asked = exists(
            select(CampaignUnit.unit_id)
            .join(UnitScope, UnitScope.unit_id == CampaignUnit.unit_id)
            .where(CampaignUnit.campaign_id == self.id, UnitScope.above_id == unit_id)
        )
        current = object_session(self)
        return bool(current and current.scalar(select(asked)))


class CampaignUnit(Base):
    """A unit in which a campaign asks."""

    __tablename__ = "campaign_units"
    __table_args__ = (CheckConstraint("headcount > 0", name="headcount"), Index(None, "unit_id"))

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"), primary_key=True)
    round_number: Mapped[int | None]
    """Which round the unit has chosen, from 1, where it asks in one only."""
    supporter: Mapped[str] = mapped_column(default="")
    """Who helps here, if not whom the campaign names."""
    headcount: Mapped[int | None]
    """How many people are to be asked here, where answers are measured against them (plan 003)."""

    unit: Mapped[Unit] = relationship()

    def rounds_of(self, campaign: Campaign) -> tuple[Span, ...]:
        """Give the windows in which this unit asks: the one it has chosen, or all of them."""
        return rounds.held(campaign.all_rounds, self.round_number if campaign.one_round else None)


class WindowChange(Base):
    """One change of the days of an announced campaign: by which document, and why."""

    __tablename__ = "campaign_changes"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    kind: Mapped[str]
    """What was done: `amending.Kind`."""
    reason: Mapped[str] = mapped_column(Text)
    """Why, as citizens read it who find it paused or closed."""
    before: Mapped[tuple[Span, ...]] = mapped_column(Spans)
    after: Mapped[tuple[Span, ...]] = mapped_column(Spans)


class CampaignStep(Base):
    """One stop of the way that lists and reports of a campaign take upwards."""

    __tablename__ = "campaign_steps"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    level: Mapped[str]
    kind: Mapped[str]
    """The kind of body that consolidates there: `org_units.kinds.OrganisationKind`."""


class Fieldwork(Base):
    """What a campaign asks of each unit besides asking people: `fieldwork.Rules` as JSON."""

    __tablename__ = "campaign_fieldwork"

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("campaigns.id"), primary_key=True, autoincrement=False
    )
    content: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class QrCode(Base):
    """The short address of one unit, or of one of its points, in one campaign.

    A withdrawn code explains itself.
    """

    __tablename__ = "qr_codes"
    __table_args__ = (
        CheckConstraint("(revoked_on IS NULL) = (revoke_reason = '')", name="revoked"),
        Index(
            "uq_qr_codes_live", "campaign_id", "unit_id", unique=True,
            sqlite_where=text("revoked_on IS NULL AND point_id IS NULL"),
            postgresql_where=text("revoked_on IS NULL AND point_id IS NULL"),
        ),
        Index(
            "uq_qr_codes_live_point", "campaign_id", "point_id", unique=True,
            sqlite_where=text("revoked_on IS NULL AND point_id IS NOT NULL"),
            postgresql_where=text("revoked_on IS NULL AND point_id IS NOT NULL"),
        ),
    )  # fmt: skip

    code: Mapped[str] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("points.id"))
    issued_on: Mapped[date | None]
    """The day it was made; None for those made before this was kept."""
    tested_on: Mapped[date | None]
    """The day when somebody scanned the printed code with a phone and ticked it."""
    tested_by: Mapped[str] = mapped_column(default="")
    used_on: Mapped[date | None]
    """The day when the first answers that came by it were folded; never the day of one answer."""
    revoked_on: Mapped[date | None]
    revoke_reason: Mapped[str] = mapped_column(default="")
    handed_on: Mapped[bool] = mapped_column(default=False)
    """Withdrawn for no fault of its own: its unit has ended, and it leads to whoever took over."""

    campaign: Mapped[Campaign] = relationship()
    unit: Mapped[Unit] = relationship()
    point: Mapped[Point | None] = relationship()

    @property
    def place_name(self) -> str:
        """Give where it is shown, within a sentence: “Tổ dân phố số 3, phường Ngô Quyền”."""
        unit = self.unit.running_name
        return f"{self.point.name}, {unit}" if self.point else unit


class ShareNote(Base):
    """That a code was passed on: to whom, when, by whom (plan 002, D34)."""

    __tablename__ = "share_notes"
    __table_args__ = (Index(None, "campaign_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("points.id"))
    """The community team; None for the unit's own groups."""
    sent_on: Mapped[date]
    sent_by: Mapped[str]
    note: Mapped[str] = mapped_column(default="")

    point: Mapped[Point | None] = relationship()
