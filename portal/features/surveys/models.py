"""Answers: taken in, folded, sealed, counted. Nothing here knows who, from where, or when.

Rows of citizens have random keys, no running number and no time but the day; on SQLite the tables
have no hidden row number either (DESIGN rule 4, docs/adr).
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base
from portal.features.campaigns.models import Campaign
from portal.features.org_units.models import Point, Unit

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
    channel: Mapped[str] = mapped_column(default="qr", server_default="qr")
    """How it came: see `channels.Channel`; counted apart, never stored beside the answer."""
    point_id: Mapped[int | None] = mapped_column(ForeignKey("points.id"))


class FormKey(Base):
    """The hash of a form that has been sent, so that it counts once; dies with the campaign."""

    __tablename__ = "survey_form_keys"
    __table_args__ = (Index(None, "campaign_id", "unit_id", "folded"), _NO_ROWID)

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    folded: Mapped[bool] = mapped_column(default=False)
    paper_batch_id: Mapped[int | None] = mapped_column(ForeignKey("paper_batches.id"))
    """Which batch of paper the form was typed from, so that nothing else has to count them."""


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


class ChannelCount(Base):
    """How many folded answers of a unit came by each channel."""

    __tablename__ = "survey_channels"
    __table_args__ = (CheckConstraint("n >= 0", name="n"), _NO_ROWID)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]


class ChannelCounter(Base):
    """How often an option was chosen by those who came by one channel, over the whole campaign."""

    __tablename__ = "survey_channel_counters"
    __table_args__ = (CheckConstraint("n >= 0", name="n"), _NO_ROWID)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    option: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]


class PointCount(Base):
    """How many folded answers came by the code of a point."""

    __tablename__ = "survey_points"
    __table_args__ = (CheckConstraint("n >= 0", name="n"), _NO_ROWID)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("points.id"), primary_key=True)
    n: Mapped[int]


class SlipBatch(Base):
    """Slips printed for a unit: each good for one answer, balanced by two people at the end."""

    __tablename__ = "slip_batches"
    __table_args__ = (
        CheckConstraint("state IN ('printed', 'counted', 'balanced')", name="state"),
        CheckConstraint("size BETWEEN 1 AND 5000", name="size"),
        CheckConstraint("unused >= 0 AND spoiled >= 0", name="counts"),
        Index(None, "campaign_id", "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    size: Mapped[int]
    used: Mapped[int | None]
    """Written down when the campaign is sealed and the slips are forgotten."""
    unused: Mapped[int] = mapped_column(default=0)
    spoiled: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default="printed")
    printed_on: Mapped[date]
    printed_by: Mapped[str]
    counted_by_id: Mapped[int | None]
    counted_by: Mapped[str] = mapped_column(default="")
    confirmed_by: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    campaign: Mapped[Campaign] = relationship()
    unit: Mapped[Unit] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return f"{self.unit.full_name}, lô {self.id}"

    @property
    def is_announced(self) -> bool:
        """Say whether units other than the campaign's owner may know of it."""
        return self.campaign.is_announced


class Slip(Base):
    """The hash of one slip. That it is used follows from the form keys, which the fold shuffles."""

    __tablename__ = "slips"
    __table_args__ = (Index(None, "batch_id"), _NO_ROWID)

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("slip_batches.id"))


class PaperBatch(Base):
    """Paper forms of a unit, kept like a ballot box: what was given out comes back or is missed."""

    __tablename__ = "paper_batches"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'counted', 'balanced')", name="state"),
        CheckConstraint("issued > 0 AND returned >= 0 AND blank >= 0 AND invalid >= 0",
                        name="counts"),
        Index(None, "campaign_id", "unit_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("points.id"))
    day: Mapped[date]
    issued: Mapped[int]
    returned: Mapped[int] = mapped_column(default=0)
    blank: Mapped[int] = mapped_column(default=0)
    invalid: Mapped[int] = mapped_column(default=0)
    entered: Mapped[int] = mapped_column(default=0)
    """Written down when the campaign is sealed; until then the form keys say how many there are."""
    state: Mapped[str] = mapped_column(default="open")
    opened_by: Mapped[str]
    counted_by_id: Mapped[int | None]
    counted_by: Mapped[str] = mapped_column(default="")
    confirmed_by: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    campaign: Mapped[Campaign] = relationship()
    unit: Mapped[Unit] = relationship()
    point: Mapped[Point | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return f"{self.unit.full_name}, lô {self.id}"

    @property
    def is_announced(self) -> bool:
        """Say whether units other than the campaign's owner may know of it."""
        return self.campaign.is_announced
