"""Issued documents in the inboxes of those to whom they go: sent, read, received, handled."""

from collections.abc import Iterator

from sqlalchemy import insert, select

from portal.core import clock
from portal.core.database import session, write
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.documents import parties, queries
from portal.features.documents.body import Body
from portal.features.documents.models import Delivery, Document
from portal.features.documents.recording import Author
from portal.features.documents.workflow import DOCUMENT
from portal.features.org_units.models import Organisation
from portal.policy.predicates import Actor


def _expanded(body: Body, unit_id: int) -> Iterator[tuple[Organisation, str]]:
    """Give the organisations to which a document goes, each once as first named, and how."""
    seen: set[int] = set()
    for recipient in body.recipients:
        for organisation in parties.organisations(recipient.party, unit_id):
            if organisation.id not in seen:
                seen.add(organisation.id)
                yield organisation, recipient.note


def deliver(document: Document, actor: Actor, reason: str) -> None:  # noqa: ARG001 - an effect
    """Put an issued document into the inboxes, once and never into its issuer's: "deliver"."""
    rows = [
        {"document_id": document.id, "organisation_id": organisation.id, "note": note,
         "sent_at": clock.now(), "read_by": "", "received_by": "", "handled_by": ""}
        for organisation, note in _without(document)
    ]  # fmt: skip
    if rows:
        session().execute(insert(Delivery), rows)


def send_on(author: Author, document: Document) -> int:
    """Deliver an issued document, with its tasks, to recipients that the portal knows only now.

    Returns:
        How many those were; without any nothing is recorded.

    Raises:
        Refused: it is no longer in force.
        Forbidden: the author may not.
    """
    with write(DOCUMENT.name):
        found = len(_without(document))
        if found:
            DOCUMENT.fire(author, document.id, "send_on")
    return found


def _without(document: Document) -> list[tuple[Organisation, str]]:
    """Give the recipients that do not have a document yet, with the notes beside them."""
    sent = select(Delivery.organisation_id).where(Delivery.document_id == document.id)
    have = {document.organisation_id, *session().scalars(sent.order_by(Delivery.id))}
    return [pair for pair in _expanded(document.body, document.unit_id) if pair[0].id not in have]


def mark_read(author: Author, delivery: Delivery) -> None:
    """Note who opened it first."""
    _mark(author, delivery, "read")


def mark_received(author: Author, delivery: Delivery) -> None:
    """Note that somebody answers for it (“đã nhận”); that includes having read it."""
    _mark(author, delivery, "read", "received")


def mark_handled(author: Author, delivery: Delivery) -> None:
    """Note that it is done with; that includes having received it."""
    _mark(author, delivery, "read", "received", "handled")


def mark_waiting(author: Author, delivery: Delivery) -> None:
    """Put what was handled too soon back among what waits."""
    with write() as current:
        current.refresh(delivery, with_for_update={"of": Delivery})
        if delivery.handled_at is not None:
            delivery.handled_at, delivery.handled_by = None, ""
            _record(author, delivery, "reopened")


def open_all(author: Author, document_id: int) -> list[Delivery]:
    """Mark what came to the author of one document as read, and give it."""
    mine = queries.deliveries_to(author, document_id)
    if any(delivery.read_at is None for delivery in mine):
        with write():
            for delivery in mine:
                mark_read(author, delivery)
    return mine


def _mark(author: Author, delivery: Delivery, *marks: str) -> None:
    """Set the marks that are not yet set; the first to set one is named."""
    with write() as current:
        current.refresh(delivery, with_for_update={"of": Delivery})
        for mark in marks:
            if getattr(delivery, f"{mark}_at") is None:
                setattr(delivery, f"{mark}_at", clock.now())
                setattr(delivery, f"{mark}_by", author.display_name)
                _record(author, delivery, mark)


def _record(author: Author, delivery: Delivery, verb: str) -> None:
    audit.record(author, Act(
        f"delivery:{verb}", "document", delivery.document_id,
        subject_name=delivery.document.name, unit_id=delivery.unit_id,
        changes={"organisation": ["", delivery.organisation.name]},
    ))  # fmt: skip
