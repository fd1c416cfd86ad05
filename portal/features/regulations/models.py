"""Draft regulations (dự thảo): their versions, and the provisions on which people comment.

A provision keeps its key through every version, so that a comment never hangs on a number or on a
place in a page: “Điều 5” may become “Điều 6”, its key stays.
"""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base
from portal.features.org_units.models import Organisation, Unit


class Level(StrEnum):
    """What a provision is, from the largest to the smallest; in the order of the law."""

    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    CLAUSE = "clause"
    POINT = "point"


class VersionState(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    """Frozen: nothing of it changes any more."""


class Draft(Base):
    """A draft regulation, and who writes it."""

    __tablename__ = "regulation_drafts"
    __table_args__ = (Index(None, "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    """Who drafts it: the Culture-Society division (plan 004, V.1)."""
    title: Mapped[str]
    """“Quy chế thực hiện dân chủ trên địa bàn phường Ngô Quyền”."""
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    organisation: Mapped[Organisation] = relationship()
    versions: Mapped[list["DraftVersion"]] = relationship(
        viewonly=True, order_by="DraftVersion.number"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return self.title

    @property
    def is_announced(self) -> bool:
        """Say whether units other than its own may know of it."""
        return any(one.state == VersionState.PUBLISHED for one in self.versions)


class DraftVersion(Base):
    """One wording of a draft."""

    __tablename__ = "regulation_versions"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'published')", name="state"),
        Index("uq_regulation_versions_draft_id_number", "draft_id", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("regulation_drafts.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(default=VersionState.DRAFT)
    preamble: Mapped[str] = mapped_column(Text, default="")
    """What stands before the first provision: bases, “Ban hành kèm theo…”."""
    stored: Mapped[str] = mapped_column(default="")
    """Name of the file it was read from, under the folder of drafts; "" if it was pasted."""
    file_name: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    """Of its provisions as they were frozen; "" until then."""
    matched: Mapped[bool] = mapped_column(default=True, server_default=true())
    """False while its keys are a guess that no person has confirmed."""
    note: Mapped[str] = mapped_column(Text, default="")
    """What is different from the version before, in the drafter's words."""
    published_on: Mapped[date | None]
    published_by: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    draft: Mapped[Draft] = relationship()
    provisions: Mapped[list["Provision"]] = relationship(
        viewonly=True, order_by="Provision.position"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def unit_id(self) -> int:
        """Give the draft's unit."""
        return self.draft.unit_id

    @property
    def organisation_id(self) -> int:
        """Give who drafts it."""
        return self.draft.organisation_id

    @property
    def is_announced(self) -> bool:
        """Say whether units other than its own may know of it."""
        return self.state == VersionState.PUBLISHED

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return f"{self.draft.title}, bản {self.number}"


class Provision(Base):
    """One chương, mục, điều, khoản or điểm of one version, in reading order."""

    __tablename__ = "regulation_provisions"
    __table_args__ = (
        CheckConstraint(
            "level IN ('chapter', 'section', 'article', 'clause', 'point')", name="level"
        ),
        Index("uq_regulation_provisions_version_id_position", "version_id", "position",
              unique=True),
        Index("uq_regulation_provisions_version_id_key", "version_id", "key", unique=True),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("regulation_versions.id"))
    position: Mapped[int]
    """From 1, without gaps: the tree follows from order and level."""
    key: Mapped[str]
    """Eight hexadecimal signs, the same in every version that has this provision."""
    level: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    """As written: “II”, “2a”, “đ”; "" where it has none."""
    heading: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    """Its own words without those of its parts; paragraphs by line."""

    edition: Mapped[DraftVersion] = relationship()


class ProvisionMove(Base):
    """Where comments on a provision stand that a later version no longer has, as a person said."""

    __tablename__ = "regulation_moves"
    __table_args__ = (Index("uq_regulation_moves_draft_id_key", "draft_id", "key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("regulation_drafts.id"))
    key: Mapped[str]
    to_key: Mapped[str] = mapped_column(default="")
    """"" for the draft as a whole."""


class DraftPaper(Base):
    """A paper that goes with a draft: the draft decision, the tờ trình, an explanation."""

    __tablename__ = "regulation_papers"
    __table_args__ = (Index(None, "draft_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("regulation_drafts.id"))
    name: Mapped[str]
    stored: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    added_on: Mapped[date]
    added_by: Mapped[str]
    removed_on: Mapped[date | None]

    draft: Mapped[Draft] = relationship()
