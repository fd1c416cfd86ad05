"""Opinions: comments that say the same about one provision, answered once."""

from datetime import date
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base
from portal.features.consultations.models import Consultation


class State(StrEnum):
    """Where an opinion stands."""

    NEW = "new"
    SUBMITTED = "submitted"
    """Its explanation waits for the leader."""
    APPROVED = "approved"
    MERGED = "merged"


class Decision(StrEnum):
    """What becomes of an opinion."""

    ACCEPT = "accept"
    PART = "part"
    DECLINE = "decline"


class Opinion(Base):
    """What was said, by however many, and what becomes of it. Its number is random."""

    __tablename__ = "opinions"
    __table_args__ = (
        CheckConstraint("state IN ('new', 'submitted', 'approved', 'merged')", name="state"),
        CheckConstraint("decision IN ('', 'accept', 'part', 'decline')", name="decision"),
        Index(None, "consultation_id", "key", "id"),
        # Counting, by provision, reads these alone and not the words.
        Index("ix_opinions_counted", "consultation_id", "key", "state", "decision", "agencies",
              "households", "voices"),
        # SQLite searches out of it alone; PostgreSQL's cannot hold long texts.
        Index("ix_opinions_searched", "consultation_id", "key", "state", "agencies", "households",
              "voices", "folded", info={"only": "sqlite"}).ddl_if(dialect="sqlite"),
        {"sqlite_with_rowid": False},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """Random, 62 bits."""
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    key: Mapped[str] = mapped_column(default="")
    """Of the provision where it is answered: that of its comments, or where they moved."""
    text: Mapped[str] = mapped_column(Text)
    """The comment's own words, or a summary of several."""
    folded: Mapped[str] = mapped_column(Text)
    summarised: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether a person wrote the words for several; else they are those of one of its comments."""
    category: Mapped[str] = mapped_column(default="")
    agencies: Mapped[int] = mapped_column(default=0)
    households: Mapped[int] = mapped_column(default=0)
    voices: Mapped[int] = mapped_column(default=0)
    """How many of each say so, kept with its comments."""
    state: Mapped[str] = mapped_column(default=State.NEW)
    decision: Mapped[str] = mapped_column(default="")
    explanation: Mapped[str] = mapped_column(Text, default="")
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    drafted_by: Mapped[str] = mapped_column(default="")
    drafted_on: Mapped[date | None]
    approved_by: Mapped[str] = mapped_column(default="")
    approved_on: Mapped[date | None]
    returned_why: Mapped[str] = mapped_column(Text, default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("opinions.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    consultation: Mapped[Consultation] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def organisation_id(self) -> int:
        """Give who brings the comments together."""
        return self.consultation.organisation_id

    @property
    def leader_ids(self) -> frozenset[int]:
        """Give the bodies whose leaders approve what is answered."""
        return self.consultation.leader_ids

    @property
    def is_announced(self) -> bool:
        """Say whether those above may read it: with its consultation."""
        return self.consultation.is_announced

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return f"Một ý kiến, {self.consultation.name}"


class KeptApart(Base):
    """That somebody looked at two opinions and found that they are not the same."""

    __tablename__ = "opinions_apart"
    __table_args__ = ({"sqlite_with_rowid": False},)

    one_id: Mapped[int] = mapped_column(ForeignKey("opinions.id"), primary_key=True)
    """The smaller number of the two."""
    other_id: Mapped[int] = mapped_column(ForeignKey("opinions.id"), primary_key=True)
