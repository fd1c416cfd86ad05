"""What an operator changes while the portal runs."""

from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base


class Setting(Base):
    """A value that differs from its default."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
