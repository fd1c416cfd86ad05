"""Campaigns (đợt khảo sát), the units they ask in, and the codes that lead there."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, exists, select, text
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from portal.core import clock
from portal.core.database import Base
from portal.features.campaigns.phase import Phase, State
from portal.features.org_units.models import Organisation, Unit, UnitScope
from portal.features.questionnaires.models import QuestionnaireVersion


class Campaign(Base):
    """One survey: which form, when, where, who is asked and who helps."""

    __tablename__ = "campaigns"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'ready', 'reported', 'cancelled')", name="state"),
        CheckConstraint("closes_on >= opens_on", name="window"),
        CheckConstraint("minutes BETWEEN 1 AND 60", name="minutes"),
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
    state: Mapped[str] = mapped_column(default=State.DRAFT)
    sealed_on: Mapped[date | None]
    """The day when every answer was folded and the totals frozen, after the close."""
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
    """The plan that orders it; issuing the plan makes it ready."""
    amended_by_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    """The document by which its dates were last changed after it was ready."""
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    organisation: Mapped[Organisation] = relationship()
    questionnaire_version: Mapped[QuestionnaireVersion] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def phase(self) -> Phase:
        """Give where it stands now; open and closed follow the clock and are never stored."""
        return Phase.at(State(self.state), self.opens_on, self.closes_on, clock.today())

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
    __table_args__ = (Index(None, "unit_id"),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"), primary_key=True)

    unit: Mapped[Unit] = relationship()


class QrCode(Base):
    """The short address of one unit in one campaign. A withdrawn code explains itself."""

    __tablename__ = "qr_codes"
    __table_args__ = (
        CheckConstraint("(revoked_on IS NULL) = (revoke_reason = '')", name="revoked"),
        Index(
            "uq_qr_codes_live", "campaign_id", "unit_id", unique=True,
            sqlite_where=text("revoked_on IS NULL"), postgresql_where=text("revoked_on IS NULL"),
        ),
    )  # fmt: skip

    code: Mapped[str] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    revoked_on: Mapped[date | None]
    revoke_reason: Mapped[str] = mapped_column(default="")

    campaign: Mapped[Campaign] = relationship()
    unit: Mapped[Unit] = relationship()
