"""Finding questionnaires."""

from dataclasses import dataclass, replace
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from portal.core.database import session
from portal.features.questionnaires.definition import same_code
from portal.features.questionnaires.models import (
    Questionnaire,
    QuestionnaireDraft,
    QuestionnaireVersion,
)


class UnitMember(Protocol):
    """An account, as far as it matters which unit it sits in."""

    @property
    def unit_id(self) -> int:
        """The unit."""


def latest() -> list[QuestionnaireVersion]:
    """List the newest version of every questionnaire that is still offered, by code."""
    newest = (
        select(func.max(QuestionnaireVersion.number))
        .where(QuestionnaireVersion.questionnaire_id == Questionnaire.id)
        .correlate(Questionnaire)
        .scalar_subquery()
    )
    query = (
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .where(QuestionnaireVersion.number == newest, Questionnaire.archived_on.is_(None))
        .options(joinedload(QuestionnaireVersion.questionnaire).joinedload(Questionnaire.unit))
        .order_by(Questionnaire.sort_key, Questionnaire.id)
    )
    return list(session().scalars(query))


def get(version_id: int) -> QuestionnaireVersion | None:
    """Give a version with its questionnaire."""
    return session().get(
        QuestionnaireVersion, version_id, options=[joinedload(QuestionnaireVersion.questionnaire)]
    )


def written_by(unit_id: int | None, code: str) -> Questionnaire | None:
    """Give the questionnaire of a unit with a code, in use or laid aside.

    Args:
        unit_id: the unit; None for those that came with the portal.
        code: with or without spaces.
    """
    query = select(Questionnaire).where(Questionnaire.unit_id == unit_id)
    found = session().scalars(query.order_by(Questionnaire.id))
    return next((each for each in found if same_code(each.code, code)), None)


def worded_so(form: Questionnaire, digest: str) -> QuestionnaireVersion | None:
    """Give the version of a questionnaire that has this very wording."""
    return next((version for version in form.versions if version.digest == digest), None)


def form(questionnaire_id: int) -> Questionnaire | None:
    """Give a questionnaire with its versions."""
    loaded = selectinload(Questionnaire.versions)
    return session().get(Questionnaire, questionnaire_id, options=[loaded])


def draft(questionnaire_id: int) -> QuestionnaireDraft | None:
    """Give the next version of a questionnaire while it is being written."""
    # An inner join, since it is read again under a lock: PostgreSQL refuses that with an outer one.
    loaded = joinedload(QuestionnaireDraft.questionnaire, innerjoin=True)
    return session().get(QuestionnaireDraft, questionnaire_id, options=[loaded])


def get_own(actor: UnitMember, questionnaire_id: int) -> Questionnaire | None:
    """Give a questionnaire of the actor's own unit; others are written by others."""
    found = form(questionnaire_id)
    return found if found is not None and found.unit_id == actor.unit_id else None


@dataclass(frozen=True)
class Listed:
    """A questionnaire with the version that is asked now, and the one being written."""

    questionnaire: Questionnaire
    newest: QuestionnaireVersion | None
    draft: QuestionnaireDraft | None


def listed(*, archived: bool = False) -> list[Listed]:
    """List all questionnaires by code: those in use, or those laid aside."""
    wanted = (
        Questionnaire.archived_on.is_not(None) if archived else Questionnaire.archived_on.is_(None)
    )
    query = (
        select(Questionnaire, QuestionnaireDraft)
        .outerjoin(QuestionnaireDraft, QuestionnaireDraft.questionnaire_id == Questionnaire.id)
        .where(wanted)
        .options(selectinload(Questionnaire.versions), joinedload(Questionnaire.unit))
        .order_by(Questionnaire.sort_key, Questionnaire.id)
    )
    return [
        Listed(each, each.versions[-1] if each.versions else None, draft)
        for each, draft in session().execute(query)
    ]


def visible_to(actor: UnitMember, *, archived: bool = False) -> list[Listed]:
    """List what an account may read: every version there is, and the drafts of its own unit."""
    found = []
    for each in listed(archived=archived):
        own = each.questionnaire.unit_id == actor.unit_id
        if own or (each.newest is not None and not archived):
            found.append(each if own else replace(each, draft=None))
    return found


def in_use(unit_id: int | None) -> list[Questionnaire]:
    """List the questionnaires of a unit that are not laid aside."""
    query = select(Questionnaire).where(Questionnaire.unit_id == unit_id)
    query = query.where(Questionnaire.archived_on.is_(None)).order_by(Questionnaire.id)
    return list(session().scalars(query))
