"""Hiding a comment from the public page: what a form asks for, and what follows of a decision."""

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Forbidden, Invalid, Missing, Refused
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.consultations import comment_queries, comments
from portal.features.consultations.hiding_workflow import COMMENT
from portal.features.consultations.models import (
    Comment,
    CommentHiding,
    CommentState,
    State,
    TrackKind,
)
from portal.features.documents.recording import Author
from portal.features.letters.kinds import HidingState
from portal.features.org_units.models import Unit
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows
from portal.workflow.engine import MAX_REASON, REASON_NEEDED, REASON_TOO_LONG


def may_ask(actor: Actor, comment: Comment) -> bool:
    """Say whether the actor may ask for this comment to be hidden, as things stand."""
    return allows(actor, Permission.COMMENT_HIDE, comment) and _refusal(actor, comment) is None


def ask(actor: Author, comment: Comment, reason: str) -> CommentHiding:
    """Ask the level above to hide a comment of the public page.

    Raises:
        Invalid: under "hide_reason": none, or too long a one.
        Forbidden: the actor does not bring the comments together.
        Refused: it is not public, hidden or asked for already, or nobody sits above.
    """
    reason, comment_id = clean(reason, multiline=True), comment.id
    if not reason or len(reason) > MAX_REASON:
        raise Invalid({"hide_reason": REASON_TOO_LONG if reason else REASON_NEEDED})
    with write(COMMENT.name) as current:
        found = comment_queries.get_visible(actor, comment_id)
        if found is None:
            raise Missing
        if not allows(actor, Permission.COMMENT_HIDE, found):
            raise Forbidden
        if refusal := _refusal(actor, found):
            raise Refused(refusal)
        asked = CommentHiding(
            comment_id=comment_id, consultation_id=found.consultation_id, unit_id=found.unit_id,
            reason=reason, asked_by_id=actor.user_id, asked_by=actor.display_name,
            asked_on=clock.today(),
        )  # fmt: skip
        current.add(asked)
        current.flush()
        audit.record(actor, Act(
            "comment_hiding:asked", "comment_hiding", asked.id, asked.name, found.unit_id,
            reason=reason,
        ))  # fmt: skip
    return asked


def keep_hiding_decision(hiding: CommentHiding, actor: Actor, reason: str) -> None:
    """Keep who decided and why; of one that is lifted both reasons stay (effect)."""
    if hiding.state == HidingState.LIFTED:
        hiding.decision = f"{hiding.decision}\n{reason.strip()}"
        return
    hiding.decided_by_id, hiding.decided_on = actor.user_id, clock.today()
    hiding.decided_by = getattr(actor, "display_name", "")
    hiding.decision = reason.strip()


def hide_comment(hiding: CommentHiding, actor: Actor, reason: str) -> None:
    """Hide the comment itself (effect)."""
    COMMENT.follow(actor, hiding.comment, "hide", reason)
    comments.told_again(session(), hiding.comment)


def show_comment(hiding: CommentHiding, actor: Actor, reason: str) -> None:
    """Let everybody read it again (effect).

    Raises:
        Refused: the report is made, and nobody could answer it any more.
    """
    if hiding.comment.consultation.state != State.PUBLISHED:
        raise Refused(TOO_LATE)
    COMMENT.follow(actor, hiding.comment, "show", reason)
    comments.told_again(session(), hiding.comment)


def _refusal(actor: Actor, comment: Comment) -> str | None:
    if comment.track != TrackKind.PUBLIC:
        return NOT_PUBLIC
    if comment.state == CommentState.HIDDEN:
        return HIDDEN
    if any(one.state == HidingState.ASKED for one in comment_queries.hidings_of(comment.id)):
        return ASKED
    above = session().get_one(Unit, actor.unit_id).parent_id
    return NOBODY_ABOVE if above is None else None


NOT_PUBLIC = N_("Chỉ ý kiến gửi từ trang công khai mới hiện cho mọi người, nên mới cần ẩn.")
HIDDEN = N_("Ý kiến này đã ẩn.")
ASKED = N_("Đã có đề nghị ẩn ý kiến này, đang chờ cấp trên quyết định.")
TOO_LATE = N_("Đợt này đã lập báo cáo nên ý kiến đã ẩn không hiện lại được.")
NOBODY_ABOVE = N_("Không có cấp trên để quyết định, nên không ẩn được.")
