"""Questionnaires (phiếu khảo sát) and their versions; a version never changes once stored."""

from functools import cached_property

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base
from portal.features.questionnaires.definition import Definition


class Questionnaire(Base):
    """A form by its code (PKS03)."""

    __tablename__ = "questionnaires"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    sort_key: Mapped[str]

    versions: Mapped[list["QuestionnaireVersion"]] = relationship(
        order_by="QuestionnaireVersion.number", back_populates="questionnaire"
    )


class QuestionnaireVersion(Base):
    """The wording that people answered; campaigns point here."""

    __tablename__ = "questionnaire_versions"
    __table_args__ = (UniqueConstraint("questionnaire_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"))
    number: Mapped[int]
    official: Mapped[bool] = mapped_column(default=False)
    """False: shown as “Mẫu tham khảo – chưa phải mẫu chính thức”."""
    content: Mapped[str] = mapped_column(Text)
    """The definition as JSON; see `definition.Definition`."""
    digest: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the content: the same wording is never stored twice."""

    questionnaire: Mapped[Questionnaire] = relationship(back_populates="versions")

    @cached_property
    def definition(self) -> Definition:
        """Give the questions, ready to ask."""
        return Definition.from_json(self.content)
