"""Documents from the first draft to the inboxes, their versions, comments and files."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, exists, select
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from portal.core.database import Base, UtcDateTime
from portal.features.documents.body import Body
from portal.features.documents.formats import type_of
from portal.features.org_units.models import Organisation, Unit, UnitScope


class State(StrEnum):
    """Where a document stands; `workflow.py` says how it moves."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    SIGNED = "signed"
    NUMBERED = "numbered"
    ISSUED = "issued"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


class Relation(StrEnum):
    """How a document refers to an earlier one."""

    REPLACES = "replaces"
    AMENDS = "amends"
    CORRECTS = "corrects"


OPEN_STATES = frozenset({State.DRAFT, State.RETURNED})
"""In these its text can be changed."""
PUBLISHED_STATES = frozenset({State.ISSUED, State.REPLACED, State.WITHDRAWN})
"""In these others than its own organ know of it."""


class Letterhead(Base):
    """How the papers of an organ begin and end: what a clerk sets once (DOMAIN 2.1, 2.2)."""

    __tablename__ = "letterheads"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    regime: Mapped[str]
    """ "party" or "state"; the format in force on the day follows from it."""
    parent_name: Mapped[str] = mapped_column(default="")
    """The body above, as printed: “TỈNH ỦY BẮC GIANG”; "" if there is none."""
    issuer_name: Mapped[str]
    """As printed: “BCĐ THỰC HIỆN QCDC TỈNH”."""
    symbol: Mapped[str]
    """The organ's part of the symbol: “BCĐ”, “UBND”."""
    place: Mapped[str]
    """Địa danh: “Bắc Giang”."""
    authority: Mapped[str] = mapped_column(default="")
    """Over the signer's title: “T/M ĐẢNG ỦY”, “TM. ỦY BAN NHÂN DÂN”; "" if none."""
    titles: Mapped[str] = mapped_column(Text, default="")
    """The signer's title, a line each: “KT. CHỦ TỊCH” / “PHÓ CHỦ TỊCH”."""
    signer: Mapped[str] = mapped_column(default="")
    term: Mapped[str] = mapped_column(default="")
    """The term by which a Party committee numbers: “2020-2025”."""
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Document(Base):
    """One document of one organ. Once issued it never changes (DESIGN rule 14)."""

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'approved', 'signed', 'numbered', "
            "'issued', 'replaced', 'withdrawn', 'cancelled')",
            name="state",
        ),
        CheckConstraint("relation IN ('', 'replaces', 'amends', 'corrects')", name="relation"),
        CheckConstraint("(relation = '') = (refers_to_id IS NULL)", name="refers"),
        CheckConstraint("(number IS NULL) = (dated_on IS NULL)", name="numbered"),
        Index(None, "unit_id", "state", "saved_at", "type_code"),
        Index(None, "is_public", "dated_on", "state"),
        Index(None, "organisation_id", "state"),
        Index(None, "refers_to_id"),
        Index(None, "folded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    """The organ that issues it."""
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    type_code: Mapped[str]
    """A type of the library: "ke_hoach"."""
    format_code: Mapped[str]
    """A format of the library, fixed with the number: "party-hd36"."""
    name: Mapped[str]
    """The summary (trích yếu), by which it is listed."""
    content: Mapped[str] = mapped_column(Text)
    """The body as JSON (`body.Body`)."""
    state: Mapped[str] = mapped_column(default=State.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    template_code: Mapped[str] = mapped_column(default="")
    number: Mapped[int | None]
    number_text: Mapped[str] = mapped_column(default="")
    """As printed: “Số 191-KH/BCĐ”; "" before it is numbered."""
    dated_on: Mapped[date | None]
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_public: Mapped[bool] = mapped_column(default=False)
    """Whether its public copy is open to everybody once it is issued."""
    relation: Mapped[str] = mapped_column(default="")
    refers_to_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    signed_reason: Mapped[str] = mapped_column(Text, default="")
    """Why there is no signed file: signed on paper and kept in the folder, say."""
    folded: Mapped[str]

    unit: Mapped[Unit] = relationship()
    organisation: Mapped[Organisation] = relationship()
    refers_to: Mapped["Document | None"] = relationship(remote_side=[id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def body(self) -> Body:
        """Give the content as what it is."""
        return Body.from_json(self.content)

    @property
    def title(self) -> str:
        """Give what it is called on a page: “Kế hoạch tổ chức khảo sát …”."""
        kind = type_of(self.type_code).name
        return kind if self.name == kind else f"{kind} {self.name}"

    @property
    def symbol(self) -> str:
        """Give number and symbol without the word before them: “05/KH-UBND”."""
        return self.number_text.removeprefix("Số").lstrip(": ")

    @property
    def is_open(self) -> bool:
        """Say whether its text can be changed."""
        return self.state in OPEN_STATES

    @property
    def is_announced(self) -> bool:
        """Say whether others than its own organ may know of it."""
        return self.state in PUBLISHED_STATES

    def concerns(self, unit_id: int) -> bool:
        """Say whether it was sent to this unit or to one below it."""
        sent = exists(
            select(Delivery.id)
            .join(Organisation, Organisation.id == Delivery.organisation_id)
            .join(UnitScope, UnitScope.unit_id == Organisation.unit_id)
            .where(Delivery.document_id == self.id, UnitScope.above_id == unit_id)
        )
        current = object_session(self)
        return bool(current and current.scalar(select(sent)))


class DocumentVersion(Base):
    """A text as it stood, kept for the history."""

    __tablename__ = "document_versions"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    saved_by: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(default="")
    """What it was kept for: “Trình duyệt”; "" for a stretch of writing."""


class DocumentComment(Base):
    """A remark on a section of a draft."""

    __tablename__ = "document_comments"
    __table_args__ = (Index(None, "document_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    node_id: Mapped[str] = mapped_column(default="")
    """The section (`body.Node.id`); "" for the whole."""
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    author_name: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DocumentFile(Base):
    """A file that belongs to a document: the signed scan, or a digitally signed PDF."""

    __tablename__ = "document_files"
    __table_args__ = (
        CheckConstraint("kind IN ('signed', 'attachment')", name="kind"),
        CheckConstraint("size > 0", name="size"),
        Index(None, "document_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    kind: Mapped[str]
    name: Mapped[str]
    """As it was uploaded."""
    stored: Mapped[str]
    """Its random name under uploads/."""
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    digitally_signed: Mapped[bool] = mapped_column(default=False)
    """Whether the PDF says that it carries a signature; nobody has verified it."""
    added_by: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Waiver(Base):
    """A warning that somebody decided to live with, and why."""

    __tablename__ = "document_waivers"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    warning: Mapped[str] = mapped_column(primary_key=True)
    """The warning's key: its rule and what it was about, so that another mistake warns again."""
    message: Mapped[str] = mapped_column(Text)
    """What it said, so that whoever decides reads what was lived with."""
    reason: Mapped[str] = mapped_column(Text)
    kept_by: Mapped[str]
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Delivery(Base):
    """An issued document in the inbox of one organisation: sent, read, received, handled."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("document_id", "organisation_id"),
        Index(None, "organisation_id", "handled_at", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    note: Mapped[str] = mapped_column(default="")
    """Why it comes, as printed: “b/c”, “p/h”, “t/h”."""
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_by: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """“Đã nhận”: somebody answers for it."""
    received_by: Mapped[str] = mapped_column(default="")
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handled_by: Mapped[str] = mapped_column(default="")

    document: Mapped[Document] = relationship()
    organisation: Mapped[Organisation] = relationship()

    @property
    def unit_id(self) -> int:
        """Give the unit of the organisation."""
        return self.organisation.unit_id
