"""What stays of a judgement above."""

from portal.core import clock
from portal.features.field_reports.models import Explanation
from portal.policy.predicates import Actor


def keep_judgement(explanation: Explanation, actor: Actor, reason: str) -> None:
    """Keep who judged and what was said: the effect "keep_judgement"."""
    explanation.verdict, explanation.judged_at = reason, clock.now()
    explanation.judged_by = getattr(actor, "display_name", "")
