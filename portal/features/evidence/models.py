"""Evidence of any subject: photos kept as files, and links."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base, UtcDateTime


class Kind(StrEnum):
    """What a piece of evidence is."""

    PHOTO = "photo"
    LINK = "link"


class Evidence(Base):
    """One photo or link. What is taken off keeps its row, and loses its file and address."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("kind IN ('photo', 'link')", name="kind"),
        CheckConstraint(
            "removed_on IS NOT NULL OR (kind = 'photo' AND stored <> '' AND small <> '')"
            " OR (kind = 'link' AND url <> '')",
            name="has_content",
        ),
        CheckConstraint("removed_on IS NULL OR removed_why <> ''", name="removed_why"),
        Index(None, "subject_kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"), index=True)
    """Whose subject it is evidence of."""
    from_unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    """Whose account added it; only that unit takes it off."""
    subject_kind: Mapped[str]
    """As the record calls it: “posting”."""
    subject_id: Mapped[int]
    kind: Mapped[str]
    url: Mapped[str] = mapped_column(default="")
    stored: Mapped[str] = mapped_column(default="")
    """Name of its file under the folder of evidence; "" for links and what was taken off."""
    small: Mapped[str] = mapped_column(default="")
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    """Bytes of the large file."""
    sha256: Mapped[str] = mapped_column(default="")
    caption: Mapped[str] = mapped_column(default="")
    added_by: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_on: Mapped[date | None]
    removed_by: Mapped[str] = mapped_column(default="")
    removed_why: Mapped[str] = mapped_column(default="")

    @property
    def is_photo(self) -> bool:
        """Say whether it is a photo that is still there."""
        return self.kind == Kind.PHOTO and self.removed_on is None
