"""Setting consultations up, changing them, keeping warnings with a reason."""

import json
from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.core.database import write
from portal.core.errors import Invalid, Refused, Stale
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns.codes import new_code
from portal.features.campaigns.models import QrCode
from portal.features.consultations import drafting, from_plans, queries, warnings
from portal.features.consultations.drafting import CaseInput
from portal.features.consultations.models import Consultation, ContentGroup, State, Track
from portal.features.documents.body import Job
from portal.features.documents.recording import Author
from portal.features.mailbox.models import Mailbox, MailboxPoint
from portal.features.regulations import queries as regulations
from portal.features.tasks import services as tasks
from portal.workflow.engine import MAX_REASON, REASON_TOO_LONG

LOCK = "consultation-codes"
"""Under it codes are made, so that no two are alike."""


def create(author: Author, given: CaseInput) -> Consultation:
    """Make a draft with its address; whoever makes it brings the comments together.

    Args:
        author: of the body that will.
        given: all of it.

    Raises:
        Invalid: by field.
    """
    given = given.cleaned()
    _check(author, given)
    with write(LOCK) as current:
        one = Consultation(
            unit_id=author.unit_id, organisation_id=author.organisation_id, state=State.DRAFT,
            code=_fresh_code(current), **_columns(given),
        )  # fmt: skip
        current.add(one)
        current.flush()
        _put_parts(current, one, given)
        audit.record(author, act("created", one))
        _begin_duties(author, one)
    return one


def edit(author: Author, one: Consultation, given: CaseInput, version: int) -> None:
    """Change a draft; what is published is only prolonged.

    Args:
        author: of the body that brings the comments together.
        one: the consultation.
        given: all of it as it should be.
        version: the version that the author was shown.

    Raises:
        Refused: it is published.
        Stale: somebody else saved first; `theirs` holds the fields that differ.
        Invalid: by field.
    """
    given = given.cleaned()
    with write(LOCK) as current:
        current.refresh(one, with_for_update={"of": Consultation})
        if one.state != State.DRAFT:
            raise Refused(IS_PUBLISHED)
        _check(author, given, one.plan_id)
        changed = drafting.changes(drafting.stored(one), given)
        if one.version != version:
            raise Stale(SAVED_BY_ANOTHER, {name: old for name, (old, _) in changed.items()})
        if not changed:
            return
        for name, value in _columns(given).items():
            setattr(one, name, value)
        # The parts are rows of their own; the version moves with them all the same.
        flag_modified(one, "name")
        current.flush()
        _put_parts(current, one, given)
        current.expire(one, ["plan", "draft"])
        audit.record(author, act("edited", one, changed))
        if "plan_id" in changed:
            _begin_duties(author, one)


def discard(author: Author, one: Consultation) -> None:
    """Throw away a draft that was never published.

    Raises:
        Refused: it is no draft, or something hangs on it already.
    """
    with write(LOCK) as current:
        current.refresh(one, with_for_update={"of": Consultation})
        if one.state != State.DRAFT or one.published_on is not None:
            raise Refused(NO_DRAFT)
        audit.record(author, act("discarded", one))
        for part in (ContentGroup, Track):
            current.execute(delete(part).where(part.consultation_id == one.id))
        current.delete(one)
        try:
            current.flush()
        except IntegrityError as taken:
            raise Refused(IN_USE) from taken


def keep_warnings(author: Author, one: Consultation, reasons: Mapping[str, str]) -> int:
    """Keep warnings of a draft, each with its reason; give how many are left.

    Args:
        author: of the body that brings the comments together.
        one: a draft.
        reasons: by key of the warning; empty ones, and those of no warning, are passed over.

    Raises:
        Refused: it is published.
        Invalid: a reason is too long, under "reason".
    """
    texts = {key: clean(text, multiline=True) for key, text in reasons.items()}
    if any(len(text) > MAX_REASON for text in texts.values()):
        raise Invalid({"reason": REASON_TOO_LONG})
    with write(LOCK) as current:
        current.refresh(one, with_for_update={"of": Consultation})
        if one.state != State.DRAFT:
            raise Refused(IS_PUBLISHED)
        known = {warning.key: warning for warning in warnings.of(one)}
        before = warnings.kept(one)
        after = {key: text for key in known if (text := texts.get(key, before.get(key, "")))}
        if after != before:
            one.kept_warnings = json.dumps(after, ensure_ascii=False)
            audit.record(author, act("warnings_kept", one, {"reasons": [before, after]}))
    return len(known) - len(after)


def act(
    verb: str, one: Consultation, changed: dict[str, list[object]] | None = None, reason: str = ""
) -> Act:
    """Give the line of the record."""
    return Act(
        f"consultation:{verb}", "consultation", one.id, subject_name=one.name,
        unit_id=one.unit_id, changes=changed or {}, reason=reason,
    )  # fmt: skip


def _columns(given: CaseInput) -> dict[str, object]:
    return {
        "name": given.name, "draft_id": given.draft_id, "sum_due_on": given.sum_due_on,
        "report_due_on": given.report_due_on, "shows_comments": given.shows_comments,
        "plan_id": given.plan_id,
    }  # fmt: skip


def _put_parts(current: Session, one: Consultation, given: CaseInput) -> None:
    for part in (ContentGroup, Track):
        current.execute(delete(part).where(part.consultation_id == one.id))
    current.add_all([*drafting.tracks(one.id, given), *drafting.groups(one.id, given)])
    current.flush()
    current.expire(one, ["tracks", "groups"])


def _begin_duties(author: Author, one: Consultation) -> None:
    for job in (Job.CONSULTATION, Job.DRAFT_TEXT):
        tasks.follow(author, one.plan_id, job, one.unit_id, "start")


def _check(author: Author, given: CaseInput, kept_plan: int | None = None) -> None:
    errors = drafting.check(given)
    draft = regulations.get_visible(author, given.draft_id)
    if draft is None or draft.unit_id != author.unit_id:
        errors["draft_id"] = N_("Mời chọn dự thảo.")
    known = {None, kept_plan}
    if given.plan_id not in known and not from_plans.plan_for(author.unit_id, given.plan_id):
        errors["plan_id"] = N_("Mời chọn trong danh sách.")
    if errors:
        raise Invalid(errors)


def _fresh_code(current: Session) -> str:
    """Give a code that no consultation, box or survey has, inside a `write(LOCK)`."""
    code = new_code()
    others = (Mailbox.code, MailboxPoint.code, QrCode.code)
    while queries.is_code_taken(code) or any(
        current.scalar(select(column).where(column == code)) for column in others
    ):
        code = new_code()
    return code


IS_PUBLISHED = N_("Đợt đã công bố nên chỉ kéo dài ngày được.")
NO_DRAFT = N_("Chỉ bỏ được bản nháp chưa công bố lần nào.")
SAVED_BY_ANOTHER = N_("Có người vừa lưu đợt này trước đồng chí.")
IN_USE = N_("Đợt này đã mời cơ quan hoặc đã có tổ dân phố nên không bỏ được. "
            "Mời bỏ các mục ấy trước.")  # fmt: skip
