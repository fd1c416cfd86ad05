"""Writing a questionnaire: a draft is opened, saved as often as one likes, and frozen.

Versions never change. What is written next is the draft, one to a questionnaire; freezing makes it
the next version, and from then on it can be asked.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final, Protocol

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Refused, Stale
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.questionnaires import checks, limits, queries
from portal.features.questionnaires.definition import Definition, Section, shown
from portal.features.questionnaires.models import (
    Questionnaire,
    QuestionnaireDraft,
    QuestionnaireVersion,
)
from portal.features.questionnaires.naming import check_names, normal_code
from portal.features.questionnaires.services import add_version, order_key
from portal.features.questionnaires.wording import tidy

LOCK: Final = "questionnaires"
STRETCH: Final = timedelta(minutes=10)
"""The record has a line for every stretch of writing, not for every save."""

SAVED_BY_ANOTHER = N_("Có người vừa lưu phiếu này trước đồng chí.")
NOT_FINISHED = N_("Phiếu còn %(n)s chỗ phải sửa trước khi chốt phiên bản.")
SAME_WORDING = N_("Lời phiếu không khác bản %(number)s, không có gì để chốt.")
ARCHIVED = N_("Phiếu này đã cất vào kho. Lấy lại rồi mới soạn tiếp được.")


class Author(Doer, Protocol):
    """An account that writes questionnaires."""

    @property
    def unit_id(self) -> int:
        """The unit that a new questionnaire belongs to."""


def create(
    author: Author, code: str, title: str, content: Definition | None = None
) -> QuestionnaireDraft:
    """Make a questionnaire with a draft to write on.

    Args:
        author: its unit will own it.
        code: as people write it, “PKS 08”; no other questionnaire of the unit has it, in use or
            laid aside. That of a form of the portal or of another unit can be taken.
        title: no other questionnaire of the unit in use has it.
        content: what the draft begins with, one from a file for example; else an empty section.

    Raises:
        Invalid: code or title cannot be taken, or the content is too large.
    """
    code, title = normal_code(code), clean(title)
    content = content or Definition(code, title, "", "", (Section("", ()),))
    with write(LOCK) as current:
        check_names(author.unit_id, code, title)
        content = _checked(content, code, title)
        form = Questionnaire(
            code=code, title=title, sort_key=order_key(code), unit_id=author.unit_id
        )
        current.add(form)
        current.flush()
        _record(author, "created", form)
        return _begin(author, form, content)


def duplicate(author: Author, form: Questionnaire, code: str, title: str) -> QuestionnaireDraft:
    """Make another questionnaire that begins with the words of one there is.

    Its newest version is copied, its draft if it has no version yet.

    Raises:
        Invalid: code or title cannot be taken.
    """
    return create(author, code, title, _newest(form))


def adapt(author: Author, form: Questionnaire) -> Questionnaire:
    """Give the own form of the author's unit under the code of another's.

    Where the unit has none, one begins with that form's words.

    Raises:
        Invalid: the unit has another form of the same title.
    """
    with write(LOCK):
        own = queries.written_by(author.unit_id, form.code)
        return own or duplicate(author, form, shown(form.code), form.title).questionnaire


def open_draft(author: Author, form: Questionnaire) -> QuestionnaireDraft:
    """Give the draft of a questionnaire; without one it begins as the newest version stands.

    Raises:
        Refused: the questionnaire is laid aside.
    """
    with write(LOCK) as current:
        current.refresh(form)
        if form.archived_on is not None:
            raise Refused(ARCHIVED)
        if (draft := queries.draft(form.id)) is not None:
            return draft
        _record(author, "draft_opened", form)
        return _begin(author, form, _newest(form))


def save(
    author: Author, draft: QuestionnaireDraft, definition: Definition, version: int
) -> QuestionnaireDraft:
    """Store a draft, finished or not. Its code stays as it is.

    Args:
        author: who writes.
        draft: where.
        definition: all of it as it should be.
        version: the version of the draft that the author was shown.

    Raises:
        Invalid: it is too large; named by question.
        Stale: somebody else saved other words first; `theirs["content"]` holds them.
    """
    code = draft.questionnaire.code
    content = _checked(definition, code, definition.title).to_json()
    with write(LOCK) as current:
        current.refresh(draft, with_for_update=True)
        if content == draft.content:
            return draft
        _check_fresh(draft, version)
        if draft.saved_by_id != author.user_id or clock.now() - draft.saved_at > STRETCH:
            _record(author, "edited", draft.questionnaire)
        _write(author, draft, content)
        current.flush()
    return draft


def freeze(
    author: Author, draft: QuestionnaireDraft, version: int, *, official: bool = False
) -> QuestionnaireVersion:
    """Make a draft the next version of its questionnaire, which never changes again.

    Args:
        author: who decides.
        draft: what is frozen; it is gone afterwards.
        version: the version of the draft that the author was shown.
        official: the wording is that of the body that may prescribe it.

    Raises:
        Refused: the checks find errors, or the newest version has this very wording.
        Invalid: another questionnaire of the unit has the title.
        Stale: somebody else saved other words first.
    """
    with write(LOCK) as current:
        current.refresh(draft, with_for_update=True)
        _check_fresh(draft, version)
        form, definition = draft.questionnaire, tidy(draft.definition)
        _check_finished(form, definition)
        check_names(form.unit_id, form.code, definition.title, but=form.id)
        frozen = add_version(form, definition, official=official)
        changes = {"version": [None, frozen.number], "official": [None, official]}
        _record(author, "frozen", form, changes)
        current.delete(draft)
    return frozen


def discard(author: Author, draft: QuestionnaireDraft) -> None:
    """Throw a draft away; a questionnaire that never had a version goes with it."""
    with write(LOCK) as current:
        current.refresh(draft, with_for_update=True)
        form = draft.questionnaire
        _record(author, "draft_discarded", form)
        current.delete(draft)
        current.flush()
        if not form.versions:
            current.delete(form)


def archive(author: Author, form: Questionnaire) -> None:
    """Lay a questionnaire aside: nobody is offered it any more, what was asked with it stays."""
    _set_archived(author, form, archived=True)


def restore(author: Author, form: Questionnaire) -> None:
    """Offer a questionnaire again.

    Raises:
        Invalid: another one has taken its title meanwhile.
    """
    _set_archived(author, form, archived=False)


def _newest(form: Questionnaire) -> Definition:
    if form.versions:
        return form.versions[-1].definition
    draft = queries.draft(form.id)
    return draft.definition if draft else Definition(form.code, form.title, "", "", ())


def _begin(author: Author, form: Questionnaire, content: Definition) -> QuestionnaireDraft:
    with write() as current:
        draft = QuestionnaireDraft(questionnaire=form)
        _write(author, draft, content.to_json())
        current.add(draft)
        current.flush()
        return draft


def _write(author: Author, draft: QuestionnaireDraft, content: str) -> None:
    draft.content, draft.saved_at = content, clock.now()
    draft.saved_by_id, draft.saved_by = author.user_id, author.display_name


def _set_archived(author: Author, form: Questionnaire, *, archived: bool) -> None:
    with write(LOCK) as current:
        current.refresh(form)
        if archived == (form.archived_on is not None):
            return
        if not archived:
            check_names(form.unit_id, form.code, form.title, but=form.id)
        form.archived_on = clock.today() if archived else None
        _record(author, "archived" if archived else "restored", form)


def _checked(definition: Definition, code: str, title: str) -> Definition:
    definition = replace(definition, code=code, title=title)
    limits.check(definition)
    return definition


def _check_fresh(draft: QuestionnaireDraft, version: int) -> None:
    if draft.version != version:
        theirs = {"content": draft.content, "saved_by": draft.saved_by, "version": draft.version}
        raise Stale(SAVED_BY_ANOTHER, theirs)


def _check_finished(form: Questionnaire, definition: Definition) -> None:
    if found := checks.errors(definition):
        raise Refused(NOT_FINISHED, n=len(found))
    if (known := queries.worded_so(form, definition.digest())) is not None:
        raise Refused(SAME_WORDING, number=known.number)


def _record(
    author: Author, act: str, form: Questionnaire, changes: Mapping[str, object] | None = None
) -> None:
    audit.record(
        author,
        Act(
            f"questionnaire:{act}", "questionnaire", form.id, shown(form.code),
            unit_id=form.unit_id, changes=changes or {},
        ),
    )  # fmt: skip
