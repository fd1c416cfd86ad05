"""What the decision on a list does to those on it; effects of the workflow of documents."""

from portal.core.database import write
from portal.features.documents.models import Document, Relation
from portal.features.nominations import queries
from portal.features.nominations.models import State
from portal.features.nominations.workflow import NOMINATION
from portal.policy.predicates import Actor


def award(document: Document, actor: Actor, reason: str) -> None:  # noqa: ARG001 - an effect
    """Award those on the list whose decision was issued: the effect "award_nominations".

    A decision that replaces another takes its place; who was awarded by that one stays so.
    """
    ids = [document.id]
    if document.relation == Relation.REPLACES and document.refers_to_id:
        ids.append(document.refers_to_id)
    if not (found := queries.lists_decided_by(ids)):
        return
    with write(NOMINATION.name):
        for row in found:
            row.decision_id = document.id
            for one in queries.shortlisted(row.campaign_id):
                if one.state == State.SHORTLISTED:
                    NOMINATION.follow(actor, one, "award", document.number_text)


def annul(document: Document, actor: Actor, reason: str) -> None:
    """Put those awarded back on the list when their decision is withdrawn: "annul_awards"."""
    if not (found := queries.lists_decided_by([document.id])):
        return
    with write(NOMINATION.name):
        for row in found:
            for one in queries.shortlisted(row.campaign_id):
                if one.state == State.AWARDED:
                    NOMINATION.follow(actor, one, "annul", reason)
