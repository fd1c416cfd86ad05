"""Who is proposed for commendation in a campaign, and the list that goes up (DOMAIN D26, D27)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, UtcDateTime
from portal.features.campaigns.models import Campaign
from portal.features.documents.models import Document
from portal.features.org_units.models import Organisation, Unit


class State(StrEnum):
    """Where a nomination stands; `workflow.py` says how it moves."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ENDORSED = "endorsed"
    """The tier between has agreed, where there is one."""
    SHORTLISTED = "shortlisted"
    """On the list that is put before whoever decides."""
    AWARDED = "awarded"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What is proposed."""

    COLLECTIVE = "collective"
    PERSON = "person"


LIVE = frozenset(set(State) - {State.REJECTED, State.WITHDRAWN})
"""In these nobody proposes the same once more."""
CONSIDERED = frozenset({State.PROPOSED, State.ENDORSED})
"""In these somebody above has something to say."""


class Nomination(Base):
    """One collective or one person proposed by one unit. Once proposed its text never changes."""

    __tablename__ = "nominations"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'proposed', 'endorsed', 'shortlisted', 'awarded', 'rejected', "
            "'withdrawn')",
            name="state",
        ),
        CheckConstraint("kind IN ('collective', 'person')", name="kind"),
        CheckConstraint("(proposed_at IS NULL) = (proposed_by_id IS NULL)", name="proposed"),
        Index(None, "campaign_id", "state"),
        Index(None, "unit_id"),
        Index(None, "from_unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    """The unit of whom is proposed."""
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    """The body that is proposed, or a person's; None for the unit as a whole."""
    kind: Mapped[str]
    name: Mapped[str]
    """As it is printed on the list."""
    position: Mapped[str] = mapped_column(default="")
    """What a person does there."""
    achievement: Mapped[str] = mapped_column(Text)
    criteria: Mapped[str] = mapped_column(Text, default="")
    """What the portal knew when it was proposed (`criteria.Criterion` as JSON); "" before."""
    state: Mapped[str] = mapped_column(default=State.DRAFT)
    from_unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    """The unit that proposes."""
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    drafted_by: Mapped[str]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    proposed_by: Mapped[str] = mapped_column(default="")
    proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    endorsed_by: Mapped[str] = mapped_column(default="")
    """Who agreed for the tier between; "" where nobody had to."""
    unnamed: Mapped[bool] = mapped_column(default=False)
    """Whether it is left off the public list of those commended."""
    note: Mapped[str] = mapped_column(Text, default="")
    """Why it was rejected, withdrawn or taken off the list."""
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    campaign: Mapped[Campaign] = relationship()
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    from_unit: Mapped[Unit] = relationship(foreign_keys=[from_unit_id])
    organisation: Mapped[Organisation | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def is_announced(self) -> bool:
        """Say whether others than the unit that drafts it may know of it."""
        return self.proposed_at is not None

    @property
    def author_ids(self) -> frozenset[int | None]:
        """Give the accounts that drafted and proposed it."""
        return frozenset({self.drafted_by_id, self.proposed_by_id})

    @property
    def place(self) -> str:
        """Give where it belongs, for a line: “Tổ công tác …, phường Ngô Quyền”."""
        body = self.organisation.name if self.organisation and self.kind == Kind.PERSON else ""
        return body or self.unit.full_name


class NominationList(Base):
    """The list of a campaign: when it was closed, and the two papers made of it."""

    __tablename__ = "nomination_lists"
    __table_args__ = (Index(None, "decision_id"),)

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("campaigns.id"), primary_key=True, autoincrement=False
    )
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str] = mapped_column(default="")
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    """The tờ trình."""
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    """The decision; issuing it awards those on the list."""

    proposal: Mapped[Document | None] = relationship(foreign_keys=[proposal_id])
    decision: Mapped[Document | None] = relationship(foreign_keys=[decision_id])
