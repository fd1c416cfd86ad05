"""Keys to which letters are sealed: the public half here, the private one under its holders' words.

Whoever has the database, the files and the secrets of the machine cannot open a sealed letter: the
private key is stored only as wrapped by a passphrase that nobody but its holder knows.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base
from portal.features.org_units.models import Organisation, Unit
from portal.features.users.models import User


class SealKey(Base):
    """The key of one body. One that lost its words makes a new key: the old letters stay shut."""

    __tablename__ = "seal_keys"
    __table_args__ = (
        Index(
            "uq_seal_keys_live", "organisation_id", unique=True,
            sqlite_where=text("retired_on IS NULL"), postgresql_where=text("retired_on IS NULL"),
        ),
        Index(None, "unit_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    public: Mapped[bytes] = mapped_column(LargeBinary)
    """32 bytes, X25519."""
    made_on: Mapped[date]
    made_by: Mapped[str]
    retired_on: Mapped[date | None]

    unit: Mapped[Unit] = relationship()
    organisation: Mapped[Organisation] = relationship()

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return self.organisation.name


class KeyHolder(Base):
    """The private key as one account, or the sheet in the safe, can unwrap it."""

    __tablename__ = "seal_key_holders"
    __table_args__ = (
        CheckConstraint("kind IN ('account', 'invited', 'sheet')", name="kind"),
        CheckConstraint("(kind = 'sheet') = (user_id IS NULL)", name="user"),
        Index("uq_seal_key_holders_key_id_user_id", "key_id", "user_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("seal_keys.id"))
    kind: Mapped[str]
    """An account with its own passphrase; one that was given a one-time code and has not come yet;
    the recovery sheet."""
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    since: Mapped[date]
    given_by: Mapped[str] = mapped_column(default="")

    key: Mapped[SealKey] = relationship()
    user: Mapped[User | None] = relationship()

    @property
    def organisation_id(self) -> int:
        """Give the body whose key it is."""
        return self.key.organisation_id
