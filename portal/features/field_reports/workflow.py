"""The rule book of an explanation: whoever is above accepts it or asks again (DOMAIN R01).

It never changes an answer, nor the figures that are explained.
"""

from portal.core.text import N_
from portal.features.field_reports.models import Explanation, ExplanationState
from portal.features.field_reports.queries import get_visible
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow

EXPLANATION: Workflow[Explanation] = Workflow(
    "explanation",
    label=N_("Giải trình"),
    states=ExplanationState,
    initial=ExplanationState.GIVEN,
    load=get_visible,
    transitions=(
        Transition(
            "accept", frozenset({ExplanationState.GIVEN}), ExplanationState.ACCEPTED,
            Permission.EXPLANATION_JUDGE, label=N_("Chấp nhận"),
            done=N_("Đã chấp nhận giải trình"), effects=("keep_judgement",), style="main",
        ),
        Transition(
            "ask_again", frozenset({ExplanationState.GIVEN, ExplanationState.ACCEPTED}),
            ExplanationState.ASKED_AGAIN, Permission.EXPLANATION_JUDGE, label=N_("Hỏi lại"),
            done=N_("Đã hỏi lại"), effects=("keep_judgement",), needs_reason=True,
        ),
    ),
)  # fmt: skip
