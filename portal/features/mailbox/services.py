"""Setting boxes up and changing them."""

from typing import Protocol

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.core.database import write
from portal.core.errors import Invalid, Refused, Stale
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns.codes import new_code
from portal.features.campaigns.models import QrCode
from portal.features.documents.body import Job
from portal.features.documents.models import Document
from portal.features.mailbox import queries
from portal.features.mailbox.drafting import READERS, BoxInput, changes, check, held
from portal.features.mailbox.models import Mailbox, MailboxPoint
from portal.features.mailbox.standing import State
from portal.features.tasks import services as tasks
from portal.policy.predicates import Actor

LOCK = "mailbox-codes"
"""Under it codes are made, so that no two are alike."""


class Author(Actor, Protocol):
    """An account that runs boxes."""

    @property
    def display_name(self) -> str:
        """The account's name, for the record."""


def create(actor: Author, given: BoxInput, plan: Document | None = None) -> Mailbox:
    """Make a draft with its address; whoever makes it runs it.

    Args:
        actor: of the body that will run it.
        given: all of it.
        plan: the issued plan that orders it.

    Raises:
        Invalid: by field.
    """
    given = given.cleaned()
    _check(given, actor.unit_id, actor.organisation_id, plan.id if plan else None)
    with write(LOCK) as current:
        box = Mailbox(
            unit_id=actor.unit_id, organisation_id=actor.organisation_id, state=State.DRAFT,
            plan_id=plan.id if plan else None, code=fresh_code(current), **given.columns(),
        )  # fmt: skip
        current.add(box)
        current.flush()
        audit.record(actor, act("created", box))
        tasks.follow(actor, box.plan_id, Job.MAILBOX, box.unit_id, "start")
    return box


def edit(actor: Author, box: Mailbox, given: BoxInput, version: int) -> None:
    """Change a box; of one that is open, only what breaks no promise.

    Args:
        actor: of the body that runs it.
        box: the box.
        given: all of it as it should be.
        version: the version that the actor was shown.

    Raises:
        Refused: it has ended.
        Stale: somebody else saved first; `theirs` holds the fields that differ.
        Invalid: by field.
    """
    given = given.cleaned()
    with write(LOCK) as current:
        current.refresh(box, with_for_update={"of": Mailbox})
        if box.state == State.ENDED:
            raise Refused(HAS_ENDED)
        _check(given, box.unit_id, box.organisation_id, box.plan_id, box.reader_id)
        changed = changes(box, given)
        if box.version != version:
            raise Stale(SAVED_BY_ANOTHER, {name: old for name, (old, _) in changed.items()})
        if wrong := held(box, given):
            raise Invalid(wrong)
        for name, value in given.columns().items():
            setattr(box, name, value)
        if changed:
            audit.record(actor, act("edited", box, changed))


def discard(actor: Author, box: Mailbox) -> None:
    """Throw a draft away that was never open, with its codes.

    Raises:
        Refused: it is no draft.
    """
    with write(LOCK) as current:
        current.refresh(box, with_for_update={"of": Mailbox})
        if box.state != State.DRAFT or box.campaign_id is not None:
            raise Refused(NO_DRAFT)
        audit.record(actor, act("discarded", box))
        current.execute(delete(MailboxPoint).where(MailboxPoint.box_id == box.id))
        current.delete(box)


def follow_opening(box: Mailbox, actor: Actor, reason: str) -> None:  # noqa: ARG001 - an effect
    """Hand in the duty of setting the box up: the effect "follow_opening" of opening it."""
    tasks.follow(actor, box.plan_id, Job.MAILBOX, box.unit_id, "submit")


def fresh_code(current: Session) -> str:
    """Give a code that neither a box nor a survey has, inside a `write(LOCK)`."""
    code = new_code()
    while queries.is_code_taken(code) or _is_survey(current, code):
        code = new_code()
    return code


def _is_survey(current: Session, code: str) -> bool:
    found = current.scalar(select(QrCode.code).where(QrCode.code == code))
    return found is not None


def act(verb: str, box: Mailbox, changed: dict[str, list[object]] | None = None) -> Act:
    """Give the line of the record."""
    return Act(
        f"mailbox:{verb}", "mailbox", box.id, subject_name=box.name, unit_id=box.unit_id,
        changes=changed or {},
    )  # fmt: skip


def _check(
    given: BoxInput, unit_id: int, runner_id: int, plan_id: int | None, kept: int | None = None
) -> None:
    errors = check(given)
    readers = {one.id for one in queries.readers_at(unit_id, READERS)} | {kept}
    if given.reader_id not in readers:
        errors["reader_id"] = N_("Mời chọn bên đọc thư.")
    elif given.reader_id == runner_id:
        errors["reader_id"] = N_("Bên đọc thư phải khác bên vận hành hòm thư.")
    if given.runner_reads and plan_id is None:
        errors["runner_reads"] = N_("Chỉ khi kế hoạch của hòm thư ghi như vậy.")
    if errors:
        raise Invalid(errors)


HAS_ENDED = N_("Hòm thư đã kết thúc nên không sửa được nữa.")
NO_DRAFT = N_("Chỉ bỏ được bản nháp chưa gắn với đợt đánh giá.")
SAVED_BY_ANOTHER = N_("Có người vừa lưu hòm thư này trước đồng chí.")
