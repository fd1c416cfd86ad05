"""What comes from the public page of a consultation: it waits a night and is delivered shuffled.

Each has a random key, no time but the day, and no hidden row number (DESIGN rule 4).
"""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base

_NO_ROWID = {"sqlite_with_rowid": False}


class VoiceIntake(Base):
    """What somebody sent from the public page; it waits for the next morning."""

    __tablename__ = "consultation_intake"
    __table_args__ = (Index(None, "consultation_id", "day"), _NO_ROWID)

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    day: Mapped[date]
    form_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    """SHA-256 of its form's key: the same form counts once and has the same receipt."""
    receipt_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    """Slow, salted hash of its receipt."""
    content: Mapped[str] = mapped_column(Text)
    """JSON: {"agrees": [keys; "" for the whole], "comments": [[key, text], …]}."""
    noted: Mapped[bool] = mapped_column(default=False)
    """Whether its sender has said that the receipt is written down: it is given no more."""


class Voice(Base):
    """One sending from the public page, delivered; its number is random."""

    __tablename__ = "consultation_voices"
    __table_args__ = (_NO_ROWID,)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """Random, 62 bits."""
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    day: Mapped[date]
    form_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    receipt_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    agrees: Mapped[str] = mapped_column(Text, default="")
    """Keys agreed to, one a line; “*” for the whole draft."""
    noted: Mapped[bool] = mapped_column(default=False)


class Agreement(Base):
    """How many agreed to a provision on the public page: it only goes up."""

    __tablename__ = "consultation_agreements"
    __table_args__ = (CheckConstraint("n >= 0", name="n"), _NO_ROWID)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    """Of the provision; "" for the whole draft."""
    n: Mapped[int]
