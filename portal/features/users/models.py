"""Accounts, their sign-ins, and what slows guessing down."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, UtcDateTime, WordSet
from portal.features.org_units.models import Organisation
from portal.policy.roles import Duty, Role


class User(Base):
    """An account: a seat in an organisation, with a role and duties."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(
            "role IN ('province', 'district', 'commune', 'youth', 'admin')", name="role"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    role: Mapped[str]
    duty_names: Mapped[frozenset[str]] = mapped_column(WordSet, default=frozenset)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    password_hash: Mapped[str]
    must_change_password: Mapped[bool] = mapped_column(default=True)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sort_key: Mapped[str]
    folded: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def unit_id(self) -> int:
        """Give the unit of the organisation."""
        return self.organisation.unit_id

    @property
    def duties(self) -> frozenset[Duty]:
        """Give the duties as what they are."""
        return frozenset(Duty(name) for name in self.duty_names)

    @property
    def role_kind(self) -> Role:
        """Give the role as what it is."""
        return Role(self.role)


class SignIn(Base):
    """A ticket: one browser signed in to one account. A copied cookie dies with it."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index(None, "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    browser: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()


class SignInBucket(Base):
    """How many tries are left for a name (or a name in a known browser) before it must wait."""

    __tablename__ = "sign_in_buckets"

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    tries_left: Mapped[float]
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)
