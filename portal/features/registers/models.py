"""Registers of outgoing papers (sổ văn bản đi) and the numbers given out of them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, UtcDateTime
from portal.features.org_units.models import Organisation


class Mode(StrEnum):
    """Who gives the numbers out."""

    PORTAL = "portal"
    """The portal: consecutive, without gaps."""
    CLERK = "clerk"
    """The office's own system; the clerk enters them, and the portal keeps them unique."""


class EntryState(StrEnum):
    """What became of a number."""

    RESERVED = "reserved"
    USED = "used"
    CANCELLED = "cancelled"


class Register(Base):
    """The numbers of one organ, one type of document and one period.

    A period is a year by Vietnamese time; for the Party a term of the committee, such as 2020-2025
    (NĐ 30/2020 Art. 8 and Annex I; HD 36-HD/VPTW; DOMAIN 2.1, 2.2).
    """

    __tablename__ = "registers"
    __table_args__ = (
        UniqueConstraint("organisation_id", "type_code", "period"),
        CheckConstraint("mode IN ('portal', 'clerk')", name="mode"),
        CheckConstraint("first_number > 0", name="first_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    type_code: Mapped[str]
    """Such as "ke_hoach"; "" where an organ numbers all its types in one row."""
    period: Mapped[str]
    """ "2026", or a term "2025-2030"."""
    mode: Mapped[str] = mapped_column(default=Mode.PORTAL)
    first_number: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship()

    @property
    def unit_id(self) -> int:
        """Give the unit of the organ."""
        return self.organisation.unit_id


class RegisterEntry(Base):
    """One number: never given twice, never gone; a cancelled one keeps its reason."""

    __tablename__ = "register_entries"
    __table_args__ = (
        UniqueConstraint("register_id", "number"),
        CheckConstraint("state IN ('reserved', 'used', 'cancelled')", name="state"),
        CheckConstraint("number > 0", name="number"),
        Index(None, "document_id"),
        Index(None, "folded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    register_id: Mapped[int] = mapped_column(ForeignKey("registers.id"))
    number: Mapped[int]
    type_code: Mapped[str]
    """The paper's type, also where one register numbers them all."""
    symbol: Mapped[str]
    """As it is printed after the number: "-KH/BCĐ", "/KH-UBND"."""
    dated_on: Mapped[date]
    summary: Mapped[str] = mapped_column(Text)
    recipients: Mapped[str] = mapped_column(Text, default="")
    signer: Mapped[str] = mapped_column(default="")
    signer_title: Mapped[str] = mapped_column(default="")
    pages: Mapped[int | None]
    state: Mapped[str] = mapped_column(default=EntryState.USED)
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it is reserved or cancelled."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    """The document in the portal; none for a paper written elsewhere."""
    entered_by: Mapped[str]
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    folded: Mapped[str]

    register: Mapped[Register] = relationship()

    @property
    def organisation_id(self) -> int:
        """Give the organ whose number it is."""
        return self.register.organisation_id

    @property
    def unit_id(self) -> int:
        """Give the unit of the organ."""
        return self.register.unit_id

    @property
    def number_text(self) -> str:
        """Give number and symbol as printed: “05/KH-UBND”, “191-KH/BCĐ”."""
        return f"{self.number:02}{self.symbol}"

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return " ".join(filter(None, (self.number_text, self.summary)))
