"""Answers: taken in, folded, sealed, counted. Nothing here knows who, from where, or when.

Rows of citizens have random keys, no running number and no time but the day; on SQLite the tables
have no hidden row number either (DESIGN rule 4, docs/adr).
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base

_NO_ROWID = {"sqlite_with_rowid": False}


class Intake(Base):
    """An answer that has been acknowledged and waits for the fold."""

    __tablename__ = "survey_intake"
    __table_args__ = (Index(None, "campaign_id", "unit_id"), _NO_ROWID)

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    day: Mapped[date]
    choices: Mapped[str] = mapped_column(Text)
    """Packed: per closed question of the version its option codes, “3|kb||1,2|5”."""
    texts: Mapped[str] = mapped_column(Text, default="")
    """JSON of free texts by question, empty if none."""


class FormKey(Base):
    """The hash of a form that has been sent, so that it counts once; dies with the campaign."""

    __tablename__ = "survey_form_keys"
    __table_args__ = (Index(None, "campaign_id", "unit_id", "folded"), _NO_ROWID)

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    folded: Mapped[bool] = mapped_column(default=False)


class Batch(Base):
    """A sealed group of answers of one unit."""

    __tablename__ = "survey_batches"
    __table_args__ = (
        CheckConstraint("size > 0", name="size"),
        Index(None, "campaign_id", "unit_id"),
        _NO_ROWID,
    )

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    size: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    """Merkle root over the batch's answers and text commitments, sorted by their random keys."""


class SealedAnswer(Base):
    """The closed questions of one answer, never changed again."""

    __tablename__ = "survey_answers"
    __table_args__ = (Index(None, "campaign_id", "unit_id"), _NO_ROWID)

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    batch_key: Mapped[bytes] = mapped_column(ForeignKey("survey_batches.key"), index=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    choices: Mapped[str] = mapped_column(Text)


class SealedText(Base):
    """A free text, apart from the answer it came with; the text can be erased by right.

    The digest of its batch covers the commitment, so totals still verify after an erasure.
    """

    __tablename__ = "survey_texts"
    __table_args__ = (Index(None, "campaign_id", "question", "key"), _NO_ROWID)

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    batch_key: Mapped[bytes] = mapped_column(ForeignKey("survey_batches.key"), index=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    question: Mapped[str]
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    commitment: Mapped[bytes] = mapped_column(LargeBinary)
    text: Mapped[str | None] = mapped_column(Text)


class Counter(Base):
    """How often an option was chosen in a unit; option "" counts who answered the question."""

    __tablename__ = "survey_counters"
    __table_args__ = (CheckConstraint("n >= 0", name="n"), _NO_ROWID)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    option: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]


class Participation(Base):
    """How many folded answers a unit has, by day."""

    __tablename__ = "survey_participation"
    __table_args__ = (CheckConstraint("n >= 0", name="n"), _NO_ROWID)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int]
