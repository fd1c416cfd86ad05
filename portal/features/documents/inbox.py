"""Finding what came to an organisation, and to whom a document went."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, false, func, select
from sqlalchemy.orm import defer, joinedload

from portal.core.database import session
from portal.core.pagination import Page, paginate_keys
from portal.features.documents.models import Delivery, Document
from portal.features.org_units.models import Organisation
from portal.policy.predicates import Actor
from portal.policy.roles import Duty, Role

WORKS = frozenset({Duty.DRAFT, Duty.APPROVE, Duty.CLERK})
_OFFICE = frozenset({Role.PROVINCE, Role.DISTRICT, Role.COMMUNE})


@dataclass(frozen=True)
class InboxCounts:
    """How full an inbox is."""

    waiting: int
    unread: int
    handled: int


def inbox(actor: Actor, handled: bool, page: int = 1) -> Page[Delivery]:
    """List what came to the actor, the latest first.

    Args:
        actor: who looks.
        handled: what is done with, or what waits.
        page: from 1.
    """
    done = Delivery.handled_at.is_not(None) if handled else Delivery.handled_at.is_(None)
    latest = (Delivery.sent_at.desc(), Delivery.id.desc())
    found = received_by(actor).where(done).with_only_columns(Delivery.id).order_by(*latest)
    rows = select(Delivery).options(*_WITH_DOCUMENT).order_by(*latest)
    return paginate_keys(found, rows, Delivery.id, page)


def inbox_counts(actor: Actor) -> InboxCounts:
    """Count what waits, what of it nobody has read, and what is done with."""
    waits = Delivery.handled_at.is_(None)
    sums = received_by(actor).with_only_columns(
        func.count().filter(waits),
        func.count().filter(waits, Delivery.read_at.is_(None)),
        func.count().filter(~waits),
    )
    waiting, unread, handled = session().execute(sums).one()
    return InboxCounts(waiting, unread, handled)


def waiting(actor: Actor, *, unread: bool = False) -> ColumnElement[int]:
    """Count, as a part of a query, what waits in the actor's inbox, or what of it is unread."""
    query = received_by(actor).where(Delivery.handled_at.is_(None))
    if unread:
        query = query.where(Delivery.read_at.is_(None))
    return query.with_only_columns(func.count(Delivery.id)).scalar_subquery()


def received_by(actor: Actor) -> Select[Delivery]:
    """Select what came to the actor's organisation; an office sees that of its whole unit.

    The same as DELIVERY_ACT in `policy.table`.
    """
    query = select(Delivery).join(Delivery.organisation)
    if actor.role == Role.ADMIN:
        return query.where(false())
    if actor.role in _OFFICE and not actor.duties.isdisjoint(WORKS):
        return query.where(Organisation.unit_id == actor.unit_id)
    return query.where(Delivery.organisation_id == actor.organisation_id)


def get_delivery(actor: Actor, delivery_id: int) -> Delivery | None:
    """Give a delivery that came to the actor."""
    query = received_by(actor).where(Delivery.id == delivery_id)
    return session().scalar(query.options(*_WITH_DOCUMENT))


def deliveries_to(actor: Actor, document_id: int) -> list[Delivery]:
    """List the deliveries of one document that came to the actor."""
    query = received_by(actor).where(Delivery.document_id == document_id)
    return list(session().scalars(query.options(*_WITH_DOCUMENT).order_by(Delivery.id)))


_WITH_DOCUMENT = (
    joinedload(Delivery.organisation),
    joinedload(Delivery.document).options(
        defer(Document.content), joinedload(Document.organisation)
    ),
)


def deliveries_of(document_id: int) -> list[Delivery]:
    """List to whom a document went, in the order of its recipients."""
    query = select(Delivery).where(Delivery.document_id == document_id)
    names = joinedload(Delivery.organisation).joinedload(Organisation.unit)
    return list(session().scalars(query.options(names).order_by(Delivery.id)))
