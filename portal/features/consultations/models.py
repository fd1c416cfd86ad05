"""Consultations (lấy ý kiến về dự thảo): the case, its tracks, and what was said on each.

What a citizen wrote has a random key, no time but the day, and no hidden row number (DESIGN rule
4); it waits in an intake until the next morning, and is delivered shuffled.
"""

from datetime import date
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Text,
    false,
)
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from portal.core.database import Base
from portal.features.documents.models import Document
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Organisation, Unit
from portal.features.regulations.models import Draft
from portal.features.users.models import User

_NO_ROWID = {"sqlite_with_rowid": False}


class State(StrEnum):
    """Where a consultation stands. Whether a track takes comments follows from the clock."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REPORTED = "reported"
    """Every comment has its answer, and the report was drafted from them."""
    CLOSED = "closed"
    """The regulation is issued and the answers are public."""
    CANCELLED = "cancelled"


class TrackKind(StrEnum):
    """Who is asked, on one way."""

    AGENCY = "agency"
    HOUSEHOLD = "household"
    PUBLIC = "public"


class CommentState(StrEnum):
    """Whether everybody may read a comment, where others' comments are shown at all."""

    SHOWN = "shown"
    HIDDEN = "hidden"


class SubmissionState(StrEnum):
    """Where an agency's answer stands."""

    INVITED = "invited"
    SENT = "sent"


