"""Finding questionnaires."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.core.database import session
from portal.features.questionnaires.models import Questionnaire, QuestionnaireVersion


def latest() -> list[QuestionnaireVersion]:
    """List the newest version of every questionnaire by code."""
    newest = (
        select(func.max(QuestionnaireVersion.number))
        .where(QuestionnaireVersion.questionnaire_id == Questionnaire.id)
        .correlate(Questionnaire)
        .scalar_subquery()
    )
    query = (
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .where(QuestionnaireVersion.number == newest)
        .options(joinedload(QuestionnaireVersion.questionnaire))
        .order_by(Questionnaire.sort_key, Questionnaire.id)
    )
    return list(session().scalars(query))


def get(version_id: int) -> QuestionnaireVersion | None:
    """Give a version with its questionnaire."""
    return session().get(
        QuestionnaireVersion, version_id, options=[joinedload(QuestionnaireVersion.questionnaire)]
    )


def by_code(code: str) -> Questionnaire | None:
    """Give a questionnaire by its code."""
    return session().scalar(select(Questionnaire).where(Questionnaire.code == code))


def by_digest(digest: str) -> QuestionnaireVersion | None:
    """Give the version that has this very wording."""
    query = select(QuestionnaireVersion).where(QuestionnaireVersion.digest == digest)
    return session().scalar(query)
