"""What follows from a decision on a document itself; `features.registry` binds it."""

from portal.core import clock
from portal.core.database import session
from portal.features.documents import versions
from portal.features.documents.models import Document, Relation
from portal.features.documents.workflow import DOCUMENT
from portal.policy.predicates import Actor
from portal.workflow.engine import Fired


def date_issue(document: Document, actor: Actor, reason: str) -> None:  # noqa: ARG001 - an effect
    """Note when it was issued."""
    document.issued_at = clock.now()


def retire(document: Document, actor: Actor, reason: str) -> None:
    """Take the document that an issued one replaces out of force."""
    if document.relation == Relation.REPLACES and document.refers_to is not None:
        session().refresh(document.refers_to, with_for_update={"of": Document})
        DOCUMENT.follow(actor, document.refers_to, "replace", reason)


def keep_version(fired: Fired) -> None:
    """Keep the text that a decision was about in the history (the workflows' listener)."""
    if fired.workflow == DOCUMENT.name and fired.item.state != fired.before:
        # The web's actor has a display name.
        versions.mark(fired.actor, fired.item, fired.transition.done)  # type: ignore[arg-type]
