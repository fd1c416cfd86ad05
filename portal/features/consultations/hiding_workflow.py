"""The rule books of hiding a comment: asked with a reason, decided by the level above.

The text stays as it was written, but is neither shown nor answered; everybody sees that one comment
is hidden and why, in its place, and so does its author (DESIGN rule 6).
"""

from portal.core.text import N_
from portal.features.consultations import comment_queries
from portal.features.consultations.models import Comment, CommentHiding, CommentState
from portal.features.letters.kinds import HidingState
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow

COMMENT: Workflow[Comment] = Workflow(
    "comment",
    label=N_("Ý kiến về dự thảo"),
    states=CommentState,
    initial=CommentState.SHOWN,
    load=comment_queries.get_visible,
    transitions=(
        Transition(
            "hide", frozenset({CommentState.SHOWN}), CommentState.HIDDEN,
            Permission.HIDING_DECIDE, label=N_("Ẩn ý kiến"), done=N_("Đã ẩn ý kiến"), by_form=True,
        ),
        Transition(
            "show", frozenset({CommentState.HIDDEN}), CommentState.SHOWN,
            Permission.HIDING_DECIDE, label=N_("Thôi ẩn ý kiến"), done=N_("Đã thôi ẩn ý kiến"),
            by_form=True,
        ),
    ),
)  # fmt: skip

COMMENT_HIDING: Workflow[CommentHiding] = Workflow(
    "comment_hiding",
    label=N_("Đề nghị ẩn ý kiến"),
    states=HidingState,
    initial=HidingState.ASKED,
    load=comment_queries.get_hiding,
    transitions=(
        Transition(
            "hide", frozenset({HidingState.ASKED}), HidingState.HIDDEN, Permission.HIDING_DECIDE,
            label=N_("Đồng ý ẩn"), done=N_("Đã ẩn ý kiến"), style="danger",
            effects=("keep_hiding_decision", "hide_comment"), needs_reason=True,
        ),
        Transition(
            "refuse", frozenset({HidingState.ASKED}), HidingState.REFUSED,
            Permission.HIDING_DECIDE, label=N_("Không ẩn"), done=N_("Không đồng ý ẩn"),
            effects=("keep_hiding_decision",), needs_reason=True,
        ),
        Transition(
            "lift", frozenset({HidingState.HIDDEN}), HidingState.LIFTED,
            Permission.HIDING_DECIDE, label=N_("Thôi ẩn"), done=N_("Đã thôi ẩn"),
            effects=("keep_hiding_decision", "show_comment"), needs_reason=True,
        ),
    ),
)  # fmt: skip