class Consultation(Base):
    """One draft put before agencies, households and everybody."""

    __tablename__ = "consultations"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'published', 'reported', 'closed', 'cancelled')", name="state"
        ),
        Index(None, "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    """Who brings the comments together (plan 004, III.5): drafts the explanations."""
    draft_id: Mapped[int] = mapped_column(ForeignKey("regulation_drafts.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
    name: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    """Of its public address: 8 signs (`campaigns.codes`)."""
    state: Mapped[str] = mapped_column(default=State.DRAFT)
    sum_due_on: Mapped[date | None]
    """When agencies and groups send what they heard (004: 08/6)."""
    report_due_on: Mapped[date | None]
    """The last day for the report (004: before 10/6, so 09/6)."""
    shows_comments: Mapped[bool] = mapped_column(default=False)
    """Whether everybody reads what others wrote."""
    kept_warnings: Mapped[str] = mapped_column(Text, default="{}")
    """JSON: why a warning was kept, by its code."""
    published_on: Mapped[date | None]
    report_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    petition_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    """The tờ trình."""
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    """The decision that issues the regulation, where the portal has it."""
    decision_name: Mapped[str] = mapped_column(default="")
    """“Quyết định số 12/QĐ-UBND”, where it was issued elsewhere."""
    decided_on: Mapped[date | None]
    answers_public_on: Mapped[date | None]
    """Since when everybody reads the explanations."""
    supervision: Mapped[str] = mapped_column(Text, default="")
    """What the Front noted when it supervised (plan 004, V.5)."""
    supervised_by: Mapped[str] = mapped_column(default="")
    supervised_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    organisation: Mapped[Organisation] = relationship()
    draft: Mapped[Draft] = relationship()
    plan: Mapped[Document | None] = relationship(foreign_keys=[plan_id])
    report: Mapped[Document | None] = relationship(foreign_keys=[report_id])
    petition: Mapped[Document | None] = relationship(foreign_keys=[petition_id])
    decision: Mapped[Document | None] = relationship(foreign_keys=[decision_id])
    groups: Mapped[list["ContentGroup"]] = relationship(
        viewonly=True, order_by="ContentGroup.number"
    )
    tracks: Mapped[list["Track"]] = relationship(viewonly=True, order_by="Track.kind")
    bodies: Mapped[list[Organisation]] = relationship(
        viewonly=True, order_by=Organisation.id,
        primaryjoin=lambda: foreign(Organisation.unit_id) == Consultation.unit_id,
    )  # fmt: skip
    """Of its unit."""

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def is_announced(self) -> bool:
        """Say whether units other than its own may know of it."""
        return self.state not in {State.DRAFT, State.CANCELLED}

    @property
    def was_announced(self) -> bool:
        """Say whether people have been told of it, also if it was called off later."""
        called_off = self.state == State.CANCELLED and self.published_on is not None
        return self.is_announced or called_off

    @property
    def supervisor_ids(self) -> frozenset[int]:
        """Give the Front of its ward, which supervises (plan 004, V.5)."""
        return self._of_kind(OrganisationKind.FRONT)

    @property
    def leader_ids(self) -> frozenset[int]:
        """Give the bodies whose leaders decide: the host's own, and the ward's committee."""
        return self._of_kind(OrganisationKind.COMMITTEE) | {self.organisation_id}

    def _of_kind(self, kind: OrganisationKind) -> frozenset[int]:
        return frozenset(one.id for one in self.bodies if one.kind == kind)

    def track(self, kind: str) -> "Track | None":
        """Give one of its tracks, None if it goes without."""
        return next((one for one in self.tracks if one.kind == kind), None)


class ContentGroup(Base):
    """What is asked about on a ballot (plan 004, II: seven of them), and the provisions meant."""

    __tablename__ = "consultation_groups"
    __table_args__ = (
        Index("uq_consultation_groups_number", "consultation_id", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    keys: Mapped[str] = mapped_column(Text, default="")
    """Keys of provisions, one a line."""


class Track(Base):
    """One way of being asked, with its own days."""

    __tablename__ = "consultation_tracks"
    __table_args__ = (
        CheckConstraint("kind IN ('agency', 'household', 'public')", name="kind"),
        CheckConstraint("closes_on >= opens_on", name="span"),
        CheckConstraint("list_to >= list_from", name="list_span"),
        Index("uq_consultation_tracks_kind", "consultation_id", "kind", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    kind: Mapped[str]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    """The last day. Of households: the days among which each group chooses one."""
    list_from: Mapped[date | None]
    list_to: Mapped[date | None]
    """When the list of voters hangs; of households only."""


class Submission(Base):
    """What one agency answers: by a link that can be revoked, or entered from its letter."""

    __tablename__ = "consultation_submissions"
    __table_args__ = (
        CheckConstraint("state IN ('invited', 'sent')", name="state"),
        Index("uq_consultation_submissions_name", "consultation_id", "folded", unique=True),
        Index("uq_consultation_submissions_organisation", "consultation_id", "organisation_id",
              unique=True),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    """The consultation's."""
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    """Where the portal knows the agency; its accounts answer without a link."""
    agency: Mapped[str]
    folded: Mapped[str]
    state: Mapped[str] = mapped_column(default=SubmissionState.INVITED)
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    """SHA-256 of its link's secret; None if it has none, or it was revoked."""
    link_number: Mapped[int] = mapped_column(default=0)
    link_nonce: Mapped[str | None]
    """Drawn for the latest of so many links (`core.links`); None for one from before."""
    opened_on: Mapped[date | None]
    """When the link was first opened."""
    reminded_on: Mapped[date | None]
    agrees: Mapped[bool] = mapped_column(default=False)
    """“Nhất trí toàn bộ”: it has no comment."""
    disagrees: Mapped[bool] = mapped_column(default=False, server_default=false())
    """“Không nhất trí” with the draft as a whole."""
    kept: Mapped[str] = mapped_column(Text, default="{}")
    """JSON: what it has written and not sent yet, by key of provision."""
    signer: Mapped[str] = mapped_column(default="")
    letter_number: Mapped[str] = mapped_column(default="")
    letter_on: Mapped[date | None]
    letter_version: Mapped[int | None]
    """The number of the draft's version that the letter speaks of; None until one is entered."""
    letter_stored: Mapped[str] = mapped_column(default="")
    letter_sha256: Mapped[str] = mapped_column(default="")
    sent_on: Mapped[date | None]
    sent_version: Mapped[int | None]
    """The number of the version it had before it when it sent its answer itself."""
    entered_by: Mapped[str] = mapped_column(default="")
    """Who typed it in; "" if it came by the link."""
    version: Mapped[int] = mapped_column(default=1)

    consultation: Mapped[Consultation] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return f"{self.agency}: {self.consultation.name}"


class Comment(Base):
    """One thing that was said about one provision, on whatever way. Its number is random."""

    __tablename__ = "consultation_comments"
    __table_args__ = (
        CheckConstraint("track IN ('agency', 'household', 'public')", name="track"),
        CheckConstraint("state IN ('shown', 'hidden')", name="state"),
        CheckConstraint("households >= 1", name="households"),
        ForeignKeyConstraint(
            ["ballot_group_id"], ["ballot_groups.id"],
            name="fk_consultation_comments_ballot_group_id_ballot_groups",
        ),
        Index(None, "consultation_id", "key", "id"),
        Index(None, "consultation_id", "opinion_id"),
        # The list, by day, reads and counts these alone and not the words.
        Index("ix_consultation_comments_listed", "consultation_id", "day", "track", "key", "id"),
        Index(None, "opinion_id"),
        Index(None, "submission_id"),
        Index(None, "ballot_group_id"),
        Index(None, "voice_id"),
        _NO_ROWID,
    )  # fmt: skip

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """Random, 62 bits."""
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    track: Mapped[str]
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("consultation_submissions.id"))
    ballot_group_id: Mapped[int | None]
    voice_id: Mapped[int | None] = mapped_column(ForeignKey("consultation_voices.id"))
    key: Mapped[str] = mapped_column(default="")
    """Of the provision, as its author meant it; "" for the draft as a whole. Never changed:
    where it stands now, `regulations.moves` says."""
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    households: Mapped[int] = mapped_column(default=1)
    """How many ballots of one group say the same."""
    typed_in: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the ward typed it from an agency's letter, and so may put it right."""
    day: Mapped[date]
    state: Mapped[str] = mapped_column(default="shown")
    opinion_id: Mapped[int | None] = mapped_column(ForeignKey("opinions.id"))
    """With which others it is answered."""

    consultation: Mapped[Consultation] = relationship()
    submission: Mapped[Submission | None] = relationship()

    @property
    def organisation_id(self) -> int:
        """Give who brings the comments together."""
        return self.consultation.organisation_id

    @property
    def is_announced(self) -> bool:
        """Say whether those above may read it: with its consultation."""
        return self.consultation.is_announced

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return f"Một ý kiến, {self.consultation.name}"


class CommentHiding(Base):
    """That somebody wants a comment hidden, why, and what the level above said."""

    __tablename__ = "comment_hidings"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'hidden', 'refused', 'lifted')", name="state"),
        Index(None, "comment_id"),
        Index(None, "unit_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("consultation_comments.id"))
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    state: Mapped[str] = mapped_column(default="asked")
    reason: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    asked_by: Mapped[str]
    asked_on: Mapped[date]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_by: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    decision: Mapped[str] = mapped_column(Text, default="")

    comment: Mapped[Comment] = relationship()
    consultation: Mapped[Consultation] = relationship()
    asker: Mapped[User] = relationship(foreign_keys=[asked_by_id])

    @property
    def hiding_unit_ids(self) -> frozenset[int]:
        """Give the units that want it hidden, or had it hidden."""
        return frozenset({self.unit_id})

    @property
    def is_announced(self) -> bool:
        """Say whether those above may know of it: with its consultation."""
        return self.consultation.is_announced

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return f"Đề nghị ẩn một ý kiến, {self.consultation.name}"
