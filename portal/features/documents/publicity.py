"""What everybody may read: public documents once they are issued, and what became of them."""

from sqlalchemy import Select, select
from sqlalchemy.orm import defer, joinedload

from portal.core.database import session
from portal.core.pagination import Page, paginate_keys
from portal.core.text import search_terms
from portal.features.documents import queries
from portal.features.documents.models import PUBLISHED_STATES, Document

SIZE = 20


def public() -> Select[Document]:
    """Select what is open to everybody; what was replaced or withdrawn stays, and says so."""
    return select(Document).where(Document.is_public, Document.state.in_(PUBLISHED_STATES))


def listed(search: str, page: int) -> Page[Document]:
    """List the public documents, the newest first, without their texts.

    Args:
        search: words of the summary, the number, the type or the issuer, in any order, without
            accents; "" for all.
        page: from 1.
    """
    terms = search_terms(search)
    found = [Document.id.in_(queries.saying(terms))] if terms else []
    keys = public().where(*found).with_only_columns(Document.id).order_by(*_NEWEST)
    return paginate_keys(keys, _newest_first(select(Document)), Document.id, page, SIZE)


def get_public(document_id: int) -> Document | None:
    """Give a public document with its issuer; None if it is not public or there is none."""
    query = public().where(Document.id == document_id).options(joinedload(Document.organisation))
    return session().scalar(query)


def referring_to(document: Document) -> list[Document]:
    """List the public documents that replace, amend or correct one, the newest first."""
    query = public().where(Document.refers_to_id == document.id)
    return list(session().scalars(_newest_first(query)))


def referred_to(document: Document) -> Document | None:
    """Give the document that one replaces, amends or corrects, if it is public too."""
    query = public().where(Document.id == document.refers_to_id)
    return session().scalar(_newest_first(query))


def newest() -> Document | None:
    """Give the newest public document."""
    return session().scalar(_newest_first(public()).limit(1))


def _newest_first(query: Select[Document]) -> Select[Document]:
    query = query.options(defer(Document.content), joinedload(Document.organisation))
    return query.order_by(*_NEWEST)


_NEWEST = (Document.dated_on.desc(), Document.id.desc())
