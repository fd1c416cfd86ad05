"""Questionnaires (phiếu khảo sát) and their versions; a version never changes once stored."""

from datetime import date, datetime
from functools import cached_property

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, UtcDateTime
from portal.features.org_units.models import Unit
from portal.features.questionnaires.definition import Definition


class Questionnaire(Base):
    """A form by its code (PKS03); a unit may have its own under the code of another's."""

    __tablename__ = "questionnaires"
    __table_args__ = (
        UniqueConstraint("unit_id", "code"),
        Index(
            "uq_questionnaires_shipped", "code", unique=True,
            sqlite_where=text("unit_id IS NULL"), postgresql_where=text("unit_id IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    """As it was typed, “PKS 07 LC”; with and without spaces it is the same one."""
    title: Mapped[str]
    sort_key: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_units.id"))
    """Who wrote it; None for those that came with the portal."""
    archived_on: Mapped[date | None]
    """Since when it is no longer offered; what has been asked with it stays."""

    unit: Mapped[Unit | None] = relationship()
    versions: Mapped[list["QuestionnaireVersion"]] = relationship(
        order_by="QuestionnaireVersion.number", back_populates="questionnaire"
    )


class QuestionnaireVersion(Base):
    """The wording that people answered; campaigns point here."""

    __tablename__ = "questionnaire_versions"
    __table_args__ = (
        UniqueConstraint("questionnaire_id", "number"),
        UniqueConstraint("questionnaire_id", "digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"))
    number: Mapped[int]
    official: Mapped[bool] = mapped_column(default=False)
    """False: shown as “Mẫu tham khảo – chưa phải mẫu chính thức”."""
    content: Mapped[str] = mapped_column(Text)
    """The definition as JSON; see `definition.Definition`."""
    digest: Mapped[str]
    """SHA-256 of the content: no two versions of a form have the same wording."""

    questionnaire: Mapped[Questionnaire] = relationship(back_populates="versions")

    @cached_property
    def definition(self) -> Definition:
        """Give the questions, ready to ask."""
        return Definition.from_json(self.content)


class QuestionnaireDraft(Base):
    """The next version of a questionnaire while it is being written: one at a time."""

    __tablename__ = "questionnaire_drafts"

    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaires.id"), primary_key=True, autoincrement=False
    )
    content: Mapped[str] = mapped_column(Text)
    """A definition as JSON, finished or not."""
    saved_by_id: Mapped[int]
    saved_by: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    questionnaire: Mapped[Questionnaire] = relationship()

    @property
    def definition(self) -> Definition:
        """Give what is written so far; texts, options and whole questions may be missing."""
        return Definition.from_json(self.content)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
